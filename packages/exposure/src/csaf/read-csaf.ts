import type { SourceFile } from '@holdfast/estate';
import { fail, ok, problem, type Problem, type ProblemCode, type Result } from '@holdfast/kernel';
import type { Advisory, ProductEntry, Vulnerability } from '../advisory/advisory.ts';
import { readProductName } from '../identity/product-name.ts';
import { checkTitle, type TitleCheck } from '../advisory/check-title.ts';
import { mendEncoding } from '../text/fold.ts';
import { listOf, textOf, under } from '../text/json.ts';
import { locate } from '../text/locate.ts';
import { treeProducts, type TreeProduct } from './branches.ts';
import { entryOf, relationshipEntries } from './csaf-entries.ts';
import { readVulnerabilities } from './csaf-vulnerabilities.ts';

/** An advisory as it was read, with what is wrong in it: then no verdict of it clears a device. */
export interface ReadAdvisory {
  readonly advisory: Advisory;
  readonly problems: readonly Problem[];
}

/** Whether a JSON document says that it is CSAF. */
export const looksLikeCsaf = (value: unknown): boolean =>
  under(value, 'document', 'csaf_version') !== undefined ||
  under(value, 'document', 'tracking') !== undefined;

/**
 * Reads a CSAF 2.0 document: its products, each with its versions or the reason why a person has to look, and what it says of
 * each for each vulnerability. `file` is the text that `value` was parsed from, for the places of problems.
 * Fails with `version-unsupported` and `key-missing` where there is nothing to read.
 * @see https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html
 */
export function readCsaf(file: SourceFile, value: unknown): Result<ReadAdvisory, readonly Problem[]> {
  const problems: Problem[] = [];
  const say = (code: ProblemCode, pointer: string, message: string, hint: string): void => {
    problems.push(problem(code, message, { at: locate(file, pointer), hint }));
  };
  const version = textOf(under(value, 'document', 'csaf_version'));
  const id = textOf(under(value, 'document', 'tracking', 'id'))?.trim();
  if (version !== '2.0')
    say(
      'version-unsupported',
      '/document/csaf_version',
      `this is CSAF ${version ?? 'without a version'}`,
      'CSAF 2.0 is read',
    );
  if (id === undefined || id === '')
    say(
      'key-missing',
      '/document/tracking',
      'the advisory has no tracking id',
      'ask its publisher for a valid document',
    );
  if (problems.length > 0 || id === undefined) return fail(problems);
  const title = mendEncoding(textOf(under(value, 'document', 'title')) ?? id);
  const { ids, entries: listed } = readEntries(value, title, say);
  const check = checkTitle(title, listed);
  const entries = check.entry === undefined ? listed : [...underTitle(listed, check), check.entry];
  const read = readVulnerabilities(value, ids, entries, say);
  const vulnerabilities =
    check.entry === undefined ? read : read.map((each) => withTitle(each, listed.length));
  if (vulnerabilities.length === 0 || listed.length === 0)
    say(
      'key-missing',
      '',
      `${id} lists no ${listed.length === 0 ? 'products' : 'vulnerabilities'}`,
      'nothing can be matched with it',
    );
  const doubts = [...check.doubts, ...(problems.length > 0 ? ['the document is not valid CSAF'] : [])];
  return ok({
    advisory: { kind: 'csaf', id, file: file.name, title, entries, vulnerabilities, doubts },
    problems,
  });
}

/** A title that names the family of its products, such as EntraPass, may stand before each of their names. */
function underTitle(
  entries: readonly ProductEntry[],
  { doubts, entry: title }: TitleCheck,
): readonly ProductEntry[] {
  if (doubts.length > 0 || title === undefined) return entries;
  return entries.map((each) => ({
    ...each,
    forms: [...each.forms, ...readProductName(`${title.product} ${each.product}`, each.vendor).forms],
  }));
}

/** The product of the title is under every vulnerability until somebody has looked. */
const withTitle = (vulnerability: Vulnerability, index: number): Vulnerability => ({
  ...vulnerability,
  statuses: new Map([...vulnerability.statuses, [index, ['investigating']]]),
});

type Say = (code: ProblemCode, pointer: string, message: string, hint: string) => void;

/** The entries in the order of the tree, and the entry of each product id. Parts of relationships are no entries of their own. */
function readEntries(
  value: unknown,
  title: string,
  say: Say,
): { readonly ids: ReadonlyMap<string, number>; readonly entries: readonly ProductEntry[] } {
  const { products, faults } = treeProducts(under(value, 'product_tree'));
  for (const { pointer, message } of faults)
    say('value-invalid', pointer, message, 'the product tree is not valid CSAF');
  const known = new Map<string, TreeProduct>(products.map((each) => [each.id, each]));
  const relations = relationshipEntries(under(value, 'product_tree', 'relationships'), known, title);
  for (const pointer of relations.unknown)
    say(
      'reference-unknown',
      pointer,
      'a relationship names a product that is not in the tree',
      'CSAF 2.0, 6.1.1',
    );
  const ids = new Map<string, number>();
  const entries: ProductEntry[] = [];
  const add = (id: string, entry: ProductEntry): void => {
    if (ids.has(id))
      say('id-duplicate', entry.pointer, `the product id ${id} stands twice`, 'CSAF 2.0, 6.1.2');
    ids.set(id, entries.length);
    entries.push(entry);
  };
  const named = namedIn(value);
  for (const each of products)
    if (!relations.parts.has(each.id) || named.has(each.id)) add(each.id, entryOf(each, title));
  for (const [id, entry] of relations.entries) add(id, entry);
  return { ids, entries };
}

/** The product ids that some vulnerability gives a status. */
function namedIn(value: unknown): ReadonlySet<string> {
  const statuses = listOf(under(value, 'vulnerabilities')).map((each) => under(each, 'product_status'));
  return new Set(
    statuses.flatMap((each) =>
      typeof each === 'object' && each !== null
        ? Object.values(each).flatMap((ids) => listOf(ids).map(String))
        : [],
    ),
  );
}
