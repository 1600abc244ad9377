import type { Dice } from './dice.ts';
import type { TreeFormula } from './fault-tree-oracle.ts';

/** A gate in numbers: events first, then gates, each after its inputs; -1 and -2 are houses that are off and on. */
export interface RandomGate {
  readonly kind: 'and' | 'or' | 'atleast';
  readonly min: number;
  readonly inputs: readonly number[];
}

/** A random coherent fault tree, in numbers and as a formula. */
export interface RandomTree {
  readonly events: number;
  readonly gates: readonly RandomGate[];
  readonly top: number;
  readonly formula: TreeFormula;
}

/** A tree over a few events whose gates share inputs often, repeat some, and know houses. */
export function randomTree(dice: Dice, mostEvents = 9): RandomTree {
  const events = dice.between(2, mostEvents);
  const count = dice.between(1, 12);
  const formulas: TreeFormula[] = Array.from({ length: events }, (_, each) => each);
  const gates: RandomGate[] = [];
  for (let index = 0; index < count; index += 1) {
    const gate = randomGate(dice, events + index);
    gates.push(gate);
    formulas.push(formulaOf(gate, formulas));
  }
  const top = events + count - 1;
  return { events, gates, top, formula: formulas[top] as TreeFormula };
}

function randomGate(dice: Dice, known: number): RandomGate {
  const width = dice.between(1, 5);
  const inputs = Array.from({ length: width }, () => {
    if (dice.chance(0.03)) return dice.chance(0.5) ? -1 : -2;
    // Recent gates rather than events, so that what is built is used.
    return dice.chance(0.4) ? Math.max(0, known - dice.between(1, 5)) : dice.between(0, known - 1);
  });
  const kind = dice.pick(['and', 'or', 'atleast'] as const);
  return { kind, min: kind === 'atleast' ? dice.between(1, width) : 0, inputs };
}

function formulaOf({ kind, min, inputs }: RandomGate, formulas: readonly TreeFormula[]): TreeFormula {
  const of = inputs.map((each) => (each < 0 ? each === -2 : (formulas[each] as TreeFormula)));
  return { atLeast: kind === 'and' ? of.length : kind === 'or' ? 1 : min, of };
}
