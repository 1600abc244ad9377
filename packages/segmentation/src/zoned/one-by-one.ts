import { only, type Interval } from '../model/interval.ts';

/** Up to so many addresses or ports are mapped one by one; more become any of their range. */
const mostSingle = 64n;

/** What becomes what. */
export interface Pair {
  readonly from: Interval;
  readonly to: Interval;
}

/** A range and one as large, one by one where there are few. */
export function oneByOne(from: Interval, to: Interval): readonly Pair[] {
  const size = from.high - from.low + 1n;
  if (size > mostSingle) return [{ from, to }];
  return Array.from({ length: Number(size) }, (_, index) => {
    const [[one], [other]] = [only(from.low + BigInt(index)), only(to.low + BigInt(index))];
    return { from: one ?? from, to: other ?? to };
  });
}
