import { problem, type Position, type Problem, type ProblemCode } from '@holdfast/kernel';

/** More than a person reads; the last one then says how many more there are. */
const most = 500;

/** Collects what was read past. */
export class Notes {
  readonly #problems: Problem[] = [];
  #more = 0;

  add(code: ProblemCode, message: string, at: Position, hint?: string): void {
    if (this.#problems.length < most) this.#problems.push(problem(code, message, { at, hint }));
    else this.#more += 1;
  }

  all(): readonly Problem[] {
    if (this.#more === 0) return this.#problems;
    return [...this.#problems, problem('import-partial', `and ${this.#more} more of such`)];
  }
}
