import { foldText } from '../text/fold.ts';
import { findDate } from '../version/parse-date.ts';
import { parseVersion } from '../version/parse-version.ts';
import { releaseOf, type Version } from '../version/version.ts';
import { compareVersions } from '../version/compare-versions.ts';
import { phrases } from './phrases.ts';
import { comparison, spansOf, type Comparison, type Operator } from './plain-range.ts';
import { unread, type Bound, type Range, type Span } from './range.ts';

const everything =
  /^(?:\*|all|any|all (?:supported |firmware |software |known |released )?(?:versions?|models?|releases?)(?: are affected)?|versions are affected|vers:[a-z]+\/\*)$/;
/** What says on which systems a product runs, not which of its versions. */
const platform = /^(?:all )?(?:microsoft )?(?:windows|linux|android|ios|macos|mac os)\b/;
const clause = /\b(?:with|using|running|that|where|when|which|without|only if)\b/;

/**
 * Reads a range of versions in any of the forms that advisories use: VERS, operators with `|`, commas or nothing between,
 * lists, sentences, all versions. What demands more than a version is kept as its condition; what cannot be read says why.
 */
export function parseRange(written: string): Range {
  const range = parseFolded(written);
  if (range.kind !== 'spans') return range;
  const original = written.normalize('NFKC').replaceAll(/\s+/g, ' ');
  return { ...range, spans: range.spans.map((span) => asWritten(span, original)) };
}

/** The versions of a span in the letters of the text that they stand in, which was compared in small ones. */
function asWritten(span: Span, text: string): Span {
  const version = (each: Version): Version => {
    const index = text.toLowerCase().indexOf(each.written);
    return index < 0 ? each : { ...each, written: text.slice(index, index + each.written.length) };
  };
  const bound = (each: Bound): Bound => ({ ...each, version: version(each.version) });
  if (span.kind === 'exact') return { ...span, version: version(span.version) };
  return {
    ...span,
    ...(span.lower === undefined ? {} : { lower: bound(span.lower) }),
    ...(span.upper === undefined ? {} : { upper: bound(span.upper) }),
  };
}

function parseFolded(written: string): Range {
  const text = foldText(written)
    .replaceAll('≤', '<=')
    .replaceAll('≥', '>=')
    .replaceAll('=<', '<=')
    .replaceAll('=>', '>=');
  if (text === '' || text === '-' || text === 'n/a' || text === 'unspecified' || text === 'unknown')
    return unread('no version is given');
  if (text.length > 400) return unread('the text is longer than a range');
  if (everything.test(text)) return { kind: 'all' };
  const condition = /^(?:\*|all(?: firmware)? versions?) ?\(?(.+?)\)?$/.exec(text);
  const rest = (condition?.[1] ?? '').trim();
  if (condition !== null && clause.test(rest) && !/[<>]/.test(rest)) return { kind: 'all', condition: rest };
  return parsePieces(
    text.replace(/^vers:[a-z]+\//, '').replace(/^all (?:firmware |software )?versions? ?(?=[<>])/, ''),
  );
}

function parsePieces(whole: string): Range {
  const isCutOff = /(?:,|\band)\s*$/.test(whole);
  const text = whole.replace(/(?:,|\band|\bwith)\s*$/, '').trim();
  const notes: string[] = [];
  const bare = withoutNotes(text, notes);
  const read = withOtherScale(phrased(bare) ?? operated(bare, notes), text);
  if (read === undefined) return unread(`'${text}' names no version`);
  if (read.kind !== 'spans') return read;
  const condition = [...notes, ...(read.condition === undefined ? [] : [read.condition])].join('; ');
  return {
    ...read,
    ...(condition === '' ? {} : { condition }),
    ...(isCutOff ? { isCutOff: true } : {}),
  };
}

/** Brackets that hold a condition are taken out and kept; others belong to the version or say nothing. */
function withoutNotes(text: string, notes: string[]): string {
  return text
    .replaceAll(/\(([^()]*)\)/g, (all, inner: string) => {
      if (/^(?:19|20)\d\d|^\s*\d|build|^[\w.]*\d[\w.]*$|series|including/.test(inner) && !clause.test(inner))
        return all;
      if (clause.test(inner)) notes.push(inner.trim());
      return ' ';
    })
    .replaceAll(/ +/g, ' ')
    .trim();
}

/**
 * `< 2.15 (Firmware versions prior to 8.26.4)` gives the end in two numberings. A version of the second is told by its first number,
 * which lies behind that of the first.
 */
function withOtherScale(range: Range | undefined, text: string): Range | undefined {
  const inner = /\((firmware versions? [^()]*)\)/.exec(text)?.[1];
  const other = inner === undefined ? undefined : phrased(inner);
  if (range?.kind !== 'spans' || other?.kind !== 'spans') return range;
  const [first] = range.spans;
  const major =
    first?.kind === 'interval'
      ? releaseOf(first.upper?.version ?? first.lower?.version ?? zero)[0]
      : undefined;
  const lower = major === undefined ? undefined : parseVersion(String(major + 1));
  if (lower === undefined) return range;
  const spans = other.spans.map((span): Span =>
    span.kind === 'interval' ? { ...span, lower: { version: lower, isIncluded: true } } : span,
  );
  return { ...range, spans: [...range.spans, ...spans] };
}

const zero: Version = { written: '0', parts: [], depth: 0, isOpen: false };

/** A range as a sentence. */
function phrased(text: string): Range | undefined {
  const date = /^(?:.*\b)?build ?time ?before (.+)$/.exec(text);
  const day = date?.[1] === undefined ? undefined : findDate(date[1]);
  if (day !== undefined) {
    const before = comparison('<', day.piece);
    return before === undefined ? undefined : { kind: 'spans', spans: spansOf([before]) };
  }
  for (const { pattern, operators, isVague } of phrases) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const comparisons = operators.map((operator, index) => comparison(operator, found[index + 1] ?? ''));
    if (comparisons.some((each) => each === undefined)) continue;
    const spans = spansOf(comparisons.filter((each) => each !== undefined));
    return { kind: 'spans', spans, ...(isVague === true ? { isVague } : {}) };
  }
  return undefined;
}

