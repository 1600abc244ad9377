/** A formula as the oracle takes it: an event by its number, a house, or an operator over formulas. */
export type TreeFormula =
  | number
  | boolean
  | { readonly atLeast: number; readonly of: readonly TreeFormula[] };

const holds = (formula: TreeFormula, failed: number): boolean => {
  if (typeof formula === 'boolean') return formula;
  if (typeof formula === 'number') return ((failed >> formula) & 1) === 1;
  let count = 0;
  for (const each of formula.of) if (holds(each, failed)) count += 1;
  return count >= formula.atLeast;
};

/** All minimal cut sets of a formula over a few events, each in ascending order, by trying every set of events. */
export function cutSetsByTrial(formula: TreeFormula, events: number): readonly (readonly number[])[] {
  const isCut = Array.from({ length: 2 ** events }, (_, failed) => holds(formula, failed));
  const members = (failed: number): readonly number[] =>
    Array.from({ length: events }, (_, each) => each).filter((each) => ((failed >> each) & 1) === 1);
  const found: (readonly number[])[] = [];
  for (const [failed, cuts] of isCut.entries()) {
    const mended = members(failed).some((each) => isCut[failed & ~(1 << each)] === true);
    if (cuts && !mended) found.push(members(failed));
  }
  return found;
}

/** The probability of a formula over a few independent events, by summing over every set of events. */
export function probabilityByTrial(formula: TreeFormula, probabilities: readonly number[]): number {
  let sum = 0;
  for (let failed = 0; failed < 2 ** probabilities.length; failed += 1)
    if (holds(formula, failed))
      sum += probabilities.reduce(
        (product, p, each) => product * (((failed >> each) & 1) === 1 ? p : 1 - p),
        1,
      );
  return sum;
}
