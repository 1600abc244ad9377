/**
 * How property tests run: a fixed seed unless `FC_SEED` gives another, so that a red test is red for everybody.
 * `FC_RUNS` multiplies the runs; `FC_SHRINK=0` ends at the first failure instead of looking for the smallest.
 */
export const seeded = (
  numRuns: number,
): { readonly seed: number; readonly numRuns: number; readonly endOnFailure: boolean } => ({
  seed: Number(process.env['FC_SEED'] ?? 20_261_122),
  numRuns: Math.ceil(numRuns * Number(process.env['FC_RUNS'] ?? 1)),
  endOnFailure: process.env['FC_SHRINK'] === '0',
});
