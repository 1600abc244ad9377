import { ipv4Of, maskedSet } from '../cisco/text/wildcard.ts';
import { addressOf, prefixOf, spellPrefixes } from '../model/address.ts';
import type { Route } from '../model/firewall.ts';
import type { Block } from './config-text.ts';
import type { Objects } from './policy.ts';
import { isOn, lineOf, valueOf, valuesOf } from './vdom.ts';

/** The static routes of a virtual domain. Those to a name of the internet, or over SD-WAN, are told and left out. */
export function routesOf(objects: Objects): readonly Route[] {
  const { vdom } = objects;
  return (['router static', 'router static6'] as const).flatMap((table) =>
    vdom
      .entries(table)
      .filter((entry) => valueOf(entry, 'status') !== 'disable')
      .flatMap((entry) => routeOf(entry, table === 'router static6', objects)),
  );
}

function routeOf(entry: Block, isLong: boolean, objects: Objects): readonly Route[] {
  const { reading, vdom } = objects;
  const beside = [
    'sdwan',
    'virtual-wan-link',
    'sdwan-zone',
    'internet-service',
    'internet-service-custom',
  ].find((key) => entry.settings.has(key) && valueOf(entry, key) !== 'disable');
  if (beside !== undefined) {
    reading.note(reading.at(lineOf(entry, beside)), `a route by '${beside}' is not modelled`);
    return [];
  }
  const prefixes = prefixesOf(entry, isLong, objects);
  const gateway = valueOf(entry, 'gateway');
  if (gateway !== undefined && addressOf(gateway) === undefined) {
    reading.error(reading.at(lineOf(entry, 'gateway'), 2), `'${gateway.slice(0, 60)}' is no address`);
    return [];
  }
  const device = valueOf(entry, 'device');
  const distance = valueOf(entry, 'distance') ?? '10';
  const isNone = gateway === undefined || gateway === '0.0.0.0' || gateway === '::';
  return prefixes.map((prefix) => ({
    prefix,
    ...(isNone ? {} : { via: gateway }),
    ...(device === undefined || device === '' ? {} : { interface: device }),
    ...(isOn(entry, 'blackhole') ? { kind: 'discard' as const } : {}),
    metric: /^\d{1,3}$/.test(distance) ? Number(distance) : 10,
    ...(vdom.name === '' ? {} : { table: vdom.name }),
    at: reading.at(entry.line),
  }));
}

function prefixesOf(entry: Block, isLong: boolean, { addresses, reading }: Objects): readonly string[] {
  const name = valueOf(entry, 'dstaddr');
  if (name !== undefined && name !== '') {
    const { sure } = addresses[isLong ? 'ipv6' : 'ipv4'].named(name, reading.at(lineOf(entry, 'dstaddr'), 2));
    return sure.flatMap(spellPrefixes).map((text) => whole(text));
  }
  const words = valuesOf(entry, 'dst');
  if (words.length === 0) return [isLong ? '::/0' : '0.0.0.0/0'];
  const interval = words.length === 1 ? prefixOf(words[0] ?? '') : masked(words);
  const [spelt] = interval === undefined ? [] : spellPrefixes(interval);
  if (spelt !== undefined) return [whole(spelt)];
  reading.error(
    reading.at(lineOf(entry, 'dst'), 2),
    `'${words.join(' ').slice(0, 60)}' is no prefix`,
    'for example 10.0.0.0 255.0.0.0',
  );
  return [];
}

function masked([address, mask]: readonly string[]): ReturnType<typeof prefixOf> {
  const [base, ones] = [ipv4Of(address), ipv4Of(mask)];
  const [only, ...others] = base === undefined || ones === undefined ? [] : (maskedSet(base, ones) ?? []);
  return others.length > 0 ? undefined : only;
}

const whole = (text: string): string =>
  text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
