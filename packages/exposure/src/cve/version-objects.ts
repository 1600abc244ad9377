import { parseRange } from '../range/parse-range.ts';
import type { Range, Span } from '../range/range.ts';
import { foldText } from '../text/fold.ts';
import { objectOf, textOf, type JsonObject } from '../text/json.ts';
import { compareVersions } from '../version/compare-versions.ts';
import { parseVersion } from '../version/parse-version.ts';
import { prefixOf, releaseOf, withPrefix, type Version } from '../version/version.ts';
import { beginsLike } from '../range/place.ts';

/** What the versions of one product say, sorted by status. */
export interface ReadVersions {
  readonly affected?: Range;
  readonly unaffected?: Range;
  /** Versions from which a range is mended, as `changes` say. */
  readonly mended: readonly Version[];
}

const nothing = new Set(['0', '*', '-', 'all', 'any', 'n/a', 'unspecified', 'unknown', '', 'version 0']);

/** Reads the list `versions` of a CVE record. `prose` is the description, which often says what a bare version leaves out. */
export function readVersions(list: readonly unknown[], prose: string): ReadVersions {
  const read = { affected: new Collected(), unaffected: new Collected() };
  const mended: Version[] = [];
  for (const each of list) {
    const version = objectOf(each);
    if (version === undefined) continue;
    const status = textOf(version['status']) ?? 'affected';
    const target = status === 'unaffected' ? read.unaffected : read.affected;
    target.add(status === 'unknown' ? undefined : rangeOf(version, prose));
    for (const change of Array.isArray(version['changes']) ? version['changes'] : []) {
      const at = parseVersion(textOf(objectOf(change)?.['at']) ?? '');
      if (at !== undefined && objectOf(change)?.['status'] === 'unaffected') mended.push(at);
    }
  }
  const [affected, unaffected] = [read.affected.range(), read.unaffected.range()];
  return {
    ...(affected === undefined ? {} : { affected }),
    ...(unaffected === undefined ? {} : { unaffected }),
    mended,
  };
}

/** Ranges of one status as one range; what of them cannot be read makes the whole incomplete, not smaller. */
class Collected {
  readonly #spans: Span[] = [];
  readonly #conditions = new Set<string>();
  #isAll = false;
  #isEmpty = true;
  #unread: string | undefined;

  add(range: Range | undefined): void {
    this.#isEmpty = false;
    if (range === undefined) this.#unread = 'a status of its versions is unknown';
    else if (range.kind === 'unread') this.#unread = range.reason;
    else {
      if (range.condition !== undefined) this.#conditions.add(range.condition);
      if (range.kind === 'all') this.#isAll = true;
      else this.#spans.push(...range.spans);
    }
  }

