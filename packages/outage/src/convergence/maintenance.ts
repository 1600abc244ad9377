import { one, zero, type Node } from '@holdfast/faulttree';
import type { FunctionName } from '@holdfast/estate';
import type { Millis } from '@holdfast/kernel';
import type { Component, Model } from '../compile/model.ts';
import type { Reading } from '../solver/amendments.ts';
import { CutFamilies } from './cut-families.ts';
import { anyLost, formulaFamilies } from './formula-families.ts';
import { isCritical, placedFunctions, type PlacedFunction } from './places.ts';
import { variablesOf, type Variable } from './variables.ts';

/** Works that are planned: what each takes out, by the name that it was asked under. */
export interface Work {
  readonly ref: string;
  readonly components: readonly Component[];
}

/** How it is asked what works expose. */
export interface MaintenanceAsked {
  readonly works: readonly Work[];
  /** How long the works last: what falls later does not count. */
  readonly horizon: Millis;
  readonly reading: Reading;
}

/** A function of a place. */
interface Exposed {
  readonly function: FunctionName;
  readonly place: string;
  readonly site: string;
  readonly critical: boolean;
}

/** What one work exposes. */
interface WorkExposure {
  readonly ref: string;
  /** What falls by the work alone. */
  readonly falls: readonly Exposed[];
  /** What becomes single by the work, and takes these functions if it fails meanwhile; the worst first. */
  readonly singles: readonly {
    readonly fault: Pick<Variable, 'key' | 'name' | 'kind'>;
    readonly takes: readonly Exposed[];
  }[];
}

/** What `holdfast outage maintenance --format json` prints; `schemas/maintenance.schema.json`. */
export interface MaintenanceDocument {
  readonly horizon: number;
  readonly reading: Reading;
  readonly works: readonly WorkExposure[];
  /** Works of those asked that must not be done together, and what falls to both that falls to neither. */
  readonly conflicts: readonly {
    readonly works: readonly [string, string];
    readonly takes: readonly Exposed[];
  }[];
}

/** Tells what planned works expose: what falls, what becomes single, and which of them exclude each other. */
export function maintenance(model: Model, asked: MaintenanceAsked): MaintenanceDocument {
  const functions = placedFunctions(model);
  const variables = variablesOf(model);
  const rootsWith = (components: readonly Component[]): Singles => {
    const taken = new Set(components.map(({ node }) => node));
    const families = new CutFamilies(model.system, variables, { ...asked, order: 1, taken });
    return singlesOf(families, functions, asked.reading);
  };
  const usual = rootsWith([]);
  const shown = (each: PlacedFunction): Exposed => ({
    function: each.function,
    place: each.place,
    site: each.site,
    critical: isCritical(model, each.place),
  });
  const apart = asked.works.map(({ components }) => rootsWith(components));
  const works = asked.works.map((work, index) => exposure(work, apart[index] as Singles, usual, shown));
  const conflicts = asked.works.flatMap((first, index) =>
    asked.works.slice(index + 1).flatMap((second, after) => {
      const both = rootsWith([...first.components, ...second.components]);
      const own = [usual, apart[index] as Singles, apart[index + 1 + after] as Singles];
      const takes = [...both.down].filter((each) => !own.some(({ down }) => down.has(each))).map(shown);
      return takes.length === 0 ? [] : [{ works: [first.ref, second.ref] as const, takes }];
    }),
  );
  return { horizon: asked.horizon, reading: asked.reading, works, conflicts };
}

/** What is down in any case, and which single faults take what. */
interface Singles {
  readonly down: ReadonlySet<PlacedFunction>;
  readonly by: ReadonlyMap<Variable, ReadonlySet<PlacedFunction>>;
}

function singlesOf(families: CutFamilies, functions: readonly PlacedFunction[], reading: Reading): Singles {
  const down = new Set<PlacedFunction>();
  const by = new Map<Variable, Set<PlacedFunction>>();
  for (const placed of functions) {
    const courses = placed.capabilities.map(({ formula }) => formulaFamilies(families, formula, reading));
    let node: Node = families.within(anyLost(families, courses));
    if (node === one) down.add(placed);
    // A family of singles is a chain: each level with nothing below its upper branch.
    for (; node !== one && node !== zero; node = families.table.low(node)) {
      const variable = families.variables[families.table.level(node)] as Variable;
      by.set(variable, (by.get(variable) ?? new Set()).add(placed));
    }
  }
  return { down, by };
}

function exposure(
  { ref, components }: Work,
  { down, by }: Singles,
  usual: Singles,
  shown: (each: PlacedFunction) => Exposed,
): WorkExposure {
  const own = new Set(components.map(({ key }) => key));
  const singles = [...by].flatMap(([variable, takes]) => {
    const before = usual.by.get(variable);
    const added = [...takes].filter((each) => before?.has(each) !== true && !usual.down.has(each));
    const { key, name, kind } = variable;
    return own.has(key) || added.length === 0
      ? []
      : [{ fault: { key, name, kind }, takes: added.map(shown) }];
  });
  const critical = (takes: readonly Exposed[]): number => takes.filter((each) => each.critical).length;
  return {
    ref,
    falls: [...down].filter((each) => !usual.down.has(each)).map(shown),
    singles: singles.toSorted(
      (a, b) =>
        critical(b.takes) - critical(a.takes) ||
        b.takes.length - a.takes.length ||
        (a.fault.key < b.fault.key ? -1 : 1),
    ),
  };
}
