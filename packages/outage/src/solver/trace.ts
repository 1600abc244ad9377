import { asMillis, type Millis } from '@holdfast/kernel';
import { NumberTable } from './number-table.ts';
import type { NodeId } from './system.ts';

/** When a node changed, and to what. */
export interface Flip {
  readonly at: Millis;
  readonly value: boolean;
}

const none: readonly Flip[] = [];

/**
 * Where the nodes of a simulation's latest trace stand in it: a number for each node of the system, good where the trace has
 * that node there. The next trace writes over it.
 */
export class Places {
  readonly of: Int32Array;
  latest: Trace | undefined;

  constructor(size: number) {
    this.of = new Int32Array(size);
  }
}

/** What one scenario changed under one reading: the flips in order of time; all else stayed as before the fault. */
export class Trace {
  readonly horizon: Millis;
  readonly #base: Uint8Array;
  readonly #shared: Places;
  /** Of each flip: its time, its value, and the flip of the same node before it, or -1. */
  readonly #times: number[] = [];
  readonly #values: boolean[] = [];
  readonly #earlier: number[] = [];
  /** The nodes that flip, and the last flip of each. */
  readonly #nodes: NodeId[] = [];
  readonly #last: number[] = [];
  #table: NumberTable | undefined;
  #moments: readonly Millis[] | undefined;
  #completeUntil: Millis;

  constructor(base: Uint8Array, horizon: Millis, shared: Places) {
    this.#base = base;
    this.horizon = horizon;
    this.#completeUntil = horizon;
    this.#shared = shared;
    shared.latest = this;
  }

  /** Adds a flip, while the trace is its simulation's latest. */
  flip(at: Millis, node: NodeId, value: boolean): void {
    let own = this.#shared.of[node] as number;
    if (this.#nodes[own] !== node) {
      own = this.#nodes.length;
      this.#shared.of[node] = own;
      this.#nodes.push(node);
      this.#last.push(-1);
    }
    this.#earlier.push(this.#last[own] as number);
    this.#last[own] = this.#times.length;
    this.#times.push(at);
    this.#values.push(value);
  }

  /** Marks that a budget ended the run before this time. */
  exhausted(at: Millis): this {
    this.#completeUntil = at;
    return this;
  }

  /** Up to when the trace is complete; the horizon unless a budget ended it. */
  get completeUntil(): Millis {
    return this.#completeUntil;
  }

  get size(): number {
    return this.#times.length;
  }

  /** The moments at which anything changed, after one time and up to another. */
  momentsIn(after: Millis, until: Millis): readonly Millis[] {
    this.#moments ??= [...new Set(this.#times)].map(asMillis);
    return this.#moments.filter((at) => at > after && at <= until);
  }

  /** The nodes that changed at any time, each once, in the order in which they first did. */
  changed(): readonly NodeId[] {
    return this.#nodes;
  }

  baseline(node: NodeId): boolean {
    return this.#base[node] === 1;
  }

  /** The changes of one node, in order of time. */
  flips(node: NodeId): readonly Flip[] {
    const flips: Flip[] = [];
    for (let each = this.#lastOf(node); each >= 0; each = this.#earlier[each] as number)
      flips.push(this.#flipAt(each));
    return flips.length === 0 ? none : flips.toReversed();
  }

  /** Adds the moments at which a node changes, the last first. */
  addMoments(node: NodeId, moments: Millis[]): void {
    for (let each = this.#lastOf(node); each >= 0; each = this.#earlier[each] as number)
      moments.push(asMillis(this.#times[each] as number));
  }

  /** The value at a time; before 0, the baseline. */
  at(node: NodeId, time: Millis): boolean {
    const place = this.#lastPlace(node, time);
    return place < 0 ? this.#base[node] === 1 : (this.#values[place] as boolean);
  }

  /** The last change at or before a time. */
  lastFlip(node: NodeId, time: Millis): Flip | undefined {
    const place = this.#lastPlace(node, time);
    return place < 0 ? undefined : this.#flipAt(place);
  }

  /** When a node last changed at or before a time; before 0 where it has not. */
  lastMoment(node: NodeId, time: Millis): Millis {
    const place = this.#lastPlace(node, time);
    return asMillis(place < 0 ? -1 : (this.#times[place] as number));
  }

  #flipAt(place: number): Flip {
    return { at: asMillis(this.#times[place] as number), value: this.#values[place] as boolean };
  }

  /** Where the last flip of a node at or before a time stands; -1 where it has none. */
  #lastPlace(node: NodeId, time: Millis): number {
    let place = this.#lastOf(node);
    while (place >= 0 && (this.#times[place] as number) > time) place = this.#earlier[place] as number;
    return place;
  }

  /** The last flip of a node; -1 where it has none. */
  #lastOf(node: NodeId): number {
    if (this.#shared.latest === this) {
      const own = this.#shared.of[node] as number;
      return this.#nodes[own] === node ? (this.#last[own] as number) : -1;
    }
    const own = (this.#table ??= new NumberTable(this.#nodes)).find(node);
    return own < 0 ? -1 : (this.#last[own] as number);
  }
}
