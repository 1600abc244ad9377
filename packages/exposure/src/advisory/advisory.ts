import type { ProductForm } from '../identity/product-name.ts';
import type { Range } from '../range/range.ts';
import type { Version } from '../version/version.ts';

/** What an advisory says of a product and a vulnerability. */
export type Status = 'affected' | 'fixed' | 'not_affected' | 'investigating';

/** One product of an advisory, with the versions that it speaks of. */
export interface ProductEntry {
  /** Where it stands in the file, as a JSON pointer (RFC 6901). */
  readonly pointer: string;
  readonly vendor: string;
  readonly product: string;
  /** The branch and the range as written. */
  readonly matched: string;
  /** Keys of its vendor and of the companies that share products with it. */
  readonly vendorKeys: readonly string[];
  readonly forms: readonly ProductForm[];
  /** The version line that the product's name confines it to. */
  readonly line?: Version;
  readonly range: Range;
  /** What the product's full name says, where it says otherwise than the branch. */
  readonly namedRange?: Range;
  /** `publisher` is who issued the advisory; `enrichment` who added to it, such as CISA's container of a CVE record; `title` is a product that the title names and the tree does not list. */
  readonly authority: 'publisher' | 'enrichment' | 'title';
  /** What holds of versions that the entry does not name. */
  readonly otherVersions: 'unaffected' | 'unsaid' | 'affected';
  /** The words of the advisory's title, which a device's name may bear besides. */
  readonly titleWords: ReadonlySet<string>;
  /** Why this entry alone must not clear a device. */
  readonly doubts: readonly string[];
}

/** A version that mends a vulnerability, and the sentence that says so. */
export interface Fix {
  readonly version: Version;
  readonly sentence: string;
  /** The entries that it is for. */
  readonly entries: ReadonlySet<number>;
}

/** One vulnerability of an advisory: what it says of each entry. */
export interface Vulnerability {
  /** The CVE id; where there is none, whatever the advisory calls it, or null. */
  readonly cve: string | null;
  readonly statuses: ReadonlyMap<number, readonly Status[]>;
  readonly fixes: readonly Fix[];
  /** Base score and severity, where the advisory gives one. */
  readonly score?: number;
}

/** An advisory, whatever format it came in. */
export interface Advisory {
  readonly kind: 'csaf' | 'cve';
  /** The tracking id, or the CVE id. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly entries: readonly ProductEntry[];
  readonly vulnerabilities: readonly Vulnerability[];
  /** Why no verdict of this advisory may clear a device. */
  readonly doubts: readonly string[];
}

/** Why a person has to read an entry; undefined where the product and its versions were read. */
export function reviewOf(entry: ProductEntry): string | undefined {
  if (entry.forms.length === 0 || entry.vendorKeys.length === 0)
    return 'it names no product that can be told';
  if (entry.range.kind === 'unread') return entry.range.reason;
  if (entry.range.kind === 'spans' && entry.range.isCutOff === true) return 'its list of versions breaks off';
  return entry.doubts[0];
}
