import { asMillis, type Millis } from '@holdfast/kernel';
import { nodesOf } from '../compile/formula.ts';
import type { Formula } from '../compile/model.ts';
import type { NodeId } from '../solver/system.ts';

/** What a formula looks at: its nodes, each once, the moments at which changes are due in it, and its schedules. */
interface Reads {
  readonly nodes: readonly NodeId[];
  readonly dues: readonly Millis[];
  readonly hours: readonly (Formula & { readonly kind: 'hours' })[];
}

const remembered = new WeakMap<Formula, Reads>();

/** What a formula looks at; found once for each formula, however many scenarios are asked. */
export function readOf(formula: Formula): Reads {
  const found = remembered.get(formula);
  if (found) return found;
  const dues: Millis[] = [];
  const hours: (Formula & { kind: 'hours' })[] = [];
  gather(formula, dues, hours);
  const nodes = [...new Set([...nodesOf(formula)].map(({ node }) => node))];
  const reads = { nodes, dues, hours };
  remembered.set(formula, reads);
  return reads;
}

function gather(formula: Formula, dues: Millis[], hours: (Formula & { kind: 'hours' })[]): void {
  switch (formula.kind) {
    case 'since':
      dues.push(asMillis(formula.from.worst), asMillis(formula.from.best));
      gather(formula.of, dues, hours);
      break;
    case 'not':
      gather(formula.of, dues, hours);
      break;
    case 'all':
    case 'any':
      for (const each of formula.of) gather(each, dues, hours);
      break;
    case 'keeps':
      gather(formula.command, dues, hours);
      gather(formula.able, dues, hours);
      break;
    case 'hours':
      hours.push(formula);
      break;
    case 'node':
    case 'truth':
      break;
    default:
      formula satisfies never;
  }
}
