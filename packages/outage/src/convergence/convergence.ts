import { BudgetSpent, one, zero, type Node } from '@holdfast/faulttree';
import { asMillis, forever, type Millis } from '@holdfast/kernel';
import type { FunctionName } from '@holdfast/estate';
import type { Model } from '../compile/model.ts';
import { OutageSolver } from '../answer/solve.ts';
import { firstTime } from '../answer/timeline.ts';
import type { Instant } from '../scenario/clock.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Reading } from '../solver/amendments.ts';
import type { NodeId } from '../solver/system.ts';
import { CutFamilies } from './cut-families.ts';
import { anyLost, formulaFamilies } from './formula-families.ts';
import { isCritical, placedFunctions, unaskedFunctions, type PlacedFunction } from './places.ts';
import { setsOf } from './sets-of.ts';
import { variablesOf, type Variable } from './variables.ts';

/** How it is asked what fails together. */
export interface ConvergenceAsked {
  /** The greatest number of faults that are taken together. */
  readonly order: number;
  /** How long after the faults a function may fall and still count. */
  readonly horizon: Millis;
  readonly reading: Reading;
  /** When the faults strike. */
  readonly start: Instant;
  /** Only what falls at this site. */
  readonly site?: string | undefined;
  /** What is out in any case. */
  readonly taken?: readonly NodeId[] | undefined;
  /** How many sets of each order are told. */
  readonly list: number;
  /** Steps of the diagram, for each order tried. */
  readonly effort: number;
}

/** A function of a place that falls, and how long after the faults. */
interface Loss {
  readonly function: FunctionName;
  readonly place: string;
  readonly site: string;
  readonly critical: boolean;
  readonly after: Millis;
  /** None of the faults takes it without the others. */
  readonly together: boolean;
}

/** Faults that take several kinds of function at one site. */
export interface Convergent {
  readonly faults: readonly Variable[];
  readonly losses: readonly Loss[];
  /** Whether an operator still sees alarms when the first function falls; undefined where nobody ever does. */
  readonly seen: boolean | undefined;
}

/** What fails together in an estate. */
export interface Convergence {
  readonly asked: ConvergenceAsked;
  /** All sets up to this order were found. */
  readonly completeTo: number;
  readonly exactUntil: Millis;
  readonly variables: readonly Variable[];
  readonly functions: number;
  /** Functions that are down before any fault. */
  readonly down: readonly PlacedFunction[];
  /** Functions that have no cut sets, as `function@place`. */
  readonly unasked: readonly string[];
  /** How many convergent sets there are, by order; `counts[0]` is of order 1. */
  readonly counts: readonly number[];
  /** Those told: singles, then pairs, then triples, each from the worst on. */
  readonly sets: readonly Convergent[];
  /** Sets that the solver, asked about them, did not confirm; they are not told. */
  readonly unconfirmed: number;
}

/** A set of levels, and the families that it is a minimal set of. */
interface Found {
  readonly levels: readonly number[];
  readonly roots: Node[];
}

/** More minimal sets than this, and a lower order is answered. */
const mostSets = 1_000_000;

class TooMany extends Error {
  override readonly name = 'TooMany';
}

/** Finds the faults, alone and in combination, that take two or more kinds of function at one site. */
export function convergence(model: Model, asked: ConvergenceAsked): Convergence {
  const functions = placedFunctions(model).filter(
    ({ site }) => asked.site === undefined || site === asked.site,
  );
  for (let order = asked.order; ; order -= 1) {
    try {
      return new Search(model, functions, { ...asked, order }).run(asked);
    } catch (error) {
      if (!(error instanceof BudgetSpent || error instanceof TooMany)) throw error;
      if (order === 1) return nothing(model, functions.length, asked);
    }
  }
}

/** The answer where the effort ended before even the singles were found. */
const nothing = (model: Model, functions: number, asked: ConvergenceAsked): Convergence => ({
  asked,
  completeTo: 0,
  exactUntil: asked.horizon,
  variables: variablesOf(model),
  functions,
  down: [],
  unasked: unaskedFunctions(model, asked.site),
  counts: [],
  sets: [],
  unconfirmed: 0,
});

