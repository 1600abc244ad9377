import { unlimited } from '../diagram/node-table.ts';
import { force } from '../order/force.ts';
import { siblingOrder, type SiblingKey } from '../order/sibling-order.ts';
import { Attempt, type Method, type Solved, type Task } from './attempt.ts';
import type { Effort } from './effort.ts';

interface Entry {
  readonly method: Method;
  readonly keys: readonly SiblingKey[];
  readonly forced: boolean;
}

const entry = (method: Method, forced: boolean, ...keys: readonly SiblingKey[]): Entry => ({
  method,
  keys,
  forced,
});

/** In the order of how often they win; each is begun only when those before it have spent their steps of a round. */
const overFunctions: readonly Entry[] = [
  entry('function', true, 'small'),
  entry('function', true, 'most-parents', 'small'),
  entry('function', true, 'most-parents', 'large'),
  entry('function', true, 'deep', 'small'),
  entry('function', false, 'most-parents'),
  entry('function', false, 'large'),
];
const upToAnOrder: readonly Entry[] = [
  entry('families', true, 'small'),
  entry('families', true, 'deep', 'small'),
  entry('function', true, 'small'),
  entry('families', false, 'large'),
  entry('function', true, 'most-parents', 'large'),
  entry('function', true, 'most-parents', 'small'),
];
const lastResort = entry('families', true, 'most-parents', 'small');

const firstRound = 20_000;
const growth = 3;
/** How many times fewer steps than the others those have that seldom win. */
const handicap = 4;
/** How many of those that build functions have all steps of a long round. */
const favourites = 3;
const long = 100_000;
/** A function built in fewer steps is not worth a look at other orders. */
const soon = 12_000;

/** From so many steps a round on, only the two that have got furthest go on: memory does not hold more. */
const crowded = 3_000_000;

/**
 * Several ways to solve one component, in turns, each with more steps from round to round.
 * Without a limit of the order: the function that is built in the fewest steps is the one whose sets are worked out,
 * for that costs several times as much. Undefined where the effort ends first.
 */
export function race(task: Task, effort: Effort): Solved | undefined {
  if (task.limit !== unlimited) return firstToFinish(task, upToAnOrder, effort);
  const built = fewestSteps(task, effort);
  return (
    (built && turn(built, built.steps + effort.left / 2, effort, finish)) ??
    firstToFinish(task, [lastResort], effort)
  );
}

const build = (attempt: Attempt, steps: number): boolean => attempt.build(steps);
const finish = (attempt: Attempt, steps: number): Solved | undefined => attempt.finish(steps);

function firstToFinish(task: Task, entries: readonly Entry[], effort: Effort): Solved | undefined {
  const attempts: Attempt[] = [];
  for (let steps = firstRound; effort.left > 0; steps *= growth) {
    for (const [index, each] of entries.entries()) {
      attempts[index] ??= attemptOf(task, each);
      const solved = turn(attempts[index], index === 0 ? steps : steps / handicap, effort, finish);
      if (solved) return solved;
    }
    if (!goOn(attempts, steps)) break;
  }
  return undefined;
}

function fewestSteps(task: Task, effort: Effort): Attempt | undefined {
  const attempts: Attempt[] = [];
  for (let steps = firstRound; effort.left > 0; steps *= growth) {
    let best: Attempt | undefined;
    for (const [index, each] of overFunctions.entries()) {
      attempts[index] ??= attemptOf(task, each);
      const attempt = attempts[index];
      const share = index < favourites || steps < long ? 1 : 1 / handicap;
      if (turn(attempt, (best?.steps ?? steps) * share, effort, build)) best = attempt;
      if (best && best.steps < soon) break;
    }
    if (best || !goOn(attempts, steps)) return best;
  }
  return undefined;
}

/** Whether any attempt can go on after a round. */
function goOn(attempts: readonly Attempt[], steps: number): boolean {
  const moving = attempts.filter(({ isStuck }) => !isStuck).toSorted((a, b) => b.done - a.done);
  if (steps >= crowded) for (const each of moving.slice(2)) each.giveUp();
  return moving.length > 0;
}

/** Lets an attempt go on until it has taken so many steps in all, as far as the effort reaches. */
function turn<T>(
  attempt: Attempt,
  steps: number,
  effort: Effort,
  work: (attempt: Attempt, steps: number) => T,
): T | undefined {
  if (attempt.isStuck) return undefined;
  const before = attempt.steps;
  const result = work(attempt, Math.min(steps, before + effort.left));
  effort.spend(attempt.steps - before);
  return result;
}

function attemptOf(task: Task, { method, keys, forced }: Entry): Attempt {
  const siblings = siblingOrder(task.component, keys);
  return new Attempt(task, method, forced ? force(task.component, siblings) : siblings);
}
