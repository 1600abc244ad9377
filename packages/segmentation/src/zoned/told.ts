import { compareProblems, type Problem } from '@holdfast/kernel';

/** Problems in their order in the file, each once. */
export function told(problems: readonly Problem[]): readonly Problem[] {
  const known = new Map(
    problems.map((each) => [`${each.at?.line}:${each.at?.column} ${each.message}`, each]),
  );
  return [...known.values()].toSorted(compareProblems);
}
