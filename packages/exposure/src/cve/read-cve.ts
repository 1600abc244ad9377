import type { SourceFile } from '@holdfast/estate';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import type { Fix, ProductEntry, Status } from '../advisory/advisory.ts';
import { mineFixes, minePriorTo } from '../advisory/mine-fixes.ts';
import { fixesFor } from '../advisory/fixes-for.ts';
import type { ReadAdvisory } from '../csaf/read-csaf.ts';
import { listOf, textOf, under } from '../text/json.ts';
import { locate } from '../text/locate.ts';
import { affectedEntries, type Container, type CveEntry } from './cve-entries.ts';

/** Whether a JSON document says that it is a CVE record. */
export const looksLikeCve = (value: unknown): boolean =>
  under(value, 'dataType') === 'CVE_RECORD' || under(value, 'cveMetadata', 'cveId') !== undefined;

/**
 * Reads a CVE record of version 5: the products of its CNA container, and those that other containers (CISA's ADP) add.
 * A rejected record reads as an advisory without products. Fails with `version-unsupported` and `key-missing`.
 * @see https://github.com/CVEProject/cve-schema
 */
export function readCve(file: SourceFile, value: unknown): Result<ReadAdvisory, readonly Problem[]> {
  const id = textOf(under(value, 'cveMetadata', 'cveId'))?.trim();
  const version = textOf(under(value, 'dataVersion'));
  if (id === undefined || !/^CVE-\d{4}-\d{4,}$/.test(id))
    return fail([missing(file, '/cveMetadata', 'the record has no CVE id')]);
  if (version !== undefined && !version.startsWith('5.'))
    return fail([
      problem('version-unsupported', `this is a CVE record of version ${version}`, {
        at: locate(file, '/dataVersion'),
        hint: 'records of version 5 are read',
      }),
    ]);
  if (textOf(under(value, 'cveMetadata', 'state')) === 'REJECTED')
    return ok({
      advisory: {
        kind: 'cve',
        id,
        file: file.name,
        title: `${id} (rejected)`,
        entries: [],
        vulnerabilities: [],
        doubts: [],
      },
      problems: [],
    });
  const cna = under(value, 'containers', 'cna');
  if (cna === undefined) return fail([missing(file, '/containers', 'the record has no CNA container')]);
  return ok({ advisory: advisoryOf(file, value, id, cna), problems: [] });
}

function advisoryOf(file: SourceFile, value: unknown, id: string, cna: unknown): ReadAdvisory['advisory'] {
  const prose = englishOf(cna, 'descriptions');
  const title = textOf(under(cna, 'title')) ?? prose.slice(0, 120);
  const shared = { title, prose, assigner: textOf(under(value, 'cveMetadata', 'assignerShortName')) ?? '' };
  const read = entriesOf(cna, { ...shared, pointer: '/containers/cna', authority: 'publisher' });
  for (const [index, each] of listOf(under(value, 'containers', 'adp')).entries())
    read.push(
      ...entriesOf(each, { ...shared, pointer: `/containers/adp/${index}`, authority: 'enrichment' }),
    );
  const entries = read.map((each) => each.entry);
  const score = scoreOf(value);
  const vulnerability = {
    cve: id,
    statuses: new Map<number, readonly Status[]>(read.map(({ status }, index) => [index, [status]])),
    fixes: fixesOf(cna, prose, id, read, entries),
    ...(score === undefined ? {} : { score }),
  };
  return { kind: 'cve', id, file: file.name, title, entries, vulnerabilities: [vulnerability], doubts: [] };
}

/** The entries of a container; one that names neither vendor nor product only repeats the description. */
function entriesOf(container: unknown, shared: Container): CveEntry[] {
  return listOf(under(container, 'affected'))
    .flatMap((each, index) => affectedEntries(each, index, shared))
    .filter(({ entry }) => shared.authority === 'publisher' || entry.product !== '');
}

function fixesOf(
  cna: unknown,
  prose: string,
  id: string,
  read: readonly CveEntry[],
  entries: readonly ProductEntry[],
): readonly Fix[] {
  const all = entries.map((_, index) => index);
  const solutions = englishOf(cna, 'solutions');
  return [
    ...read.flatMap(({ mended }, index) =>
      mended.map((version) => ({
        version,
        sentence: `from ${version.written} on the record calls it unaffected`,
        entries: new Set([index]),
      })),
    ),
    ...fixesFor(solutions, id, all, entries),
    ...(mineFixes(prose).length > 0 ? fixesFor(prose, id, all, entries) : []),
    ...minePriorTo(prose).map(({ version, sentence }) => ({ version, sentence, entries: new Set(all) })),
  ];
}

function englishOf(container: unknown, key: string): string {
  const texts = listOf(under(container, key)).filter((each) =>
    (textOf(under(each, 'lang')) ?? 'en').startsWith('en'),
  );
  return texts.map((each) => (textOf(under(each, 'value')) ?? '').replaceAll('\u00a0', ' ')).join('\n');
}

function scoreOf(value: unknown): number | undefined {
  const containers = [under(value, 'containers', 'cna'), ...listOf(under(value, 'containers', 'adp'))];
  const scores = containers
    .flatMap((each) => listOf(under(each, 'metrics')))
    .flatMap((each) => ['cvssV4_0', 'cvssV3_1', 'cvssV3_0'].map((key) => under(each, key, 'baseScore')))
    .filter((each) => typeof each === 'number');
  return scores.length === 0 ? undefined : Math.max(...scores);
}

const missing = (file: SourceFile, pointer: string, message: string): Problem =>
  problem('key-missing', message, {
    at: locate(file, pointer),
    hint: 'a CVE record of version 5 is expected',
  });
