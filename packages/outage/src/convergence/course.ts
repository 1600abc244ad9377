import { one, zero, type Node } from '@holdfast/faulttree';

/** The cut families of one thing over time: before the faults, and from each of `times` on; `times` begins with 0. */
export interface Course {
  readonly before: Node;
  readonly times: readonly number[];
  readonly families: readonly Node[];
}

const atOnce: readonly number[] = [0];

/** A family before the faults, and another from then on. */
export const steady = (before: Node, after: Node): Course => ({ before, times: atOnce, families: [after] });

/** Down before the faults, or up: the family of the empty set, or none. */
export const beforeFaults = (isUp: boolean): Node => (isUp ? zero : one);

/** A course without the times at which nothing changes. */
export function compressed(before: Node, times: readonly number[], families: readonly Node[]): Course {
  const kept = times.flatMap((_, index) =>
    index === 0 || families[index] !== families[index - 1] ? [index] : [],
  );
  if (kept.length === 1) return steady(before, families[0] as Node);
  return {
    before,
    times: kept.map((index) => times[index] as number),
    families: kept.map((index) => families[index] as Node),
  };
}

/** The family at a time. */
export function familyAt({ before, times, families }: Course, time: number): Node {
  if (time < 0) return before;
  let index = times.length - 1;
  while ((times[index] as number) > time) index -= 1;
  return families[index] as Node;
}

/**
 * The families of the intervals that meet `(from, until)`. An interval that begins at `from` meets it, one that ends there
 * does not, so that this is also `[from, until)`.
 */
export function* familiesIn(
  { before, times, families }: Course,
  from: number,
  until: number,
): Generator<Node> {
  if (from < 0) yield before;
  for (const [index, start] of times.entries()) {
    if (start >= until) return;
    if ((times[index + 1] ?? Infinity) > from) yield families[index] as Node;
  }
}

/** The times of several courses, each once, up to a horizon. */
export function joinTimes(all: Iterable<Iterable<number>>, horizon: number): number[] {
  const joined = new Set<number>([0]);
  for (const times of all) for (const each of times) if (each <= horizon) joined.add(each);
  return [...joined].toSorted((a, b) => a - b);
}
