import { BudgetSpent } from '@holdfast/faulttree';
import { asMillis, forever, type Millis } from '@holdfast/kernel';
import type { Formula, Model } from '../compile/model.ts';
import { OutageSolver, type Answer } from '../answer/solve.ts';
import { verdictAt } from '../answer/timeline.ts';
import type { Instant } from '../scenario/clock.ts';
import type { Reading } from '../solver/amendments.ts';
import { atLeastOf } from './combine.ts';
import type { Course } from './course.ts';
import { CutFamilies } from './cut-families.ts';
import { formulaFamilies, joined } from './formula-families.ts';
import { setsOf } from './sets-of.ts';
import type { Top } from './top.ts';
import { variablesOf, type Variable } from './variables.ts';

/** How the sets of one top are asked. */
export interface TopAsked {
  /** As it was written. */
  readonly text: string;
  readonly order: number;
  readonly horizon: Millis;
  readonly reading: Reading;
  readonly start: Instant;
  /** How many sets are told. */
  readonly list: number;
  readonly effort: number;
}

/** What `holdfast outage convergence --top` prints as JSON; `schemas/convergence-top.schema.json`. */
export interface TopDocument {
  readonly top: string;
  readonly order: number;
  readonly completeTo: number;
  readonly horizon: number;
  readonly exactUntil: number;
  readonly reading: Reading;
  /** How many minimal sets there are of each order; of order 0 one where the top is lost before any fault. */
  readonly byOrder: Readonly<Record<string, number>>;
  readonly unconfirmed: number;
  readonly sets: readonly {
    readonly faults: readonly Pick<Variable, 'key' | 'name' | 'kind'>[];
    /** When the top is lost, after the faults. */
    readonly after: number;
  }[];
}

/** The minimal sets of faults that bring a top about within a horizon, the smallest first; each told one is confirmed by a run. */
export function topSets(model: Model, top: Top, asked: TopAsked): TopDocument {
  for (let order = asked.order; order > 0; order -= 1) {
    try {
      return search(model, top, asked, order);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
  }
  const { text, horizon, reading } = asked;
  return {
    top: text,
    order: asked.order,
    completeTo: 0,
    horizon,
    exactUntil: horizon,
    reading,
    byOrder: {},
    unconfirmed: 0,
    sets: [],
  };
}

function search(model: Model, top: Top, asked: TopAsked, order: number): TopDocument {
  const families = new CutFamilies(model.system, variablesOf(model), { ...asked, order });
  const root = families.within(topFamilies(families, top, asked.reading));
  const found = [...setsOf(families.table, root)].toSorted((a, b) => a.length - b.length);
  const byOrder: Record<string, number> = {};
  for (const { length } of found) byOrder[length] = (byOrder[length] ?? 0) + 1;
  const solver = new OutageSolver(model);
  const sets: { faults: readonly Variable[]; after: Millis }[] = [];
  let unconfirmed = 0;
  for (const levels of found) {
    if (sets.length >= asked.list) break;
    const faults = levels.map((level) => families.variables[level] as Variable);
    const after = lostAfter(solver, top, faults, asked);
    if (after === undefined) unconfirmed += 1;
    else sets.push({ faults, after });
  }
  return {
    top: asked.text,
    order: asked.order,
    completeTo: order,
    horizon: asked.horizon,
    exactUntil: families.exactUntil,
    reading: asked.reading,
    byOrder,
    unconfirmed,
    sets: sets.map(({ faults, after }) => ({
      faults: faults.map(({ key, name, kind }) => ({ key, name, kind })),
      after,
    })),
  };
}

/** The sets that bring a top about, over time. */
function topFamilies(families: CutFamilies, top: Top, reading: Reading): Course {
  if (top.kind === 'lost') return formulaFamilies(families, top.formula, reading);
  const parts = top.of.map((each) => topFamilies(families, each, reading));
  return joined(families, parts, (own) => atLeastOf(families.table, top.min, own, families.order));
}

/** When faults bring a top about, as the solver sees it. */
function lostAfter(
  solver: OutageSolver,
  top: Top,
  faults: readonly Variable[],
  { horizon, reading, start }: TopAsked,
): Millis | undefined {
  const nodes = new Set(faults.flatMap((each) => each.nodes));
  const answer = solver.solve({
    key: 'own:top',
    name: faults.map(({ name }) => name).join(', '),
    kind: 'own',
    components: faults.map(({ key }) => key),
    faults: [...nodes].map((node) => ({ node, from: asMillis(0), until: forever })),
    start,
    length: horizon,
    horizon: asMillis(horizon + 1),
  });
  const times = new Set<Millis>([asMillis(0)]);
  for (const formula of formulasOf(top)) for (const { at } of answer.timelineOf(formula).steps) times.add(at);
  return [...times]
    .toSorted((a, b) => a - b)
    .find((time) => time <= horizon && isLost(answer, top, time, reading));
}

function isLost(answer: Answer, top: Top, time: Millis, reading: Reading): boolean {
  if (top.kind === 'atleast')
    return top.of.filter((each) => isLost(answer, each, time, reading)).length >= top.min;
  const verdict = verdictAt(answer.timelineOf(top.formula), time);
  return verdict === 'fails' || (reading === 'worst' && verdict === 'unknown');
}

function* formulasOf(top: Top): Generator<Formula> {
  if (top.kind === 'lost') yield top.formula;
  else for (const each of top.of) yield* formulasOf(each);
}
