import type { Path } from '@holdfast/estate';
import { problem, type Json, type Position, type Problem } from '@holdfast/kernel';
import type { Import } from '../observation.ts';
import type { SeenValue } from '../review/review.ts';
import { problemsAt } from './language-at.ts';
import { basisOf, dayOf, sourced } from './provenance.ts';
import type { Resolver } from './resolver.ts';
import { comparable, isPartOf } from './same-value.ts';
import type { Thing } from './thing.ts';

/** All that is said of one path of a thing, by the sources that say it. */
export interface Said {
  readonly path: Path;
  /** One for each different value, in the order of the files. */
  readonly values: readonly SeenValue[];
}

/** What all sightings of a thing say, path by path. What the language refuses, or what refers to nothing, is a problem at its place. */
export function saidOf(thing: Thing, resolver: Resolver, problems: Problem[]): readonly Said[] {
  const paths = new Map<string, { readonly path: Path; readonly values: Map<string, SeenValue> }>();
  for (const { from, seen } of thing.sightings) {
    for (const saying of seen.says) {
      const value = resolver.value(from, saying);
      if (value.kind === 'error') {
        problems.push(value.error);
        continue;
      }
      const wrong = problemsAt(thing.kind, saying.path, value.value);
      const [first] = wrong;
      if (first !== undefined) {
        problems.push(
          problem(first.code, `${thing.kind} ${thing.id}: ${first.message}`, {
            at: saying.at,
            hint: first.hint,
          }),
        );
        continue;
      }
      const key = JSON.stringify(saying.path);
      const entry = paths.get(key) ?? { path: saying.path, values: new Map<string, SeenValue>() };
      paths.set(key, entry);
      note(entry.values, saying.path, seenValue(thing, saying.path, value.value, from, saying.at));
    }
  }
  return [...paths.values()].map(({ path, values }) => ({ path, values: [...values.values()] }));
}

function seenValue(thing: Thing, path: Path, value: Json, from: Import, at: Position): SeenValue {
  const day = dayOf(from);
  return {
    value,
    at,
    basis: basisOf(from),
    ...(day === undefined ? {} : { asOf: day }),
    written: sourced(thing.kind, path, value, from, at),
  };
}

/** The same value from a second source is no second value; a longer list of addresses takes the place of its part. */
function note(values: Map<string, SeenValue>, path: Path, seen: SeenValue): void {
  // What people call a thing differs from tool to tool; the first file has the word.
  if (path.at(-1) === 'name' && values.size > 0) return;
  for (const [key, other] of values) {
    if (isPartOf(path, seen.value, other.value)) return;
    if (isPartOf(path, other.value, seen.value)) values.delete(key);
  }
  const form = comparable(path, seen.value);
  if (!values.has(form)) values.set(form, seen);
}
