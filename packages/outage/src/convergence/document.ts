import type { FunctionName } from '@holdfast/estate';
import type { Reading } from '../solver/amendments.ts';
import type { Convergence, Convergent } from './convergence.ts';
import type { Variable } from './variables.ts';

/** A fault or a common cause, by its key and its name. */
interface FaultRow {
  readonly key: string;
  readonly name: string;
  readonly kind: Variable['kind'];
}

/** Faults, and what they take. */
export interface ConvergentRow {
  readonly faults: readonly FaultRow[];
  readonly functions: readonly {
    readonly function: FunctionName;
    readonly sites: readonly string[];
    readonly places: number;
    readonly critical: number;
    /** When the first place falls, in milliseconds after the faults. */
    readonly firstAfter: number;
    /** Whether any of its places falls only to all of the faults together. */
    readonly together: boolean;
  }[];
  readonly losses: readonly {
    readonly function: FunctionName;
    readonly place: string;
    readonly site: string;
    readonly critical: boolean;
    readonly after: number;
    readonly together: boolean;
  }[];
  /** Null where nobody sees alarms at any time. */
  readonly seen: boolean | null;
}

/** What `holdfast outage convergence --format json` prints; `schemas/convergence.schema.json`. */
export interface ConvergenceDocument {
  readonly order: number;
  /** All sets of at most so many faults were found. */
  readonly completeTo: number;
  readonly horizon: number;
  /** Until when after the faults all is told: less than the horizon where a circle has more moments than are followed. */
  readonly exactUntil: number;
  readonly reading: Reading;
  readonly variables: number;
  readonly functions: number;
  /** What is down before any fault, as `function@place`. */
  readonly down: readonly string[];
  /** What is not asked, because it has no cut sets, as `function@place`. */
  readonly unasked: readonly string[];
  /** How many convergent sets there are of each order. */
  readonly byOrder: Readonly<Record<string, number>>;
  readonly unconfirmed: number;
  readonly sets: readonly ConvergentRow[];
}

/** An answer as people and programs read it. */
export function convergenceDocument(found: Convergence): ConvergenceDocument {
  const { asked, completeTo, exactUntil, variables, functions, down, unasked, counts, sets, unconfirmed } =
    found;
  return {
    order: asked.order,
    completeTo,
    horizon: asked.horizon,
    exactUntil,
    reading: asked.reading,
    variables: variables.length,
    functions,
    unasked,
    down: down.map((each) => `${each.function}@${each.place}`),
    byOrder: Object.fromEntries(counts.map((count, index) => [index + 1, count])),
    unconfirmed,
    sets: sets.map(rowOf),
  };
}

/** One set of faults as people and programs read it. */
function rowOf({ faults, losses, seen }: Convergent): ConvergentRow {
  const functions = [...Map.groupBy(losses, (each) => each.function)].map(([name, own]) => ({
    function: name,
    sites: [...new Set(own.map(({ site }) => site))].toSorted(),
    places: own.length,
    critical: own.filter(({ critical }) => critical).length,
    firstAfter: Math.min(...own.map(({ after }) => after)),
    together: own.some(({ together }) => together),
  }));
  return {
    faults: faults.map(({ key, name, kind }) => ({ key, name, kind })),
    functions,
    losses: losses.map((each) => ({ ...each })),
    seen: seen ?? null,
  };
}
