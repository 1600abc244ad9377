import type { Problem } from '@holdfast/kernel';
import { family } from '../model/address.ts';
import { intervalSet, subtract, type IntervalSet } from '../model/interval.ts';

/** A set that a configuration gives only in part: what is in it for certain, what may be, and why that is not known. */
export interface Doubted {
  readonly sure: IntervalSet;
  readonly maybe: IntervalSet;
  readonly why: readonly Problem[];
}

export const everyAddress: IntervalSet = intervalSet([family.ipv4, family.ipv6]);
export const everyPort: IntervalSet = [{ low: 0n, high: 65_535n }];

export const sureOf = (sure: IntervalSet): Doubted => ({ sure, maybe: [], why: [] });
export const nothing: Doubted = sureOf([]);

/** What is in any of the sets. */
export function unionOf(sets: readonly Doubted[]): Doubted {
  const sure = intervalSet(sets.flatMap((each) => each.sure));
  const maybe = subtract(intervalSet(sets.flatMap((each) => each.maybe)), sure);
  return { sure, maybe, why: maybe.length === 0 ? [] : [...new Set(sets.flatMap(({ why }) => why))] };
}

/** What is not in a set. */
export const complementOf = ({ sure, maybe, why }: Doubted, all: IntervalSet): Doubted => ({
  sure: subtract(subtract(all, sure), maybe),
  maybe,
  why,
});

/** All that is or may be in a set. */
export const atMost = ({ sure, maybe }: Doubted): IntervalSet => intervalSet([...sure, ...maybe]);
