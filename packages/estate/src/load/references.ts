import { nearestName, type Position } from '@holdfast/kernel';
import type { Estate } from '../estate.ts';
import type { EntityKind } from '../language/kinds.ts';
import { shapes } from '../language/language.ts';
import { clip, pathOf, type Path } from '../shape/shape.ts';
import type { ProblemList } from './problem-list.ts';

/** A reference from within an entity: where it stands there, and what it names. */
export interface Reference {
  readonly path: Path;
  /** Whether the id is the key at the path, or where in the text of its value it begins. */
  readonly within: 'key' | number;
  readonly target: string;
  readonly kinds: readonly EntityKind[];
}

/** The references in the data of one entity. */
export function referencesOf(kind: EntityKind, data: unknown): readonly Reference[] {
  const references: Reference[] = [];
  shapes[kind].read(data, undefined, {
    report: () => undefined,
    reference: (trail, target, kinds, within = 0) =>
      references.push({ path: pathOf(trail), within, target, kinds }),
    spelling: (_trail, value) => String(value),
  });
  return references;
}

/** An entity whose references are to be checked. */
export interface Referrer {
  readonly kind: EntityKind;
  readonly id: string;
  readonly data: unknown;
  readonly at: (path: Path, on: 'key' | 'value') => Position | undefined;
}

/** References wait here until all entities are read. A large estate has millions, so only the target and the referrer are kept. */
export class References {
  readonly #targets: string[] = [];
  readonly #kinds: (readonly EntityKind[])[] = [];
  readonly #from: string[] = [];

  add(from: string, target: string, kinds: readonly EntityKind[]): void {
    this.#targets.push(target);
    this.#kinds.push(kinds);
    this.#from.push(from);
  }

  /** The referrers that name something which is not there, or is of another kind. `isDeclared` tells ids that exist but could not be read. */
  wrong(estate: Estate, isDeclared: (id: string) => boolean): ReadonlySet<string> {
    const wrong = new Set<string>();
    for (const [index, target] of this.#targets.entries()) {
      const found = estate.kindOf(target);
      const kinds = this.#kinds[index];
      const from = this.#from[index];
      if (from !== undefined && !(found ? kinds?.includes(found) : isDeclared(target))) wrong.add(from);
    }
    return wrong;
  }
}

/** Comparing a misspelt name with all others takes long in a large estate; past this many comparisons no name is proposed. */
const comparisonBudget = 2_000_000;

/** Words a problem for each wrong reference of a referrer. */
export class ReferenceProblems {
  readonly #estate: Estate;
  readonly #isDeclared: (id: string) => boolean;
  readonly #problems: ProblemList;
  readonly #candidates = new Map<string, readonly string[]>();
  #budget = comparisonBudget;

  constructor(estate: Estate, isDeclared: (id: string) => boolean, problems: ProblemList) {
    this.#estate = estate;
    this.#isDeclared = isDeclared;
    this.#problems = problems;
  }

  tell({ kind, id, data, at }: Referrer): void {
    for (const { path, within, target, kinds } of referencesOf(kind, data)) {
      const found = this.#estate.kindOf(target);
      if (found ? kinds.includes(found) : this.#isDeclared(target)) continue;
      const where = (): Position | undefined => at(path, within === 'key' ? 'key' : 'value');
      if (found)
        this.#problems.add(
          'reference-kind',
          `${kind} ${id}: '${clip(target)}' is a ${found}, expected a ${kinds.join(' or ')}`,
          where,
        );
      else
        this.#problems.add(
          'reference-unknown',
          `${kind} ${id}: there is no ${kinds.length > 8 ? 'such thing as' : kinds[0]} '${clip(target)}'`,
          where,
          () => this.#hint(target, kinds),
        );
    }
  }

  #hint(target: string, kinds: readonly EntityKind[]): string {
    const candidates = this.#all(kinds);
    if (candidates.length === 0) return `the estate has no ${kinds.join(' or ')} yet`;
    const near = this.#nearest(target, candidates);
    if (near) return `did you mean '${near}'?`;
    return `declare it, or use one of the ${candidates.length} that exist${candidates.length < 6 ? `: ${candidates.join(', ')}` : ''}`;
  }

  #nearest(target: string, candidates: readonly string[]): string | undefined {
    const usual = target
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-');
    if (candidates.length > 100 && target.length <= 100 && this.#estate.kindOf(usual)) return usual;
    if (candidates.length > this.#budget) return undefined;
    this.#budget -= candidates.length;
    return nearestName(target, candidates);
  }

  #all(kinds: readonly EntityKind[]): readonly string[] {
    const key = kinds.join();
    const known = this.#candidates.get(key) ?? kinds.flatMap((each) => [...this.#estate.all(each).keys()]);
    this.#candidates.set(key, known);
    return known;
  }
}
