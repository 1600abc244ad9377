import { joined, type Fate } from './fate.ts';
import { before, type Flow } from './flow.ts';

/** What a walk is asked to do with each fate; `stop` ends it. */
export type Visit = (fate: Fate) => 'stop' | undefined;

/** Thrown when a walk takes more steps than it was given; callers turn to the BDD then. */
export class BudgetSpent extends Error {
  constructor() {
    super('the step budget of the cover search is spent');
    this.name = 'BudgetSpent';
  }
}

/**
 * What a walk has still to follow, depth first, and within which budget. Where a doubt parts the readings of the same
 * packets, each reading is followed to its end, and what they have in common is told.
 */
export class Agenda {
  readonly #read: (flow: Flow) => boolean;
  #visit: Visit;
  #work: Flow[] = [];
  #budget: number;

  constructor(read: (flow: Flow) => boolean, visit: Visit, budget: number) {
    this.#read = read;
    this.#visit = visit;
    this.#budget = budget;
  }

  /** Takes steps off the budget. Throws BudgetSpent. */
  spend(steps: number): void {
    this.#budget -= steps;
    if (this.#budget < 0) throw new BudgetSpent();
  }

  /** Puts packets aside, to be followed when those before them have ended. */
  later(flow: Flow): false {
    this.#work.push(flow);
    return false;
  }

  /** Tells a fate. Returns whether the visitor stops the walk. */
  tell(fate: Fate): boolean {
    return this.#visit(fate) === 'stop';
  }

  /** Follows all that a beginning leads to. Returns whether a visitor stopped it. */
  drain(begin: () => boolean): boolean {
    this.#work = [];
    let isStopped = begin();
    while (!isStopped) {
      const flow = this.#work.pop();
      if (flow === undefined) break;
      isStopped = this.#read(flow);
    }
    return isStopped;
  }

  /** Follows packets under several readings and tells what they have in common. */
  fork(flow: Flow, doubts: Fate['doubts'], readings: readonly (() => boolean)[]): boolean {
    const fates = readings.map((each) => this.#collect(each));
    const parts = joined(before(flow), fates, doubts, (steps) => this.spend(steps));
    return parts.some((fate) => this.tell(fate));
  }

  /** All fates of one reading, apart from the walk that goes on. */
  #collect(begin: () => boolean): readonly Fate[] {
    const [work, visit] = [this.#work, this.#visit];
    const fates: Fate[] = [];
    this.#visit = (fate) => {
      fates.push(fate);
      return undefined;
    };
    this.drain(begin);
    [this.#work, this.#visit] = [work, visit];
    return fates;
  }
}
