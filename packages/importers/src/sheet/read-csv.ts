import { decodeText } from '@holdfast/estate';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { CsvError, parse } from 'csv-parse/sync';
import type { ImportFile } from '../observation.ts';
import { windows1252Of } from '../reading/windows-1252.ts';
import { sheetLimits } from './limits.ts';
import type { Sheet, SheetRow } from './sheet.ts';

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a text table. UTF-8, or UTF-16 where its byte order mark says so, or Windows-1252 where it can be nothing else, which
 * a note tells; the separator is the one of comma, semicolon
 * and tab that stands most often in the first line.
 */
export function readCsv(file: ImportFile): Result<Sheet, readonly Problem[]> {
  const at = { file: file.name, line: 1, column: 1 };
  if (file.bytes.length > sheetLimits.textBytes)
    return fail([
      problem(
        'file-too-large',
        `${file.name} has ${Math.ceil(file.bytes.length / 2 ** 20)} MiB, the limit is 64`,
        {
          at,
          hint: 'split it, or keep only the columns that are needed',
        },
      ),
    ]);
  const text = textOf(file);
  if (text.kind === 'error') return fail([text.error]);
  try {
    // The parser counts a line end of two characters inside a cell as two lines.
    const rows = parse(text.value.text.replaceAll(/\r\n?/g, '\n'), {
      delimiter: separatorOf(text.value.text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
      // The options above decide the form of a record; the types of the library do not follow them.
    }) as unknown as readonly Parsed[];
    const sheet = limited(file.name, rows);
    return sheet.kind === 'error' || !text.value.note
      ? sheet
      : ok({ ...sheet.value, notes: [text.value.note] });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail([csvProblem(file.name, error)]);
  }
}

function limited(name: string, parsed: readonly Parsed[]): Result<Sheet, readonly Problem[]> {
  const rows: SheetRow[] = [];
  for (const { record, info } of parsed) {
    const line = info.lines - newlines(record);
    if (rows.length >= sheetLimits.rows || record.length > sheetLimits.columns)
      return fail([tooMany(name, line)]);
    if (record.some((cell) => cell.trim() !== '')) rows.push({ line, cells: record.map(cleaned) });
  }
  return ok({ file: name, rows });
}

/** The line that a record begins on: the parser tells the one that it ends on. */
const newlines = (record: readonly string[]): number =>
  record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);

/** An apostrophe before a sign that a spreadsheet would calculate is the mark of text, not part of it. */
const cleaned = (cell: string): string => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell).trim();

const tooMany = (file: string, line: number): Problem =>
  problem('file-too-large', `${file} has more than 200,000 rows or 256 columns`, {
    at: { file, line, column: 1 },
    hint: 'split it, or keep only what is needed',
  });

function csvProblem(file: string, error: CsvError): Problem {
  const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
  const isQuote = /QUOTE/.test(error.code);
  return problem(
    'value-invalid',
    isQuote
      ? 'a quotation mark does not close, or stands in the middle of a cell'
      : 'the table cannot be read here',
    {
      at: { file, line: Math.max(1, line), column: 1 },
      hint: isQuote
        ? 'a cell with quotation marks stands in quotation marks, and each inside it is written twice'
        : error.message.slice(0, 200),
    },
  );
}

interface Decoded {
  readonly text: string;
  readonly note?: Problem;
}

function textOf(file: ImportFile): Result<Decoded, Problem> {
  const [a, b] = file.bytes;
  const utf16 = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
  if (utf16 !== undefined) return ok({ text: new TextDecoder(utf16).decode(file.bytes) });
  const decoded = decodeText(file.name, file.bytes);
  if (decoded.kind === 'ok') return ok({ text: decoded.value.text.replace(/^\uFEFF/, '') });
  const western = windows1252Of(file.bytes);
  const hint = 'save it from the spreadsheet as "CSV UTF-8", or as .xlsx';
  if (western === undefined) return fail({ ...decoded.error, hint });
  return ok({
    text: western,
    note: problem('import-partial', `${file.name} is not UTF-8: it is read as Windows-1252`, {
      at: decoded.error.at,
      hint: `look at the letters with accents; where they are wrong, ${hint}`,
    }),
  });
}

function separatorOf(text: string): string {
  const line = /^[^\r\n]*/.exec(text.trimStart())?.[0].replaceAll(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((each) => ({ each, count: line.split(each).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).each;
}
