import { invariant, type Millis } from '@holdfast/kernel';
import { findCircles } from './circles.ts';
import { floats, ints } from './column.ts';
import { gateHash, GateTable } from './gate-table.ts';
import { op, same, type NodeId, type Readings, type System } from './system.ts';

const always = same(-Infinity);
const never = same(Infinity);
const nothing = same(0);

/** Grows a system of equations node by node. Gates over one input, and repeats of a gate, are shared. */
export class SystemBuilder {
  readonly #ops = ints();
  readonly #need = ints();
  /** The inputs of all nodes one after the other, and where those of each node begin. */
  readonly #inputs = ints();
  readonly #begin = ints();
  /** The inputs that were told later. */
  readonly #late = new Map<number, readonly number[]>();
  readonly #first = { worst: floats(), best: floats() };
  readonly #second = { worst: floats(), best: floats() };
  readonly #gates = new GateTable(
    (node, need, inputs) => this.#isGate(node, need, inputs),
    (node) => gateHash(this.#need.at(node), this.#own(node)),
  );
  readonly #scheduled: number[] = [];
  #always: NodeId | undefined;
  #never: NodeId | undefined;

  get size(): number {
    return this.#ops.length;
  }

  #node(
    code: number,
    need: number,
    inputs: readonly number[],
    first: Readings<number> = nothing,
    second: Readings<number> = nothing,
  ): NodeId {
    this.#ops.push(code);
    this.#need.push(need);
    this.#begin.push(this.#inputs.length);
    for (const each of inputs) this.#inputs.push(each);
    this.#first.worst.push(first.worst);
    this.#first.best.push(first.best);
    this.#second.worst.push(second.worst);
    this.#second.best.push(second.best);
    // A node is the number of its row.
    return (this.#ops.length - 1) as NodeId;
  }

  #end(node: number): number {
    return node + 1 < this.#begin.length ? this.#begin.at(node + 1) : this.#inputs.length;
  }

  /** The inputs that a node was made with. */
  *#own(node: number): Generator<number> {
    for (let place = this.#begin.at(node); place < this.#end(node); place += 1) yield this.#inputs.at(place);
  }

  #isGate(node: number, need: number, inputs: readonly number[]): boolean {
    const begin = this.#begin.at(node);
    if (this.#need.at(node) !== need || this.#end(node) - begin !== inputs.length) return false;
    return inputs.every((each, index) => this.#inputs.at(begin + index) === each);
  }

  /** Something that can fail. Up from one time until another, and only while no fault lies on it. */
  source(from: Readings<number> = always, until: Readings<number> = never): NodeId {
    const node = this.#node(op.source, 1, [], from, until);
    if (from !== always || until !== never) this.#scheduled.push(node);
    return node;
  }

  /** True, false, or false in the worst reading and true in the best. */
  constant(worst: boolean, best: boolean): NodeId {
    invariant(best || !worst, 'a constant that is better in the worst reading');
    return this.#node(op.constant, 1, [], { worst: worst ? 1 : 0, best: best ? 1 : 0 });
  }

  /** True while at least `need` of the inputs are. */
  atLeast(need: number, inputs: readonly NodeId[]): NodeId {
    const unique =
      need === 1 || need === inputs.length ? this.#plain(need === inputs.length, inputs) : inputs;
    if (typeof unique === 'number') return unique;
    const wanted = need === inputs.length ? unique.length : need;
    const [only] = unique;
    if (unique.length === 1 && wanted === 1 && only !== undefined) return only;
    const sorted = unique.toSorted((a, b) => a - b);
    const found = this.#gates.find(wanted, sorted);
    if (found !== undefined) return found as NodeId;
    const node = this.#node(op.gate, wanted, sorted);
    this.#gates.add(node);
    return node;
  }

  /** The inputs of an `all` or `any` each once, without what changes nothing; or the one node that decides it. */
  #plain(isAll: boolean, inputs: readonly NodeId[]): readonly NodeId[] | NodeId {
    const [idle, decides] = isAll ? [this.#always, this.#never] : [this.#never, this.#always];
    if (decides !== undefined && inputs.includes(decides)) return decides;
    // Most gates have few inputs, and a set for each is dear.
    const once = inputs.length > 16 ? [...new Set(inputs)] : inputs;
    const rest = once.filter(
      (each, index) => each !== idle && (once !== inputs || inputs.indexOf(each) === index),
    );
    return rest.length === 0 && idle !== undefined ? idle : rest;
  }

  /** A node of its own that says the same as another. */
  alias(node: NodeId): NodeId {
    return this.#node(op.gate, 1, [node]);
  }

  /** Whether a node rests on something that a fact can say: a constant, a store, a delay. */
  restsOnFact(node: NodeId): boolean {
    const code = this.#ops.at(node);
    return code === op.constant || code === op.hold || code === op.after || code === op.standby;
  }

  /** Always true. */
  always(): NodeId {
    this.#always ??= this.#node(op.gate, 0, []);
    return this.#always;
  }

  /** Never true. */
  never(): NodeId {
    this.#never ??= this.#node(op.gate, 1, []);
    return this.#never;
  }

  all(inputs: readonly NodeId[]): NodeId {
    if (inputs.length === 0) return this.always();
    return this.atLeast(inputs.length, inputs);
  }

  any(inputs: readonly NodeId[]): NodeId {
    if (inputs.length === 0) return this.never();
    return this.atLeast(1, inputs);
  }

  /** True while the input is, and for a duration after it was lost; `refill` is the time from empty to full, 0 for at once. */
  hold(input: NodeId, duration: Readings<Millis>, refill: Readings<Millis> = same(0 as Millis)): NodeId {
    return this.#node(op.hold, 1, [input], duration, refill);
  }

  /** True once the input has been true for a delay. */
  after(input: NodeId, delay: Readings<Millis>): NodeId {
    return delay.worst === 0 && delay.best === 0 ? input : this.#node(op.after, 2, [input], delay);
  }

  /** True while `run` is; after `run` was lost it comes back only once `start` holds too. */
  latch(run: NodeId, start: NodeId): NodeId {
    return this.#node(op.latch, 3, [run, run, start]);
  }

  /** True while `mains` is, and while `genset` is from a delay after the mains were lost. */
  standby(mains: NodeId, genset: NodeId, delay: Readings<Millis>): NodeId {
    return this.#node(op.standby, 2, [mains, mains, genset], delay);
  }

  /** An `any` whose inputs are told later by `close`. */
  open(): NodeId {
    return this.#node(op.gate, 1, []);
  }

  close(node: NodeId, inputs: readonly NodeId[]): void {
    const isOpen =
      this.#ops.at(node) === op.gate &&
      this.#end(node) === this.#begin.at(node) &&
      (this.#late.get(node)?.length ?? 0) === 0 &&
      node !== this.#always &&
      node !== this.#never;
    invariant(isOpen, 'only an open node can be closed');
    // What holds itself up does not hold: an input of itself adds nothing.
    this.#late.set(
      node,
      [...new Set(inputs)].filter((each) => each !== node),
    );
  }

  build(): System {
    const size = this.#ops.length;
    const { inputStart, inputs } = this.#rows();
    const outputStart = new Int32Array(size + 1);
    for (const each of inputs) outputStart[each + 1] = (outputStart[each + 1] as number) + 1;
    for (let node = 0; node < size; node += 1)
      outputStart[node + 1] = (outputStart[node + 1] as number) + (outputStart[node] as number);
    const outputs = new Int32Array(inputs.length);
    const fill = outputStart.slice();
    for (let node = 0; node < size; node += 1) {
      for (let place = inputStart[node] as number; place < (inputStart[node + 1] as number); place += 1) {
        const each = inputs[place] as number;
        const free = fill[each] as number;
        outputs[free] = node;
        fill[each] = free + 1;
      }
    }
    return {
      size,
      ops: Uint8Array.from(this.#ops.whole()),
      need: this.#need.whole(),
      inputStart,
      inputs,
      outputStart,
      outputs,
      circle: findCircles(size, outputStart, outputs),
      first: { worst: this.#first.worst.whole(), best: this.#first.best.whole() },
      second: { worst: this.#second.worst.whole(), best: this.#second.best.whole() },
      scheduled: Int32Array.from(this.#scheduled),
    };
  }

  /** The inputs in compressed rows, with those that were told later. */
  #rows(): Pick<System, 'inputStart' | 'inputs'> {
    const size = this.#ops.length;
    const inputStart = new Int32Array(size + 1);
    for (let node = 0; node < size; node += 1) {
      const own = this.#late.get(node)?.length ?? this.#end(node) - this.#begin.at(node);
      inputStart[node + 1] = (inputStart[node] as number) + own;
    }
    const inputs = new Int32Array(inputStart[size] as number);
    for (let node = 0; node < size; node += 1) {
      let place = inputStart[node] as number;
      const late = this.#late.get(node);
      if (late) for (const each of late) inputs[place++] = each;
      else
        for (let own = this.#begin.at(node); own < this.#end(node); own += 1)
          inputs[place++] = this.#inputs.at(own);
    }
    return { inputStart, inputs };
  }
}
