import { one, zero, type Node } from '../diagram/node-table.ts';
import type { GateKind } from '../graph/fault-graph.ts';
import type { Part } from '../graph/parts.ts';
import type { Solved } from '../solve/attempt.ts';
import type { CutSets } from '../solve/cut-sets.ts';
import { nodesUnder } from './family-counts.ts';

/** The probability of a top, and what each event adds to it. */
export interface Probabilities {
  readonly top: number;
  /** By event: the top's probability with the event failed, less that with it whole; 0 for what the top does not need. */
  readonly birnbaum: Float64Array;
}

/** How much an event matters to a top. Null where the top cannot happen. */
export interface Importance {
  readonly birnbaum: number;
  /** The share of the top's probability that is gone where the event never happens. */
  readonly fussellVesely: number | null;
  /** How many times more probable the top is where the event has happened. */
  readonly riskAchievementWorth: number | null;
}

/**
 * The exact probability of the top, its events being independent, with the derivative by each event, in one pass up
 * and one down. Undefined where the cut sets are not complete, or a part was solved without its function.
 * @see Rauzy, Dutuit, Exact and truncated computations of prime implicants, Reliability Engineering and System Safety 58 (1997)
 */
export function probabilities(cuts: CutSets, ofEvent: ArrayLike<number>): Probabilities | undefined {
  const birnbaum = new Float64Array(ofEvent.length);
  if (cuts.completeTo !== Infinity) return undefined;
  if (cuts.parts.length === 0) return { top: cuts.counts.length === 1 ? 1 : 0, birnbaum };
  const values: number[] = [];
  for (const [index, part] of cuts.parts.entries()) {
    const solved = cuts.solved[index];
    if (part.kind === 'shared' && solved?.f === undefined) return undefined;
    values.push(valueOf(part, solved, values, ofEvent));
  }
  const slopes = new Float64Array(cuts.parts.length);
  slopes[slopes.length - 1] = 1;
  for (let index = cuts.parts.length - 1; index >= 0; index -= 1) {
    const part = cuts.parts[index] as Part;
    const slope = slopes[index] as number;
    if (part.kind === 'event') birnbaum[part.event] = slope;
    else {
      const own = slopesOf(part, cuts.solved[index], values);
      for (const [at, below] of part.parts.entries())
        slopes[below] = (slopes[below] as number) + slope * (own[at] as number);
    }
  }
  return { top: values.at(-1) as number, birnbaum };
}

/** The importance of an event of this probability: what the top's being linear in each event makes of its derivative. */
export function importance(top: number, birnbaum: number, probability: number): Importance {
  if (top === 0) return { birnbaum, fussellVesely: null, riskAchievementWorth: null };
  return {
    birnbaum,
    fussellVesely: (birnbaum * probability) / top,
    riskAchievementWorth: (top + birnbaum * (1 - probability)) / top,
  };
}

function valueOf(
  part: Part,
  solved: Solved | undefined,
  values: readonly number[],
  ofEvent: ArrayLike<number>,
): number {
  if (part.kind === 'event') return ofEvent[part.event] as number;
  const below = part.parts.map((each) => values[each] as number);
  if (part.kind === 'independent') return gateValue(part.gate, part.min, below);
  return solved ? (functionValues(solved, below)[solved.f ?? zero] as number) : 0;
}

function gateValue(gate: GateKind, min: number, below: readonly number[]): number {
  if (gate === 'and') return below.reduce((a, b) => a * b, 1);
  // Through logarithms, so that what is tiny does not vanish beside 1.
  if (gate === 'or') return -Math.expm1(below.reduce((sum, each) => sum + Math.log1p(-each), 0));
  return reaching(min, below)[min] as number;
}

/** The probability that exactly so many of the inputs fail, and at `most` that at least so many do. */
function reaching(most: number, below: readonly number[]): Float64Array {
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (const each of below)
    for (let count = most; count >= 0; count -= 1) {
      const stays = count === most ? 1 : 1 - each;
      const comes = count === 0 ? 0 : (counts[count - 1] as number) * each;
      counts[count] = (counts[count] as number) * stays + comes;
    }
  return counts;
}

/** The derivative of a part by each of those below it. */
function slopesOf(
  part: Part & { readonly kind: 'independent' | 'shared' },
  solved: Solved | undefined,
  values: readonly number[],
): ArrayLike<number> {
  const below = part.parts.map((each) => values[each] as number);
  if (part.kind === 'shared') return solved ? functionSlopes(solved, below) : [];
  if (part.gate === 'atleast')
    return below.map((_, at) => {
      const others = below.toSpliced(at, 1);
      return (
        (reaching(part.min - 1, others)[part.min - 1] as number) - gateValue('atleast', part.min, others)
      );
    });
  const factors = part.gate === 'and' ? below : below.map((each) => 1 - each);
  return productsOfOthers(factors);
}

function productsOfOthers(factors: readonly number[]): Float64Array {
  const products = new Float64Array(factors.length).fill(1);
  let before = 1;
  for (const [at, factor] of factors.entries()) {
    products[at] = before;
    before *= factor;
  }
  let after = 1;
  for (let at = factors.length - 1; at >= 0; at -= 1) {
    products[at] = (products[at] as number) * after;
    after *= factors[at] as number;
  }
  return products;
}

/** The probability of every node of a function, by its number. */
function functionValues({ table, order, f }: Solved, below: readonly number[]): Float64Array {
  const root = f ?? zero;
  const values = new Float64Array(Math.max(root, one) + 1);
  values[one] = 1;
  for (const node of nodesUnder(table, root)) {
    const p = below[order[table.level(node)] as number] as number;
    values[node] = p * (values[table.high(node)] as number) + (1 - p) * (values[table.low(node)] as number);
  }
  return values;
}

function functionSlopes(solved: Solved, below: readonly number[]): Float64Array {
  const { table, order, f } = solved;
  const values = functionValues(solved, below);
  const slopes = new Float64Array(below.length);
  const root = f ?? zero;
  /** The probability that the way from the root comes by a node. */
  const reached = new Float64Array(values.length);
  reached[root] = 1;
  for (const node of nodesUnder(table, root).toReversed()) {
    const [low, high]: readonly [Node, Node] = [table.low(node), table.high(node)];
    const variable = order[table.level(node)] as number;
    const p = below[variable] as number;
    const here = reached[node] as number;
    slopes[variable] =
      (slopes[variable] as number) + here * ((values[high] as number) - (values[low] as number));
    reached[high] = (reached[high] as number) + here * p;
    reached[low] = (reached[low] as number) + here * (1 - p);
  }
  return slopes;
}
