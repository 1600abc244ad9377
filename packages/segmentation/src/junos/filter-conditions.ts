import type { Problem } from '@holdfast/kernel';
import { family, prefixOf } from '../model/address.ts';
import {
  intersect,
  intervalSet,
  only,
  subtract,
  type Interval,
  type IntervalSet,
} from '../model/interval.ts';
import { numbers } from '../sense/match.ts';
import { allOf, doubted, surely, type Doubtful } from '../zoned/doubtful.ts';
import { portsOf } from './nat-match.ts';
import type { Objects } from './objects.ts';
import { icmpTypeOf, portRangeOf, protocolOf } from './port-names.ts';
import type { Statement } from './statement.ts';

export type Family = 'inet' | 'inet6';
export const bounds = { inet: family.ipv4, inet6: family.ipv6 } as const;
const flagBits = { fin: 1, syn: 2, rst: 4, push: 8, ack: 16, urgent: 32 } as const;
const withPorts = numbers([6, 17, 132]);

/** What a term of a filter matches; a term that says nothing of it matches all. */
export function termCondition(term: Statement, which: Family, objects: Objects): Doubtful {
  const from = term.at('from');
  const parts: Doubtful[] = [];
  const doubts: Problem[] = [];
  for (const each of from?.children ?? []) {
    const part = partOf(each, from, which, objects);
    if (part === 'unmodelled')
      doubts.push(
        objects.reading.note(
          objects.reading.at(each.line),
          `the condition '${each.word.slice(0, 40)}' of a filter is not modelled`,
        ),
      );
    else if (part !== 'beside') parts.push(part);
  }
  return doubted(allOf(parts), doubts);
}

const listed = {
  'source-prefix-list': 'source-address',
  'destination-prefix-list': 'destination-address',
  'prefix-list': 'address',
};

function partOf(
  each: Statement,
  from: Statement | undefined,
  which: Family,
  objects: Objects,
): Doubtful | 'unmodelled' | 'beside' {
  const { word } = each;
  if (word === 'source-address' || word === 'destination-address' || word === 'address')
    return addressPart(word, from, which, objects);
  if (word === 'source-prefix-list' || word === 'destination-prefix-list' || word === 'prefix-list') {
    const beside = listed[word];
    return from?.has(beside) === true ? 'beside' : addressPart(beside, from, which, objects);
  }
  if (word === 'protocol' || word === 'next-header' || word === 'payload-protocol')
    return protocolPart(each, objects);
  if (/^(?:source-|destination-)?port(?:-except)?$/.test(word)) return portPart(each, objects);
  if (word === 'icmp-type' || word === 'icmp-code') return icmpPart(each, which);
  if (word === 'tcp-established') return surely({ protocol: only(6n), flags: flagsWith(['ack', 'rst']) });
  if (word === 'tcp-initial') return surely({ protocol: only(6n), flags: flagsSynAlone });
  if (word === 'tcp-flags') return flagPart(each);
  return 'unmodelled';
}

/** Addresses and lists of prefixes; of those that have an address the longest decides, and may take it out again. */
function addressPart(key: string, from: Statement | undefined, which: Family, objects: Objects): Doubtful {
  const { reading, root } = objects;
  const listName = Object.entries(listed).find(([, beside]) => beside === key)?.[0] ?? '';
  const entries: { readonly range: Interval; readonly isOut: boolean }[] = [];
  const add = (text: string, line: Statement['line'], isOut: boolean): void => {
    const range = prefixOf(text);
    if (range !== undefined) entries.push({ range, isOut });
    else reading.error(reading.at(line), `'${text.slice(0, 60)}' is no prefix`, 'for example 10.0.0.0/8');
  };
  for (const each of from?.below(key) ?? []) add(each.word, each.line, each.has('except'));
  for (const each of from?.below(listName) ?? []) {
    const list = root.at('policy-options', 'prefix-list', each.word);
    if (list === undefined)
      reading.error(
        reading.at(each.line),
        `there is no prefix list ${each.word}`,
        undefined,
        'reference-unknown',
      );
    for (const prefix of list?.children ?? [])
      if (prefix.word !== 'apply-path') add(prefix.word, prefix.line, each.has('except'));
  }
  const size = ({ range }: { readonly range: Interval }): bigint => range.high - range.low;
  let set: IntervalSet = [];
  for (const { range, isOut } of entries.toSorted((a, b) =>
    size(a) > size(b) ? -1 : size(a) < size(b) ? 1 : 0,
  ))
    set = isOut ? subtract(set, [range]) : intervalSet([...set, range]);
  const own = intersect(set, [bounds[which]]);
  const apply = from
    ?.below(listName)
    .some((each) => root.at('policy-options', 'prefix-list', each.word, 'apply-path') !== undefined);
  const clauses =
    key === 'address'
      ? [{ src: own }, { dst: own }]
      : [key === 'source-address' ? { src: own } : { dst: own }];
  const known = own.length === 0 ? [] : clauses;
  if (apply !== true) return surely(...known);
  const why = reading.note(
    reading.at((from ?? root).line),
    "what 'apply-path' puts into a list is not modelled",
  );
  return { sure: known, maybe: [{}], why: [why] };
}

