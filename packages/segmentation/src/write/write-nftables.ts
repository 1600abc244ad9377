import type { Interval, IntervalSet } from '../model/interval.ts';
import type { Grant } from './grants.ts';
import { commentOf, spellInterval, spellRange } from './spelling.ts';

/** A comment of nftables has at most 128 bytes, its end included. */
const commentLimit = 127;

/**
 * Writes a table `inet holdfast` for `nft -f`, with one chain on what is forwarded. Loading it again replaces it.
 * @see nft(8)
 */
export function writeNftables(grants: readonly Grant[]): string {
  return [
    '# Replaces the table inet holdfast. Forwarded packets only; what is for this machine itself is not touched.',
    'table inet holdfast',
    'flush table inet holdfast',
    'table inet holdfast {',
    '  chain forward {',
    '    type filter hook forward priority 0; policy drop;',
    '    ct state established,related accept comment "replies"',
    '    ct state invalid drop comment "of no connection"',
    ...grants.map((each) => `    ${ruleOf(each)}`),
    '  }',
    '}',
    '',
  ].join('\n');
}

function ruleOf(grant: Grant): string {
  const { permission, src, dst } = grant;
  const ip = grant.family === 'ipv4' ? 'ip' : 'ip6';
  return [
    ...namesOf('iifname', permission.iif),
    ...namesOf('oifname', permission.oif),
    ...((src ?? dst) ? [] : [`meta nfproto ${grant.family}`]),
    ...addressesOf(`${ip} saddr`, src),
    ...addressesOf(`${ip} daddr`, dst),
    ...transportOf(grant),
    `accept comment "${commentOf(permission, commentLimit)}"`,
  ].join(' ');
}

const namesOf = (field: string, names: readonly string[] | undefined): readonly string[] =>
  names === undefined ? [] : [`${field} ${setOf(names.map((each) => `"${each}"`))}`];

const addressesOf = (field: string, set: IntervalSet | undefined): readonly string[] =>
  set === undefined ? [] : [`${field} ${setOf(set.map(spelt))}`];

function spelt(interval: Interval): string {
  const found = spellInterval(interval);
  return 'prefix' in found ? found.prefix : `${found[0]}-${found[1]}`;
}

const names: ReadonlyMap<number, string> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
  [33, 'dccp'],
  [132, 'sctp'],
  [136, 'udplite'],
]);

function transportOf({ protocol, sport, dport, icmpType, icmpCode, family }: Grant): readonly string[] {
  if (protocol === undefined) return [];
  const name = names.get(protocol) ?? String(protocol);
  const icmp = family === 'ipv4' ? 'icmp' : 'icmpv6';
  const parts = [
    ...portsOf(`${name} sport`, sport),
    ...portsOf(`${name} dport`, dport),
    ...(icmpType === undefined ? [] : [`${icmp} type ${icmpType}`]),
    ...(icmpCode === undefined ? [] : [`${icmp} code ${icmpCode}`]),
  ];
  return parts.length === 0 ? [`meta l4proto ${name}`] : parts;
}

const portsOf = (field: string, set: IntervalSet | undefined): readonly string[] =>
  set === undefined ? [] : [`${field} ${setOf(set.map((each) => spellRange(each, '-')))}`];

const setOf = (elements: readonly string[]): string =>
  elements.length === 1 ? (elements[0] ?? '') : `{ ${elements.join(', ')} }`;
