import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import type { ImportFile } from '../observation.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { Sheet } from './sheet.ts';

/** Whether the bytes are a ZIP archive, as a workbook is one. */
const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/**
 * Reads a CSV file or an XLSX workbook, told apart by their bytes. Limits: 64 MiB of text; a workbook of 32 MiB, 128
 * unpacked, with 1,000 parts; 200,000 rows and 256 columns.
 */
export async function readSheets(file: ImportFile): Promise<Result<readonly Sheet[], readonly Problem[]>> {
  if (isZip(file.bytes)) return readXlsx(file);
  if (file.bytes[0] === 0xd0 && file.bytes[1] === 0xcf)
    return fail([
      problem('file-unreadable', `${file.name} is a workbook of before 2007, or protected by a password`, {
        at: { file: file.name, line: 1, column: 1 },
        hint: 'save it as .xlsx without a password',
      }),
    ]);
  const sheet = readCsv(file);
  return sheet.kind === 'ok' ? ok([sheet.value]) : sheet;
}
