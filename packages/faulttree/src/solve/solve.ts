import { countFamily } from '../answer/family-counts.ts';
import { emptySet, leastOrder, noSets, oneEvent, plus, times, type Counts } from '../answer/polynomial.ts';
import { unlimited } from '../diagram/node-table.ts';
import { always, never, type FaultGraph, type GateKind } from '../graph/fault-graph.ts';
import { takeApart, type Component, type Part } from '../graph/parts.ts';
import { groupSiblings } from '../graph/siblings.ts';
import { draw, simplify } from '../graph/simplify.ts';
import type { Solved } from './attempt.ts';
import type { CutSets } from './cut-sets.ts';
import { Effort } from './effort.ts';
import { race } from './race.ts';

export interface Asked {
  /** The greatest order asked for; all where not said. */
  readonly order?: number;
  /** Steps that may be taken for the order asked for, and as many again for lower ones where that is not enough. */
  readonly effort?: number;
}

const defaultEffort = 100_000_000;

/**
 * All minimal cut sets of a top, or all up to an order. Where the effort ends first, all up to the highest order
 * that was reached, which `completeTo` says.
 */
export function solve(graph: FaultGraph, asked: Asked = {}): CutSets {
  const whole = simplify(draw(graph));
  if (whole.top === never || whole.top === always) {
    const counts = whole.top === always ? emptySet : noSets;
    return { parts: [], solved: [], counts, completeTo: Infinity };
  }
  const parts = takeApart(groupSiblings(whole));
  const steps = asked.effort ?? defaultEffort;
  const limit = asked.order !== undefined && asked.order < eventsOf(parts) ? asked.order : unlimited;
  return solveParts(parts, limit, new Effort(steps)) ?? lower(parts, limit, new Effort(steps));
}

/** No set has more events than that. */
const eventsOf = (parts: readonly Part[]): number => parts.filter(({ kind }) => kind === 'event').length;

/** The highest order that an effort reaches, from the lowest up. */
function lower(parts: readonly Part[], limit: number, effort: Effort): CutSets {
  let reached: CutSets = { parts, solved: parts.map(() => undefined), counts: noSets, completeTo: 0 };
  const events = eventsOf(parts);
  for (let order = 1; order < limit && order <= events; order += 1) {
    const next = solveParts(parts, order, effort);
    if (!next) return reached;
    reached = next;
  }
  return limit === unlimited ? { ...reached, completeTo: Infinity } : reached;
}

function solveParts(parts: readonly Part[], limit: number, effort: Effort): CutSets | undefined {
  const counts: Counts[] = [];
  const solved: (Solved | undefined)[] = [];
  for (const part of parts) {
    const below = part.kind === 'event' ? [] : part.parts.map((each) => counts[each] as Counts);
    const done = part.kind === 'shared' ? solveShared(part.component, below, limit, effort) : undefined;
    if (part.kind === 'shared' && !done) return undefined;
    solved.push(done);
    counts.push(countPart(part, below, done, limit));
  }
  return {
    parts,
    solved,
    counts: counts.at(-1) as Counts,
    completeTo: limit === unlimited ? Infinity : limit,
  };
}

function solveShared(
  component: Component,
  below: readonly Counts[],
  limit: number,
  effort: Effort,
): Solved | undefined {
  const weights = Int32Array.from(below, (each) => Math.min(leastOrder(each), unlimited));
  return race({ component, weights, limit }, effort);
}

function countPart(part: Part, below: readonly Counts[], solved: Solved | undefined, limit: number): Counts {
  if (part.kind === 'event') return limit < 1 ? noSets : oneEvent;
  if (part.kind === 'independent') return countIndependent(part.gate, part.min, below, limit);
  if (!solved) return noSets;
  const levels = Array.from(solved.order, (variable) => below[variable] as Counts);
  return countFamily(solved.table, solved.family, levels, limit);
}

function countIndependent(gate: GateKind, min: number, below: readonly Counts[], limit: number): Counts {
  if (gate === 'or') return below.reduce(plus, noSets);
  if (gate === 'and') return together(below, limit);
  /** Sets of exactly so many of the inputs so far. */
  const taken: Counts[] = [emptySet, ...Array.from({ length: min }, () => noSets)];
  for (const each of below)
    for (let count = min; count > 0; count -= 1)
      taken[count] = plus(taken[count] as Counts, times(taken[count - 1] as Counts, each, limit));
  return taken[min] as Counts;
}

/** One set of each, two halves at a time: the counts of many inputs are long, and few products of long ones are cheap. */
function together(below: readonly Counts[], limit: number): Counts {
  const [first = emptySet] = below;
  if (below.length <= 1) return first;
  const half = below.length >> 1;
  return times(together(below.slice(0, half), limit), together(below.slice(half), limit), limit);
}
