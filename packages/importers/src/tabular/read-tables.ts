import { fail, ok, problem, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile, Observation, Scope } from '../observation.ts';
import { readSheets } from '../sheet/read-sheets.ts';
import { cellAddress, cellPosition, type Sheet } from '../sheet/sheet.ts';
import { findTables, type FoundTable } from './find-table.ts';
import type { Mapping } from './mapping.ts';
import { readRow } from './read-row.ts';

/**
 * Reads a spreadsheet by the mapping that fits its headers best; where only one is given, a few of its columns are enough. Cells that cannot be read are told in `problems`, all at
 * once; the other cells of their rows are taken. Rows that begin with `#` are notes.
 */
export async function readTables(
  file: ImportFile,
  mappings: readonly Mapping[],
): Promise<Result<Import, readonly Problem[]>> {
  const sheets = await readSheets(file);
  if (sheets.kind === 'error') return sheets;
  const fitting = mappings
    .map((mapping) => ({ mapping, found: findTables(mapping, sheets.value, mappings.length === 1) }))
    .filter(({ found }) => found.length > 0)
    .toSorted((a, b) => fit(b.found) - fit(a.found));
  const [best] = fitting;
  if (!best) return fail([noMapping(file, sheets.value, mappings)]);
  const observations = new ObservationList();
  for (const found of best.found) readFound(found, observations);
  return ok({
    file: file.name,
    format: sheets.value.some(({ name }) => name !== undefined) ? 'xlsx' : 'csv',
    sha256: sha256(file.bytes),
    tool: best.mapping.name,
    basis: best.mapping.basis ?? 'declared',
    observations: observations.all,
    scopes: best.found.flatMap(scopeOf),
    problems: [...sheets.value.flatMap(({ notes }) => notes ?? []), ...observations.problems],
  });
}

/** Mapped columns count for a mapping, columns of the sheet that it does not know against it. */
const fit = (found: readonly FoundTable[]): number =>
  found.reduce(
    (sum, { columns, unused, absent }) => sum + columns.length * 10 - unused.length - absent.length,
    0,
  );

function readFound(found: FoundTable, into: ObservationList): void {
  const { table, sheet, header } = found;
  const seen = new Map<string, number>();
  for (const row of sheet.rows) {
    const isNote = row.cells.find((cell) => cell !== '')?.startsWith('#') === true;
    if (row.line <= header.line || isNote || !meets(found, row.cells)) continue;
    const { observation, created, problems } = readRow(found, row);
    into.problems.push(...problems);
    for (const each of created) into.addCreated(each);
    if (!observation) continue;
    const earlier = seen.get(observation.id);
    if (earlier === undefined) into.add(observation);
    else
      into.problems.push(
        problem(
          'id-duplicate',
          `${cellAddress(sheet, row.line, observation.at.column - 1)}: the same ${table.rows} stands in row ${earlier} already`,
          {
            at: cellPosition(sheet, row.line, observation.at.column - 1),
            hint: 'this row is left out; name them apart, or remove one',
          },
        ),
      );
    seen.set(observation.id, earlier ?? row.line);
  }
}

function meets({ table, header }: FoundTable, cells: readonly string[]): boolean {
  return Object.entries(table.where ?? {}).every(([name, allowed]) => {
    const index = header.cells.findIndex((cell) => cell.toLowerCase() === name.toLowerCase());
    const cell = cells[index]?.toLowerCase();
    return index < 0 || allowed.some((each) => each.toLowerCase() === cell);
  });
}

function scopeOf({ table }: FoundTable): readonly Scope[] {
  if (table.complete !== true) return [];
  return [
    { kind: table.rows, isAssumed: true, ...(table.class === undefined ? {} : { classes: [table.class] }) },
  ];
}

/** Observations by their id: two tables may say things of one, and what is only named gives way to what has a row. */
class ObservationList {
  readonly problems: Problem[] = [];
  readonly #rows = new Map<string, Observation>();
  readonly #created = new Map<string, Observation>();

  add(observation: Observation): void {
    const key = `${observation.kind} ${observation.id}`;
    const earlier = this.#rows.get(key);
    this.#rows.set(
      key,
      earlier
        ? {
            ...earlier,
            marks: { ...observation.marks, ...earlier.marks },
            says: [...earlier.says, ...observation.says],
          }
        : observation,
    );
  }

  addCreated(observation: Observation): void {
    const key = `${observation.kind} ${observation.id}`;
    if (!this.#created.has(key)) this.#created.set(key, observation);
  }

  get all(): readonly Observation[] {
    const created = [...this.#created].flatMap(([key, each]) => (this.#rows.has(key) ? [] : [each]));
    return [...this.#rows.values(), ...created];
  }
}

function noMapping(file: ImportFile, sheets: readonly Sheet[], mappings: readonly Mapping[]): Problem {
  const headers = sheets[0]?.rows[0]?.cells.filter((cell) => cell !== '').slice(0, 8) ?? [];
  const names = mappings.map(({ name }) => name).join(', ');
  return problem(
    'value-invalid',
    headers.length === 0
      ? `${file.name} has no rows`
      : `no mapping fits the headers of ${file.name}: ${headers.join(', ').slice(0, 200)}`,
    {
      at: { file: file.name, line: sheets[0]?.rows[0]?.line ?? 1, column: 1 },
      hint: `\`holdfast import map ${file.name}\` proposes one; tried: ${names}`,
    },
  );
}
