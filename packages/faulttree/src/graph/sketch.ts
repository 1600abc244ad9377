import type { GateKind } from './fault-graph.ts';

/**
 * A graph under rewriting: events are numbers below `events`, gates above. Gates are only ever appended, children first,
 * and equal gates are one.
 */
export class Sketch {
  readonly events: number;
  readonly kinds: GateKind[] = [];
  readonly mins: number[] = [];
  readonly inputs: (readonly number[])[] = [];
  readonly #known = new Map<string, number>();

  constructor(events: number) {
    this.events = events;
  }

  get size(): number {
    return this.events + this.kinds.length;
  }

  isEvent(node: number): boolean {
    return node < this.events;
  }

  kind(node: number): GateKind {
    return this.kinds[node - this.events] as GateKind;
  }

  min(node: number): number {
    return this.mins[node - this.events] as number;
  }

  of(node: number): readonly number[] {
    return node < this.events ? nothing : (this.inputs[node - this.events] as readonly number[]);
  }

  gate(kind: GateKind, min: number, inputs: readonly number[]): number {
    const key = `${kind}${min}:${inputs.toSorted((a, b) => a - b).join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node = this.size;
    this.kinds.push(kind);
    this.mins.push(min);
    this.inputs.push(inputs);
    this.#known.set(key, node);
    return node;
  }

  /** The gates below a node, itself included, each after its inputs. */
  under(top: number): readonly number[] {
    const order: number[] = [];
    const seen = new Uint8Array(this.size);
    const stack = [top];
    while (stack.length > 0) {
      const node = stack.at(-1) as number;
      if (node < this.events || seen[node] === 2) stack.pop();
      else if (seen[node] === 1) {
        seen[node] = 2;
        stack.pop();
        order.push(node);
      } else {
        seen[node] = 1;
        const below = this.of(node);
        for (let each = below.length - 1; each >= 0; each -= 1) {
          const input = below[each] as number;
          if (input >= this.events && seen[input] === 0) stack.push(input);
        }
      }
    }
    return order;
  }
}

const nothing: readonly number[] = [];
