import { compareProblems, problem, type Position, type Problem, type ProblemCode } from '@holdfast/kernel';
import type { Hint } from '../shape/shape.ts';

/** At most this many problems are reported of one estate. */
export const problemLimit = 500;

/** The problems met so far. What is beyond the limit is counted, but neither located nor worded. */
export class ProblemList {
  readonly #problems: Problem[] = [];
  #left = 0;

  /** How many were met, told or not. */
  get count(): number {
    return this.#problems.length + this.#left;
  }

  get isFull(): boolean {
    return this.#problems.length >= problemLimit;
  }

  add(code: ProblemCode, message: string, at: () => Position | undefined, hint?: Hint): void {
    if (this.isFull) this.#left += 1;
    else
      this.#problems.push(
        problem(code, message, { at: at(), hint: typeof hint === 'function' ? hint() : hint }),
      );
  }

  addAll(problems: Iterable<Problem>): void {
    for (const each of problems) {
      if (this.isFull) {
        this.#left += 1;
        return;
      }
      this.#problems.push(each);
    }
  }

  /** In the order of their positions. */
  sorted(): readonly Problem[] {
    return this.#problems.toSorted(compareProblems);
  }
}
