import type { GateKind } from '../graph/fault-graph.ts';
import type { Part } from '../graph/parts.ts';
import type { CutSets } from '../solve/cut-sets.ts';
import type { Solved } from '../solve/attempt.ts';
import { one, zero, type Node } from '../diagram/node-table.ts';
import { boundFamily, type Bounds } from './bounds.ts';

/** Takes a set of events; false to hear no more. */
export type Listener = (events: readonly number[]) => boolean;

/** Goes on with what else a set takes, which has these bounds; false to hear no more. */
type Next = () => boolean;

/**
 * Tells the cut sets one by one, those of a lower order first, the events of each in the order of their numbers.
 * Nothing is kept: a listener takes as many as it wants.
 */
export function listSets(cuts: CutSets, listener: Listener): void {
  if (cuts.parts.length === 0) {
    if (cuts.counts[0] === 1n) listener([]);
    return;
  }
  const listing = new Listing(cuts, listener);
  for (const [order, count] of cuts.counts.entries()) if (count > 0n && !listing.tell(order)) return;
}

const none: Bounds = { least: 0, most: 0 };

class Listing {
  readonly #parts: readonly Part[];
  readonly #solved: readonly (Solved | undefined)[];
  readonly #listener: Listener;
  readonly #bounds: Bounds[] = [];
  readonly #nodeBounds: (readonly Bounds[] | undefined)[] = [];
  readonly #taken: number[] = [];
  #order = 0;

  constructor({ parts, solved }: CutSets, listener: Listener) {
    this.#parts = parts;
    this.#solved = solved;
    this.#listener = listener;
    for (const [index, part] of parts.entries()) this.#bounds.push(this.#bound(index, part));
  }

  /** Tells all sets of one order; false where the listener wants no more. */
  tell(order: number): boolean {
    this.#order = order;
    return this.#part(this.#parts.length - 1, none, () =>
      this.#listener(this.#taken.toSorted((a, b) => a - b)),
    );
  }

  #bound(index: number, part: Part): Bounds {
    if (part.kind === 'event') return { least: 1, most: 1 };
    const below = part.parts.map((each) => this.#bounds[each] as Bounds);
    if (part.kind === 'independent') return boundIndependent(part.gate, part.min, below);
    const solved = this.#solved[index];
    if (!solved) return { least: Infinity, most: -Infinity };
    const levels = Array.from(solved.order, (variable) => below[variable] as Bounds);
    const nodes = boundFamily(solved.table, solved.family, levels);
    this.#nodeBounds[index] = nodes;
    return nodes[solved.family] as Bounds;
  }

  /** Whether what is taken, something of these bounds and the rest of those can come to the order. */
  #fits(some: Bounds, rest: Bounds): boolean {
    const taken = this.#taken.length;
    return taken + some.least + rest.least <= this.#order && taken + some.most + rest.most >= this.#order;
  }

  #part(index: number, rest: Bounds, next: Next): boolean {
    if (!this.#fits(this.#bounds[index] as Bounds, rest)) return true;
    const part = this.#parts[index] as Part;
    if (part.kind === 'event') return this.#event(part.event, next);
    if (part.kind === 'independent') return this.#independent(part, rest, next);
    const solved = this.#solved[index];
    return (
      solved === undefined || this.#node(solved.family, { index, solved, below: part.parts, rest, next })
    );
  }

  #event(event: number, next: Next): boolean {
    this.#taken.push(event);
    const goesOn = next();
    this.#taken.pop();
    return goesOn;
  }

  #independent(part: Part & { readonly kind: 'independent' }, rest: Bounds, next: Next): boolean {
    if (part.gate === 'or') return part.parts.every((each) => this.#part(each, rest, next));
    const count = part.gate === 'and' ? part.parts.length : part.min;
    return this.#some({ parts: part.parts, suffixes: this.#suffixes(part.parts), rest, next }, 0, count);
  }

  /** Takes so many of the parts from a place on. */
  #some(choice: Choice, from: number, count: number): boolean {
    const { parts, suffixes, rest, next } = choice;
    if (count === 0) return next();
    for (let at = from; at <= parts.length - count; at += 1) {
      const left =
        count === parts.length - at ? (suffixes[at + 1] as Bounds) : this.#left(parts, at + 1, count - 1);
      const goesOn = this.#part(parts[at] as number, sum(left, rest), () =>
        this.#some(choice, at + 1, count - 1),
      );
      if (!goesOn) return false;
    }
    return true;
  }

  /** The bounds of so many of the parts from a place on. */
  #left(parts: readonly number[], from: number, count: number): Bounds {
    const below = parts.slice(from).map((each) => this.#bounds[each] as Bounds);
    return boundIndependent('atleast', count, below);
  }

  #suffixes(parts: readonly number[]): readonly Bounds[] {
    const suffixes = [none];
    for (const each of parts.toReversed())
      suffixes.push(sum(this.#bounds[each] as Bounds, suffixes.at(-1) as Bounds));
    return suffixes.toReversed();
  }

  #node(from: Node, walk: Walk): boolean {
    const { index, solved, below, rest, next } = walk;
    const { table, order } = solved;
    const bounds = this.#nodeBounds[index] as readonly Bounds[];
    let node = from;
    for (; node > one; node = table.low(node)) {
      if (!this.#fits(bounds[node] as Bounds, rest)) return true;
      const high = table.high(node);
      const part = below[order[table.level(node)] as number] as number;
      if (!this.#part(part, sum(bounds[high] as Bounds, rest), () => this.#node(high, walk))) return false;
    }
    return node === zero || next();
  }
}

interface Choice {
  readonly parts: readonly number[];
  /** From each place on, the bounds of all parts together. */
  readonly suffixes: readonly Bounds[];
  readonly rest: Bounds;
  readonly next: Next;
}

interface Walk {
  readonly index: number;
  readonly solved: Solved;
  readonly below: readonly number[];
  readonly rest: Bounds;
  readonly next: Next;
}

const sum = (a: Bounds, b: Bounds): Bounds => ({ least: a.least + b.least, most: a.most + b.most });

function boundIndependent(gate: GateKind, min: number, below: readonly Bounds[]): Bounds {
  const leasts = below.map(({ least }) => least).toSorted((a, b) => a - b);
  const mosts = below.map(({ most }) => most).toSorted((a, b) => b - a);
  if (gate === 'or') return { least: leasts[0] ?? Infinity, most: mosts[0] ?? -Infinity };
  const count = gate === 'and' ? below.length : min;
  const add = (values: readonly number[]): number => values.slice(0, count).reduce((a, b) => a + b, 0);
  return { least: add(leasts), most: add(mosts) };
}
