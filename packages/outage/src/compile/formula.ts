import type { Hours } from '@holdfast/estate';
import type { NodeId, Readings } from '../solver/system.ts';
import type { FactRef, Formula } from './model.ts';

export const yes: Formula = { kind: 'truth', value: true };
export const no: Formula = { kind: 'truth', value: false };

export const node = (of: NodeId): Formula => ({ kind: 'node', node: of });

export function not(of: Formula): Formula {
  if (of.kind === 'truth') return of.value ? no : yes;
  return of.kind === 'not' ? of.of : { kind: 'not', of };
}

export function all(...of: readonly Formula[]): Formula {
  const rest = of.filter((each) => each.kind !== 'truth' || !each.value);
  if (rest.some((each) => each.kind === 'truth')) return no;
  return rest.length === 1 && rest[0] ? rest[0] : rest.length === 0 ? yes : { kind: 'all', of: rest };
}

export function any(...of: readonly Formula[]): Formula {
  const rest = of.filter((each) => each.kind !== 'truth' || each.value);
  if (rest.some((each) => each.kind === 'truth')) return yes;
  return rest.length === 1 && rest[0] ? rest[0] : rest.length === 0 ? no : { kind: 'any', of: rest };
}

/** True within hours of the week on a site's clock; never where no hours are given. */
export const within = (hours: readonly Hours[] | undefined, zone: string): Formula =>
  hours && hours.length > 0 ? { kind: 'hours', hours, zone } : no;

/** True once a formula has been true at or after a moment. */
export const since = (of: Formula, from: Readings<number>, learner: string, fact?: FactRef): Formula =>
  of.kind === 'truth' && !of.value ? no : { kind: 'since', of, from, learner, ...(fact ? { fact } : {}) };

export const keeps = (command: Formula, able: Formula): Formula =>
  command.kind === 'truth' ? command : { kind: 'keeps', command, able };

/** The nodes that a formula reads, with the sign under which each counts; both where it counts both ways. */
export function* nodesOf(
  formula: Formula,
  positive = true,
): Generator<{ readonly node: NodeId; readonly positive: boolean }> {
  switch (formula.kind) {
    case 'node':
      yield { node: formula.node, positive };
      break;
    case 'not':
      yield* nodesOf(formula.of, !positive);
      break;
    case 'since':
      yield* nodesOf(formula.of, positive);
      break;
    case 'all':
    case 'any':
      for (const each of formula.of) yield* nodesOf(each, positive);
      break;
    case 'keeps':
      for (const each of [formula.command, formula.able]) {
        yield* nodesOf(each, positive);
        yield* nodesOf(each, !positive);
      }
      break;
    case 'hours':
    case 'truth':
      break;
    default:
      formula satisfies never;
  }
}

/** Whether more of everything never takes the capability away. */
export function isMonotone(formula: Formula): boolean {
  for (const { positive } of nodesOf(formula)) if (!positive) return false;
  return true;
}
