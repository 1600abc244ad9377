import type { Capability, Model } from '../compile/model.ts';
import { nodesOf } from '../compile/formula.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Amendments } from '../solver/amendments.ts';
import { Simulation } from '../solver/simulation.ts';
import type { NodeId } from '../solver/system.ts';
import { evaluate, type Traces } from './evaluate.ts';
import type { Timeline } from './timeline.ts';

/** What one scenario does to every capability. */
export interface Answer {
  readonly scenario: Scenario;
  readonly traces: Traces;
  /** The timeline of a capability. */
  timeline(capability: Capability): Timeline;
  /** The capabilities that something changed under in this scenario; without a fault, all. */
  readonly touched: readonly Capability[];
}

/** Solves scenarios of one model, under both readings of what is unknown. */
export class OutageSolver {
  readonly model: Model;
  readonly #worst: Simulation;
  readonly #best: Simulation;
  readonly #readers: ReadonlyMap<NodeId, readonly Capability[]>;

  constructor(model: Model, amendments: Amendments = {}) {
    this.model = model;
    this.#worst = new Simulation(model.system, 'worst', amendments);
    this.#best = new Simulation(model.system, 'best', amendments);
    this.#readers = readersOf(model.capabilities);
  }

  solve(scenario: Scenario): Answer {
    const { start, horizon, faults } = scenario;
    const traces: Traces = {
      worst: this.#worst.run(faults, horizon),
      best: this.#best.run(faults, horizon),
      start,
      horizon,
    };
    const memo = new Map<Capability, Timeline>();
    const touched = new Set(faults.length === 0 ? this.model.capabilities : []);
    for (const trace of [traces.worst, traces.best]) {
      for (const node of trace.changed()) for (const each of this.#readers.get(node) ?? []) touched.add(each);
    }
    return {
      scenario,
      traces,
      touched: [...touched],
      timeline: (capability) => {
        const found = memo.get(capability);
        if (found) return found;
        const timeline = evaluate(capability.formula, traces);
        memo.set(capability, timeline);
        return timeline;
      },
    };
  }
}

function readersOf(capabilities: readonly Capability[]): ReadonlyMap<NodeId, readonly Capability[]> {
  const readers = new Map<NodeId, Capability[]>();
  for (const capability of capabilities) {
    for (const node of new Set([...nodesOf(capability.formula)].map((each) => each.node))) {
      const own = readers.get(node);
      if (own) own.push(capability);
      else readers.set(node, [capability]);
    }
  }
  return readers;
}
