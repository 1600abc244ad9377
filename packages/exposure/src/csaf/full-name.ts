import { parseRange } from '../range/parse-range.ts';
import type { Range } from '../range/range.ts';
import { foldText, mendEncoding } from '../text/fold.ts';

/** Where the versions begin in a product's full name. */
const versionsStart =
  /(?:\s-\s(?=.*\d)|[:,]?\s)\(?(?:all\s+)?(?:supported\s+)?(?:firmware\s+|software\s+|release\s+)?(?:versions?|releases?|revisions?|prior to|v\d|version:|firmware|\d+(?:\.\d+)+|\*$)/i;

/** A full product name, parted into what names the product and what names its versions. */
export interface FullName {
  /** Segments that name the product: `TopControl Suite` and `Blue ID`. */
  readonly products: readonly string[];
  readonly range?: Range;
}

/** Parts a full product name such as `Thermal Management Center: all versions prior to 4.13`. */
export function readFullName(written: string): FullName {
  const name = mendEncoding(written).trim();
  const segments = name.split(/:\s+|\s+-\s+/);
  const last = segments.at(-1) ?? '';
  const found = versionsStart.exec(` ${last}`);
  const start = found === null ? last.length : Math.max(0, found.index - 1);
  const head = last.slice(0, start).trim();
  const products = [...segments.slice(0, -1), head].map((each) => each.trim()).filter((each) => each !== '');
  const tail = last
    .slice(start)
    .replace(/^[\s:(]+|[.;)]+$/g, '')
    .trim();
  const range = tail === '' ? undefined : readTail(tail);
  return { products: products.length === 0 ? [name] : products, ...(range === undefined ? {} : { range }) };
}

/** The versions of a name; of a sentence that cannot be read whole, nothing. */
function readTail(tail: string): Range | undefined {
  const text = foldText(tail)
    .replace(
      /^(?:all )?(?:supported )?(?:firmware |software )?(?:versions?|releases?|revisions?|release)\b:? ?/,
      '',
    )
    .replace(/^(?:the following )?versions? /, '');
  if (text === '' || text.length > 120) return undefined;
  const range = parseRange(text);
  return range.kind === 'unread' ? undefined : range;
}
