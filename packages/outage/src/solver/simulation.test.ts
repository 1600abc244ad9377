import { asMillis } from '@holdfast/kernel';
import {
  equationCase,
  seeded,
  simulateEquations,
  type Equation,
  type EquationCase,
  type Otherwise,
  type Outage,
  type Pair,
  type Side,
} from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SystemBuilder } from './builder.ts';
import { restOf, type Amendment, type Amendments } from './amendments.ts';
import { Simulation } from './simulation.ts';
import type { NodeId, Readings, System } from './system.ts';
import type { Trace } from './trace.ts';

/** The equations as the engine takes them, and which of its nodes stands for which place. */
function built(equations: readonly Equation[]): {
  readonly system: System;
  readonly nodes: readonly NodeId[];
} {
  const builder = new SystemBuilder();
  const nodes: NodeId[] = [];
  for (const each of equations) nodes.push(add(builder, each, (place) => nodes[place] as NodeId));
  for (const [place, each] of equations.entries()) {
    if (each.kind === 'ring')
      builder.close(
        nodes[place] as NodeId,
        each.of.map((of) => nodes[of] as NodeId),
      );
  }
  return { system: builder.build(), nodes };
}

const millis = ({ worst, best }: Pair<number>): Readings<ReturnType<typeof asMillis>> => ({
  worst: asMillis(worst),
  best: asMillis(best),
});

function add(builder: SystemBuilder, each: Equation, node: (place: number) => NodeId): NodeId {
  switch (each.kind) {
    case 'source':
      return each.until.worst === Infinity ? builder.source() : builder.source(each.from, each.until);
    case 'constant':
      return builder.constant(each.value.worst, each.value.best);
    case 'all':
      return builder.all(each.of.map(node));
    case 'any':
      return builder.any(each.of.map(node));
    case 'atLeast':
      return builder.atLeast(each.need, each.of.map(node));
    case 'ring':
      return builder.open();
    case 'hold':
      return builder.hold(node(each.of), millis(each.lasts), millis(each.refill));
    case 'after':
      return builder.after(node(each.of), millis(each.delay));
    case 'latch':
      return builder.latch(node(each.run), node(each.start));
    case 'standby':
      return builder.standby(node(each.mains), node(each.genset), millis(each.delay));
    default:
      return each satisfies never;
  }
}

function amendments(
  { flipped = new Set(), granted = new Set(), denied = new Set() }: Otherwise,
  nodes: readonly NodeId[],
): Amendments {
  const of = (places: ReadonlySet<number>): NodeId[] => [...places].map((place) => nodes[place] as NodeId);
  return {
    flipped: new Set(of(flipped)),
    amended: new Map<NodeId, Amendment>([
      ...of(granted).map((node) => [node, 'granted'] as const),
      ...of(denied).map((node) => [node, 'denied'] as const),
    ]),
  };
}

interface Step {
  readonly at: number;
  readonly value: boolean;
}

/** When each equation changed, as the oracle sees it. */
function expected(
  equations: readonly Equation[],
  side: Side,
  outages: readonly Outage[],
  horizon: number,
  otherwise: Otherwise,
): readonly { readonly before: boolean; readonly flips: readonly Step[] }[] {
  const { before, ticks } = simulateEquations(equations, side, outages, horizon, otherwise);
  return equations.map((_, place) => {
    const course = [before[place] === true, ...ticks.map((tick) => tick[place] === true)];
    const flips = course.flatMap((value, index) =>
      index > 0 && value !== course[index - 1] ? [{ at: index - 1, value }] : [],
    );
    return { before: course[0] === true, flips };
  });
}

const observed = (
  trace: Trace,
  node: NodeId,
): { readonly before: boolean; readonly flips: readonly Step[] } => ({
  before: trace.baseline(node),
  flips: trace.flips(node),
});

function agree({ equations, outages, otherwise, horizon }: EquationCase): void {
  const { system, nodes } = built(equations);
  for (const side of ['worst', 'best'] as const) {
    const simulation = new Simulation(system, side, amendments(otherwise, nodes));
    const last = nodes.at(-1) as NodeId;
    const few = new Simulation(system, side, amendments(otherwise, nodes), restOf(system, [last]));
    for (const each of outages) {
      const faults = each
        .map(({ place, from, until }) => ({
          node: nodes[place] as NodeId,
          from: asMillis(from),
          until: asMillis(until),
        }))
        .filter(({ node }) => system.ops[node] === 1);
      const trace = simulation.run(faults, asMillis(horizon));
      const course = expected(equations, side, each, horizon, otherwise);
      expect(nodes.map((node) => observed(trace, node))).toEqual(course);
      // What is asked alone is told as among all.
      expect(observed(few.run(faults, asMillis(horizon)), last)).toEqual(course.at(-1));
    }
  }
}

describe('the solver equals a tick-by-tick simulation', () => {
  test('every equation, at every instant, in both readings (T1-T4, O1-O7)', () => {
    fc.assert(fc.property(equationCase, agree), seeded(4000));
  }, 60_000);
});
