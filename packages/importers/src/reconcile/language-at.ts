import { readEntity, type EntityKind, type EntityProblem, type Path } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import { valueAt, withValue } from './at-path.ts';

const isWithin = (path: Path, head: Path): boolean => head.every((step, index) => path[index] === step);

/** What the language says against a value at a path, whatever else the entity lacks. */
export function problemsAt(kind: EntityKind, path: Path, value: Json): readonly EntityProblem[] {
  return readEntity(kind, withValue({}, path, value)).problems.filter(
    (each) =>
      (isWithin(each.path, path) && (each.code !== 'key-missing' || each.path.length >= path.length)) ||
      each.code === 'key-unknown',
  );
}

/** A value as the language writes it, in an entity that is whole. */
export function canonicalAt(kind: EntityKind, whole: Json, path: Path, value: Json): Json {
  const { data } = readEntity(kind, withValue(whole, path, value));
  return (data === undefined ? undefined : valueAt(data, path)) ?? value;
}

const answers = new Map<string, boolean>();

/** Whether what stands at a path is a fact: it may be `unknown`, and may carry what it rests on. */
export function isFactAt(kind: EntityKind, path: Path): boolean {
  const key = `${kind} ${path.join('.')}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = problemsAt(kind, path, { value: 'unknown', basis: 'export' }).length === 0;
  if (answers.size < 10_000) answers.set(key, answer);
  return answer;
}
