import { fail, nearestName, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { deviceClasses } from '@holdfast/estate';
import { Document, isMap, isScalar, type Pair, type Scalar } from 'yaml';
import type { ImportFile } from '../observation.ts';
import { nameForm } from '../reconcile/marks-of.ts';
import { readSheets } from '../sheet/read-sheets.ts';
import type { Sheet } from '../sheet/sheet.ts';
import { cellValue, isBlank } from './cell-value.ts';
import { mappingVersion } from './mapping.ts';
import { stepsOf } from './read-mapping.ts';
import { synonyms, wordSynonyms, type Synonym } from './synonyms.ts';

type ProposedKind = keyof typeof synonyms;

/** What each column of a proposal is, with examples of what it knows nothing of. */
interface Proposed {
  readonly header: string;
  readonly synonym: Synonym;
  readonly words: Readonly<Record<string, string>>;
  readonly unread: readonly string[];
}

/**
 * A mapping for a spreadsheet, proposed from its headers and cells, as YAML to be edited: columns that are known by their
 * names in English or German, the others as comments. Whether the rows are devices or doors is what more headers fit, where `kind` does not say.
 */
export async function proposeMapping(
  file: ImportFile,
  kind?: ProposedKind,
): Promise<Result<string, readonly Problem[]>> {
  const sheets = await readSheets(file);
  if (sheets.kind === 'error') return sheets;
  const filled = sheets.value.filter(({ rows }) => rows.length > 1);
  if (filled.length === 0)
    return fail([
      problem('value-invalid', `${file.name} has no rows under a header`, {
        at: { file: file.name, line: 1, column: 1 },
        hint: 'the first row names the columns',
      }),
    ]);
  const tables = filled.map((sheet) => tableOf(sheet, kind));
  const document = new Document({
    holdfastMapping: mappingVersion,
    name: file.name.replace(/^.*\//, '').replace(/\.[a-z]+$/i, ''),
    basis: 'declared',
    tables: tables.map(({ data }) => data),
  });
  document.commentBefore = ` A proposal from the headers of ${file.name.replace(/^.*\//, '')}. Edit it, keep it, and give it with --mapping.\n Columns that are not named here are left alone. A path is a place in the estate language: see docs/importing.md.\n Use 'basis: export' where a system wrote the table and 'declared' where a person did.`;
  comment(
    document,
    tables.map(({ unmapped }) => unmapped),
  );
  return ok(document.toString({ lineWidth: 120 }));
}

function tableOf(
  sheet: Sheet,
  asked: ProposedKind | undefined,
): { readonly data: object; readonly unmapped: readonly string[] } {
  const header = headerOf(sheet);
  const body = sheet.rows.filter(({ line }) => line > (header?.line ?? 0));
  const cells = header?.cells ?? [];
  const kinds: readonly ProposedKind[] = asked ? [asked] : ['device', 'door'];
  const proposals = kinds.map((kind) => ({ kind, columns: propose(kind, cells, body) }));
  const best = proposals.reduce((a, b) => (b.columns.length > a.columns.length ? b : a));
  const taken = new Set(best.columns.map((each) => each.header));
  return {
    data: {
      ...(sheet.name === undefined ? {} : { sheet: sheet.name }),
      rows: best.kind,
      ...(header === undefined || header.line === 1 ? {} : { header: header.line }),
      columns: Object.fromEntries(best.columns.map((each) => [each.header, columnOf(each)])),
    },
    unmapped: [
      ...cells.flatMap((cell, index) =>
        cell === '' || taken.has(cell)
          ? []
          : [` ${cell}: left alone${exampleOf(body.map((row) => row.cells[index] ?? ''))}`],
      ),
      ...best.columns.flatMap(({ header: name, unread }) =>
        unread.length > 0 ? [` ${name}: give 'words' for ${unread.slice(0, 8).join(', ')}`] : [],
      ),
    ],
  };
}

/** The row with the most headers that are known, among the first. */
function headerOf({ rows }: Sheet): Sheet['rows'][number] | undefined {
  const score = (cells: readonly string[]): number =>
    propose('device', cells, []).length + propose('door', cells, []).length;
  return rows
    .slice(0, 20)
    .reduce<Sheet['rows'][number] | undefined>(
      (best, row) => (best === undefined || score(row.cells) > score(best.cells) ? row : best),
      undefined,
    );
}

function propose(kind: ProposedKind, headers: readonly string[], body: Sheet['rows']): readonly Proposed[] {
  const taken = new Set<Synonym>();
  const found = new Map<number, Synonym>();
  for (const matches of [exactly, nearly]) {
    for (const [index, header] of headers.entries()) {
      if (header === '' || found.has(index)) continue;
      const synonym = synonyms[kind].find((each) => !taken.has(each) && matches(header, each));
      if (!synonym) continue;
      taken.add(synonym);
      found.set(index, synonym);
    }
  }
  return [...found.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([index, synonym]) =>
      proposed(
        kind,
        headers[index] ?? '',
        synonym,
        body.map((row) => row.cells[index] ?? ''),
      ),
    );
}

const exactly = (header: string, { headers }: Synonym): boolean =>
  headers.some((each) => nameForm(each) === nameForm(header));

function nearly(header: string, { headers }: Synonym): boolean {
  const form = nameForm(header);
  return (
    form.length > 4 &&
    nearestName(
      form,
      headers.map(nameForm).filter((each) => each.length > 4),
    ) !== undefined
  );
}

function proposed(kind: ProposedKind, header: string, synonym: Synonym, cells: readonly string[]): Proposed {
  const words: Record<string, string> = {};
  const unread = new Set<string>();
  for (const cell of new Set(cells.slice(0, 5000).map((each) => each.trim()))) {
    if (
      isBlank(cell) ||
      cell.startsWith('#') ||
      synonym.ref ||
      (synonym.path === undefined && synonym.class !== true)
    )
      continue;
    const known = readable(kind, synonym, cell);
    const word = known ? undefined : wordSynonyms[synonym.path ?? '']?.[cell.toLowerCase()];
    if (word !== undefined) words[cell] = word;
    else if (!known && unread.size < 50) unread.add(cell.slice(0, 40));
  }
  return { header, synonym, words, unread: [...unread] };
}

function readable(kind: ProposedKind, { path, class: isClass }: Synonym, cell: string): boolean {
  if (isClass === true) return deviceClasses.some((each) => nameForm(each) === nameForm(cell));
  return path === undefined || cellValue(kind, stepsOf(path), cell, { path }).kind === 'ok';
}

function columnOf({ synonym, words }: Proposed): string | object {
  const { path, mark, ref, create } = synonym;
  const hasWords = Object.keys(words).length > 0;
  if (path !== undefined && !ref && !hasWords && synonym.class !== true) return path;
  return {
    ...(path === undefined ? {} : { path }),
    ...(mark === undefined ? {} : { mark }),
    ...(synonym.class === true ? { class: true } : {}),
    ...(ref ? { ref: ref.length === 1 ? ref[0] : ref } : {}),
    ...(create ? { create } : {}),
    ...(hasWords ? { words } : {}),
  };
}

function exampleOf(cells: readonly string[]): string {
  const shown = [
    ...new Set(cells.map((each) => each.trim().replaceAll(/\s+/g, ' ')).filter((each) => !isBlank(each))),
  ].slice(0, 3);
  return shown.length === 0 ? '' : `, for example ${shown.map((each) => each.slice(0, 30)).join('; ')}`;
}

/** Writes what was left alone over the columns of each table. */
function comment(document: Document, notes: readonly (readonly string[])[]): void {
  for (const [index, lines] of notes.entries()) {
    const table = document.getIn(['tables', index], true);
    if (lines.length === 0 || !isMap(table)) continue;
    const pair = table.items.find((each: Pair) => isScalar(each.key) && each.key.value === 'columns');
    // The key of a pair that was made from an object is a scalar.
    if (pair) (pair.key as Scalar).commentBefore = lines.join('\n');
  }
}
