import type { Position } from '@holdfast/kernel';
import { interfaceRules } from './built-in-interface.ts';
import { both, draftOf, port, prefixes, type Spec } from './built-in-spec.ts';
import type { Direction, Draft } from './draft.ts';
import { ranks } from './rule-place.ts';
import { numbers, type Match } from './match.ts';
import type { Reading } from './reading.ts';
import type { Names } from './sides.ts';
import { childOf, elementAt, textOf, type Element } from './xml-tree.ts';

const linkLocal = prefixes('fe80::/10');
const multicast = prefixes('ff02::/16');

/**
 * The rules that the product makes by itself, which a configuration turns on and off but does not hold. Left out are those
 * that decide nothing that the others do not: antispoof (what it blocks, the default deny blocks), what passes out to
 * a gateway of one's own, and the blocks of tables that fill while it runs (`sshlockout`, `virusprot`, `snort2c`).
 * @see https://github.com/opnsense/core/blob/master/src/etc/inc/filter.lib.inc
 * @see https://github.com/pfsense/pfsense/blob/master/src/etc/inc/filter.inc (filter_rules_generate)
 */
export function builtInRules(root: Element, names: Names): readonly Draft[] {
  const at = childOf(root, 'filter')?.at ?? root.at;
  return [
    ...ipv6Off(root, at, names),
    ...defaults(root, at, names),
    ...names.ports.list
      .filter(({ isEnabled }) => isEnabled)
      .flatMap((each) => interfaceRules(root, each.key, names)),
    ...antiLockout(root, names),
    ...tunnelRules(root, names),
  ].map(draftOf);
}

/** OPNsense leaves out the direction of most of its own rules, which then stand on the way in only. */
const bothOrIn = ({ product }: Reading): readonly Direction[] => (product === 'opnsense' ? ['in'] : both);

function ipv6Off(root: Element, at: Position, { reading }: Names): readonly Spec[] {
  const system = childOf(root, 'system');
  if (childOf(system, 'ipv6allow')) return [];
  return [
    {
      name: 'no-ipv6',
      text: 'block all IPv6',
      at: system?.at ?? at,
      action: 'block',
      directions: bothOrIn(reading),
      match: { families: ['inet6'] },
    },
  ];
}

function defaults(root: Element, at: Position, { reading }: Names): readonly Spec[] {
  const icmp = (
    name: string,
    types: readonly number[],
    more: Partial<Match>,
    directions: readonly Direction[],
  ): Spec => ({
    name,
    text: 'pass the ICMPv6 that IPv6 needs',
    at,
    action: 'pass',
    directions,
    match: { families: ['inet6'], protocols: [58], icmpTypes: { inet6: types }, ...more },
  });
  const local = prefixes('fe80::/10', 'ff02::/16');
  const zero = (name: string, match: Partial<Match>): Spec => ({
    name,
    text: 'block port 0',
    at,
    action: 'block',
    directions: bothOrIn(reading),
    match: { protocols: [6, 17], ...match },
  });
  return [
    {
      name: 'default-deny',
      text: 'block what no rule passes',
      at,
      action: 'block',
      quick: false,
      directions: bothOrIn(reading),
    },
    ...(reading.product === 'pfsense' ? linkLocalIpv4(root, at) : []),
    icmp('icmpv6', [1, 2, 135, 136], {}, bothOrIn(reading)),
    icmp('icmpv6-out', [129, 133, 134, 135, 136], { src: linkLocal, dst: local }, ['out']),
    icmp('icmpv6-in', [128, 133, 134, 135, 136], { src: linkLocal, dst: local }, ['in']),
    icmp('icmpv6-multicast', [128, 133, 134, 135, 136], { src: multicast, dst: linkLocal }, ['in']),
    ...(reading.product === 'opnsense'
      ? [
          icmp('icmpv6-unspecified', [128, 133, 134, 135, 136], { src: prefixes('::'), dst: multicast }, [
            'in',
          ]),
        ]
      : []),
    zero('port-0-source', { sport: port(0) }),
    zero('port-0-destination', { dport: port(0) }),
    ...carpRules(root, at, reading),
    {
      name: 'from-the-firewall',
      text: 'pass out what comes from the firewall, and what came in',
      at,
      action: 'pass',
      rank: ranks.interface + 2,
      quick: false,
      directions: ['out'],
    },
    {
      name: 'loopback',
      text: 'pass the loopback',
      at,
      action: 'pass',
      rank: ranks.interface + 1,
      quick: reading.product === 'opnsense',
      ports: numbers([1]),
    },
  ];
}

