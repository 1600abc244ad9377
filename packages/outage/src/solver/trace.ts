import { asMillis, type Millis } from '@holdfast/kernel';
import type { NodeId } from './system.ts';

/** When a node changed, and to what. */
export interface Flip {
  readonly at: Millis;
  readonly value: boolean;
}

const none: readonly Flip[] = [];

/** The flips of a trace by node: those of `nodes[n]` are `places[start[n]]` up to, not with, `places[start[n + 1]]`. */
interface ByNode {
  readonly nodes: readonly NodeId[];
  readonly indexOf: ReadonlyMap<number, number>;
  readonly start: Int32Array;
  readonly places: Int32Array;
}

/** What one scenario changed under one reading: the flips in order of time; all else stayed as before the fault. */
export class Trace {
  readonly horizon: Millis;
  readonly #base: Uint8Array;
  readonly #times: number[] = [];
  readonly #nodes: number[] = [];
  readonly #values: boolean[] = [];
  #byNode: ByNode | undefined;
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
    const { indexOf, start, places } = this.#index();
    const own = indexOf.get(node);
    if (own === undefined) return none;
    return Array.from(places.subarray(start[own], start[own + 1]), (place) => this.#flipAt(place));
  }

  /** Adds the moments at which a node changes. */
  addMoments(node: NodeId, moments: Set<Millis>): void {
    const { indexOf, start, places } = this.#index();
    const own = indexOf.get(node);
    if (own === undefined) return;
    for (let each = start[own] as number; each < (start[own + 1] as number); each += 1)
      moments.add(asMillis(this.#times[places[each] as number] as number));
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

  #flipAt(place: number): Flip {
    return { at: asMillis(this.#times[place] as number), value: this.#values[place] as boolean };
  }

  /** Where the last flip of a node at or before a time stands; -1 where it has none. */
  #lastPlace(node: NodeId, time: Millis): number {
    const { indexOf, start, places } = this.#index();
    const own = indexOf.get(node);
    if (own === undefined) return -1;
    const first = start[own] as number;
    for (let each = (start[own + 1] as number) - 1; each >= first; each -= 1) {
      const place = places[each] as number;
      if ((this.#times[place] as number) <= time) return place;
    }
    return -1;
  }

  #index(): ByNode {
    this.#byNode ??= indexed(this.#nodes);
    return this.#byNode;
  }
}

function indexed(flipped: readonly number[]): ByNode {
  const nodes: NodeId[] = [];
  const indexOf = new Map<number, number>();
  const counts: number[] = [];
  for (const node of flipped) {
    const own = indexOf.get(node);
    if (own === undefined) {
      indexOf.set(node, nodes.length);
      nodes.push(node as NodeId);
      counts.push(1);
    } else counts[own] = (counts[own] as number) + 1;
  }
  const start = new Int32Array(nodes.length + 1);
  for (const [own, count] of counts.entries()) start[own + 1] = (start[own] as number) + count;
  const places = new Int32Array(flipped.length);
  const fill = start.slice();
  for (const [place, node] of flipped.entries()) {
    const own = indexOf.get(node) as number;
    places[fill[own] as number] = place;
    fill[own] = (fill[own] as number) + 1;
  }
  return { nodes, indexOf, start, places };
}
