import { problem, type Problem } from '@holdfast/kernel';
import type { Definition, Formula } from './model.ts';

/** The definitions that a formula names, with where. */
export function references(formula: Formula): readonly (Formula & { readonly kind: 'reference' })[] {
  if (formula.kind === 'reference') return [formula];
  return 'inputs' in formula ? formula.inputs.flatMap(references) : [];
}

/**
 * Gates in an order in which each stands after those that it needs, or the first circle: `cycle-gate`.
 * Without recursion, for chains of gates are as long as a file allows.
 */
export function orderGates(
  gates: readonly Definition[],
  formulaOf: (gate: Definition) => Formula,
): { readonly order: readonly Definition[]; readonly circle?: Problem } {
  const order: Definition[] = [];
  const state = new Map<Definition, 'open' | 'done'>();
  const path: { readonly gate: Definition; readonly below: ReturnType<typeof references>; next: number }[] =
    [];
  const enter = (gate: Definition): void => {
    state.set(gate, 'open');
    path.push({ gate, below: references(formulaOf(gate)), next: 0 });
  };
  for (const root of gates) {
    if (!state.has(root)) enter(root);
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const reference = last.below[last.next];
      last.next += 1;
      if (!reference) {
        state.set(last.gate, 'done');
        order.push(last.gate);
        path.pop();
      } else if (reference.to.kind === 'gate') {
        const known = state.get(reference.to);
        if (known === 'open')
          return {
            order,
            circle: circle(
              reference,
              path.map(({ gate }) => gate),
            ),
          };
        if (known === undefined) enter(reference.to);
      }
    }
  }
  return { order };
}

/** How many gates of a circle are named. */
const shown = 12;

function circle({ to, at }: Formula & { readonly kind: 'reference' }, path: readonly Definition[]): Problem {
  const names = [...path.slice(path.indexOf(to)), to].map(({ name }) => name);
  const cut = names.length > shown ? [...names.slice(0, shown - 1), '...', to.name] : names;
  return problem('cycle-gate', `the gate '${to.name}' is needed for itself: ${cut.join(' -> ')}`, {
    at,
    hint: 'a fault tree has no circles; say what each gate needs apart from the others',
  });
}
