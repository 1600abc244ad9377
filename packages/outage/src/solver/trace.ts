import { asMillis, type Millis } from '@holdfast/kernel';
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
  #byNode: Map<number, Flip[]> | undefined;
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
    return [...new Set(this.#times.filter((at) => at > after && at <= until))].map(asMillis);
  }

  /** The nodes that changed at any time, each once. */
  changed(): ReadonlySet<NodeId> {
    return new Set(this.#index().keys()) as Set<NodeId>;
  }

  baseline(node: NodeId): boolean {
    return this.#base[node] === 1;
  }

  /** The changes of one node, in order of time. */
  flips(node: NodeId): readonly Flip[] {
    return this.#index().get(node) ?? none;
  }

  /** The value at a time; before 0, the baseline. */
  at(node: NodeId, time: Millis): boolean {
    return this.lastFlip(node, time)?.value ?? this.baseline(node);
  }

  /** The last change at or before a time. */
  lastFlip(node: NodeId, time: Millis): Flip | undefined {
    return this.flips(node).findLast((each) => each.at <= time);
  }

  #index(): Map<number, Flip[]> {
    if (this.#byNode) return this.#byNode;
    const index = new Map<number, Flip[]>();
    for (const [place, node] of this.#nodes.entries()) {
      const flip = { at: asMillis(this.#times[place] ?? 0), value: this.#values[place] ?? false };
      const own = index.get(node);
      if (own) own.push(flip);
      else index.set(node, [flip]);
    }
    this.#byNode = index;
    return index;
  }
}
