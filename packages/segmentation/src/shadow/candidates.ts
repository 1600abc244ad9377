import type { Box } from '../engine/axes.ts';
import { isApart } from '../engine/entry.ts';
import type { Entries } from './entries.ts';

/** So many parts each axis is divided into, at most. */
const mostBuckets = 512;

/** Sets of entries, as bits, by where they begin and end on one axis. */
interface Column {
  readonly axis: number;
  readonly shift: number;
  /** `words` numbers a bucket: the entries that end in an earlier bucket, or begin in a later one. */
  readonly endsBefore: Int32Array;
  readonly beginsAfter: Int32Array;
}

/**
 * Finds the deciding entries that have packets in common with a box. Sets of entries are bits, 32 a word, so that
 * one pass over the words rules out 32 entries at a time.
 */
export class Candidates {
  readonly #entries: Entries;
  readonly #words: number;
  readonly #deciding: Int32Array;
  readonly #columns: readonly Column[];

  constructor(entries: Entries) {
    this.#entries = entries;
    const { list, decides, program } = entries;
    this.#words = (decides.length + 31) >> 5;
    this.#deciding = new Int32Array(this.#words);
    decides.forEach((isDeciding, entry) => {
      if (isDeciding === 1)
        this.#deciding[entry >> 5] = (this.#deciding[entry >> 5] as number) | (1 << (entry & 31));
    });
    this.#columns = list.axes
      .toSorted((a, b) => program.axes.size(b) - program.axes.size(a))
      .slice(0, 3)
      .map((axis) => this.#column(axis));
  }

  /** The entries below `end` that meet a box, ascending. */
  of(box: Box, end: number): readonly number[] {
    const { list } = this.#entries;
    const found: number[] = [];
    const places = this.#columns.map(({ axis, shift }) => [
      ((box[2 * axis] as number) >> shift) * this.#words,
      ((box[2 * axis + 1] as number) >> shift) * this.#words,
    ]);
    const words = (end + 31) >> 5;
    for (let word = 0; word < words; word += 1) {
      let bits = this.#deciding[word] as number;
      for (let index = 0; index < this.#columns.length && bits !== 0; index += 1) {
        const { endsBefore, beginsAfter } = this.#columns[index] as Column;
        const [from, to] = places[index] as [number, number];
        bits &= ~((endsBefore[from + word] as number) | (beginsAfter[to + word] as number));
      }
      while (bits !== 0) {
        const lowest = bits & -bits;
        const entry = (word << 5) + 31 - Math.clz32(lowest);
        bits ^= lowest;
        if (entry < end && !isApart(box, list, entry)) found.push(entry);
      }
    }
    return found;
  }

  #column(axis: number): Column {
    const { list, program, decides } = this.#entries;
    const size = program.axes.size(axis);
    let shift = 0;
    while (size >> shift > mostBuckets) shift += 1;
    const buckets = ((size - 1) >> shift) + 1;
    const words = this.#words;
    const [endsBefore, beginsAfter] = [new Int32Array(buckets * words), new Int32Array(buckets * words)];
    const [lows, highs] = [list.lows[axis] as Int32Array, list.highs[axis] as Int32Array];
    for (let entry = 0; entry < decides.length; entry += 1) {
      const [word, bit] = [entry >> 5, 1 << (entry & 31)];
      const ends = (((highs[entry] as number) >> shift) + 1) * words + word;
      const begins = (((lows[entry] as number) >> shift) - 1) * words + word;
      if (ends < endsBefore.length) endsBefore[ends] = (endsBefore[ends] as number) | bit;
      if (begins >= 0) beginsAfter[begins] = (beginsAfter[begins] as number) | bit;
    }
    for (let place = words; place < endsBefore.length; place += 1)
      endsBefore[place] = (endsBefore[place] as number) | (endsBefore[place - words] as number);
    for (let place = beginsAfter.length - words - 1; place >= 0; place -= 1)
      beginsAfter[place] = (beginsAfter[place] as number) | (beginsAfter[place + words] as number);
    return { axis, shift, endsBefore, beginsAfter };
  }
}
