import { prefixOf, spellPrefixes } from '../../model/address.ts';
import type { Route } from '../../model/firewall.ts';
import type { ConfigLine } from '../text/config-lines.ts';
import type { Reading } from '../text/reading.ts';
import { ipv4Of, maskedSet } from '../text/wildcard.ts';

const words = ['name', 'tag', 'track', 'permanent', 'multicast', 'unicast', 'global', 'nexthop-vrf'];
const isName = (word: string | undefined): word is string =>
  word !== undefined && /^[a-z]/i.test(word) && !word.includes(':');

/**
 * Reads `ip route` or `ipv6 route`: a prefix, an interface or an address or both, and a distance.
 * Undefined, and told, where it is broken.
 */
export function readStaticRoute(line: ConfigLine, reading: Reading): Route | undefined {
  const isIpv6 = line.words[0]?.text === 'ipv6';
  const cursor = reading.cursor(line, 2);
  const table = cursor.take('vrf') === undefined ? undefined : cursor.next();
  const at = cursor.at();
  const prefix = isIpv6 ? ipv6Prefix(cursor.next()) : ipv4Prefix(cursor.next(), cursor.next());
  if (prefix === undefined)
    return reading.error(at, 'the route has no prefix', 'for example 10.0.0.0 255.0.0.0');
  const route: { -readonly [K in keyof Route]: Route[K] } = {
    prefix,
    at: reading.at(line),
    ...(table && { table }),
  };
  if (cursor.peek() === 'dhcp') {
    reading.note(cursor.at(), 'the gateway that DHCP gives is not in the configuration');
    return undefined;
  }
  if (isName(cursor.peek()) && !words.includes(cursor.peek() ?? '')) {
    const name = cursor.next() ?? '';
    // `Dialer 1` has its number apart.
    route.interface =
      /\d$/.test(name) || !/^\d+(\/\d+)*$/.test(cursor.peek() ?? '') ? name : `${name}${cursor.next() ?? ''}`;
    if (/^null0?$/i.test(route.interface)) route.kind = 'discard';
  }
  const via = cursor.peek() ?? '';
  if (prefixOf(via) !== undefined && !via.includes('/')) route.via = cursor.next() ?? '';
  if (route.via === undefined && route.interface === undefined)
    return reading.error(cursor.at(), 'the route leads nowhere', 'name an address or an interface');
  route.metric = /^\d{1,3}$/.test(cursor.peek() ?? '') ? Number(cursor.next()) : 1;
  while (!cursor.isDone) {
    const option = cursor.at();
    const word = cursor.take(...words);
    if (word === 'track') reading.note(option, 'whether the route is in use depends on a tracked object');
    if (word === 'global' || word === 'nexthop-vrf')
      reading.note(option, 'a route into another table is not modelled');
    if (word === undefined)
      reading.note(option, `the option '${cursor.peek() ?? ''}' of a route is not modelled`);
    if (word === undefined || ['name', 'tag', 'track', 'nexthop-vrf'].includes(word)) cursor.next();
  }
  return route;
}

function ipv4Prefix(address: string | undefined, mask: string | undefined): string | undefined {
  const [base, bits] = [ipv4Of(address), ipv4Of(mask)];
  const [only, ...others] = base === undefined || bits === undefined ? [] : (maskedSet(base, bits) ?? []);
  if (only === undefined || others.length > 0) return undefined;
  const [prefix = ''] = spellPrefixes(only);
  return prefix.includes('/') ? prefix : `${prefix}/32`;
}

function ipv6Prefix(text: string | undefined): string | undefined {
  const interval = text?.includes(':') === true && text.includes('/') ? prefixOf(text) : undefined;
  const [prefix = ''] = interval === undefined ? [] : spellPrefixes(interval);
  return interval === undefined ? undefined : prefix.includes('/') ? prefix : `${prefix}/128`;
}
