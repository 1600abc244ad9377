import type { Capability, Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { NodeId } from '../solver/system.ts';
import { capabilitiesAfter, OutageSolver, type UsualTraces } from './solve.ts';
import { isUnknown } from './timeline.ts';

/** What costs as much to begin with as one scenario that touches few capabilities. */
const equationsAtOnce = 5_000;

/** Scenarios of one start and length, with what is unknown in them without any fault. */
export interface Usual {
  /** One of that start and length, without its faults. */
  readonly scenario: Scenario;
  readonly unknown: ReadonlySet<Capability>;
  scenarios: number;
  /** In how many scenarios something happens to a capability that is unknown anyway. */
  readonly touched: Map<Capability, number>;
}

/** A scenario with the capabilities that are unknown in it. */
export interface Open {
  readonly scenario: Scenario;
  readonly usual: Usual;
  /** Of those that something happens to. */
  readonly unknown: readonly Capability[];
  /** Those that are unknown without any fault, but about which the scenario tells otherwise. */
  readonly apart: ReadonlySet<Capability>;
  /** Of solving it under both amendments. */
  readonly cost: number;
}

/** A fact taken otherwise: its nodes, and the scenarios in which that may settle something. */
export interface Trial {
  readonly amended: readonly NodeId[];
  readonly open: readonly Open[];
  /** What is unknown without any fault and may be settled. */
  readonly usuals: ReadonlyMap<Usual, readonly Capability[]>;
  readonly cost: number;
  /** What may be settled if the answer is good: what does not rest on the fact stays unknown whatever it grants. */
  readonly resting?: Resting;
}

/** Unknown verdicts by the scenario in which they are. */
export type Resting = ReadonlyMap<Scenario, ReadonlySet<Capability>>;

/** What must be solved again to see what a fact settles: it can settle only what its nodes lead to. `undefined` where that costs more than given. */
export function trialOf(
  model: Model,
  amended: readonly NodeId[],
  scenarios: readonly Open[],
  all: Iterable<Usual>,
  resting: Resting | undefined,
  costAtMost: number,
): Trial | undefined {
  const led = capabilitiesAfter(model, amended);
  const usuals = new Map(
    [...all].map((usual) => [usual, [...usual.unknown].filter((each) => led.has(each))]),
  );
  const open: Open[] = [];
  let cost = 2 * Math.ceil(model.system.size / equationsAtOnce);
  for (const each of scenarios) {
    const unknown = each.unknown.filter((one) => led.has(one));
    if (unknown.length === 0 && !usuals.get(each.usual)?.some((one) => !each.apart.has(one))) continue;
    open.push({ ...each, unknown });
    cost += each.cost;
    if (cost > costAtMost) return undefined;
  }
  return { amended, open, usuals, cost, ...(resting ? { resting } : {}) };
}

/** How many unknown verdicts a fact settles if the answer is bad, and if it is good; the lesser first. */
export function settled(model: Model, trial: Trial, usual: UsualTraces): readonly [number, number] {
  const counts = (['denied', 'granted'] as const).map((amendment) => {
    const amended = new Map(trial.amended.map((node) => [node, amendment] as const));
    const own = amendment === 'granted' && trial.resting ? among(trial, trial.resting) : trial;
    return own.open.length === 0
      ? 0
      : settledUnder(new OutageSolver(model, { amended }, usual, capabilitiesOf(own)), own);
  });
  return [Math.min(...counts), Math.max(...counts)];
}

const capabilitiesOf = ({ open, usuals }: Trial): ReadonlySet<Capability> =>
  new Set([...open.flatMap(({ unknown }) => unknown), ...[...usuals.values()].flat()]);

/** A trial of fewer verdicts. */
function among(trial: Trial, resting: Resting): Trial {
  const inside = (scenario: Scenario, all: readonly Capability[] = []): readonly Capability[] => {
    const wanted = resting.get(scenario);
    return wanted ? all.filter((each) => wanted.has(each)) : [];
  };
  const usuals = new Map(
    [...trial.usuals].map(([usual, all]) => [usual, inside(usual.scenario, all)] as const),
  );
  const open = trial.open.flatMap((each): readonly Open[] => {
    const unknown = inside(each.scenario, each.unknown);
    return unknown.length > 0 || usuals.get(each.usual)?.some((one) => !each.apart.has(one))
      ? [{ ...each, unknown }]
      : [];
  });
  return { ...trial, open, usuals };
}

function settledUnder(solver: OutageSolver, { open, usuals }: Trial): number {
  const quiets = new Map<Usual, ReadonlySet<Capability>>();
  let count = 0;
  for (const { scenario, usual, unknown, apart } of open) {
    const answer = solver.solve(scenario);
    const settles = (each: Capability): boolean => !isUnknown(answer.timeline(each));
    for (const each of unknown) if (settles(each)) count += 1;
    const usually = (usuals.get(usual) ?? []).filter((each) => !apart.has(each));
    if (usually.length === 0) continue;
    const quiet = quiets.get(usual) ?? settledQuietly(solver, usual, usuals.get(usual) ?? []);
    quiets.set(usual, quiet);
    const touched = new Set(answer.touched);
    for (const each of usually) if (touched.has(each) ? settles(each) : quiet.has(each)) count += 1;
  }
  return count;
}

/** What is unknown without any fault, and is not once a fact is told. */
function settledQuietly(
  solver: OutageSolver,
  { scenario }: Usual,
  unknown: readonly Capability[],
): ReadonlySet<Capability> {
  const quiet = solver.solve(scenario);
  return new Set(unknown.filter((each) => !isUnknown(quiet.timeline(each))));
}
