import { spellAddress, spellPrefixes } from '../model/address.ts';
import type { Interval } from '../model/interval.ts';
import type { Permission } from '../intent/intent.ts';

/** What a comment may hold in every format: no quotes, no ends of line, no backslashes, of at most so many bytes. */
function plainComment(text: string, most: number): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/g, ' ')
    .replaceAll(/["'\\`<>&]/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return plain.slice(0, most).trim();
}

/** What a rule says of where it comes from. */
export const commentOf = ({ id, reason }: Permission, most: number): string =>
  plainComment(reason === undefined ? id : `${id}: ${reason}`, most);

/** `80`, or both ends of a range with a sign between. */
export const spellRange = ({ low, high }: Interval, sign: string): string =>
  low === high ? String(low) : `${low}${sign}${high}`;

/** A range of addresses: as its prefix where it is one, else as both ends. */
export function spellInterval(interval: Interval): { readonly prefix: string } | readonly [string, string] {
  const prefixes = spellPrefixes(interval);
  const [first] = prefixes;
  return prefixes.length === 1 && first !== undefined
    ? { prefix: first }
    : [spellAddress(interval.low), spellAddress(interval.high)];
}

/** Runs of at most so many. */
export function runsOf<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );
}