  range(): Range | undefined {
    if (this.#isEmpty) return undefined;
    const condition = this.#conditions.size === 0 ? {} : { condition: [...this.#conditions].join('; ') };
    if (this.#isAll) return { kind: 'all', ...condition };
    if (this.#spans.length === 0) return { kind: 'unread', reason: this.#unread ?? 'no version is given' };
    return {
      kind: 'spans',
      spans: this.#spans,
      ...condition,
      ...(this.#unread === undefined ? {} : { isCutOff: true }),
    };
  }
}

function rangeOf(object: JsonObject, prose: string): Range {
  const from = (textOf(object['version']) ?? '').replaceAll('\\', '');
  const [before, upTo] = [textOf(object['lessThan']), textOf(object['lessThanOrEqual'])];
  const limit = before ?? upTo;
  if (limit === undefined) return single(from, prose);
  if (limit.trim() === '*' || /^\d[\d.]*\.x\*$/i.test(limit.trim()))
    return nothing.has(foldText(from))
      ? { kind: 'all' }
      : limit.trim() === '*'
        ? lowerOnly(from)
        : single(from, prose);
  if (/^all$/i.test(limit.trim())) return { kind: 'all' };
  return between(from, limit, before === undefined);
}

/** A version without a limit: one version, a sentence, or a list. */
function single(written: string, prose: string): Range {
  const text = withoutName(written);
  if (text === '*' || text === '-') return { kind: 'unread', reason: 'its versions are not specified' };
  const range = parseRange(text.replace(/;\s*$/, ''));
  if (range.kind !== 'spans') return range;
  const spans = range.spans.map((span): Span => {
    if (span.kind !== 'exact' || !saysPrior(prose, span.version.written)) return span;
    return { kind: 'interval', upper: { version: span.version, isIncluded: true } };
  });
  return { ...range, spans };
}

function lowerOnly(from: string): Range {
  const version = parseVersion(withoutName(from));
  if (version === undefined) return { kind: 'unread', reason: `'${from}' names no version` };
  return { kind: 'spans', spans: [{ kind: 'interval', lower: { version, isIncluded: true } }] };
}

function between(from: string, limit: string, isIncluded: boolean): Range {
  const end = parseVersion(limit.replaceAll('\\', ''));
  if (end === undefined || limit.split(' ').length > 7)
    return { kind: 'unread', reason: `'${limit}' names no version` };
  const exclusive = /^\s*>(?!=)/.test(from);
  const text = withoutName(from.replace(/^\s*>=?\s*/, ''));
  const start = nothing.has(foldText(text)) ? undefined : parseVersion(text);
  const upper = { version: start === undefined ? end : joined(start, end), isIncluded };
  if (start === undefined) return { kind: 'spans', spans: [{ kind: 'interval', upper }] };
  const lower = withPrefix(start, prefixOf(start) === '' ? prefixOf(upper.version) : prefixOf(start));
  const order = compareVersions(lower, upper.version);
  // An interval from a version to itself is how some write `up to this one`, or `before this one`.
  if (order === 'equal' && !lower.isOpen) return { kind: 'spans', spans: [{ kind: 'interval', upper }] };
  if (order === 'greater') return { kind: 'unread', reason: `it begins at ${from}, above its end ${limit}` };
  const isLine =
    lower.isOpen ||
    (lower.depth >= 2 && upper.version.depth > lower.depth && beginsLike(lower, upper.version));
  const bounded = lower.isOpen ? {} : { lower: { version: lower, isIncluded: !exclusive } };
  return {
    kind: 'spans',
    spans: [{ kind: 'interval', ...bounded, upper, ...(isLine ? { line: lower } : {}) }],
  };
}

/** A limit of one number behind a release of several is the build within it: 8.80 before 1192 ends at 8.80.1192. */
function joined(start: Version, end: Version): Version {
  const build = releaseOf(end)[0] ?? 0;
  if (end.depth !== 1 || start.depth < 2 || prefixOf(end) !== '' || build < 100 || build >= 1_000_000)
    return end;
  return parseVersion(`${start.written}.${end.written}`) ?? end;
}

/** A text without the product's name before its version: `AXIS OS 11.0` is 11.0. */
const withoutName = (text: string): string =>
  text
    .trim()
    .replace(
      /^(?:(?!versions?\b|prior\b|before\b|below\b|after\b|between\b|from\b|up\b|all\b|earlier\b|older\b|releases?\b|[vr]\d)[A-Za-z]{2,}[A-Za-z]* )+(?=v?\d|[A-Z]{2} \d)/i,
      '',
    );

/** Whether the description says of a version that those before it are meant as well. */
function saysPrior(prose: string, version: string): boolean {
  const index = prose.indexOf(version);
  if (index < 0 || version.trim() === '') return false;
  const rest = prose.slice(index + version.length, index + version.length + 60);
  return /^\.?\s*(?:\([^)]*\))?\s*(?:and|or) (?:all )?(?:versions? )?(?:prior|earlier|older|below|lower|previous)/i.test(
    rest,
  );
}
