import type { Capability, Model } from '../compile/model.ts';
import type { NodeId, System } from '../solver/system.ts';
import { readOf } from './formula-reads.ts';

/** 52 bits, of two halves that are mixed apart. */
interface Mixed {
  high: number;
  low: number;
}

const mix = (hash: number, value: number, factor: number): number => {
  const mixed = Math.imul(hash ^ value, factor);
  return mixed ^ (mixed >>> 15);
};

function add(into: Mixed, value: number): void {
  into.high = mix(into.high, value, 0x9e3779b1);
  into.low = mix(into.low, value, 0x85ebca6b);
}

/**
 * A number that is the same for capabilities that rest on equations alike, down to the unknown facts: what differs between
 * them are names. Those that fare alike in faults of one kind are explained alike, but for where the fault lies.
 */
export class Likeness {
  readonly #model: Model;
  readonly #facts = new Map<unknown, number>();
  readonly #high: Int32Array;
  readonly #low: Int32Array;
  readonly #done: Uint8Array;
  readonly #circles = new Map<number, NodeId[]>();
  readonly #known = new Map<Capability, number>();

  constructor(model: Model) {
    const { size, circle } = model.system;
    this.#model = model;
    this.#high = new Int32Array(size);
    this.#low = new Int32Array(size);
    this.#done = new Uint8Array(size);
    for (let node = 0; node < size; node += 1) {
      const own = circle[node] as number;
      if (own < 0) continue;
      const members = this.#circles.get(own);
      // What is counted are nodes.
      if (members) members.push(node as NodeId);
      else this.#circles.set(own, [node as NodeId]);
    }
  }

  of(capability: Capability): number {
    const found = this.#known.get(capability);
    if (found !== undefined) return found;
    const all: Mixed = { high: 0, low: 0 };
    for (const node of readOf(capability.formula).nodes) this.#addNode(all, node);
    const likeness = (all.high >>> 0) * 2 ** 20 + (all.low >>> 12);
    this.#known.set(capability, likeness);
    return likeness;
  }

  #addNode(into: Mixed, node: number): void {
    if (this.#done[node] === 0) this.#find(node as NodeId);
    into.high = mix(into.high, this.#high[node] as number, 0x9e3779b1);
    into.low = mix(into.low, this.#low[node] as number, 0x85ebca6b);
  }

  #find(node: NodeId): void {
    const circle = this.#model.system.circle[node] as number;
    if (circle < 0) this.#keep(node, this.#alone(node, -1));
    else this.#findCircle(circle, this.#circles.get(circle) ?? []);
  }

  /** A member of a circle is what it is itself, among what all members are, in whatever order. */
  #findCircle(circle: number, members: readonly NodeId[]): void {
    const alone = members.map((node) => this.#alone(node, circle));
    const all: Mixed = { high: 0, low: 0 };
    for (const { high, low } of alone) {
      all.high = (all.high + high) | 0;
      all.low = (all.low + low) | 0;
    }
    for (const [index, node] of members.entries()) {
      const own = alone[index] ?? all;
      this.#keep(node, {
        high: mix(all.high, own.high, 0x9e3779b1),
        low: mix(all.low, own.low, 0x85ebca6b),
      });
    }
  }

  #keep(node: NodeId, { high, low }: Mixed): void {
    this.#high[node] = high;
    this.#low[node] = low;
    this.#done[node] = 1;
  }

  /** A node by its operator, its fact and its inputs from outside its circle. */
  #alone(node: NodeId, circle: number): Mixed {
    const { system, facts } = this.#model;
    const { inputStart, inputs, circle: circles } = system;
    const fact = facts.get(node);
    const into: Mixed = { high: 0, low: 0 };
    for (const each of parametersOf(system, node)) add(into, each);
    if (fact?.unknown) {
      const number = this.#facts.get(fact) ?? this.#facts.size + 1;
      this.#facts.set(fact, number);
      add(into, number);
    }
    for (let place = inputStart[node] as number; place < (inputStart[node + 1] as number); place += 1) {
      const input = inputs[place] as number;
      if (circle < 0 || circles[input] !== circle) this.#addNode(into, input);
      else add(into, -1);
    }
    return into;
  }
}

const parametersOf = ({ ops, need, first, second }: System, node: NodeId): readonly number[] => [
  ops[node] as number,
  need[node] as number,
  // Durations are whole milliseconds; beyond 32 bits the lower ones tell enough.
  Math.trunc((first.worst[node] as number) % 2 ** 31),
  Math.trunc((first.best[node] as number) % 2 ** 31),
  Math.trunc((second.worst[node] as number) % 2 ** 31),
];
