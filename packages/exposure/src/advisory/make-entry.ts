import type { CodePattern } from '../identity/code-pattern.ts';
import { readProductName, type ProductForm } from '../identity/product-name.ts';
import { groupOf } from '../identity/vendor-groups.ts';
import { vendorKeys } from '../identity/vendor-names.ts';
import { wordsOf } from '../identity/words.ts';
import { parseRange } from '../range/parse-range.ts';
import type { Range } from '../range/range.ts';
import { mendEncoding, squash } from '../text/fold.ts';
import type { Version } from '../version/version.ts';
import type { ProductEntry } from './advisory.ts';
import { modelNumbersIn, modelsInVersion } from './model-in-version.ts';

/** What a format says of a product before anything is read into it. */
export interface RawProduct {
  readonly pointer: string;
  readonly vendor: string;
  /** A family above the product; it names the product where the product's place holds a version. */
  readonly family?: string;
  readonly product: string;
  /** The text of its versions; absent where the format gives none. */
  readonly versions?: string;
  readonly range?: Range;
  readonly line?: Version;
  readonly namedRange?: Range;
  /** Other names of the product: from its full name, its model numbers. */
  readonly otherNames?: readonly string[];
  readonly title: string;
  readonly authority: ProductEntry['authority'];
  readonly otherVersions: ProductEntry['otherVersions'];
  readonly matched?: string;
  readonly doubts?: readonly string[];
}

/** Reads vendor, product and versions out of what a format says; what cannot be read is kept as a reason for review. */
export function makeEntry(raw: RawProduct): ProductEntry {
  const doubts = [...(raw.doubts ?? [])];
  const { names, range, numbers } = sorted(raw, doubts);
  const read = names.map((each) => readProductName(each, raw.vendor));
  const forms = distinct([
    ...read.flatMap((each) => each.forms),
    ...(raw.otherNames ?? []).flatMap((each) => readProductName(each, raw.vendor).forms),
  ]);
  const line = raw.line ?? read[0]?.line;
  const vendors = vendorKeys(raw.vendor);
  return {
    pointer: raw.pointer,
    vendor: raw.vendor,
    product: raw.product,
    matched:
      raw.matched ??
      [raw.product, raw.versions]
        .filter((each) => each !== undefined)
        .join(' / ')
        .trim(),
    vendorKeys: [...new Set(vendors.flatMap((each) => [each, groupOf(each)]))],
    forms: numbers === undefined ? forms : forms.map((form) => withNumbers(form, numbers)),
    ...(line === undefined ? {} : { line }),
    range: withClause(range, raw.product),
    ...(raw.namedRange === undefined ? {} : { namedRange: raw.namedRange }),
    authority: raw.authority,
    otherVersions: raw.otherVersions,
    titleWords: new Set(wordsOf(raw.title.replaceAll(/[/()]/g, ' ')).concat(wordsOf(raw.title))),
    doubts,
  };
}

/** What a product's name demands besides, such as `IQ controllers that use the protocol`, no version tells. */
function withClause(range: Range, product: string): Range {
  const clause = / ((?:that|in which) .+)$/i.exec(product)?.[1];
  return clause === undefined || range.kind === 'unread' || range.condition !== undefined
    ? range
    : { ...range, condition: clause };
}

interface Sorted {
  readonly names: readonly string[];
  readonly range: Range;
  readonly numbers?: { readonly from: number; readonly to: number };
}

/** Tells models from versions, whichever stands in the other's place. */
function sorted(raw: RawProduct, doubts: string[]): Sorted {
  const whole =
    raw.range ?? (raw.versions === undefined ? { kind: 'all' as const } : parseRange(raw.versions));
  if (raw.versions === undefined || raw.range !== undefined) return { names: [raw.product], range: whole };
  const numbers = modelNumbersIn(raw.versions);
  if (numbers !== undefined && !/\d/.test(raw.product))
    return { names: [raw.product], range: raw.namedRange ?? { kind: 'all' }, numbers };
  const models = modelsInVersion(raw.versions);
  if (models !== undefined)
    return {
      names: models.flatMap((each) => [each]),
      range: raw.namedRange?.kind === 'spans' ? raw.namedRange : { kind: 'all' },
    };
  if (/^v?\d+(?:\.\d+)+$/i.test(raw.product.trim())) {
    doubts.push(
      'a version stands where the product should, so that the product is known from the title alone',
    );
    const build = /^\s*(<=?|>=?|=)?\s*(.+)$/.exec(raw.versions);
    const versions = `${build?.[1] ?? ''} ${raw.product} build ${build?.[2] ?? ''}`;
    return { names: [raw.family ?? raw.title], range: parseRange(versions) };
  }
  const firmware = /(?:firmware version|firmware) (.+)$/i.exec(raw.versions);
  if (/^[A-Z0-9-]{6,}\b/.test(mendEncoding(raw.versions).trim()) && firmware?.[1] !== undefined)
    return { names: [raw.product], range: parseRange(firmware[1]) };
  return { names: [raw.product], range: whole };
}

/** Model numbers in a range, as the forms of a name: `TVIP` with any number from 20000 to 21150. */
function withNumbers(
  form: ProductForm,
  { from, to }: { readonly from: number; readonly to: number },
): ProductForm {
  const head = squash(form.words.find((each) => /^[a-z]+$/.test(each)) ?? '');
  const alternatives = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const pattern: CodePattern = {
    written: `${form.written} ${from}-${to}`,
    pattern: new RegExp(`^(?:${head})?(?:${alternatives.join('|')})$`),
    head,
  };
  return { ...form, words: [`${head}${from}`], joined: `${head}${from}`, isKind: false, patterns: [pattern] };
}

function distinct(forms: readonly ProductForm[]): readonly ProductForm[] {
  const byKey = new Map(
    forms.map((form) => [`${form.joined}|${form.variant.join(' ')}|${form.edition ?? ''}`, form]),
  );
  return [...byKey.values()];
}
