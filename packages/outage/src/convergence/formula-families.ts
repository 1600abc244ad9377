import { one, zero } from '@holdfast/faulttree';
import type { Formula } from '../compile/model.ts';
import type { Reading } from '../solver/amendments.ts';
import { productOf, unionOf } from './combine.ts';
import { compressed, familiesIn, familyAt, joinTimes, steady, type Course } from './course.ts';
import type { CutFamilies } from './cut-families.ts';

/** The sets that have a formula false; of one that `hasCutSets`. */
export function formulaFamilies(families: CutFamilies, formula: Formula, reading: Reading): Course {
  const of = (each: Formula): Course => formulaFamilies(families, each, reading);
  switch (formula.kind) {
    case 'node':
      return families.of(formula.node);
    case 'truth':
      return formula.value ? steady(zero, zero) : steady(one, one);
    case 'all':
      return anyLost(families, formula.of.map(of));
    case 'any':
      return allLost(families, formula.of.map(of));
    case 'since':
      return never(families, of(formula.of), formula.from[reading]);
    default:
      throw new TypeError(`a formula of kind ${formula.kind} has no cut sets`);
  }
}

/** What loses at least one of several, moment by moment. */
export function anyLost(families: CutFamilies, parts: readonly Course[]): Course {
  return joined(families, parts, (own) => unionOf(families.table, own));
}

/** What has all of several lost at one moment. */
function allLost(families: CutFamilies, parts: readonly Course[]): Course {
  return joined(families, parts, (own) => productOf(families.table, own, families.order));
}

/** The families of several things, joined moment by moment. */
export function joined(
  families: CutFamilies,
  parts: readonly Course[],
  join: (own: readonly number[]) => number,
): Course {
  const times = joinTimes(
    parts.map((each) => each.times),
    families.exactUntil,
  );
  return compressed(
    join(parts.map(({ before }) => before)),
    times,
    times.map((time) => join(parts.map((each) => familyAt(each, time)))),
  );
}

/** What has been false at each moment since one. */
function never(families: CutFamilies, of: Course, from: number): Course {
  const times = joinTimes([of.times, [from].filter((each) => each > 0)], families.exactUntil);
  const until = (time: number): number =>
    time < from
      ? one
      : productOf(families.table, [familyAt(of, time), ...familiesIn(of, from, time)], families.order);
  return compressed(from < 0 ? of.before : one, times, times.map(until));
}
