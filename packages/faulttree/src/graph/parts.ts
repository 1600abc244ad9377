import { always, never, type Gate, type GateKind } from './fault-graph.ts';
import { findModules } from './modules.ts';
import type { Simplified } from './simplify.ts';
import type { Sketch } from './sketch.ts';

/** Gates over variables of their own: variable `i` is `i`, gate `i` is `variables + i`, each after its inputs; the last is the top. */
export interface Component {
  readonly variables: number;
  readonly gates: readonly Gate[];
}

/**
 * What a top consists of: an event; a gate whose inputs share nothing; or gates that share, whose variable `i` is `parts[i]`.
 * Parts share no event with each other unless one is below the other.
 */
export type Part =
  | { readonly kind: 'event'; readonly event: number }
  | {
      readonly kind: 'independent';
      readonly gate: GateKind;
      readonly min: number;
      readonly parts: readonly number[];
    }
  | { readonly kind: 'shared'; readonly component: Component; readonly parts: readonly number[] };

/** Takes a graph apart: each part after those below it, the whole last. Houses have no parts. */
export function takeApart({ sketch, top }: Simplified): readonly Part[] {
  if (top === never || top === always) return [];
  if (sketch.isEvent(top)) return [{ kind: 'event', event: top }];
  return new Parts(sketch, findModules(sketch, top)).all();
}

class Parts {
  readonly #sketch: Sketch;
  readonly #modules: readonly number[];
  readonly #isModule: Uint8Array;
  readonly #parts: Part[] = [];
  /** The part of an event or a module, one more than its number. */
  readonly #partOf: Int32Array;

  constructor(sketch: Sketch, modules: readonly number[]) {
    this.#sketch = sketch;
    this.#modules = modules;
    this.#isModule = new Uint8Array(sketch.size);
    for (const each of modules) this.#isModule[each] = 1;
    this.#partOf = new Int32Array(sketch.size);
  }

  all(): readonly Part[] {
    for (const module of this.#modules) this.#partOf[module] = this.#add(this.#module(module)) + 1;
    return this.#parts;
  }

  #add(part: Part): number {
    this.#parts.push(part);
    return this.#parts.length - 1;
  }

  #module(gate: number): Part {
    const sketch = this.#sketch;
    const kind = sketch.kind(gate);
    const min = sketch.min(gate);
    const inputs = sketch.of(gate);
    const groups = this.#groups(inputs);
    if (groups.length === 1 || (kind === 'atleast' && groups.length < inputs.length))
      return this.#shared(kind, min, inputs);
    const parts = groups.map((group) => this.#group(kind, group));
    return { kind: 'independent', gate: kind, min, parts };
  }

  /** A lone input is an event or a module: what shares nothing with its siblings is used nowhere else. */
  #group(kind: GateKind, inputs: readonly number[]): number {
    return inputs.length === 1 ? this.#part(inputs[0] as number) : this.#add(this.#shared(kind, 0, inputs));
  }

  #isVariable(node: number): boolean {
    return this.#sketch.isEvent(node) || this.#isModule[node] === 1;
  }

  #part(variable: number): number {
    if (this.#partOf[variable] === 0)
      this.#partOf[variable] = this.#add({ kind: 'event', event: variable }) + 1;
    return (this.#partOf[variable] as number) - 1;
  }

  /** The inputs of a gate, those together that share something. */
  #groups(inputs: readonly number[]): readonly (readonly number[])[] {
    const owner = new Map<number, number>();
    const leader = inputs.map((_, index) => index);
    const lead = (index: number): number => {
      let at = index;
      while (leader[at] !== at) {
        leader[at] = leader[leader[at] as number] as number;
        at = leader[at] as number;
      }
      return at;
    };
    for (const [index, input] of inputs.entries()) {
      const stack = [input];
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        const before = owner.get(node);
        if (before === undefined) {
          owner.set(node, index);
          if (!this.#isVariable(node)) stack.push(...this.#sketch.of(node));
        } else leader[lead(index)] = lead(before);
      }
    }
    const groups = new Map<number, number[]>();
    for (const [index, input] of inputs.entries()) {
      const group = groups.get(lead(index));
      if (group) group.push(input);
      else groups.set(lead(index), [input]);
    }
    return [...groups.values()];
  }

  #shared(kind: GateKind, min: number, inputs: readonly number[]): Part {
    const order = this.#below(inputs);
    const variables = order.filter((each) => this.#isVariable(each));
    const gates = order.filter((each) => !this.#isVariable(each));
    const number = new Map(variables.map((each, index) => [each, index]));
    for (const [index, gate] of gates.entries()) number.set(gate, variables.length + index);
    const local = (nodes: readonly number[]): readonly number[] =>
      nodes.map((each) => number.get(each) as number);
    const sketch = this.#sketch;
    const inside = gates.map((each) => ({
      kind: sketch.kind(each),
      min: sketch.min(each),
      inputs: local(sketch.of(each)),
    }));
    const component = {
      variables: variables.length,
      gates: [...inside, { kind, min, inputs: local(inputs) }],
    };
    return { kind: 'shared', component, parts: variables.map((each) => this.#part(each)) };
  }

  /** What is under some inputs down to events and modules, each after its inputs. */
  #below(inputs: readonly number[]): readonly number[] {
    const order: number[] = [];
    const seen = new Map<number, boolean>();
    const stack = inputs.toReversed();
    while (stack.length > 0) {
      const node = stack.at(-1) as number;
      const state = seen.get(node);
      if (state === true) stack.pop();
      else if (state === false || this.#isVariable(node)) {
        seen.set(node, true);
        order.push(node);
        stack.pop();
      } else {
        seen.set(node, false);
        for (const each of this.#sketch.of(node).toReversed()) if (!seen.has(each)) stack.push(each);
      }
    }
    return order;
  }
}
