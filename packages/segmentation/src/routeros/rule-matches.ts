import type { Position } from '@holdfast/kernel';
import type { Expression, Match, SetElement, Statement } from '../netfilter/ruleset.ts';
import type { RouterLists } from './router-lists.ts';

/** What the conditions of a rule are read against. */
export interface MatchScope {
  readonly family: 'ip' | 'ip6';
  readonly chain: string;
  readonly protocol: string | undefined;
  readonly lists: RouterLists;
  readonly at: Position;
}

/** A condition as statements; several where one is certain for some packets and not for others. */
type Reader = (value: string, isNegated: boolean, scope: MatchScope) => Statement | undefined;

const field = (name: string): Expression => ({ kind: 'field', name });
const value = (text: string): Expression => ({ kind: 'value', text });

function match(name: string, isNegated: boolean, of: Expression, at: Position): Statement {
  return { ...matchOf(name, isNegated, of), at };
}

const matchOf = (name: string, isNegated: boolean, of: Expression): Match => ({
  kind: 'match',
  key: field(name),
  operator: isNegated ? '!=' : 'in',
  value: of,
});

/** `10.0.0.1`, `10.0.0.0/8` or `10.0.0.1-10.0.0.9`. */
export function addresses(text: string): Expression {
  const [low = '', high, ...more] = text.split('-');
  if (high !== undefined && more.length === 0) return { kind: 'range', low, high };
  const [address = '', length] = text.split('/');
  return length === undefined ? value(text) : { kind: 'prefix', address, length: Number(length) };
}

/** Ports and ranges of them, by commas. */
export function portElements(text: string): readonly SetElement[] {
  return text.split(',').map((each) => {
    const [low = '', high] = each.split('-');
    return { key: high === undefined ? value(low) : { kind: 'range', low, high } };
  });
}

const address =
  (side: 'saddr' | 'daddr'): Reader =>
  (text, isNegated, { family, at }) =>
    match(`${family} ${side}`, isNegated, addresses(text), at);

const ports =
  (...sides: readonly ('sport' | 'dport')[]): Reader =>
  (text, isNegated, { protocol, at }) => {
    const names = ['tcp', 'udp', 'sctp', 'dccp'];
    const prefix = protocol !== undefined && names.includes(protocol) ? protocol : 'th';
    const matches = sides.map((side) =>
      matchOf(`${prefix} ${side}`, isNegated, { kind: 'set', elements: portElements(text) }),
    );
    const [only] = matches;
    if (matches.length === 1 && only !== undefined) return { ...only, at };
    return isNegated ? undefined : { kind: 'either', matches, at };
  };

const networkInterface =
  (side: 'iifname' | 'oifname'): Reader =>
  (text, isNegated, { lists, at }) =>
    lists.isGeneric(text) ? undefined : match(`meta ${side}`, isNegated, value(text), at);

const interfaceList =
  (side: 'iifname' | 'oifname'): Reader =>
  (text, isNegated, { lists, at }) => {
    if (text === 'all') return isNegated ? undefined : { kind: 'none', at };
    const members = lists.membersOf(text);
    if (members === undefined) return undefined;
    const elements = members.map((each) => ({ key: value(each) }));
    return match(`meta ${side}`, isNegated, { kind: 'set', elements }, at);
  };

const addressList =
  (side: 'saddr' | 'daddr'): Reader =>
  (text, isNegated, { family, at }) =>
    match(`${family} ${side}`, isNegated, { kind: 'named', name: text }, at);

/** `local` are the router's own addresses, where all of them are in the configuration. */
const addressType =
  (side: 'saddr' | 'daddr'): Reader =>
  (text, isNegated, { family, lists, at }) => {
    const own = lists.ownAddresses(family);
    if (text !== 'local' || own === undefined) return undefined;
    const elements = own.map((each) => ({ key: addresses(each) }));
    return match(`${family} ${side}`, isNegated, { kind: 'set', elements }, at);
  };

function states(text: string, isNegated: boolean, { lists, at }: MatchScope): Statement | undefined {
  if (!lists.isTracking) return undefined;
  const parts = text.split(',').map(value);
  const operator = isNegated ? '!' : 'in';
  return { kind: 'match', key: field('ct state'), operator, value: { kind: 'list', parts, isOr: false }, at };
}

/** `8:0`, `3:0-255`, or a type alone. */
function icmp(text: string, isNegated: boolean, { family, at }: MatchScope): Statement | undefined {
  const [type = '', codes = '0-255'] = text.split(':');
  const name = family === 'ip' ? 'icmp' : 'icmpv6';
  if (codes === '0-255') return match(`${name} type`, isNegated, value(type), at);
  if (codes.includes('-')) return undefined;
  const key: Expression = { kind: 'concat', parts: [field(`${name} type`), field(`${name} code`)] };
  const wanted: Expression = { kind: 'concat', parts: [value(type), value(codes)] };
  return { kind: 'match', key, operator: isNegated ? '!=' : '==', value: wanted, at };
}

/** `syn,!ack`: flags that are set, and those that are not. */
function flags(text: string, isNegated: boolean, { at }: MatchScope): Statement {
  const words = text.split(',');
  const list = (names: readonly string[]): Expression => ({
    kind: 'list',
    parts: names.map(value),
    isOr: false,
  });
  const mask = list(words.map((each) => each.replace(/^!/, '')));
  const wanted = list(words.filter((each) => !each.startsWith('!')));
  const key: Expression = { kind: 'masked', field: field('tcp flags'), mask };
  return { kind: 'match', key, operator: isNegated ? '!=' : '==', value: wanted, at };
}

/** Names that RouterOS has for protocols where others have another. */
const protocols: Readonly<Record<string, string>> = {
  'ipsec-esp': '50',
  'ipsec-ah': '51',
  'udp-lite': '136',
  'ipv6-encap': '41',
  rdp: '27',
  vrrp: '112',
  l2tp: '115',
  etherip: '97',
};

/** @see https://help.mikrotik.com/docs/spaces/ROS/pages/48660574/Filter */
export const readers: Readonly<Record<string, Reader>> = {
  protocol: (text, isNegated, { at }) => match('meta l4proto', isNegated, value(protocols[text] ?? text), at),
  'src-address': address('saddr'),
  'dst-address': address('daddr'),
  'src-port': ports('sport'),
  'dst-port': ports('dport'),
  port: ports('sport', 'dport'),
  'in-interface': networkInterface('iifname'),
  'out-interface': networkInterface('oifname'),
  'in-interface-list': interfaceList('iifname'),
  'out-interface-list': interfaceList('oifname'),
  'src-address-list': addressList('saddr'),
  'dst-address-list': addressList('daddr'),
  'src-address-type': addressType('saddr'),
  'dst-address-type': addressType('daddr'),
  'connection-state': states,
  'icmp-options': icmp,
  'tcp-flags': flags,
};
