import { membersOf } from '../text/clean-list.ts';
import { foldText, mendEncoding } from '../text/fold.ts';
import { parseVersion } from '../version/parse-version.ts';
import type { Version } from '../version/version.ts';
import { codePattern, type CodePattern } from './code-pattern.ts';
import { expandSlashes } from './expand-slashes.ts';
import { brandWords } from './vendor-groups.ts';
import { isCode, isKindOnly, tellingWords, wordsOf } from './words.ts';

/** One of the products that a name may mean, as words that compare. */
export interface ProductForm {
  readonly written: string;
  /** The words that tell it from others. */
  readonly words: readonly string[];
  /** The telling words in one, letters and digits alone. */
  readonly joined: string;
  /** Words that narrow it down to a variant: what stands in brackets, `V2` behind a name. */
  readonly variant: readonly string[];
  /** A year's edition, such as `2017 r2`. */
  readonly edition?: string;
  readonly patterns: readonly CodePattern[];
  /** Which of the words are model numbers; capitals with a hyphen, such as BASRT-B, are one as well. */
  readonly codes: ReadonlySet<string>;
  /** It names a kind of product only: every product of the vendor may be meant. */
  readonly isKind: boolean;
  /** It is an abbreviation, which means the product only where it stands alone. */
  readonly isShort: boolean;
  /** The words that stand in brackets in the name that it is a form of. */
  readonly bracketWords: readonly string[];
}

/** What a product's name says: which products, and of which version line of theirs. */
export interface ProductName {
  readonly forms: readonly ProductForm[];
  readonly line?: Version;
}

const editionPattern = /\bv?(20\d\d) ?(r\d)\b/i;
const linePattern =
  /(?:,| -|^| )\s*(?:\bversion (\d+(?:\.\d+)*)|v(\d+(?:\.\d+)+)|(\d+\.\d+(?:\.\d+)*(?:u\d+)?))\s*$/i;

/** Reads a product's name; the words of its vendor are left out where others remain. */
export function readProductName(written: string, vendor: string): ProductName {
  const mendedName = mendEncoding(written)
    .replaceAll(/[●•·]/g, '-')
    .replaceAll(/[™®]/g, ' ')
    .replaceAll(/(?<=\w)- (?=\w)/g, '-')
    .replace(/ (?:web interface )?as built upon .*$/i, '')
    .trim();
  const found = linePattern.exec(mendedName);
  const lineText = found?.[1] ?? found?.[2] ?? found?.[3];
  const rest = found === null || found.index === 0 ? mendedName : mendedName.slice(0, found.index).trim();
  const hasLine = rest !== mendedName && /[a-z]/i.test(rest);
  const line = hasLine && lineText !== undefined ? parseVersion(lineText) : undefined;
  const forms = formsOf(hasLine ? rest : mendedName, vendor);
  return { forms, ...(line === undefined ? {} : { line }) };
}

function formsOf(name: string, vendor: string): readonly ProductForm[] {
  const vendorWords = new Set(wordsOf(vendor));
  const edition = editionPattern.exec(foldText(name));
  const bare = edition === null ? name : name.replace(editionPattern, ' ').trim();
  const brackets = [...bare.matchAll(/\(([^()]*)\)/g)].map((each) => each[1] ?? '');
  const outer = bare
    .replaceAll(/\([^()]*\)/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
  const listed = membersOf(outer);
  const head = outer.split(/ (?:using|that|which) /i)[0] ?? outer;
  const isHeadKind = head !== outer && isKindOnly(wordsOf(head).filter((each) => !vendorWords.has(each)));
  const texts = [
    ...(listed.length > 1 ? listed : []),
    outer,
    ...(isHeadKind ? [head] : []),
    ...(/\d.* with /i.test(outer) ? [outer.split(/ with /i)[0] ?? outer] : []),
    ...(outer === bare ? [] : [bare]),
    ...brackets.flatMap((each) => (isOtherName(each) ? membersOf(each) : [])),
  ];
  const expanded = [...new Set(texts.flatMap(expandSlashes))];
  const others = new Set(brackets.flatMap(membersOf));
  const forms = expanded.map((text) => {
    const form = formOf(text, vendorWords, brackets);
    return others.has(text) ? { ...form, isKind: false, isShort: form.isShort || form.isKind } : form;
  });
  const kept = forms.filter(({ words }) => words.length > 0 && !words.every((each) => /^rev\d+$/.test(each)));
  return edition === null
    ? kept
    : kept.map((form) => ({ ...form, edition: `${edition[1]} ${edition[2]}`.toLowerCase() }));
}

/** What stands in brackets is another name where it is a model number or an abbreviation: `(BCM)`, `(6ED1052-1MD08-0BA1)`. */
const isOtherName = (text: string): boolean =>
  text.length > 2 &&
  !/^\d+$/.test(text) &&
  (/^(?=[^ ]{4})[A-Z0-9][A-Za-z0-9/-]*\d[A-Za-z0-9/-]*(?:,? |$)/.test(text) ||
    /^[A-Za-z]*[A-Z][A-Z0-9-]{1,}$/.test(text));

/** Model numbers of capitals and a hyphen alone. */
const capitalCodes = (text: string): readonly string[] =>
  text
    .split(/[\s,;()]+/)
    .filter((each) => /^[A-Z]{3,}-[A-Z0-9]+$/.test(each))
    .flatMap(wordsOf);

function formOf(text: string, vendorWords: ReadonlySet<string>, brackets: readonly string[]): ProductForm {
  const isSeries = /\bseries\b/i.test(text);
  const all = wordsOf(text.replaceAll(/\(([^()]*)\)/g, ' $1 '));
  const own = all.filter((each) => !vendorWords.has(each));
  const named = own.length === 0 ? all : own;
  const versionMark = named.filter((each) => /^v\d$/.test(each));
  const words = tellingWords(named.filter((each) => !versionMark.includes(each)));
  const inBrackets = text.includes('(') ? [] : brackets.flatMap((each) => tellingWords(wordsOf(each)));
  const patterns = text
    .split(/[\s,;]+/)
    .flatMap(
      (piece) => codePattern(piece, isSeries && (/\d/.test(piece) || /^[A-Z]{2,5}$/.test(piece))) ?? [],
    );
  return {
    written: text,
    words: [...new Set(words)],
    joined: words.join(''),
    variant: [...versionMark, ...inBrackets],
    patterns,
    codes: new Set([...words.filter((each) => isCode(each) && /[a-z]/.test(each)), ...capitalCodes(text)]),
    bracketWords: brackets.flatMap((each) => tellingWords(wordsOf(each))),
    isShort: words.length === 1 && /^[a-z]{2,4}$/.test(words[0] ?? ''),
    isKind: isKindOnly(named) || words.every((each) => brandWords.has(each) && named.length > words.length),
  };
}
