import { writeXlsx } from 'hucre/xlsx';

/** A sheet to be written; its first row is its header. */
export interface SheetToWrite {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  /** Columns in letters, in the order of the columns; 18 where not said. */
  readonly widths?: readonly number[];
}

/** An XLSX workbook: every cell is text, the header bold and frozen, long cells wrapped. */
export async function writeWorkbook(sheets: readonly SheetToWrite[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, rows, widths }) => ({
      name,
      columns: (rows[0] ?? []).map((_, index) => ({ width: widths?.[index] ?? 18, style: wrapped })),
      rows: rows.map((row) => [...row]),
      cells: new Map((rows[0] ?? []).map((text, index) => [`0,${index}`, { value: text, style: heading }])),
      freezePane: { rows: 1 },
    })),
  });
}

const wrapped = { alignment: { wrapText: true, vertical: 'top' as const } };
const heading = { ...wrapped, font: { bold: true } };

/** The same as CSV: UTF-8 with a byte order mark, so that spreadsheets read it as such, and lines that end as RFC 4180 has them. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;

/** A spreadsheet calculates what begins with one of these signs; the apostrophe says that it is text. */
function cellOf(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