/** A range of operators and lists; `|` joins whatever stands on its sides. */
function operated(text: string, notes: string[]): Range | undefined {
  const comparisons: Comparison[] = [];
  const spans: Span[] = [];
  let isAll = false;
  for (const piece of text.split(/\||;|,\s*(?=prior|before|versions? )/).map((each) => each.trim())) {
    if (piece === '') continue;
    const sentence = /[<>=]/.test(piece) ? undefined : phrased(piece);
    if (sentence?.kind === 'spans') spans.push(...sentence.spans);
    else if (everything.test(piece)) isAll = true;
    else if (platform.test(piece)) notes.push(piece);
    else {
      const read = /[<>=]/.test(piece) ? withOperators(piece) : listed(piece);
      if (read === undefined) return undefined;
      comparisons.push(...read);
    }
  }
  if (isAll) return { kind: 'all' };
  if (comparisons.length + spans.length === 0) return undefined;
  const backwards = reversed(comparisons);
  return backwards ?? { kind: 'spans', spans: [...spansOf(comparisons), ...spans] };
}

/** `>=V2.8<V3.1.1`, `>= V2.3 and < V6.30.016`, `NMC2 <= 6.9.6`: a word before the first operator names a component. */
function withOperators(piece: string): readonly Comparison[] | undefined {
  const comparisons: Comparison[] = [];
  for (const found of piece.matchAll(/(<=|>=|==|<|>|=)\s*([^<>=]+)/g)) {
    const operator = (found[1] === '==' ? '=' : found[1]) as Operator;
    const read = comparison(operator, (found[2] ?? '').replace(/(?:,|\band|&)\s*$/, ''));
    if (read === undefined) return undefined;
    comparisons.push(read);
  }
  return comparisons.length === 0 ? undefined : comparisons;
}

/** Bare versions: one, or a list. A date has a comma of its own. */
function listed(piece: string): readonly Comparison[] | undefined {
  const one = comparison('=', piece);
  if (one?.version.parts[0]?.word === 'date') return [one];
  const pieces = piece.split(/,(?: and)?| and /).map((each) => each.trim());
  const versions = pieces.filter((each) => each !== '').map((each) => comparison('=', each));
  return versions.every((each) => each !== undefined) ? versions : undefined;
}

/** A range whose lower bound lies above its upper one contradicts itself. */
function reversed(comparisons: readonly Comparison[]): Range | undefined {
  for (const span of spansOf(comparisons)) {
    if (span.kind !== 'interval' || span.lower === undefined || span.upper === undefined) continue;
    if (compareVersions(span.lower.version, span.upper.version) === 'greater')
      return unread(
        `it begins at ${span.lower.version.written}, above its end ${span.upper.version.written}`,
      );
  }
  return undefined;
}
