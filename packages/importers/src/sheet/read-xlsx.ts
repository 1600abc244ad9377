import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { readXlsx as readWorkbook } from 'hucre/xlsx';
import type { ImportFile } from '../observation.ts';
import { sheetLimits } from './limits.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { repack } from './unpack.ts';

/** Reads the visible sheets of an XLSX workbook, and notes those that are hidden: values as they were last calculated, dates as `2026-11-22`. */
export async function readXlsx(file: ImportFile): Promise<Result<readonly Sheet[], readonly Problem[]>> {
  const packed = repack(file);
  if (packed.kind === 'error') return fail([packed.error]);
  const at = { file: file.name, line: 1, column: 1 };
  const hidden: string[] = [];
  try {
    const book = await readWorkbook(packed.value, {
      maxRows: sheetLimits.rows + 1,
      sheets: (info) => {
        const isHidden = info.hidden === true || info.veryHidden === true;
        if (isHidden) hidden.push(info.name);
        return !isHidden;
      },
    });
    const sheets: Sheet[] = [];
    for (const { name, rows } of book.sheets) {
      const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
      if (rows.length > sheetLimits.rows || width > sheetLimits.columns)
        return fail([
          problem(
            'file-too-large',
            `the sheet ${name.slice(0, 40)} has more than 200,000 rows or 256 columns`,
            {
              at: { ...at, file: `${file.name}!${name}` },
              hint: 'split it, or keep only what is needed; empty rows and columns with a format count too',
            },
          ),
        ]);
      sheets.push({ name, file: file.name, rows: rows.flatMap(rowOf) });
    }
    const [first, ...others] = sheets;
    if (!first || hidden.length === 0) return ok(sheets);
    return ok([
      { ...first, notes: [...new Set(hidden)].map((name) => hiddenSheet(file.name, name)) },
      ...others,
    ]);
  } catch (error) {
    // The library throws whatever its parser meets in a damaged part.
    return fail([
      problem('file-unreadable', `${file.name} cannot be read as a workbook`, {
        at,
        hint: error instanceof Error ? error.message.slice(0, 200) : 'open it, and save it again as .xlsx',
      }),
    ]);
  }
}

const hiddenSheet = (file: string, name: string): Problem =>
  problem('import-partial', `the sheet ${name.slice(0, 40)} is hidden and is not read`, {
    at: { file: `${file}!${name}`, line: 1, column: 1 },
    hint: 'show it in the spreadsheet where it belongs to what is to be imported',
  });

function rowOf(cells: readonly unknown[], index: number): readonly SheetRow[] {
  const texts = cells.map(textOf);
  return texts.some((text) => text !== '') ? [{ line: index + 1, cells: texts }] : [];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? dateText(value) : '';
}

/** A day, a day with its time, or the time alone where the day is the one that spreadsheets count from. */
function dateText(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T');
  const clock = time.slice(0, 5);
  if (date.getUTCFullYear() < 1905) return clock;
  return clock === '00:00' ? day : `${day}T${clock}`;
}
