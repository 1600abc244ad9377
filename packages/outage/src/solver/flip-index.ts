import type { NodeId } from './system.ts';

/** The flips of a trace by node: those of `nodes[n]` are `places[start[n]]` up to, not with, `places[start[n + 1]]`. A hash table over numbers, since traces are many and short. */
export class FlipIndex {
  /** The nodes that flip, each once, in the order in which they first do. */
  readonly nodes: readonly NodeId[];
  readonly start: Int32Array;
  readonly places: Int32Array;
  readonly #slots: Int32Array;
  readonly #shift: number;

  /** `flipped` are the nodes of all flips, in order of time. */
  constructor(flipped: readonly number[]) {
    const bits = Math.max(2, 33 - Math.clz32(flipped.length));
    this.#shift = 32 - bits;
    this.#slots = new Int32Array(1 << bits);
    const nodes: NodeId[] = [];
    const own = new Int32Array(flipped.length);
    const counts: number[] = [];
    for (let place = 0; place < flipped.length; place += 1) {
      const node = flipped[place] as NodeId;
      const slot = this.#slotOf(node, nodes);
      const held = this.#slots[slot] as number;
      own[place] = held === 0 ? nodes.length : held - 1;
      if (held === 0) {
        nodes.push(node);
        counts.push(1);
        this.#slots[slot] = nodes.length;
      } else counts[held - 1] = (counts[held - 1] as number) + 1;
    }
    this.nodes = nodes;
    this.start = startsOf(counts);
    this.places = placesOf(own, this.start);
  }

  /** Where a node stands among those that flip; -1 where it does not. */
  find(node: number): number {
    return (this.#slots[this.#slotOf(node, this.nodes)] as number) - 1;
  }

  /** The slot that holds a node, or the free one where it belongs. */
  #slotOf(node: number, nodes: readonly number[]): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = Math.imul(node, 0x9e3779b1) >>> this.#shift; ; slot = (slot + 1) & mask) {
      const held = slots[slot] as number;
      if (held === 0 || nodes[held - 1] === node) return slot;
    }
  }
}

function startsOf(counts: readonly number[]): Int32Array {
  const start = new Int32Array(counts.length + 1);
  for (let own = 0; own < counts.length; own += 1)
    start[own + 1] = (start[own] as number) + (counts[own] as number);
  return start;
}

function placesOf(own: Int32Array, start: Int32Array): Int32Array {
  const places = new Int32Array(own.length);
  const fill = start.slice();
  for (let place = 0; place < own.length; place += 1) {
    const node = own[place] as number;
    const free = fill[node] as number;
    places[free] = place;
    fill[node] = free + 1;
  }
  return places;
}
