export { canonicalJson, type Json } from './canonical-json.ts';
export { asMillis, forever, formatDuration, parseDuration, spellDuration, type Millis } from './duration.ts';
export { Failure, invariant, InvariantError, present } from './failure.ts';
export { sha256, sha256Of } from './hash.ts';
export { nearestName } from './nearest-name.ts';
export { comparePositions, formatPosition, type Position } from './position.ts';
export { compareProblems, problem, problemCodes, type Problem, type ProblemCode } from './problem.ts';
export { fail, ok, type Result } from './result.ts';
