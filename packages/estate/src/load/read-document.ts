import { compareProblems, fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { pathOf, type Path, type Shape } from '../shape/shape.ts';
import type { SourceFile } from './source.ts';
import { readYaml } from './yaml-source.ts';

/** A YAML file that is no estate, read by a shape. `at` finds where a path of it stands. */
export interface ReadDocument<T> {
  readonly value: T;
  readonly at: (
    path: Path,
    on?: 'key' | 'value',
  ) => { readonly file: string; readonly line: number; readonly column: number };
}

/** Reads a YAML file of another kind than an estate in the same way: under the same limits, every problem at its line. */
export function readDocument<T>(
  file: SourceFile,
  shape: Shape<T>,
): Result<ReadDocument<T>, readonly Problem[]> {
  const source = readYaml(file);
  const problems: Problem[] = [...source.problems];
  const value = shape.read(source.data ?? null, undefined, {
    report: (trail, code, message, hint, on) =>
      problems.push(
        problem(code, message, {
          at: source.locate(pathOf(trail), on),
          hint: typeof hint === 'function' ? hint() : hint,
        }),
      ),
    reference: () => undefined,
    spelling: (trail, number) => source.spelling(pathOf(trail), number),
  });
  if (problems.length > 0 || value === undefined) return fail(problems.toSorted(compareProblems));
  return ok({ value, at: (path, on) => source.locate(path, on) });
}
