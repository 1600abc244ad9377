import type { IntervalSet } from '../model/interval.ts';
import { dimensions, greatest, ipv6Offset, type Dimension } from '../model/packet.ts';

/** How many axes there are; a box has two numbers for each, its lowest and its highest rank. */
export const axisCount = dimensions.length;

/** A box in ranks: `[low, high]` for each axis in the order of `dimensions`. */
export type Box = Int32Array;

/** From here on a number does not hold every whole value, so that values are compared as bigints. */
const exactBelow = 2n ** 53n;

/**
 * Where the ranks of an axis begin. Values that fit a number are kept as numbers, which makes IPv4 and ports fast;
 * the higher ones follow as bigints.
 */
interface Starts {
  readonly numbers: Float64Array;
  readonly bigs: readonly bigint[];
}

/**
 * The axes of one set of rules, cut wherever a rule begins or ends. Between two cuts all values are alike to every rule,
 * so that a rank stands for all of them.
 */
export class Axes {
  readonly #starts: readonly Starts[];

  constructor(sets: Iterable<readonly [Dimension, IntervalSet]>) {
    const drafts = new Map(dimensions.map((each) => [each, new Cuts()]));
    for (const dimension of ['src', 'dst'] as const) drafts.get(dimension)?.add(ipv6Offset);
    for (const [dimension, set] of sets) {
      const own = drafts.get(dimension);
      for (const { low, high } of set) {
        own?.add(low);
        own?.add(high + 1n);
      }
    }
    this.#starts = dimensions.map((each) => (drafts.get(each) ?? new Cuts()).starts(greatest[each]));
  }

  /** How many ranks an axis has. */
  size(axis: number): number {
    const { numbers, bigs } = this.#of(axis);
    return numbers.length + bigs.length;
  }

  /** The rank that a value falls into. */
  rank(axis: number, value: bigint): number {
    const { numbers, bigs } = this.#of(axis);
    const isBig = value >= exactBelow && bigs.length > 0 && value >= (bigs[0] ?? 0n);
    if (isBig) return numbers.length + lastAtMost(bigs, value);
    return lastAtMost(numbers, value < exactBelow ? Number(value) : Infinity);
  }

  /** The least value of a rank. */
  low(axis: number, rank: number): bigint {
    const { numbers, bigs } = this.#of(axis);
    return rank < numbers.length ? BigInt(numbers[rank] ?? 0) : (bigs[rank - numbers.length] ?? 0n);
  }

  /** The greatest value of a rank. */
  high(axis: number, rank: number): bigint {
    if (rank + 1 < this.size(axis)) return this.low(axis, rank + 1) - 1n;
    const dimension = dimensions[axis];
    return dimension === undefined ? 0n : greatest[dimension];
  }

  /** All packets. */
  whole(): Box {
    const box = new Int32Array(2 * axisCount);
    for (let axis = 0; axis < axisCount; axis += 1) box[2 * axis + 1] = this.size(axis) - 1;
    return box;
  }

  #of(axis: number): Starts {
    return this.#starts[axis] ?? { numbers: new Float64Array(), bigs: [] };
  }
}

class Cuts {
  readonly #numbers: number[] = [0];
  readonly #bigs = new Set<bigint>();

  add(value: bigint): void {
    if (value < exactBelow) this.#numbers.push(Number(value));
    else this.#bigs.add(value);
  }

  /** The cuts up to the end of the axis, in order and each once. */
  starts(end: bigint): Starts {
    const sorted = Float64Array.from(this.#numbers).toSorted();
    let count = 0;
    for (const each of sorted) {
      if (each <= end && (count === 0 || sorted[count - 1] !== each)) {
        sorted[count] = each;
        count += 1;
      }
    }
    const bigs = [...this.#bigs].filter((each) => each <= end).toSorted((a, b) => (a < b ? -1 : 1));
    return { numbers: sorted.slice(0, count), bigs };
  }
}

/** The place of the last start that is not above a value. */
function lastAtMost<T extends number | bigint>(starts: ArrayLike<T>, value: T): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as T) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
