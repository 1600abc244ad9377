import type { ProductEntry } from '../advisory/advisory.ts';
import { makeEntry } from '../advisory/make-entry.ts';
import { modelsInVersion } from '../advisory/model-in-version.ts';
import { parseRange } from '../range/parse-range.ts';
import type { Range } from '../range/range.ts';
import { listOf, objectOf, textOf } from '../text/json.ts';
import { membersOf } from '../text/clean-list.ts';
import { mendEncoding, squash } from '../text/fold.ts';
import type { TreeProduct } from './branches.ts';
import { readFullName } from './full-name.ts';

const versionCategories = new Set([
  'product_version',
  'product_version_range',
  'service_pack',
  'patch_level',
]);

/** What a product's branches say, by category. */
interface Said {
  readonly vendor: string;
  readonly family?: string;
  readonly product: string;
  readonly versions?: string;
}

function said({ branches, name }: TreeProduct): Said {
  const of = (category: string): string | undefined =>
    branches.findLast((each) => each.category === category)?.name;
  const versions = branches.filter((each) => versionCategories.has(each.category)).map((each) => each.name);
  const others = branches.filter((each) => ['architecture', 'specification'].includes(each.category));
  const family = of('product_family');
  const product =
    of('product_name') ?? of('legacy') ?? family ?? (readFullName(name).products.at(-1) || name);
  return {
    vendor: of('vendor') ?? '',
    ...(family === undefined ? {} : { family }),
    product: [product, ...others.map((each) => each.name)].join(' '),
    ...(versions.length === 0 ? {} : { versions: versions.join(' ') }),
  };
}

/** One entry for a product of the tree. */
export function entryOf(product: TreeProduct, title: string): ProductEntry {
  const { vendor, family, product: name, versions } = said(product);
  const full = readFullName(product.name);
  const doubts: string[] = [];
  const models = versions === undefined ? undefined : modelsInVersion(versions);
  const otherNames = [
    ...product.modelNumbers,
    ...(models === undefined ? lostLetters(name, full.products, doubts) : []),
  ];
  return makeEntry({
    pointer: product.pointer,
    vendor,
    ...(family === undefined ? {} : { family }),
    product: memberNamed(name, full.products) ?? name,
    ...(versions === undefined && full.range === undefined ? {} : { versions: versions ?? '' }),
    ...(versions === undefined && full.range !== undefined ? { range: full.range } : {}),
    ...namedRangeOf(versions, full.range),
    otherNames,
    title,
    authority: 'publisher',
    otherVersions: 'unsaid',
    matched: mendEncoding([name, versions].filter((each) => each !== undefined).join(' / ')).trim(),
    doubts,
  });
}

/** Of a branch that lists several products, the one that the product's full name is about. */
function memberNamed(branch: string, names: readonly string[]): string | undefined {
  const members = membersOf(branch);
  return members.length > 1 ? members.find((each) => names.includes(each)) : undefined;
}

/**
 * What the full name adds to a branch of exact versions: a bound that it leaves open, zeros that got lost (2.7 is 2.70),
 * or the two ends of a range that the branch gives as a list.
 */
function namedRangeOf(
  versions: string | undefined,
  named: Range | undefined,
): { readonly namedRange?: Range } {
  if (versions === undefined || named?.kind !== 'spans') return {};
  const branch = parseRange(versions);
  if (branch.kind !== 'spans') return modelsInVersion(versions) === undefined ? {} : { namedRange: named };
  if (named.isVague === true) return { namedRange: named };
  if (!branch.spans.every((each) => each.kind === 'exact')) return {};
  const written = branch.spans.map(({ version }) => Number(version.written.replace(/^v/i, '')));
  const isSameDecimal = named.spans.every(
    (each) =>
      each.kind === 'exact' &&
      written.some((number) => number === Number(each.version.written.replace(/^v/i, ''))),
  );
  const isInterval = named.spans.length === 1 && named.spans[0]?.kind === 'interval';
  return isSameDecimal || isInterval ? { namedRange: named } : {};
}

/**
 * Model numbers of the full name that the branch spells otherwise: `CC-HD5600P` in the branch is `VCC-HD5600P`.
 * A number that is another one altogether makes the entry doubtful.
 */
function lostLetters(branch: string, names: readonly string[], doubts: string[]): readonly string[] {
  const code = /^[A-Z]{1,5}-[A-Z0-9]*\d[A-Z0-9]*$/;
  if (!code.test(branch)) return [];
  const others = names.filter((each) => code.test(each) && squash(each) !== squash(branch));
  const [other] = others;
  if (other === undefined) return [];
  if (!squash(other).endsWith(squash(branch)))
    doubts.push(`the branch names ${branch}, the product's name ${other}`);
  return others;
}

/** Products that stand on others: firmware on hardware, an application on a system. CSAF 2.0, section 3.2.2.4. */
export function relationshipEntries(
  relationships: unknown,
  products: ReadonlyMap<string, TreeProduct>,
  title: string,
): {
  readonly entries: readonly (readonly [string, ProductEntry])[];
  readonly parts: ReadonlySet<string>;
  readonly unknown: readonly string[];
} {
  const entries: [string, ProductEntry][] = [];
  const parts = new Set<string>();
  const unknown: string[] = [];
  for (const [index, each] of listOf(relationships).entries()) {
    const pointer = `/product_tree/relationships/${index}`;
    const relation = objectOf(each);
    const full = objectOf(relation?.['full_product_name']);
    const id = textOf(full?.['product_id']);
    const [component, base] = [
      products.get(textOf(relation?.['product_reference']) ?? ''),
      products.get(textOf(relation?.['relates_to_product_reference']) ?? ''),
    ];
    if (id === undefined || component === undefined || base === undefined) {
      unknown.push(pointer);
      continue;
    }
    parts.add(component.id);
    parts.add(base.id);
    entries.push([id, joined(pointer, component, base, title)]);
  }
  return { entries, parts, unknown };
}

/** Firmware on hardware of one vendor is that hardware with that version; anything else is the component. */
function joined(pointer: string, component: TreeProduct, base: TreeProduct, title: string): ProductEntry {
  const [upper, lower] = [said(component), said(base)];
  const isFirmware = /firmware|\bos\b/i.test(upper.product) && upper.vendor === lower.vendor;
  const hardware = lower.versions === undefined ? [lower.product] : [];
  return makeEntry({
    pointer,
    vendor: isFirmware ? lower.vendor : upper.vendor,
    product: isFirmware ? (hardware[0] ?? `${lower.product} ${lower.versions ?? ''}`) : upper.product,
    ...(upper.versions === undefined ? {} : { versions: upper.versions }),
    title,
    authority: 'publisher',
    otherVersions: 'unsaid',
    matched: mendEncoding(`${upper.product} / ${upper.versions ?? ''} on ${lower.product}`),
  });
}
