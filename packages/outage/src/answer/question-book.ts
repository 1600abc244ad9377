import type { Capability, FactRef, Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { NodeId } from '../solver/system.ts';
import { op } from '../solver/system.ts';
import { capabilitiesAfter, OutageSolver, type Answer } from './solve.ts';
import type { Timeline } from './timeline.ts';
import type { Reason } from './reason.ts';
import { explain } from './why.ts';

/** A fact that nobody has said yet, with how much would be settled by it. */
export interface Question {
  readonly fact: FactRef;
  /** How many verdicts rest on it: capabilities in scenarios that are unknown, in whose explanation it stands. */
  readonly rests: number;
  /** How many unknown verdicts it settles, at least and at most, depending on the answer. */
  readonly settles: readonly [number, number];
}

/** At most this many questions are tried out by solving again; the rest are ranked by how much rests on them. */
const triedAtMost = 40;

/** Trying questions out costs at most as much as to solve so many scenarios that touch few capabilities: of a portfolio, few are tried. */
const costAtMost = 10_000;
/** What costs as much as one such scenario: equations to begin with, capabilities that are touched. */
const equationsAtOnce = 5_000;
const touchedAtOnce = 100;

/** Of larger estates, a capability is explained once for each kind of fault and timeline, and not in each scenario. */
const explainedSingly = 5_000;

/** Scenarios of one start and length, with what is unknown in them without any fault. */
interface Usual {
  readonly unknown: ReadonlyMap<Capability, ReadonlySet<FactRef>>;
  scenarios: number;
  /** In how many scenarios something happens to a capability that is unknown anyway. */
  readonly touched: Map<Capability, number>;
}

/** A scenario with the capabilities that are unknown in it. */
interface Open {
  readonly scenario: Scenario;
  readonly usual: Usual;
  /** Of those that something happens to. */
  readonly unknown: readonly Capability[];
  /** Those that are unknown without any fault, but about which the scenario tells otherwise. */
  readonly apart: ReadonlySet<Capability>;
  /** Of solving it under both amendments. */
  readonly cost: number;
}

/** Collects what is unknown, scenario by scenario, and keeps no answer. */
export class QuestionBook {
  readonly #model: Model;
  readonly #isLarge: boolean;
  readonly #rests = new Map<FactRef, number>();
  readonly #usual = new Map<Answer, Usual>();
  readonly #open: Open[] = [];
  readonly #explained = new Map<string, Map<Timeline, Map<Capability, ReadonlySet<FactRef>>>>();
  readonly #factSets = new Map<string, ReadonlySet<FactRef>>();
  readonly #factNumbers = new Map<FactRef, number>();

  /** `singly` is how many capabilities an estate may have for each to be explained in each scenario. */
  constructor(model: Model, singly = explainedSingly) {
    this.#model = model;
    this.#isLarge = model.capabilities.length > singly;
  }

  /** Adds a scenario; `quiet` is what would be without its faults. What nothing happens to stands as without any fault. */
  add(answer: Answer, quiet: Answer): void {
    const usual = this.#usualOf(quiet);
    usual.scenarios += 1;
    if (answer.scenario.faults.length === 0) {
      this.#open.push({ scenario: answer.scenario, usual, unknown: [], apart: new Set(), cost: 2 });
      return;
    }
    const unknown = answer.touched.filter((each) => isUnknown(answer.timeline(each)));
    const apart = new Set(answer.touched.filter((each) => usual.unknown.has(each)));
    for (const each of apart) usual.touched.set(each, (usual.touched.get(each) ?? 0) + 1);
    for (const each of unknown) for (const fact of this.#factsFor(answer, each)) this.#rest(fact, 1);
    const cost = 2 * Math.ceil(answer.touched.length / touchedAtOnce);
    this.#open.push({ scenario: answer.scenario, usual, unknown, apart, cost });
  }

  #rest(fact: FactRef, verdicts: number): void {
    this.#rests.set(fact, (this.#rests.get(fact) ?? 0) + verdicts);
  }

  #usualOf(quiet: Answer): Usual {
    const found = this.#usual.get(quiet);
    if (found) return found;
    const unknown = new Map(
      this.#model.capabilities
        .filter((each) => isUnknown(quiet.timeline(each)))
        .map((each) => [each, this.#factsOf(quiet, each)] as const),
    );
    const usual = { unknown, scenarios: 0, touched: new Map<Capability, number>() };
    this.#usual.set(quiet, usual);
    return usual;
  }

  #factsFor(answer: Answer, capability: Capability): ReadonlySet<FactRef> {
    if (!this.#isLarge) return this.#factsOf(answer, capability);
    const { kind } = answer.scenario;
    const timeline = answer.timeline(capability);
    const ofKind = this.#explained.get(kind) ?? new Map<Timeline, Map<Capability, ReadonlySet<FactRef>>>();
    this.#explained.set(kind, ofKind);
    const alike = ofKind.get(timeline) ?? new Map<Capability, ReadonlySet<FactRef>>();
    ofKind.set(timeline, alike);
    const facts = alike.get(capability) ?? this.#sharedSet(this.#factsOf(answer, capability));
    alike.set(capability, facts);
    return facts;
  }

  /** The one set of all that hold the same facts. */
  #sharedSet(facts: ReadonlySet<FactRef>): ReadonlySet<FactRef> {
    for (const fact of facts)
      if (!this.#factNumbers.has(fact)) this.#factNumbers.set(fact, this.#factNumbers.size);
    const key = [...facts].map((fact) => this.#factNumbers.get(fact)).join(' ');
    const found = this.#factSets.get(key) ?? facts;
    this.#factSets.set(key, found);
    return found;
  }

  /** The unknown facts that an unknown verdict rests on. */
  #factsOf(answer: Answer, capability: Capability): ReadonlySet<FactRef> {
    const facts = new Set<FactRef>();
    const step = answer.timeline(capability).steps.find((each) => each.verdict === 'unknown');
    if (!step) return facts;
    gatherUnknown(explain(this.#model, answer, capability, step.at).reasons, facts, new Set());
    return facts;
  }

  /** The unknown facts, first those that would settle the most verdicts. */
  questions(): readonly Question[] {
    const rests = new Map(this.#rests);
    for (const { unknown, scenarios, touched } of this.#usual.values())
      for (const [capability, facts] of unknown) {
        const untouched = scenarios - (touched.get(capability) ?? 0);
        for (const fact of facts) rests.set(fact, (rests.get(fact) ?? 0) + untouched);
      }
    const nodes = Map.groupBy(this.#model.facts, ([, fact]) => fact);
    const ranked = [...rests].filter(([, count]) => count > 0).toSorted(([, a], [, b]) => b - a);
    let left = costAtMost;
    return ranked
      .map(([fact, count], index): Question => {
        const trial =
          index < triedAtMost ? this.#trial((nodes.get(fact) ?? []).map(([node]) => node)) : undefined;
        if (!trial || trial.cost > left) return { fact, rests: count, settles: [0, count] };
        left -= trial.cost;
        return { fact, rests: count, settles: settled(this.#model, trial) };
      })
      .toSorted(
        (a, b) =>
          b.settles[0] + b.settles[1] - a.settles[0] - a.settles[1] ||
          b.rests - a.rests ||
          (keyOf(a) < keyOf(b) ? -1 : 1),
      );
  }

  /** What must be solved again to see what a fact settles: it can settle only what it leads to. */
  #trial(nodes: readonly NodeId[]): Trial {
    const { system } = this.#model;
    const amended = nodes.filter((node) => system.ops[node] !== op.gate);
    const led = capabilitiesAfter(this.#model, amended);
    const usuals = new Map(
      [...this.#usual.values()].map((usual) => [
        usual,
        [...usual.unknown.keys()].filter((each) => led.has(each)),
      ]),
    );
    const open = this.#open.flatMap((each): readonly Open[] => {
      const own = each.unknown.filter((one) => led.has(one));
      return own.length > 0 || usuals.get(each.usual)?.some((one) => !each.apart.has(one))
        ? [{ ...each, unknown: own }]
        : [];
    });
    const begin = Math.ceil(system.size / equationsAtOnce);
    const cost = open.reduce((sum, each) => sum + each.cost, 2 * begin);
    return { amended, open, usuals, cost };
  }
}

/** A fact taken otherwise: its nodes, and the scenarios in which that may settle something. */
interface Trial {
  readonly amended: readonly NodeId[];
  readonly open: readonly Open[];
  /** What is unknown without any fault and may be settled. */
  readonly usuals: ReadonlyMap<Usual, readonly Capability[]>;
  readonly cost: number;
}

/** The unknown facts that reasons end in; of reasons that stand in several places, once. */
function gatherUnknown(reasons: readonly Reason[], facts: Set<FactRef>, seen: Set<Reason>): void {
  for (const reason of reasons) {
    if (seen.has(reason)) continue;
    seen.add(reason);
    if (reason.leaf !== undefined && reason.fact?.unknown) facts.add(reason.fact);
    gatherUnknown(reason.because, facts, seen);
  }
}

const keyOf = ({ fact }: Question): string => `${fact.id} ${fact.path.join('.')}`;

const isUnknown = (timeline: Timeline): boolean => timeline.steps.some((step) => step.verdict === 'unknown');

/** How many unknown verdicts a fact settles if the answer is bad, and if it is good; the lesser first. */
function settled(model: Model, { amended, open, usuals }: Trial): readonly [number, number] {
  const counts = (['denied', 'granted'] as const).map((amendment) => {
    const solver = new OutageSolver(model, { amended: new Map(amended.map((node) => [node, amendment])) });
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
  });
  return [Math.min(...counts), Math.max(...counts)];
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
