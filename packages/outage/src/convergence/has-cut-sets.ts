import type { Formula } from '../compile/model.ts';

/** Whether more faults only ever take away what a formula says, whatever the hour: such alone have cut sets. */
export function hasCutSets(formula: Formula): boolean {
  switch (formula.kind) {
    case 'node':
    case 'truth':
      return true;
    case 'since':
      return hasCutSets(formula.of);
    case 'all':
    case 'any':
      return formula.of.every(hasCutSets);
    case 'not':
    case 'hours':
    case 'keeps':
      return false;
    default:
      return formula satisfies never;
  }
}
