import type { Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Traces } from './evaluate.ts';
import { OutageSolver } from './solve.ts';

/** About 100 MB of them. */
const flipsAtMost = 3_000_000;

/** The traces of scenarios as the estate stands, kept for whoever solves them again with little taken otherwise. */
export class KeptTraces {
  readonly #solver: OutageSolver;
  readonly #kept = new Map<Scenario, Traces>();
  #flips = 0;

  constructor(model: Model) {
    this.#solver = new OutageSolver(model);
  }

  of(scenario: Scenario): Traces {
    const found = this.#kept.get(scenario);
    if (found) return found;
    const { traces } = this.#solver.solve(scenario);
    this.#flips += traces.worst.size + traces.best.size;
    if (this.#flips <= flipsAtMost) this.#kept.set(scenario, traces);
    return traces;
  }
}
