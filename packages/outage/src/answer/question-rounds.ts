import type { Capability, FactRef, Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { NodeId } from '../solver/system.ts';
import { unknownFacts, roundsAtMost, taken } from './open-facts.ts';
import type { Usual } from './question-trial.ts';
import { OutageSolver, type Answer } from './solve.ts';
import { isUnknown } from './timeline.ts';

/** An unknown verdict, and the facts that its explanation ends in. */
export interface Waiting {
  readonly scenario: Scenario;
  readonly capability: Capability;
  readonly facts: ReadonlySet<FactRef>;
  /** Where it is unknown without any fault. */
  readonly usual: Usual | undefined;
}

/**
 * Finds what stands behind the facts that verdicts wait for: all of them are granted, and what is unknown even so waits for
 * more. Each round solves each scenario once, whatever the number of verdicts.
 */
export class Rounds {
  readonly #model: Model;
  readonly #waiting: readonly Waiting[];
  readonly #nodes: ReadonlyMap<FactRef, readonly NodeId[]>;
  readonly #more = new Map<Waiting, ReadonlySet<FactRef>>();
  readonly #never = new Set<Waiting>();
  #budget: number;
  #isCut = false;

  constructor(
    model: Model,
    waiting: readonly Waiting[],
    nodes: ReadonlyMap<FactRef, readonly NodeId[]>,
    budget: number,
  ) {
    this.#model = model;
    this.#waiting = waiting;
    this.#nodes = nodes;
    this.#budget = budget;
  }

  /** Runs while facts are found and the budget lasts, and returns what is left of it. What was not looked at counts as settled. */
  run(): number {
    // What waits for no fact is explained by what no answer changes: granting others leaves it as it is.
    for (const each of this.#waiting) if (each.facts.size === 0) this.#never.add(each);
    if (this.#waiting.length / 100 > this.#budget) {
      this.#isCut = true;
      return this.#budget;
    }
    const granted = new Set<FactRef>();
    for (const { facts } of this.#waiting) for (const fact of facts) granted.add(fact);
    let left: ReadonlyMap<Scenario, readonly Waiting[]> = Map.groupBy(
      this.#waiting.filter(({ facts }) => facts.size > 0),
      ({ scenario }) => scenario,
    );
    for (let round = 0; round < roundsAtMost && left.size > 0; round += 1) {
      const cost = [...left.values()].reduce((all, { length }) => all + 1 + length / 100, 0);
      if (cost > this.#budget) {
        this.#isCut = true;
        return this.#budget;
      }
      this.#budget -= cost;
      const before = granted.size;
      left = this.#round(left, new Set(granted), granted);
      if (granted.size === before) {
        for (const each of left.values()) for (const waiting of each) this.#never.add(waiting);
        return this.#budget;
      }
    }
    return this.#budget;
  }

  /** Solves under what is granted so far; adds to `found` what is found behind it, and returns what is unknown still. */
  #round(
    left: ReadonlyMap<Scenario, readonly Waiting[]>,
    granted: ReadonlySet<FactRef>,
    found: Set<FactRef>,
  ): ReadonlyMap<Scenario, readonly Waiting[]> {
    const solver = new OutageSolver(this.#model, { amended: taken(granted, this.#nodes, 'granted') });
    const still = new Map<Scenario, readonly Waiting[]>();
    for (const [scenario, verdicts] of left) {
      const answer = solver.solve(scenario);
      const open = verdicts.filter((waiting) => this.#waitsFor(waiting, answer, found));
      if (open.length > 0) still.set(scenario, open);
    }
    return still;
  }

  /** Whether a verdict waits for more facts; these are added to those found. One that is unknown and waits for none is never settled. */
  #waitsFor(waiting: Waiting, answer: Answer, found: Set<FactRef>): boolean {
    const { capability, facts } = waiting;
    if (!isUnknown(answer.timeline(capability))) return false;
    const behind = unknownFacts(this.#model, answer, capability);
    if (behind.size === 0) {
      this.#never.add(waiting);
      return false;
    }
    for (const fact of behind) found.add(fact);
    this.#more.set(waiting, (this.#more.get(waiting) ?? facts).union(behind));
    return true;
  }

  /** Whether the budget ended it. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** All that a verdict waits for. */
  factsOf(waiting: Waiting): ReadonlySet<FactRef> {
    return this.#more.get(waiting) ?? waiting.facts;
  }

  /** Whether a verdict is known once all that is granted. */
  settles(waiting: Waiting): boolean {
    return !this.#never.has(waiting);
  }
}
