import type { IntervalSet } from '../model/interval.ts';
import { dimensions, greatest, ipv6Offset, type Dimension } from '../model/packet.ts';

/** How many axes there are; a box has two numbers for each, its lowest and its highest rank. */
export const axisCount = dimensions.length;

/** A box in ranks: `[low, high]` for each axis in the order of `dimensions`. */
export type Box = Int32Array;

/**
 * The axes of one set of rules, cut wherever a rule begins or ends. Between two cuts all values are alike to every rule,
 * so that a rank stands for all of them.
 */
export class Axes {
  readonly #starts: readonly (readonly bigint[])[];

  constructor(sets: Iterable<readonly [Dimension, IntervalSet]>) {
    const cuts = dimensions.map((dimension) => new Set([0n, greatest[dimension] + 1n]));
    for (const dimension of ['src', 'dst'] as const) cuts[dimensions.indexOf(dimension)]?.add(ipv6Offset);
    for (const [dimension, set] of sets) {
      const own = cuts[dimensions.indexOf(dimension)];
      for (const { low, high } of set) own?.add(low).add(high + 1n);
    }
    this.#starts = cuts.map((each) => [...each].toSorted((a, b) => (a < b ? -1 : 1)));
  }

  /** How many ranks an axis has. */
  size(axis: number): number {
    return (this.#starts[axis]?.length ?? 1) - 1;
  }

  /** The rank that a value falls into. */
  rank(axis: number, value: bigint): number {
    const starts = this.#starts[axis] ?? [];
    let [low, high] = [0, starts.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0n) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The least value of a rank. */
  low(axis: number, rank: number): bigint {
    return this.#starts[axis]?.[rank] ?? 0n;
  }

  /** The greatest value of a rank. */
  high(axis: number, rank: number): bigint {
    return (this.#starts[axis]?.[rank + 1] ?? 1n) - 1n;
  }

  /** All packets. */
  whole(): Box {
    const box = new Int32Array(2 * axisCount);
    for (let axis = 0; axis < axisCount; axis += 1) box[2 * axis + 1] = this.size(axis) - 1;
    return box;
  }
}
