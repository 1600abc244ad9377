import { isKindOnly, tellingWords, wordsOf } from '../identity/words.ts';
import { mendEncoding } from '../text/fold.ts';
import { unread } from '../range/range.ts';
import type { ProductEntry } from './advisory.ts';
import { makeEntry } from './make-entry.ts';

/** Words of titles that name no product. */
const silent = new Set(
  'update vulnerabilitie vulnerability vulnerabilities multiple affects and in of the authenticated remote code execution path traversal security'.split(
    ' ',
  ),
);

/** What a title raises against the product tree. */
export interface TitleCheck {
  /** Why no entry of the tree may clear a device: the title does not even name its vendor. */
  readonly doubts: readonly string[];
  /** The product of the title, where the tree does not list it: a person has to look at devices of that name. */
  readonly entry?: ProductEntry;
}

/** Compares a title with the product tree. A title that names no product, such as that of a protocol, raises nothing. */
export function checkTitle(title: string, entries: readonly ProductEntry[]): TitleCheck {
  const wanted = titleWords(title);
  const vendor = new Set(entries.flatMap((each) => wordsOf(each.vendor)));
  const products = entries.flatMap((each) => [
    ...wordsOf(each.product.replaceAll(/[/()]/g, ' ')),
    ...wordsOf(each.matched.replaceAll(/[/()]/g, ' ')),
    ...each.forms.flatMap((form) => [...form.words, form.joined]),
  ]);
  const known = [...new Set([...vendor, ...products])];
  const telling = wanted.filter((each) => !vendor.has(each));
  const namesVendor = wanted.some((each) => [...vendor].some((other) => isAlike(each, other)));
  if (entries.length === 0 || telling.length === 0 || (isKindOnly(telling) && namesVendor))
    return { doubts: [] };
  if (telling.some((each) => known.some((other) => isAlike(each, other)))) return { doubts: [] };
  const reason = `the title speaks of ${title}, which the product tree does not list`;
  const first = entries[0];
  const entry = makeEntry({
    pointer: '/document/title',
    vendor: namesVendor && first !== undefined ? first.vendor : vendorOfTitle(title),
    product: mendEncoding(title.replace(/^ICSA-[\w-]+_/, '').replaceAll(/\(update \w+\)/gi, '')).trim(),
    range: unread(reason),
    title,
    authority: 'title',
    otherVersions: 'unsaid',
    matched: title,
  });
  return { doubts: namesVendor ? [] : [reason], entry };
}

/** The vendor is the first words of a title; how many, nobody says. */
const vendorOfTitle = (title: string): string => {
  const words = title.split(/\s+/);
  return [words[0] ?? '', words.slice(0, 2).join(' ')].join(', ');
};

/** The words of a title that may name a product. */
const titleWords = (title: string): readonly string[] =>
  tellingWords(
    wordsOf(
      title
        .replace(/^ICSA-[\w-]+_/, '')
        .replaceAll(/\(update \w+\)/gi, ' ')
        .replaceAll(/[/()]/g, ' '),
    ),
  ).filter((each) => !silent.has(each));

const isAlike = (a: string, b: string): boolean =>
  a === b ||
  (Math.min(a.length, b.length) >= 3 &&
    (a.startsWith(b) || b.startsWith(a) || (a.length >= 5 && b.includes(a))));
