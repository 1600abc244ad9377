import {
  fail,
  ok,
  problem,
  type Position,
  type Problem,
  type ProblemCode,
  type Result,
} from '@holdfast/kernel';

/** Ends the reading of a broken file from deep inside its grammar; `reading` turns it into a result. */
class SyntaxFault extends Error {
  readonly problem: Problem;
  constructor(why: Problem) {
    super(why.message);
    this.problem = why;
  }
}

/** Ends the reading of a file. */
export function fault(
  at: Position,
  message: string,
  hint?: string,
  code: ProblemCode = 'format-mismatch',
): never {
  throw new SyntaxFault(problem(code, message, { at, hint }));
}

/** What a reader returns, or the fault that ended it. */
export function reading<T>(read: () => T): Result<T, readonly Problem[]> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof SyntaxFault) return fail([error.problem]);
    throw error;
  }
}