/** CARP is multicast; pfSense, and older releases of OPNsense, pass its protocol to any address. */
function carpRules(root: Element, at: Position, reading: Reading): readonly Spec[] {
  const isPfsense = reading.product === 'pfsense';
  if (isPfsense && !elementAt(root, 'virtualip', 'vip')) return [];
  if (!isPfsense)
    reading.unmodelled(
      'CARP (protocol 112) is taken to pass to its multicast addresses only; older releases pass it to any',
      at,
    );
  const dst = isPfsense ? {} : { dst: prefixes('224.0.0.18', 'ff02::12') };
  return [{ name: 'carp', text: 'pass CARP', at, action: 'pass', match: { protocols: [112], ...dst } }];
}

function linkLocalIpv4(root: Element, at: Position): readonly Spec[] {
  if (elementAt(root, 'system', 'no_apipa_block')) return [];
  const range = prefixes('169.254.0.0/16');
  const spec = (name: string, match: Partial<Match>): Spec => ({
    name,
    text: 'block IPv4 link-local',
    at,
    action: 'block',
    directions: ['in'],
    match,
  });
  return [spec('link-local-source', { src: range }), spec('link-local-destination', { dst: range })];
}

/** The interface that stays within reach: the LAN, in OPNsense else the first beside it, else the only one. */
function lockoutPort({ ports, reading }: Names): string {
  if (ports.find('lan') && (reading.product === 'opnsense' || ports.list.length > 1)) return 'lan';
  if (reading.product === 'opnsense' && ports.find('opt1')) return 'opt1';
  return ports.list.length === 1 ? 'wan' : '';
}

/** The rule that keeps the page and the shell of the firewall within reach from `lan`. */
function antiLockout(root: Element, names: Names): readonly Spec[] {
  const system = childOf(root, 'system');
  const page = childOf(system, 'webgui');
  if (childOf(page, 'noantilockout')) return [];
  const key = lockoutPort(names);
  const found = names.ports.find(key);
  if (!found?.isEnabled) return [];
  const isHttps = textOf(page, 'protocol') !== 'http';
  const shell = childOf(system, 'ssh');
  const isShell = childOf(shell, 'enabled') ?? childOf(shell, 'enable');
  const open = [
    Number(textOf(page, 'port')) || (isHttps ? 443 : 80),
    ...(isHttps && !childOf(page, 'disablehttpredirect') ? [80] : []),
    ...(isShell ? [Number(textOf(shell, 'port')) || 22] : []),
  ];
  const own = names.reading.product === 'opnsense' ? names.ports.self() : names.ports.addressOf(key);
  return [
    {
      name: 'anti-lockout',
      text: `pass ${found.label} to the page and shell of the firewall`,
      at: page?.at ?? found.at,
      action: 'pass',
      rank: ranks.interface + 3,
      directions: ['in'],
      ports: numbers([found.number]),
      match: { protocols: [6], dport: port(...open), ...(own ? { dst: own } : {}) },
    },
  ];
}

/** IPsec opens its own ports by rules that depend on its peers; which packets they pass is not modelled. */
function tunnelRules(root: Element, { reading }: Names): readonly Spec[] {
  const first = childOf(childOf(root, 'ipsec'), 'phase1');
  if (!first || childOf(childOf(root, 'system'), 'disablevpnrules')) return [];
  const why = reading.unmodelled('the rules that IPsec makes for its peers are not modelled', first.at);
  const spec = (name: string, match: Partial<Match>): Spec => ({
    name,
    text: 'pass IPsec of its peers',
    at: first.at,
    action: 'pass',
    rank: ranks.single + 1,
    match: { ...match, unmodelled: [why] },
  });
  return [
    spec('ipsec', { protocols: [50, 51] }),
    spec('ipsec-ike', { protocols: [17], dport: port(500, 4500) }),
  ];
}
