import type { Capability, Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { NodeId } from '../solver/system.ts';
import { capabilitiesAfter, OutageSolver } from './solve.ts';
import { isUnknown } from './timeline.ts';

/** What costs as much to begin with as one scenario that touches few capabilities. */
const equationsAtOnce = 5_000;

/** Scenarios of one start and length, with what is unknown in them without any fault. */
export interface Usual {
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
}

/** What must be solved again to see what a fact settles: it can settle only what its nodes lead to. */
export function trialOf(
  model: Model,
  amended: readonly NodeId[],
  scenarios: readonly Open[],
  all: Iterable<Usual>,
): Trial {
  const led = capabilitiesAfter(model, amended);
  const usuals = new Map(
    [...all].map((usual) => [usual, [...usual.unknown].filter((each) => led.has(each))]),
  );
  const open = scenarios.flatMap((each): readonly Open[] => {
    const own = each.unknown.filter((one) => led.has(one));
    return own.length > 0 || usuals.get(each.usual)?.some((one) => !each.apart.has(one))
      ? [{ ...each, unknown: own }]
      : [];
  });
  const begin = 2 * Math.ceil(model.system.size / equationsAtOnce);
  return { amended, open, usuals, cost: open.reduce((sum, { cost }) => sum + cost, begin) };
}

/** How many unknown verdicts a fact settles if the answer is bad, and if it is good; the lesser first. */
export function settled(model: Model, trial: Trial): readonly [number, number] {
  const counts = (['denied', 'granted'] as const).map((amendment) => {
    const amended = new Map(trial.amended.map((node) => [node, amendment] as const));
    return settledUnder(new OutageSolver(model, { amended }), trial);
  });
  return [Math.min(...counts), Math.max(...counts)];
}

function settledUnder(solver: OutageSolver, { open, usuals }: Trial): number {
  const quiets = new Map<Usual, ReadonlySet<Capability>>();
  let count = 0;
  for (const { scenario, usual, unknown, apart } of open) {
    const answer = solver.solve(scenario);
    const settles = (each: Capability): boolean => !isUnknown(answer.timeline(each));
    const usually = usuals.get(usual) ?? [];
    const quiet = quiets.get(usual) ?? settledQuietly(solver, scenario, usually);
    quiets.set(usual, quiet);
    for (const each of unknown) if (settles(each)) count += 1;
    const touched = new Set(answer.touched);
    for (const each of usually)
      if (!apart.has(each) && (touched.has(each) ? settles(each) : quiet.has(each))) count += 1;
  }
  return count;
}

/** What is unknown without any fault, and is not once a fact is told. */
function settledQuietly(
  solver: OutageSolver,
  scenario: Scenario,
  unknown: readonly Capability[],
): ReadonlySet<Capability> {
  const quiet = solver.solve({ ...scenario, components: [], faults: [] });
  return new Set(unknown.filter((each) => !isUnknown(quiet.timeline(each))));
}
