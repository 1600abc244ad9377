import { invariant, type Millis } from '@holdfast/kernel';
import { findCircles } from './circles.ts';
import { op, same, type NodeId, type Readings, type System } from './system.ts';

const always = same(-Infinity);
const never = same(Infinity);

/** What makes two gates the same; a number where it fits, since most gates have two inputs. */
function gateKey(need: number, [first = 0, second = 0, ...rest]: readonly number[]): string | number {
  const small = rest.length === 0 && need > 0 && need < 3 && first < 2 ** 25 && second < 2 ** 25;
  return small
    ? (need === 1 ? 1 : -1) * (first * 2 ** 26 + second + 1)
    : `${need}:${[first, second, ...rest].join()}`;
}

/** Grows a system of equations node by node. Gates over one input, and repeats of a gate, are shared. */
export class SystemBuilder {
  readonly #ops: number[] = [];
  readonly #need: number[] = [];
  readonly #inputs: (readonly number[])[] = [];
  readonly #first: [number[], number[]] = [[], []];
  readonly #second: [number[], number[]] = [[], []];
  readonly #shared = new Map<string | number, NodeId>();
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
    first: Readings<number> = same(0),
    second: Readings<number> = same(0),
  ): NodeId {
    this.#ops.push(code);
    this.#need.push(need);
    this.#inputs.push(inputs);
    this.#first[0].push(first.worst);
    this.#first[1].push(first.best);
    this.#second[0].push(second.worst);
    this.#second[1].push(second.best);
    return (this.#ops.length - 1) as NodeId;
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
    const key = gateKey(wanted, sorted);
    const found = this.#shared.get(key);
    if (found !== undefined) return found;
    const node = this.#node(op.gate, wanted, sorted);
    this.#shared.set(key, node);
    return node;
  }

  /** The inputs of an `all` or `any` each once, without what changes nothing; or the one node that decides it. */
  #plain(isAll: boolean, inputs: readonly NodeId[]): readonly NodeId[] | NodeId {
    const [idle, decides] = isAll ? [this.#always, this.#never] : [this.#never, this.#always];
    if (decides !== undefined && inputs.includes(decides)) return decides;
    const rest = [...new Set(inputs)].filter((each) => each !== idle);
    return rest.length === 0 && idle !== undefined ? idle : rest;
  }

  /** A node of its own that says the same as another. */
  alias(node: NodeId): NodeId {
    return this.#node(op.gate, 1, [node]);
  }

  /** Whether a node rests on something that a fact can say: a constant, a store, a delay. */
  restsOnFact(node: NodeId): boolean {
    const code = this.#ops[node];
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
      this.#ops[node] === op.gate &&
      this.#inputs[node]?.length === 0 &&
      node !== this.#always &&
      node !== this.#never;
    invariant(isOpen, 'only an open node can be closed');
    // What holds itself up does not hold: an input of itself adds nothing.
    this.#inputs[node] = [...new Set(inputs)].filter((each) => each !== node);
  }

  build(): System {
    const size = this.#ops.length;
    const inputStart = new Int32Array(size + 1);
    for (let node = 0; node < size; node += 1)
      inputStart[node + 1] = (inputStart[node] ?? 0) + (this.#inputs[node]?.length ?? 0);
    const inputs = new Int32Array(inputStart[size] ?? 0);
    const outputStart = new Int32Array(size + 1);
    for (let node = 0; node < size; node += 1) {
      let place = inputStart[node] ?? 0;
      for (const each of this.#inputs[node] ?? []) {
        inputs[place++] = each;
        outputStart[each + 1] = (outputStart[each + 1] ?? 0) + 1;
      }
    }
    for (let node = 0; node < size; node += 1)
      outputStart[node + 1] = (outputStart[node + 1] ?? 0) + (outputStart[node] ?? 0);
    const outputs = new Int32Array(inputs.length);
    const fill = outputStart.slice();
    for (let node = 0; node < size; node += 1) {
      for (let place = inputStart[node] ?? 0; place < (inputStart[node + 1] ?? 0); place += 1) {
        const each = inputs[place] ?? 0;
        const free = fill[each] ?? 0;
        outputs[free] = node;
        fill[each] = free + 1;
      }
    }
    return {
      size,
      ops: Uint8Array.from(this.#ops),
      need: Int32Array.from(this.#need),
      inputStart,
      inputs,
      outputStart,
      outputs,
      circle: findCircles(size, outputStart, outputs),
      first: { worst: Float64Array.from(this.#first[0]), best: Float64Array.from(this.#first[1]) },
      second: { worst: Float64Array.from(this.#second[0]), best: Float64Array.from(this.#second[1]) },
      scheduled: Int32Array.from(this.#scheduled),
    };
  }
}
