import type { Capability, Formula, Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { isAmended, restOf, type Amendments, type Reading } from '../solver/amendments.ts';
import { Simulation } from '../solver/simulation.ts';
import type { NodeId } from '../solver/system.ts';
import type { Trace } from '../solver/trace.ts';
import { evaluate, type Traces } from './evaluate.ts';
import { readOf } from './formula-reads.ts';
import { Timelines, type Timeline } from './timeline.ts';

/** What one scenario does to every capability. */
export interface Answer {
  readonly scenario: Scenario;
  readonly traces: Traces;
  /** The timeline of a capability; one object for all that are alike. */
  timeline(capability: Capability): Timeline;
  /** The timeline of any formula of the model. */
  timelineOf(formula: Formula): Timeline;
  /** The capabilities that something changed under in this scenario; without a fault, all. */
  readonly touched: readonly Capability[];
}

/** Gives what a scenario does as the estate stands. */
export interface UsualTraces {
  of(scenario: Scenario): Traces;
}

/** Solves scenarios of one model, under both readings of what is unknown. */
export class OutageSolver {
  readonly model: Model;
  readonly #simulations: Readonly<Record<Reading, Simulation | undefined>>;
  readonly #usual: UsualTraces | undefined;
  readonly #timelines = new Timelines();
  readonly #readers: ReadonlyMap<NodeId, readonly Capability[]>;

  /**
   * `usual` gives the traces without the amendments: a reading that they leave as it is, is not solved again.
   * Where `asked` is given, only of these capabilities anything is told.
   */
  constructor(model: Model, amendments: Amendments = {}, usual?: UsualTraces, asked?: Iterable<Capability>) {
    this.model = model;
    this.#usual = usual;
    const { system } = model;
    const only = asked && restOf(system, nodesOf(asked));
    const simulation = (reading: Reading): Simulation | undefined =>
      usual && !isAmended(system, reading, amendments)
        ? undefined
        : new Simulation(system, reading, amendments, only);
    this.#simulations = { worst: simulation('worst'), best: simulation('best') };
    this.#readers = readersOf(model);
  }

  solve(scenario: Scenario): Answer {
    const { start, horizon, faults } = scenario;
    const trace = (reading: Reading): Trace => {
      const simulation = this.#simulations[reading];
      // Without a simulation there are usual traces.
      return simulation
        ? simulation.run(faults, horizon)
        : (this.#usual as UsualTraces).of(scenario)[reading];
    };
    const traces: Traces = { worst: trace('worst'), best: trace('best'), start, horizon };
    const memo = new Map<Formula, Timeline>();
    const timelineOf = (formula: Formula): Timeline => {
      const found = memo.get(formula);
      if (found) return found;
      const timeline = this.#timelines.one(evaluate(formula, traces));
      memo.set(formula, timeline);
      return timeline;
    };
    const touchedIn = (): readonly Capability[] => this.#touched(traces, faults.length === 0);
    let touched: readonly Capability[] | undefined;
    return {
      scenario,
      traces,
      get touched() {
        return (touched ??= touchedIn());
      },
      timeline: (capability) => timelineOf(capability.formula),
      timelineOf,
    };
  }

  #touched(traces: Traces, all: boolean): readonly Capability[] {
    const touched = new Set(all ? this.model.capabilities : []);
    for (const trace of [traces.worst, traces.best]) {
      for (const node of trace.changed()) for (const each of this.#readers.get(node) ?? []) touched.add(each);
    }
    return [...touched];
  }
}

function* nodesOf(capabilities: Iterable<Capability>): Generator<NodeId> {
  for (const { formula } of capabilities) yield* readOf(formula).nodes;
}

const remembered = new WeakMap<Model, ReadonlyMap<NodeId, readonly Capability[]>>();

/** Which capabilities read a node; found once for each model, however many solvers it has. */
function readersOf(model: Model): ReadonlyMap<NodeId, readonly Capability[]> {
  const found = remembered.get(model);
  if (found) return found;
  const readers = new Map<NodeId, Capability[]>();
  for (const capability of model.capabilities) {
    for (const node of readOf(capability.formula).nodes) {
      const own = readers.get(node);
      if (own) own.push(capability);
      else readers.set(node, [capability]);
    }
  }
  remembered.set(model, readers);
  return readers;
}

/** The capabilities that equations lead to. */
export function capabilitiesAfter(model: Model, nodes: readonly NodeId[]): ReadonlySet<Capability> {
  const { outputStart, outputs } = model.system;
  const readers = readersOf(model);
  const found = new Set<Capability>();
  const reached = new Set<number>(nodes);
  for (const node of reached) {
    // What is reached are nodes.
    for (const each of readers.get(node as NodeId) ?? []) found.add(each);
    for (let place = outputStart[node] as number; place < (outputStart[node + 1] as number); place += 1)
      reached.add(outputs[place] as number);
  }
  return found;
}
