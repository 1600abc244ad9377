import { asMillis, type Millis } from '@holdfast/kernel';
import { FlipIndex } from './flip-index.ts';
import type { NodeId } from './system.ts';

/** When a node changed, and to what. */
export interface Flip {
  readonly at: Millis;
  readonly value: boolean;
}

const none: readonly Flip[] = [];


/** What one scenario changed under one reading: the flips in order of time; all else stayed as before the fault. */
export class Trace {
  readonly horizon: Millis;
  readonly #base: Uint8Array;
  readonly #times: number[] = [];
  readonly #nodes: number[] = [];
  readonly #values: boolean[] = [];
  #byNode: FlipIndex | undefined;
  #moments: readonly Millis[] | undefined;
  #completeUntil: Millis;

  constructor(base: Uint8Array, horizon: Millis) {
    this.#base = base;
    this.horizon = horizon;
    this.#completeUntil = horizon;
  }

  flip(at: Millis, node: NodeId, value: boolean): void {
    this.#times.push(at);
    this.#nodes.push(node);
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
    return this.#index().nodes;
  }

  baseline(node: NodeId): boolean {
    return this.#base[node] === 1;
  }

  /** The changes of one node, in order of time. */
  flips(node: NodeId): readonly Flip[] {
    const index = this.#index();
    const own = index.find(node);
    if (own < 0) return none;
    return Array.from(index.places.subarray(index.start[own], index.start[own + 1]), (place) =>
      this.#flipAt(place),
    );
  }

  /** Adds the moments at which a node changes. */
  addMoments(node: NodeId, moments: Set<Millis>): void {
    const index = this.#index();
    const own = index.find(node);
    if (own < 0) return;
    const { start, places } = index;
    for (let each = start[own] as number; each < (start[own + 1] as number); each += 1)
      moments.add(asMillis(this.#times[places[each] as number] as number));
  }

  /** Whether a node changes at all. */
  isChanged(node: NodeId): boolean {
    return this.#index().find(node) >= 0;
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
    const index = this.#index();
    const own = index.find(node);
    if (own < 0) return -1;
    const { start, places } = index;
    const first = start[own] as number;
    for (let each = (start[own + 1] as number) - 1; each >= first; each -= 1) {
      const place = places[each] as number;
      if ((this.#times[place] as number) <= time) return place;
    }
    return -1;
  }

  #index(): FlipIndex {
    return (this.#byNode ??= new FlipIndex(this.#nodes));
  }
}
