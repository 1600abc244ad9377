import type { Cut } from './edge.ts';
import type { PivotGraph } from './graph.ts';
import { chainTo, fall, type Allowed, type Step } from './search.ts';

/** The fewest rules that close all chains; `isLeast` is false where the step budget ended the search for fewer. */
export interface MinimumCut {
  readonly kind: 'rules';
  readonly cuts: readonly Cut[];
  readonly isLeast: boolean;
}

/** A chain that no rule can close, for none of its packets meets one. */
export interface Uncuttable {
  readonly kind: 'uncuttable';
  readonly steps: readonly Step[];
}

/** So many times the network is searched for another chain. */
const searchBudget = 4000;

/**
 * The fewest cuts that close every chain from some classes to others, exact: each chain that is left must lose one of its
 * steps, so that every choice among them is tried, fewer cuts first. Of several sets that are as small, the one of the
 * least `harm`.
 */
export function minimumCut(
  graph: PivotGraph,
  sources: ReadonlySet<number>,
  targets: ReadonlySet<number>,
  allowed: Allowed,
  harm: (cut: Cut) => number,
): MinimumCut | Uncuttable {
  const found = new Choices(harm);
  const next = (closed: ReadonlySet<string>): readonly Step[] | undefined => {
    found.left -= 1;
    return anyChain(graph, sources, targets, { ...allowed, closed });
  };
  const first = next(new Set());
  if (first === undefined) return { kind: 'rules', cuts: [], isLeast: true };
  const close = (chosen: readonly Cut[], depth: number): void => {
    const keys = chosen.map(({ key }) => key).toSorted();
    if (!found.isNew(keys)) return;
    const chain = chosen.length === 0 ? first : next(new Set(keys));
    if (chain === undefined) {
      found.offer(chosen);
      return;
    }
    const cuts = cutsOf(chain);
    if (cuts.length === 0) found.uncuttable ??= chain;
    if (chosen.length >= depth) return;
    for (const cut of cuts) if (found.goesOn) close([...chosen, cut], depth);
  };
  for (let depth = 1; found.goesOn; depth += 1) {
    found.tried.clear();
    close([], depth);
    if (found.best !== undefined) return { kind: 'rules', cuts: found.best.cuts, isLeast: true };
  }
  return found.uncuttable === undefined
    ? greedy(graph, sources, targets, allowed)
    : { kind: 'uncuttable', steps: found.uncuttable };
}

/** What a search for cuts has seen. */
class Choices {
  readonly #harm: (cut: Cut) => number;
  readonly tried = new Set<string>();
  left = searchBudget;
  uncuttable: readonly Step[] | undefined;
  best: { readonly cuts: readonly Cut[]; readonly harm: number } | undefined;

  constructor(harm: (cut: Cut) => number) {
    this.#harm = harm;
  }

  get goesOn(): boolean {
    return this.left > 0 && this.uncuttable === undefined;
  }

  /** Whether a set of cuts is seen for the first time. */
  isNew(keys: readonly string[]): boolean {
    const name = keys.join('; ');
    if (this.tried.has(name)) return false;
    this.tried.add(name);
    return true;
  }

  offer(cuts: readonly Cut[]): void {
    const harm = cuts.reduce((sum, each) => sum + this.#harm(each), 0);
    if (this.best === undefined || harm < this.best.harm) this.best = { cuts, harm };
  }
}

/** Some cuts that close everything: for when the least ones cannot be found within the budget. */
function greedy(
  graph: PivotGraph,
  sources: ReadonlySet<number>,
  targets: ReadonlySet<number>,
  allowed: Allowed,
): MinimumCut | Uncuttable {
  const cuts: Cut[] = [];
  for (;;) {
    const closed = new Set(cuts.map(({ key }) => key));
    const chain = anyChain(graph, sources, targets, { ...allowed, closed });
    if (chain === undefined) return { kind: 'rules', cuts, isLeast: false };
    // The last step is the one that other chains share most often.
    const last = cutsOf(chain).at(-1);
    if (last === undefined) return { kind: 'uncuttable', steps: chain };
    cuts.push(last);
  }
}

const cutsOf = (chain: readonly Step[]): readonly Cut[] =>
  chain.flatMap((step) => (step.kind === 'packet' ? (step.option.cut ?? []) : []));

function anyChain(
  graph: PivotGraph,
  sources: ReadonlySet<number>,
  targets: ReadonlySet<number>,
  allowed: Allowed,
): readonly Step[] | undefined {
  const fallen = fall(graph, sources, allowed);
  let best: readonly Step[] | undefined;
  for (const target of targets) {
    const chain = chainTo(graph, fallen, target, allowed);
    if (chain !== undefined && (best === undefined || chain.length < best.length)) best = chain;
  }
  return best;
}
