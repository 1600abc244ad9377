/**
 * Puts a list that pf reads (the last rule that matches decides, unless an earlier one is `quick`) into the order in which
 * the first that matches decides: the quick rules as they stand, for the first of them that matches ends the reading
 * whatever matched before; then the others from the last to the first.
 * @see https://man.freebsd.org/cgi/man.cgi?query=pf.conf&sektion=5 (PACKET FILTERING, quick)
 */
export function firstMatchOrder<T extends { readonly quick: boolean }>(rules: readonly T[]): readonly T[] {
  return [...rules.filter(({ quick }) => quick), ...rules.filter(({ quick }) => !quick).toReversed()];
}
