/** Whole numbers from `low` to `high`, both included. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** Intervals in ascending order that neither overlap nor touch; none of them is the empty set. */
export type IntervalSet = readonly Interval[];

/** Orders intervals and joins those that overlap or touch. Intervals whose low end is above their high end are empty. */
export function intervalSet(intervals: Iterable<Interval>): IntervalSet {
  const sorted = [...intervals]
    .filter(({ low, high }) => low <= high)
    .toSorted((a, b) => compare(a.low, b.low));
  const joined: Interval[] = [];
  for (const each of sorted) {
    const last = joined.at(-1);
    if (last === undefined || each.low > last.high + 1n) joined.push(each);
    else if (each.high > last.high) joined[joined.length - 1] = { low: last.low, high: each.high };
  }
  return joined;
}

/** One number as a set. */
export const only = (value: bigint): IntervalSet => [{ low: value, high: value }];

/** What both sets have. */
export function intersect(a: IntervalSet, b: IntervalSet): IntervalSet {
  const both: Interval[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [one, other] = [a[i], b[j]];
    if (one === undefined || other === undefined) return both;
    const low = one.low > other.low ? one.low : other.low;
    const high = one.high < other.high ? one.high : other.high;
    if (low <= high) both.push({ low, high });
    if (one.high < other.high) i += 1;
    else j += 1;
  }
}

/** What the first set has and the second has not. */
export function subtract(a: IntervalSet, b: IntervalSet): IntervalSet {
  const left: Interval[] = [];
  for (const { low, high } of a) {
    let from = low;
    for (const taken of b) {
      if (taken.high < from) continue;
      if (taken.low > high) break;
      if (taken.low > from) left.push({ low: from, high: taken.low - 1n });
      from = taken.high + 1n;
    }
    if (from <= high) left.push({ low: from, high });
  }
  return left;
}

/** Whether a number is in the set. */
export const contains = (set: IntervalSet, value: bigint): boolean =>
  set.some(({ low, high }) => low <= value && value <= high);

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
