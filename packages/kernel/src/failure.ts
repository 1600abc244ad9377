import type { Problem } from './problem.ts';

/** Thrown only at the I/O edge, to carry problems up to where they are shown. */
export class Failure extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map((each) => each.message).join('\n'), options);
    this.name = 'Failure';
    this.problems = problems;
  }
}

/** Thrown when the code contradicts itself: always a bug of ours, never of the user's data. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvariantError';
  }
}

/** Says that `condition` holds by construction. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** The value, where its presence holds by construction. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new InvariantError(`${what} is missing`);
  return value;
}
