import type { Position } from '@holdfast/kernel';
import type { Statement } from '../netfilter/ruleset.ts';
import type { Command } from './export-text.ts';

interface Dropper {
  readonly table: string;
  readonly chain: string;
  readonly at: Position;
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** What stands beside the firewall rules and may drop packets in a way that is not modelled, as rules that may match. */
export function droppers(commands: readonly Command[], family: 'ip' | 'ip6'): readonly Dropper[] {
  return commands.flatMap((command): readonly Dropper[] => {
    const { menu, verb, parameters, at, text } = command;
    const doubt = (what: string, chain: string, more: readonly Statement[] = []): Dropper => ({
      table: 'mangle',
      chain,
      at,
      text,
      statements: [
        ...more,
        { kind: 'condition', what, at },
        { kind: 'verdict', verdict: { kind: 'drop' }, at },
      ],
    });
    if (parameters.get('disabled') === 'yes' || family === 'ip6') return [];
    const filter = parameters.get('rp-filter');
    if (menu === '/ip settings' && (filter === 'strict' || filter === 'loose'))
      return [doubt(`rp-filter=${filter}`, 'prerouting')];
    const on = parameters.get('interface');
    if (menu !== '/ip hotspot' || verb !== 'add' || on === undefined) return [];
    const comesIn: Statement = {
      kind: 'match',
      key: { kind: 'field', name: 'meta iifname' },
      operator: 'in',
      value: { kind: 'value', text: on },
      at,
    };
    return [doubt(`hotspot on ${on}`, 'prerouting', [comesIn])];
  });
}

/** Menus whose entries bear on packets and are not read; what each means for the answers. */
const notRead: readonly (readonly [menu: RegExp, message: string])[] = [
  [/^\/interface bridge (?:filter|nat)$/, 'what a bridge filters between its ports is not modelled'],
  [/^\/interface ethernet switch (?:rule|acl)$/, 'what the switch chip filters is not modelled'],
  [/^\/ip ipsec policy$/, 'which packets IPsec takes is not modelled'],
  [
    /^\/routing rule$|^\/ip route rule$/,
    'routing by rules is not modelled: routes are those of the main table',
  ],
];

/** What was read past, and what the answers lack for it. */
export function besides(
  commands: readonly Command[],
): readonly { readonly at: Position; readonly message: string }[] {
  return commands.flatMap(({ menu, verb, parameters, at }) => {
    if (parameters.get('disabled') === 'yes') return [];
    const own = verb === 'add' ? notRead.find(([each]) => each.test(menu)) : undefined;
    if (own !== undefined) return [{ at, message: own[1] }];
    if (menu === '/ip upnp' && parameters.get('enabled') === 'yes')
      return [{ at, message: 'UPnP opens ports while the router runs: these are not in the export' }];
    if (menu === '/interface bridge settings' && parameters.get('use-ip-firewall') === 'yes')
      return [
        {
          at,
          message: 'what a bridge forwards between its ports meets the IP firewall, too: it is not modelled',
        },
      ];
    return [];
  });
}
