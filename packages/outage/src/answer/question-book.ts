import { known } from '@holdfast/estate';
import type { Capability, FactRef, Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { Likeness } from './likeness.ts';
import { KeptTraces } from './kept-traces.ts';
import { nodesByFact, unknownFacts } from './open-facts.ts';
import { Rounds, type Waiting } from './question-rounds.ts';
import { settled, trialOf, type Open, type Resting, type Usual } from './question-trial.ts';
import type { Answer } from './solve.ts';
import { isUnknown, type Timeline } from './timeline.ts';

/** A fact that nobody has said yet, with how much would be settled by it. */
export interface Question {
  readonly fact: FactRef;
  /**
   * How many unknown verdicts it settles alone or with others: capabilities in scenarios. What stays unknown whatever is
   * answered, as how soon a change arrives, does not count.
   */
  readonly rests: number;
  /** How many unknown verdicts it settles by itself, at least and at most, depending on the answer. */
  readonly settles: readonly [number, number];
  /** The facts that settle with it what it does not settle by itself. */
  readonly together: readonly FactRef[];
  /** What is unknown while it is. */
  readonly of: readonly Capability[];
}

/** At most this many questions are tried out by solving again; the rest are ranked by how much waits for them. */
const triedAtMost = 40;

/** Trying questions out costs at most as much as to solve so many scenarios that touch few capabilities: of a portfolio, few are tried. */
const costAtMost = 10_000;
const touchedAtOnce = 100;

/** A verdict that nobody can tell, and in how many scenarios it stands so. */
export interface OpenVerdict {
  readonly scenario: Scenario;
  readonly capability: Capability;
  readonly count: number;
}

interface Tally {
  rests: number;
  share: number;
  readonly together: Set<FactRef>;
  readonly of: Set<Capability>;
}

/** Collects what is unknown, scenario by scenario, and keeps no answer. */
export class QuestionBook {
  readonly #model: Model;
  readonly #usual = new Map<Answer, Usual>();
  readonly #open: Open[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #explained = new Map<string, Map<Timeline, Map<number, ReadonlySet<FactRef>>>>();
  #likeness: Likeness | undefined;
  #tried = 0;
  #isBounded = false;
  readonly #factSets = new Map<string, ReadonlySet<FactRef>>();
  readonly #factNumbers = new Map<FactRef, number>();

  readonly #singly: number;

  /**
   * Up to `explainedSingly` capabilities each verdict is explained by itself; beyond, once for each kind of fault and timeline
   * of those that rest on equations alike.
   */
  constructor(model: Model, explainedSingly = 5_000) {
    this.#model = model;
    this.#singly = explainedSingly;
  }

  /** Adds a scenario; `quiet` is what would be without its faults. What nothing happens to stands as without any fault. */
  add(answer: Answer, quiet: Answer): void {
    const { scenario } = answer;
    const usual = this.#usualOf(quiet);
    usual.scenarios += 1;
    if (scenario.faults.length === 0) {
      this.#open.push({ scenario, usual, unknown: [], apart: new Set(), cost: 2 });
      return;
    }
    const unknown = answer.touched.filter((each) => isUnknown(answer.timeline(each)));
    const apart = new Set(answer.touched.filter((each) => usual.unknown.has(each)));
    for (const each of apart) usual.touched.set(each, (usual.touched.get(each) ?? 0) + 1);
    for (const capability of unknown)
      this.#waiting.push({
        scenario,
        capability,
        facts: this.#factsFor(answer, capability),
        usual: undefined,
      });
    const cost = 2 * Math.ceil(answer.touched.length / touchedAtOnce);
    this.#open.push({ scenario, usual, unknown, apart, cost });
  }

  #usualOf(quiet: Answer): Usual {
    const found = this.#usual.get(quiet);
    if (found) return found;
    const scenario = { ...quiet.scenario, components: [], faults: [] };
    const unknown = new Set(this.#model.capabilities.filter((each) => isUnknown(quiet.timeline(each))));
    const usual = { scenario, unknown, scenarios: 0, touched: new Map<Capability, number>() };
    for (const capability of unknown)
      this.#waiting.push({ scenario, capability, facts: this.#factsOf(quiet, capability), usual });
    this.#usual.set(quiet, usual);
    return usual;
  }

  #factsFor(answer: Answer, capability: Capability): ReadonlySet<FactRef> {
    if (this.#model.capabilities.length <= this.#singly) return this.#factsOf(answer, capability);
    const kind = this.#kindOf(answer.scenario);
    const likeness = (this.#likeness ??= new Likeness(this.#model)).of(capability);
    const timeline = answer.timeline(capability);
    const ofKind = this.#explained.get(kind) ?? new Map<Timeline, Map<number, ReadonlySet<FactRef>>>();
    this.#explained.set(kind, ofKind);
    const alike = ofKind.get(timeline) ?? new Map<number, ReadonlySet<FactRef>>();
    ofKind.set(timeline, alike);
    const facts = alike.get(likeness) ?? this.#factsOf(answer, capability);
    alike.set(likeness, facts);
    return facts;
  }

  /** What fails, as far as explanations differ by it: of devices, their product. */
  #kindOf({ kind, components }: Scenario): string {
    const { estate } = this.#model;
    const what = components.map((key) => {
      const profile = known(estate.get('device', key)?.profile);
      return profile ?? this.#model.components.get(key)?.kind ?? '';
    });
    return `${kind} ${[...new Set(what)].toSorted().join(' ')}`;
  }

  /** The unknown facts that an unknown verdict rests on; the one set of all that hold the same facts. */
  #factsOf(answer: Answer, capability: Capability): ReadonlySet<FactRef> {
    const facts = unknownFacts(this.#model, answer, capability);
    for (const fact of facts)
      if (!this.#factNumbers.has(fact)) this.#factNumbers.set(fact, this.#factNumbers.size);
    const key = [...facts].map((fact) => this.#factNumbers.get(fact)).join(' ');
    const found = this.#factSets.get(key) ?? facts;
    this.#factSets.set(key, found);
    return found;
  }

  /**
   * The unknown facts, first those that settle the most verdicts by themselves; then, of those that settle only with others,
   * those whose share in what they settle together is the largest.
   */
  questions(): readonly Question[] {
    const nodes = nodesByFact(this.#model);
    const usual = new KeptTraces(this.#model);
    const rounds = new Rounds(this.#model, this.#waiting, nodes, costAtMost);
    let left = rounds.run();
    this.#tried = 0;
    let isBounded = rounds.isCut;
    const ranked = [...this.#tally(rounds)].toSorted(
      ([a, { share: more }], [b, { share: less }]) => less - more || byKey(a, b),
    );
    const questions = ranked
      .map(([fact, { rests, share, together, of }], index) => {
        const trial =
          index < triedAtMost
            ? trialOf(
                this.#model,
                nodes.get(fact) ?? [],
                this.#open,
                this.#usual.values(),
                this.#resting(fact),
                left,
              )
            : undefined;
        if (trial) {
          left -= trial.cost;
          this.#tried += 1;
        } else isBounded ||= index < triedAtMost;
        const settles = trial ? settled(this.#model, trial, usual) : ([0, rests] as const);
        const question = { fact, rests, settles, together: [...together].toSorted(byKey), of: [...of] };
        return { share, question };
      })
      .toSorted(
        (a, b) =>
          sum(b.question) - sum(a.question) || b.share - a.share || byKey(a.question.fact, b.question.fact),
      )
      .map(({ question }) => question);
    this.#isBounded = isBounded;
    return questions;
  }

  /**
   * Of an estate so large that trying the first questions would cost too much, how many were tried by solving again; the others
   * are ranked by how much waits for them. `undefined` where all the first were tried; known once the questions are asked for.
   */
  get tried(): number | undefined {
    return this.#isBounded ? this.#tried : undefined;
  }

  /** The verdicts whose explanation ends in a fact; `undefined` where not each is explained by itself. */
  #resting(fact: FactRef): Resting | undefined {
    if (this.#model.capabilities.length > this.#singly) return undefined;
    const resting = new Map<Scenario, Set<Capability>>();
    for (const { scenario, capability, facts } of this.#waiting) {
      if (!facts.has(fact)) continue;
      const own = resting.get(scenario) ?? new Set();
      resting.set(scenario, own.add(capability));
    }
    return resting;
  }

  /** The verdicts that nobody can tell. What is unknown without any fault stands once, for all scenarios that tell nothing else of it. */
  open(): readonly OpenVerdict[] {
    return this.#waiting.flatMap((waiting) => {
      const { scenario, capability } = waiting;
      const count = weightOf(waiting);
      return count > 0 ? [{ scenario, capability, count }] : [];
    });
  }

  #tally(rounds: Rounds): ReadonlyMap<FactRef, Tally> {
    const tallies = new Map<FactRef, Tally>();
    for (const waiting of this.#waiting) {
      const facts = rounds.factsOf(waiting);
      const weight = weightOf(waiting);
      const counts = rounds.settles(waiting) && weight > 0;
      for (const fact of facts) {
        const own = tallies.get(fact) ?? { rests: 0, share: 0, together: new Set(), of: new Set() };
        tallies.set(fact, own);
        if (!counts) continue;
        own.rests += weight;
        own.share += weight / facts.size;
        own.of.add(waiting.capability);
        for (const other of facts) if (other !== fact) own.together.add(other);
      }
    }
    return tallies;
  }
}

/** In how many scenarios a verdict stands: what is unknown anyway stands in each that tells nothing else of it. */
const weightOf = ({ usual, capability }: Waiting): number =>
  usual === undefined ? 1 : usual.scenarios - (usual.touched.get(capability) ?? 0);

const sum = ({ settles }: Question): number => settles[0] + settles[1];
const keyOf = ({ id, path }: FactRef): string => `${id} ${path.join('.')}`;
const byKey = (a: FactRef, b: FactRef): number => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);
