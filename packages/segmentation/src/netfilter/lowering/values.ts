import { addressOf, family, prefixOf } from '../../model/address.ts';
import { intervalSet, subtract, type Interval, type IntervalSet } from '../../model/interval.ts';
import { connectionStates } from '../../model/packet.ts';
import type { Field } from './fields.ts';
import type { InterfaceNames } from '../interface-names.ts';
import type { Expression } from '../ruleset.ts';
import {
  flagBits,
  icmpCodes,
  icmpTypes,
  icmpv6Codes,
  icmpv6Types,
  protocolNames,
  serviceNames,
  stateBits,
} from './value-names.ts';

/** What a value is, or why it is not modelled. */
export type Read<T> = { readonly value: T } | { readonly why: string };

/** How interfaces are numbered; the first reading of a rule set only gathers their names. */
export interface Interfaces {
  readonly seen: Set<string>;
  readonly numbers: InterfaceNames;
}

/** The values that a field has when it equals an expression that is neither a set nor a list. */
export function valuesOf(field: Field, expression: Expression, interfaces: Interfaces): Read<IntervalSet> {
  switch (expression.kind) {
    case 'value':
      return one(field, expression.text, interfaces);
    case 'prefix':
      return within(
        field,
        prefixOf(`${expression.address}/${expression.length}`),
        `${expression.address}/${expression.length}`,
      );
    case 'range': {
      const [low, high] = [one(field, expression.low, interfaces), one(field, expression.high, interfaces)];
      if ('why' in low) return low;
      if ('why' in high) return high;
      const [from, to] = [low.value[0]?.low, high.value.at(-1)?.high];
      if (
        from === undefined ||
        to === undefined ||
        from > to ||
        field.values === 'interface' ||
        isBits(field)
      )
        return { why: `the range '${expression.low}-${expression.high}' is none of this field` };
      return { value: [{ low: from, high: to }] };
    }
    default:
      return { why: 'this kind of value is not modelled here' };
  }
}

/** Whether the values of a field are bits. */
export const isBits = (field: Field): boolean => field.values === 'flags' || field.values === 'state';

function one(field: Field, text: string, interfaces: Interfaces): Read<IntervalSet> {
  switch (field.values) {
    case 'address':
      return within(field, text.includes('/') ? prefixOf(text) : single(addressOf(text)), text);
    case 'port':
      return number(text, 65_535, serviceNames);
    case 'protocol':
      return number(text, 255, protocolNames);
    case 'icmp-type':
      return number(text, 255, icmpTypes);
    case 'icmpv6-type':
      return number(text, 255, icmpv6Types);
    case 'icmp-code':
      return number(text, 255, icmpCodes);
    case 'icmpv6-code':
      return number(text, 255, icmpv6Codes);
    case 'family':
      return familyNamed(text);
    case 'interface':
      return named(text, interfaces);
    case 'state':
    case 'flags': {
      const bits = bitsOf(field, { kind: 'value', text });
      return 'why' in bits ? bits : { value: bitSet(field, (each) => each === bits.value) };
    }
    default:
      return field.values satisfies never;
  }
}

const single = (value: bigint | undefined): Interval | undefined =>
  value === undefined ? undefined : { low: value, high: value };

function within(field: Field, interval: Interval | undefined, text: string): Read<IntervalSet> {
  if (field.values !== 'address' || interval === undefined) return { why: `'${text}' is no address` };
  const isOther = subtract([interval], field.universe).length > 0;
  return isOther ? { why: `'${text}' is of another family` } : { value: [interval] };
}

function number(text: string, most: number, names: ReadonlyMap<string, number>): Read<IntervalSet> {
  const value = numberOf(text) ?? names.get(text);
  if (value === undefined || value > most) return { why: `'${text}' is no value that is known here` };
  return { value: [{ low: BigInt(value), high: BigInt(value) }] };
}

/** A number as nft and iptables write it, or `undefined`. */
export function numberOf(text: string): number | undefined {
  return /^(?:\d{1,10}|0x[\da-fA-F]{1,8})$/.test(text) ? Number(text) : undefined;
}

function familyNamed(text: string): Read<IntervalSet> {
  if (['ip', 'ipv4', '2048', '0x800', '2'].includes(text)) return { value: [family.ipv4] };
  if (['ip6', 'ipv6', '34525', '0x86dd', '10'].includes(text)) return { value: [family.ipv6] };
  return { why: `'${text}' is no family that is known here` };
}

function named(text: string, { seen, numbers }: Interfaces): Read<IntervalSet> {
  if (/^\d+$/.test(text))
    return { why: `interface ${text} is given by a number that the rule set does not explain` };
  if (text.includes('\\')) return { why: `the escaped interface name '${text}' is not modelled` };
  seen.add(text);
  return { value: numbers.matching(text) };
}

/** The bits of a value or of a list of them. */
export function bitsOf(field: Field, expression: Expression): Read<number> {
  const names = field.values === 'flags' ? flagBits : stateBits;
  if (expression.kind === 'list') {
    let all = 0;
    for (const part of expression.parts) {
      const bits = bitsOf(field, part);
      if ('why' in bits) return bits;
      all |= bits.value;
    }
    return { value: all };
  }
  const bits =
    expression.kind === 'value' ? (names.get(expression.text) ?? numberOf(expression.text)) : undefined;
  return bits === undefined
    ? {
        why: `'${expression.kind === 'value' ? expression.text : expression.kind}' is no flag that is known here`,
      }
    : { value: bits };
}

/** The values of a field of bits that fulfil a condition. */
export function bitSet(field: Field, holds: (bits: number) => boolean): IntervalSet {
  const values =
    field.values === 'flags'
      ? Array.from({ length: 256 }, (_, bits) => ({ bits, value: bits }))
      : connectionStates.map((name, value) => ({ bits: stateBits.get(name) ?? 0, value }));
  return intervalSet(
    values.flatMap(({ bits, value }) => (holds(bits) ? { low: BigInt(value), high: BigInt(value) } : [])),
  );
}
