import { ok, type Result, type Problem, problem, fail } from '@holdfast/kernel';
import { writeCsv, writeWorkbook } from '../sheet/write-sheets.ts';
import type { Mapping } from './mapping.ts';
import { spellingsOf } from './read-mapping.ts';

/** The spreadsheets that people fill in. */
export const templates = ['devices', 'doors', 'wiring'] as const;
export type TemplateName = (typeof templates)[number];

/** An empty spreadsheet by a mapping: headers, a row of notes and an example, both of which are read past. */
export async function writeTemplate(
  mapping: Mapping,
  format: 'csv' | 'xlsx',
): Promise<Result<Uint8Array, readonly Problem[]>> {
  const [table] = mapping.tables;
  if (!table) return fail([problem('value-invalid', `the mapping ${mapping.name} has no table`)]);
  const columns = Object.entries(table.columns).map(([header, column]) => ({
    header: spellingsOf(header)[0] ?? header,
    about: column.about ?? '',
    example: column.example ?? '',
  }));
  const asNote = (cells: readonly string[]): readonly string[] =>
    cells.map((cell, index) => (index === 0 ? `# ${cell}` : cell));
  const rows = [
    columns.map(({ header }) => header),
    asNote(columns.map(({ about }) => about)),
    asNote(columns.map(({ example }, index) => (index === 0 ? `Example: ${example}` : example))),
  ];
  if (format === 'csv') return ok(new TextEncoder().encode(writeCsv(rows)));
  const notes = [
    ['Column', 'What to write', 'Example'],
    ...columns.map(({ header, about, example }) => [header, about, example]),
    ['', 'Rows that begin with # are notes and are not read. Leave a cell empty where nobody knows.', ''],
  ];
  return ok(
    await writeWorkbook([
      { name: table.sheet ?? 'Sheet', rows, widths: columns.map(() => 22) },
      { name: 'Notes', rows: notes, widths: [24, 90, 28] },
    ]),
  );
}
