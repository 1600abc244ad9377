import { intervalSet, only, type IntervalSet } from '../model/interval.ts';

/**
 * The interfaces that rules name, and their numbers. A name that ends in `*` stands for all that begin so and are not
 * named themselves; 0 for any other.
 */
export class InterfaceNames {
  readonly names: readonly string[];

  constructor(names: Iterable<string>) {
    this.names = ['', ...[...new Set(names)].filter((each) => each !== '' && each !== '*').toSorted()];
  }

  /** The numbers of the interfaces that a name or a wildcard matches. */
  matching(pattern: string): IntervalSet {
    const start = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined;
    return intervalSet(
      this.names.flatMap((name, number) =>
        (start === undefined ? name === pattern && name !== '' : name.startsWith(start))
          ? only(BigInt(number))
          : [],
      ),
    );
  }
}

/** The number of an interface on the axes of a firewall: its own, else that of the longest wildcard, else 0. */
export function interfaceNumber(names: readonly string[], name: string): number {
  const own = names.indexOf(name);
  if (own > 0) return own;
  let longest = 0;
  names.forEach((each, number) => {
    const fits = each.endsWith('*') && name.startsWith(each.slice(0, -1));
    if (fits && each.length > (names[longest] ?? '').length) longest = number;
  });
  return longest;
}
