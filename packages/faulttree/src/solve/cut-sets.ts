import type { Counts } from '../answer/polynomial.ts';
import type { Part } from '../graph/parts.ts';
import type { Solved } from './attempt.ts';

/** The minimal cut sets of a top, as the parts it consists of and what each came to. */
export interface CutSets {
  /** Each after those below it; the last is the whole. None where a house decides the top. */
  readonly parts: readonly Part[];
  /** What each part that shares came to; undefined for the others. */
  readonly solved: readonly (Solved | undefined)[];
  /** How many there are of each order, up to `completeTo`. */
  readonly counts: Counts;
  /** The order up to which all are there; `Infinity` where all are. */
  readonly completeTo: number;
}