class Search {
  readonly #model: Model;
  readonly #functions: readonly PlacedFunction[];
  readonly #asked: ConvergenceAsked;
  readonly #families: CutFamilies;
  readonly #byRoot = new Map<Node, PlacedFunction[]>();
  readonly #down: PlacedFunction[] = [];

  constructor(model: Model, functions: readonly PlacedFunction[], asked: ConvergenceAsked) {
    this.#model = model;
    this.#functions = functions;
    this.#asked = asked;
    const { taken = [], ...rest } = asked;
    this.#families = new CutFamilies(model.system, variablesOf(model), { ...rest, taken: new Set(taken) });
    for (const each of functions) this.#place(each);
  }

  #place(placed: PlacedFunction): void {
    const courses = placed.capabilities.map(({ formula }) =>
      formulaFamilies(this.#families, formula, this.#asked.reading),
    );
    const root = this.#families.within(anyLost(this.#families, courses));
    if (root === one) this.#down.push(placed);
    else if (root !== zero) this.#byRoot.set(root, [...(this.#byRoot.get(root) ?? []), placed]);
  }

  run(asked: ConvergenceAsked): Convergence {
    const found = this.#minimalSets();
    const counts: number[] = Array.from({ length: this.#asked.order }, () => 0);
    const candidates = [...found.values()].flatMap((each) => {
      const score = this.#score(each, found);
      if (!score) return [];
      counts[each.levels.length - 1] = (counts[each.levels.length - 1] as number) + 1;
      return [{ levels: each.levels, score }];
    });
    candidates.sort((a, b) => a.levels.length - b.levels.length || compare(b.score, a.score));
    const sets: Convergent[] = [];
    let unconfirmed = 0;
    const proof = new Proof(this.#model, this.#functions, this.#asked);
    for (let order = 1; order <= this.#asked.order; order += 1) {
      let told = 0;
      for (const { levels } of candidates) {
        if (levels.length !== order || told >= asked.list) continue;
        const proved = proof.of(levels.map((level) => this.#families.variables[level] as Variable));
        if (!proved) unconfirmed += 1;
        else {
          told += 1;
          sets.push(proved);
        }
      }
    }
    const { order } = this.#asked;
    return {
      asked,
      completeTo: order,
      exactUntil: asMillis(this.#families.exactUntil),
      variables: this.#families.variables,
      functions: this.#functions.length,
      down: this.#down,
      unasked: unaskedFunctions(this.#model, asked.site),
      counts,
      sets,
      unconfirmed,
    };
  }

  #minimalSets(): ReadonlyMap<string, Found> {
    const found = new Map<string, Found>();
    for (const root of this.#byRoot.keys())
      for (const levels of setsOf(this.#families.table, root)) {
        const key = levels.join(' ');
        const own = found.get(key);
        if (own) own.roots.push(root);
        else found.set(key, { levels, roots: [root] });
        if (found.size > mostSets) throw new TooMany();
      }
    return found;
  }

  /** What a set takes, worst first; undefined where it takes one kind of function only, or nothing that its parts do not. */
  #score({ levels, roots }: Found, found: ReadonlyMap<string, Found>): readonly number[] | undefined {
    const together = roots.flatMap((root) => this.#byRoot.get(root) ?? []);
    const byParts = properParts(levels).flatMap((part) =>
      (found.get(part.join(' '))?.roots ?? []).flatMap((root) => this.#byRoot.get(root) ?? []),
    );
    const kinds = most(kindsBySite([...together, ...byParts]));
    if (kinds < 2) return undefined;
    const critical = together.filter(({ place }) => isCritical(this.#model, place)).length;
    return [most(kindsBySite(together)), kinds, critical, together.length];
  }
}

/** Asks the solver about sets of faults, so that nothing is told that it does not confirm. */
class Proof {
  readonly #functions: readonly PlacedFunction[];
  readonly #asked: ConvergenceAsked;
  readonly #solver: OutageSolver;
  readonly #model: Model;
  readonly #losses = new Map<string, ReadonlyMap<PlacedFunction, Millis>>();

  constructor(model: Model, functions: readonly PlacedFunction[], asked: ConvergenceAsked) {
    this.#model = model;
    this.#functions = functions;
    this.#asked = asked;
    this.#solver = new OutageSolver(model);
  }

  of(faults: readonly Variable[]): Convergent | undefined {
    const lost = this.#lost(faults);
    const apart = properParts(faults).map((part) => this.#lost(part));
    const losses = [...lost]
      .map(([{ function: name, place, site }, after]): Loss => ({
        function: name,
        place,
        site,
        critical: isCritical(this.#model, place),
        after,
        together: ![...apart.values()].some((each) =>
          [...each.keys()].some((other) => other.place === place && other.function === name),
        ),
      }))
      .toSorted((a, b) => a.after - b.after || (a.place < b.place ? -1 : 1));
    const isConvergent = most(kindsBySite(losses)) >= 2 && losses.some(({ together }) => together);
    const first = losses[0]?.after;
    return isConvergent && first !== undefined
      ? { faults, losses, seen: this.#seen(faults, first) }
      : undefined;
  }

  #lost(faults: readonly Variable[]): ReadonlyMap<PlacedFunction, Millis> {
    const key = faults.map((each) => each.key).join(' ');
    const known = this.#losses.get(key);
    if (known) return known;
    const { reading, horizon } = this.#asked;
    const answer = this.#solver.solve(this.#scenario(faults));
    const wanted = reading === 'best' ? (['fails'] as const) : (['fails', 'unknown'] as const);
    const lost = new Map<PlacedFunction, Millis>();
    for (const placed of this.#functions) {
      const timelines = placed.capabilities.map((each) => answer.timeline(each));
      if (timelines.some(({ before }) => wanted.some((each) => each === before))) continue;
      const times = timelines.flatMap((each) => firstTime(each, wanted) ?? []);
      if (times.length > 0) lost.set(placed, asMillis(Math.min(...times)));
    }
    for (const [placed, after] of lost) if (after > horizon) lost.delete(placed);
    this.#losses.set(key, lost);
    return lost;
  }

  #scenario(faults: readonly Variable[]): Scenario {
    const { taken = [], start, horizon } = this.#asked;
    const nodes = new Set([...taken, ...faults.flatMap((each) => each.nodes)]);
    return {
      key: 'own:convergence',
      name: faults.map(({ name }) => name).join(', '),
      kind: 'own',
      components: faults.map((each) => each.key),
      faults: [...nodes].map((node) => ({ node, from: asMillis(0), until: forever })),
      start,
      length: horizon,
      horizon: asMillis(horizon + 1),
    };
  }

  #seen(faults: readonly Variable[], at: Millis): boolean | undefined {
    const operators = this.#model.capabilities.filter(({ name }) => name === 'sees-alarms');
    if (operators.length === 0) return undefined;
    const answer = this.#solver.solve(this.#scenario(faults));
    return operators.some((each) => {
      const lost = firstTime(answer.timeline(each), ['fails', 'unknown']);
      return lost === undefined || lost > at;
    });
  }
}

/** Every part of a set but the empty one and the whole. */
function properParts<T>(whole: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = [];
  for (let mask = 1; mask < 2 ** whole.length - 1; mask += 1)
    parts.push(whole.filter((_, index) => (mask & (1 << index)) !== 0));
  return parts;
}

function kindsBySite(
  lost: readonly { readonly site: string; readonly function: FunctionName }[],
): ReadonlyMap<string, ReadonlySet<FunctionName>> {
  const kinds = new Map<string, Set<FunctionName>>();
  for (const each of lost) kinds.set(each.site, (kinds.get(each.site) ?? new Set()).add(each.function));
  return kinds;
}

const most = (kinds: ReadonlyMap<string, ReadonlySet<FunctionName>>): number =>
  Math.max(0, ...[...kinds.values()].map(({ size }) => size));

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, each] of a.entries()) {
    const other = b[index] as number;
    if (each !== other) return each - other;
  }
  return 0;
}
