import type { Expression, Statement } from '../netfilter/ruleset.ts';
import type { Command } from './export-text.ts';
import { addresses, portElements, readers, type MatchScope } from './rule-matches.ts';
import type { RouterLists } from './router-lists.ts';

/** What a rule says beside its conditions. */
const said: ReadonlySet<string> = new Set([
  'chain',
  'action',
  'comment',
  'disabled',
  'log',
  'log-prefix',
  'jump-target',
  'to-addresses',
  'to-ports',
  'reject-with',
  'address-list',
  'address-list-timeout',
  'passthrough',
  'hw-offload',
  'randomise-ports',
  'new-connection-mark',
  'new-packet-mark',
  'new-routing-mark',
  'new-dscp',
  'new-mss',
  'new-priority',
  'new-ttl',
  'new-hop-limit',
  'sniff-id',
  'sniff-target',
  'sniff-target-port',
  'copy-from',
]);

/** What translations make of packets, as far as `connection-nat-state` depends on it. */
export interface Translated {
  /** All that destinations are translated to; `undefined` where that may be anything. */
  readonly destinations: readonly string[] | undefined;
  /** The same of packets that are forwarded: those that are redirected to the router itself are not. */
  readonly forwarded: readonly string[] | undefined;
}

/**
 * The rules of the model that a command makes, as the statements of each. One that asks whether the connection was
 * translated makes two: one for packets that no translation can have led to, and one that is in doubt.
 */
export function statementsOf(
  command: Command,
  table: string,
  family: 'ip' | 'ip6',
  lists: RouterLists,
  translated: Translated,
): readonly (readonly Statement[])[] {
  const { parameters, at } = command;
  const protocol = parameters.get('protocol');
  const chain = parameters.get('chain') ?? '';
  const scope: MatchScope = { family, chain, protocol, lists, at };
  const conditions: Statement[] = [];
  let ways: readonly (readonly Statement[])[] = [[]];
  for (const [key, text] of parameters) {
    if (said.has(key)) continue;
    const isNegated = text.startsWith('!');
    const plain = isNegated ? text.slice(1) : text;
    if (key === 'connection-nat-state') ways = natState(plain, isNegated, scope, translated);
    else {
      const read = Object.hasOwn(readers, key) ? readers[key]?.(plain, isNegated, scope) : undefined;
      conditions.push(read ?? { kind: 'condition', what: `${key}=${text}`.slice(0, 80), at });
    }
  }
  const action = actionOf(command, table);
  return ways.map((way) => [...conditions, ...way, ...action]);
}

function natState(
  text: string,
  isNegated: boolean,
  { family, chain, at }: MatchScope,
  translated: Translated,
): readonly (readonly Statement[])[] {
  const destinations = chain === 'forward' ? translated.forwarded : translated.destinations;
  const doubt: Statement = {
    kind: 'condition',
    what: `connection-nat-state=${isNegated ? '!' : ''}${text}`,
    at,
  };
  if (text !== 'dstnat' || destinations === undefined) return [[doubt]];
  const elements = destinations.map((each) => ({ key: addresses(each) }));
  const among = (operator: 'in' | '!='): Statement => ({
    kind: 'match',
    key: { kind: 'field', name: `${family} daddr` },
    operator,
    value: { kind: 'set', elements },
    at,
  });
  if (!isNegated) return [[among('in'), doubt]];
  return destinations.length === 0 ? [[]] : [[among('!=')], [among('in'), doubt]];
}

function actionOf({ parameters, at }: Command, table: string): readonly Statement[] {
  const action = parameters.get('action') ?? 'accept';
  const verdict = (kind: 'accept' | 'drop' | 'reject' | 'return'): readonly Statement[] => [
    { kind: 'verdict', verdict: { kind }, at },
  ];
  switch (action) {
    case 'accept':
    case 'drop':
    case 'reject':
    case 'return':
      return verdict(action);
    // The router answers in the place of the host.
    case 'tarpit':
      return verdict('drop');
    case 'jump':
      return [{ kind: 'verdict', verdict: { kind: 'jump', chain: parameters.get('jump-target') ?? '' }, at }];
    case 'log':
    case 'passthrough':
      return [{ kind: 'none', at }];
    case 'notrack':
      return [{ kind: 'untrack', at }];
    // Packets of such a connection pass all rules behind this one or go on to them, as the fast path takes them.
    case 'fasttrack-connection':
      return [{ kind: 'condition', what: 'action=fasttrack-connection', at }, ...verdict('accept')];
    case 'add-src-to-address-list':
    case 'add-dst-to-address-list':
      return [{ kind: 'change', set: parameters.get('address-list') ?? '', at }];
    default:
      return table === 'nat' ? translation(action, parameters, at) : marking(action, parameters, at);
  }
}

const marks =
  /^(?:mark-(?:connection|packet|routing)|change-(?:dscp|mss|ttl|hop-limit)|set-priority|clear-df|sniff-(?:pc|tzsp)|strip-ipv4-options)$/;

/** What marks packets and lets them go on; without passthrough no later rule of the chain sees them. */
function marking(action: string, parameters: Command['parameters'], at: Command['at']): readonly Statement[] {
  if (!marks.test(action)) return [{ kind: 'other', what: `action=${action}`, at }];
  const note: Statement = { kind: 'note', what: `action=${action}`, at };
  return parameters.get('passthrough') === 'no'
    ? [note, { kind: 'verdict', verdict: { kind: 'accept' }, at }]
    : [note];
}

const sources: Readonly<Record<string, 'snat' | 'dnat' | 'masquerade' | 'redirect'>> = {
  'src-nat': 'snat',
  'dst-nat': 'dnat',
  masquerade: 'masquerade',
  redirect: 'redirect',
};

function translation(
  action: string,
  parameters: Command['parameters'],
  at: Command['at'],
): readonly Statement[] {
  const chain = parameters.get('chain') ?? '';
  const netmap = { srcnat: 'snat', dstnat: 'dnat' } as const;
  const isNetmap = action === 'netmap' && Object.hasOwn(netmap, chain);
  const nat = isNetmap
    ? netmap[chain as keyof typeof netmap]
    : Object.hasOwn(sources, action)
      ? sources[action]
      : undefined;
  const [to, ports] = [parameters.get('to-addresses'), parameters.get('to-ports')];
  const [port, ...others] = ports === undefined ? [] : portElements(ports);
  // A range of addresses in netmap is no network, and its mapping is not documented.
  if (nat === undefined || others.length > 0 || (isNetmap && to?.includes('-') === true))
    return [{ kind: 'other', what: `action=${action}`, at }];
  const address: Expression | undefined =
    to === undefined || nat === 'masquerade' || nat === 'redirect' ? undefined : addresses(to);
  const flags = [
    ...(isNetmap ? ['prefix'] : []),
    ...(parameters.get('randomise-ports') === 'yes' ? ['random'] : []),
  ];
  return [
    {
      kind: 'nat',
      nat,
      ...(address === undefined ? {} : { address }),
      ...(port === undefined ? {} : { port: port.key }),
      flags,
      at,
    },
  ];
}
