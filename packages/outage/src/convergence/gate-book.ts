import { always, never, type Gate } from '@holdfast/faulttree';

/** Collects the gates of a fault tree: each once, and none that a constant decides. */
export class GateBook {
  readonly events: number;
  readonly gates: Gate[] = [];
  readonly #known = new Map<string, number>();

  constructor(events: number) {
    this.events = events;
  }

  /** What fails once at least `min` of the inputs have. */
  atLeast(min: number, inputs: readonly number[]): number {
    const left = inputs.filter((each) => each !== never && each !== always);
    const need = min - inputs.filter((each) => each === always).length;
    if (need <= 0) return always;
    if (need > left.length) return never;
    if (need === 1) return this.#gate('or', 1, [...new Set(left)]);
    if (need === left.length) return this.#gate('and', 1, [...new Set(left)]);
    return this.#gate('atleast', need, left);
  }

  #gate(kind: Gate['kind'], min: number, inputs: readonly number[]): number {
    const [only] = inputs;
    if (inputs.length === 1 && only !== undefined && kind !== 'atleast') return only;
    const sorted = inputs.toSorted((a, b) => a - b);
    const key = `${kind} ${min} ${sorted.join(' ')}`;
    const found = this.#known.get(key) ?? this.events + this.gates.push({ kind, min, inputs: sorted }) - 1;
    this.#known.set(key, found);
    return found;
  }
}
