import type { Problem } from '@holdfast/kernel';
import type { Clause } from '../../model/firewall.ts';
import { intersect, type IntervalSet } from '../../model/interval.ts';
import { dimensions, type Dimension } from '../../model/packet.ts';

/** A set of which a part may not be known, such as the addresses behind a DNS name. */
export interface Known {
  readonly set: IntervalSet;
  /** Why there may be more than `set`; empty where that is all. */
  readonly unknown: readonly Problem[];
}

/** Packets by protocol, ports and ICMP message, of which a part may not be known. */
export interface Services {
  readonly clauses: readonly Clause[];
  readonly unknown: readonly Problem[];
}

/** What a line matches for certain, and what it may match. */
export interface Matched {
  readonly sure: readonly Clause[];
  readonly maybe: readonly Clause[];
  readonly why: readonly Problem[];
}

/** What both clauses match, or `undefined` where that is nothing. */
function both(a: Clause, b: Clause): Clause | undefined {
  const merged: Partial<Record<Dimension, IntervalSet>> = { ...a };
  for (const dimension of dimensions) {
    const [one, other] = [a[dimension], b[dimension]];
    if (other === undefined) continue;
    const set = one === undefined ? other : intersect(one, other);
    if (set.length === 0) return undefined;
    merged[dimension] = set;
  }
  return Object.values(merged).some((set) => set.length === 0) ? undefined : merged;
}

/** What any of these clauses has in common with any of those. */
export const product = (these: readonly Clause[], those: readonly Clause[]): readonly Clause[] =>
  these.flatMap((one) => those.flatMap((other) => both(one, other) ?? []));

/** A conjunction of parts; where a part is not wholly known, whatever the part could be is a maybe. */
export function conjunction(services: Services, parts: Readonly<Partial<Record<Dimension, Known>>>): Matched {
  const named = dimensions.flatMap((dimension) => {
    const known = parts[dimension];
    return known === undefined ? [] : [{ dimension, known }];
  });
  const clauseOf = (only: boolean): Clause =>
    Object.fromEntries(
      named
        .filter(({ known }) => only || known.unknown.length === 0)
        .map(({ dimension, known }) => [dimension, known.set]),
    );
  const why = [...services.unknown, ...named.flatMap(({ known }) => known.unknown)];
  const free: readonly Clause[] = services.unknown.length > 0 ? [{}] : services.clauses;
  return {
    sure: product(services.clauses, [clauseOf(true)]),
    maybe: why.length === 0 ? [] : product(free, [clauseOf(false)]),
    why,
  };
}
