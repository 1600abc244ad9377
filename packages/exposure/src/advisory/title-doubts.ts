import { isKindOnly, tellingWords, wordsOf } from '../identity/words.ts';
import type { ProductEntry } from './advisory.ts';

/** Words of titles that name no product. */
const silent = new Set(
  'update vulnerability vulnerabilities multiple affects and in of the authenticated remote code execution path traversal security'.split(' '),
);

/**
 * Doubts that a title raises: it speaks of products of which the product tree has none.
 * A title that names none, such as that of a protocol, raises no doubt.
 */
export function titleDoubts(title: string, entries: readonly ProductEntry[]): readonly string[] {
  const wanted = titleWords(title);
  const vendor = new Set(entries.flatMap((each) => wordsOf(each.vendor)));
  const products = entries.flatMap((each) => [
    ...wordsOf(each.product.replaceAll(/[/()]/g, ' ')),
    ...wordsOf(each.matched.replaceAll(/[/()]/g, ' ')),
    ...each.forms.flatMap((form) => [...form.words, form.joined]),
  ]);
  const known = [...new Set([...vendor, ...products])];
  const telling = wanted.filter((each) => !vendor.has(each));
  const namesVendor = wanted.length > telling.length;
  if (telling.length === 0 || (isKindOnly(telling) && namesVendor)) return [];
  const isNamed = telling.some((each) => known.some((other) => isAlike(each, other)));
  if (isNamed) return [];
  return [`the title speaks of ${telling.join(' ')}, which the product tree does not list`];
}

/** The words of a title that may name a product. */
export const titleWords = (title: string): readonly string[] =>
  tellingWords(wordsOf(title.replace(/^ICSA-[\w-]+_/, '').replaceAll(/\(update \w+\)/gi, ' ').replaceAll(/[/()]/g, ' '))).filter(
    (each) => !silent.has(each),
  );

const isAlike = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a) || (a.length >= 5 && b.includes(a))));