function protocolPart(each: Statement, { reading }: Objects): Doubtful {
  const found = each.children.flatMap((value) => {
    const number = protocolOf(value.word);
    if (number !== undefined) return [number];
    reading.error(reading.at(value.line), `'${value.word.slice(0, 40)}' is no protocol`);
    return [];
  });
  return surely({ protocol: intervalSet(found.map((number) => ({ low: number, high: number }))) });
}

function portPart(each: Statement, { reading }: Objects): Doubtful {
  const ranges = each.children.flatMap((value) => portRangeOf(value.word) ?? portsOf(value, reading) ?? []);
  const isOut = each.word.endsWith('-except');
  const set = isOut ? subtract([{ low: 0n, high: 65_535n }], intervalSet(ranges)) : intervalSet(ranges);
  const base = { protocol: withPorts };
  if (each.word.startsWith('source')) return surely({ ...base, sport: set });
  if (each.word.startsWith('destination')) return surely({ ...base, dport: set });
  return isOut
    ? surely({ ...base, sport: set, dport: set })
    : surely({ ...base, sport: set }, { ...base, dport: set });
}

function icmpPart(each: Statement, which: Family): Doubtful | 'unmodelled' {
  const isType = each.word === 'icmp-type';
  const values = each.children.map(({ word }) =>
    isType ? icmpTypeOf(word, which === 'inet6') : /^\d+$/.test(word) ? BigInt(word) : undefined,
  );
  if (values.some((value) => value === undefined || value > 255n)) return 'unmodelled';
  const set = intervalSet(values.flatMap((value) => (value === undefined ? [] : only(value))));
  return surely({ protocol: only(which === 'inet' ? 1n : 58n), [isType ? 'icmpType' : 'icmpCode']: set });
}

const flagsWith = (names: readonly (keyof typeof flagBits)[]): IntervalSet => {
  const bits = names.reduce((sum, name) => sum | flagBits[name], 0);
  return numbers(Array.from({ length: 256 }, (_, value) => value).filter((value) => (value & bits) !== 0));
};

const flagsSynAlone = numbers(
  Array.from({ length: 256 }, (_, value) => value).filter((value) => (value & 2) !== 0 && (value & 16) === 0),
);

/** One flag, or all of `(a & b)`; negations in it with `!`. */
function flagPart(each: Statement): Doubtful | 'unmodelled' {
  const [only6, ...more] = each.words;
  const text = (only6 ?? '').replaceAll(/[()"\s]/g, '');
  if (more.length > 0 || text === '' || text.includes('|')) return 'unmodelled';
  let [on, off] = [0, 0];
  for (const part of text.split('&')) {
    const name = part.replace('!', '');
    if (!Object.hasOwn(flagBits, name)) return 'unmodelled';
    const bit = flagBits[name as keyof typeof flagBits];
    if (part.startsWith('!')) off |= bit;
    else on |= bit;
  }
  const values = Array.from({ length: 256 }, (_, value) => value).filter(
    (value) => (value & on) === on && (value & off) === 0,
  );
  return surely({ protocol: only(6n), flags: numbers(values) });
}
