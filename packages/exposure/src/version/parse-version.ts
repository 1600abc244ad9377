import { foldText } from '../text/fold.ts';
import { dayOfSix, findDate } from './parse-date.ts';
import type { Version, VersionPart } from './version.ts';
import { canonicalWord, isLetter, silentWords } from './words.ts';

interface Token {
  readonly text: string;
  readonly isNumber: boolean;
  /** What stands before it; empty where it follows at once. */
  readonly gap: string;
  readonly isFollowedAtOnce: boolean;
}

const longestText = 160;
const mostParts = 8;
const mostDigits = 15;

/**
 * Reads a version as a device or an advisory writes it: `V5.4.1 build 160525`, `9.80.3.1`, `Rev. B`, `5.0 SP2 HF3`,
 * `January 31 2014`. Undefined for what is no version or cannot be ordered: prose, nothing, numbers beyond 15 digits.
 */
export function parseVersion(written: string): Version | undefined {
  const text = foldText(written);
  if (text === '' || text.length > longestText) return undefined;
  const date = wholeDate(text);
  if (date !== undefined)
    return { written, parts: [{ word: 'date', numbers: [date] }], depth: 1, isOpen: false };
  const tokens = fromTheVersionOn(tokensOf(prepared(text)));
  const { parts, depth, isOpen } = partsOf(tokens);
  const isVersion = parts.some(({ numbers, word }) => numbers.length > 0 || isLetter(word)) || depth > 0;
  if (!isVersion || parts.length > mostParts) return undefined;
  if (tokens.some(({ isNumber, text }) => isNumber && text.length > mostDigits)) return undefined;
  if (parts.some(({ word }) => word.length > 12)) return undefined;
  return { written, parts, depth, isOpen };
}

/** A date that is the whole of a version, but for a word before it. Eight digits alone stay a number: so do builds. */
function wholeDate(text: string): number | undefined {
  const found = findDate(text.replace(/^(?:build )?(?:date|time)[: ]*/, ''));
  if (found === undefined) return undefined;
  const rest = text.replace(found.piece, '').replaceAll(/\b(?:build|date|time|version|firmware|v)\b/g, '');
  return /[a-z0-9]/.test(rest) ? undefined : found.day;
}

/** Notes in brackets are left out, builds in brackets are not; a build date is written as six digits. */
function prepared(text: string): string {
  const spelled = text.replaceAll(/\bcuo(\d)/g, 'cu0$1').replaceAll(/\bservice pack\b/g, 'sp');
  const open = spelled.replaceAll(/\(([^()]*)\)/g, (_, inner: string) => {
    if (/^\s*\d+\s*$/.test(inner)) return ` build ${inner} `;
    return /build/.test(inner) ? ` ${inner} ` : ' ';
  });
  const dated = /\bbuild[ _]?(?:date|time)?[: ]*(.+)$/.exec(open);
  const date = dated?.[1] === undefined ? undefined : findDate(dated[1]);
  if (dated === null || date === undefined) return open;
  return `${open.slice(0, dated.index).replace(/[ ._,]+r[ ._,]*$/, '')} build ${date.day % 1_000_000}`;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const found of text.matchAll(/0x[0-9a-f]+|\d+|\p{L}+/gu)) {
    const word = found[0].startsWith('0x') ? String(Number(found[0])) : found[0];
    tokens.push({
      text: word,
      isNumber: /^\d/.test(word),
      gap: text.slice(end, found.index),
      isFollowedAtOnce: /[\p{L}\d]/u.test(text[found.index + found[0].length] ?? ''),
    });
    end = found.index + found[0].length;
  }
  return tokens;
}

/** A `v` before a dotted number begins the version: what stands before it names the product. */
function fromTheVersionOn(tokens: readonly Token[]): readonly Token[] {
  const start = tokens.findLastIndex(
    ({ text, gap }, index) =>
      text === 'v' &&
      (index === 0 || gap !== '') &&
      tokens[index + 1]?.isNumber === true &&
      tokens[index + 2]?.gap === '.',
  );
  return start > 0 ? tokens.slice(start) : tokens;
}

function partsOf(tokens: readonly Token[]): {
  readonly parts: readonly VersionPart[];
  readonly depth: number;
  readonly isOpen: boolean;
} {
  const parts: { word: string; numbers: number[] }[] = [{ word: '', numbers: [] }];
  let depth = 0;
  let isOpen = false;
  const isRelease = (): boolean => parts.length === 1;
  for (const [index, token] of tokens.entries()) {
    const current = parts.at(-1);
    if (current === undefined) break;
    if (token.isNumber) {
      const isBuild =
        isRelease() && depth > 1 && token.gap.includes('_') && dayOfSix(token.text) !== undefined;
      if (isBuild) parts.push({ word: 'build', numbers: [shortDay(token.text)] });
      else current.numbers.push(current.word === 'build' ? shortDay(token.text) : Number(token.text));
      if (isRelease()) depth += 1;
      continue;
    }
    if (depth > 0 && isRelease() && /^x+$/.test(token.text) && isEnd(tokens, index)) {
      isOpen = true;
      break;
    }
    if (depth === 0) {
      const word = leadingWord(
        token,
        index === tokens.length - 1 ? (tokens[index - 1]?.text ?? 'rev') : undefined,
      );
      if (word === undefined) continue;
      if (word.isPrefix) current.word = word.text;
      else parts.push({ word: word.text, numbers: [] });
      continue;
    }
    if (token.text === 'v' && !token.isFollowedAtOnce) continue;
    const word = canonicalWord(token.text);
    const isLongBuild = isBuildMark(word, tokens[index + 1]);
    if (word === 'version' || word === 'date' || word === 'rev') continue;
    parts.push({ word: isLongBuild ? 'build' : word, numbers: [] });
  }
  const last = parts.at(-1);
  if (last?.word === 'ga' && last.numbers.length === 0) parts.pop();
  return { parts: parts.map(({ word, numbers }) => ({ word, numbers: trimmed(numbers) })), depth, isOpen };
}

/** `B180918` and `R.220614` are builds, `b8` and `R5` are not. */
const isBuildMark = (word: string, next: Token | undefined): boolean =>
  next !== undefined &&
  ((word === 'b' && /^\d{5,}$/.test(next.text)) ||
    (word === 'r' && (dayOfSix(next.text) !== undefined || /^20\d{6}$/.test(next.text))));

/** Nothing but more places left open follows. */
const isEnd = (tokens: readonly Token[], from: number): boolean =>
  tokens.slice(from).every(({ text }) => /^x+$/.test(text));

/**
 * A word before the first number: kept where it touches the number, or where it is a revision and the whole.
 * `before` is the word before the last one of all; of the others it is undefined.
 */
function leadingWord(
  token: Token,
  before: string | undefined,
): { readonly text: string; readonly isPrefix: boolean } | undefined {
  if (token.isFollowedAtOnce) {
    if (silentWords.has(token.text)) return undefined;
    const text = token.text.length > 2 && token.text.startsWith('v') ? token.text.slice(1) : token.text;
    return { text, isPrefix: true };
  }
  const isRevision = before !== undefined && silentWords.has(before) && isLetter(token.text);
  return isRevision ? { text: token.text, isPrefix: false } : undefined;
}

/** A build of eight digits that is a day is written as the six that others print. */
function shortDay(digits: string): number {
  return /^20\d{6}$/.test(digits) && findDate(digits) !== undefined
    ? Number(digits.slice(2))
    : Number(digits);
}

function trimmed(numbers: readonly number[]): readonly number[] {
  const last = numbers.findLastIndex((each) => each !== 0);
  return numbers.slice(0, last + 1);
}
