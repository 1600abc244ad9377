/** How many sets there are of each order: the entry `k` counts those of `k` events. */
export type Counts = readonly bigint[];

export const noSets: Counts = [];
export const emptySet: Counts = [1n];
export const oneEvent: Counts = [0n, 1n];

/** The sets of either. */
export function plus(a: Counts, b: Counts): Counts {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return long.map((count, order) => count + (short[order] ?? 0n));
}

/** One set of each together, up to an order. */
export function times(a: Counts, b: Counts, limit: number): Counts {
  if (a.length === 0 || b.length === 0) return noSets;
  const product = Array.from({ length: Math.min(a.length + b.length - 1, limit + 1) }, () => 0n);
  for (const [i, one] of a.entries())
    if (one !== 0n)
      for (const [j, two] of b.entries())
        if (i + j < product.length) product[i + j] = (product[i + j] as bigint) + one * two;
  return trimmed(product);
}

/** Without the zeros above the greatest order. */
export function trimmed(counts: readonly bigint[]): Counts {
  const last = counts.findLastIndex((each) => each !== 0n);
  return counts.slice(0, last + 1);
}

/** The least order of any set; `Infinity` where there is none. */
export function leastOrder(counts: Counts): number {
  const first = counts.findIndex((each) => each !== 0n);
  return first < 0 ? Infinity : first;
}
