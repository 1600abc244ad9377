import type { Alias, Device } from '@holdfast/exposure';
import { lineKeys } from '@holdfast/exposure';
import { readSheets, type Sheet } from '@holdfast/importers';
import { Failure, nearestName, problem } from '@holdfast/kernel';
import { readImportFile } from './read-imports.ts';

/** A device of a table, with its further columns. */
export interface DeviceRow {
  /** From 1; the head is no row. */
  readonly row: number;
  readonly device: Device;
  readonly more: Readonly<Record<string, string>>;
}

const columns = ['vendor', 'model', 'firmware'] as const;

/** The devices of a CSV or XLSX table with the columns vendor, model and firmware; further columns are kept. */
export async function readDevices(path: string): Promise<readonly DeviceRow[]> {
  const { head, rows } = await readTable(path, columns);
  const taken = head.filter(
    (each) =>
      (lineKeys as readonly string[]).includes(each) && !(columns as readonly string[]).includes(each),
  );
  if (taken.length > 0)
    throw new Failure([
      problem('key-duplicate', `the column '${taken[0] ?? ''}' is one that the answer has of its own`, {
        at: { file: path, line: 1, column: 1 },
        hint: 'rename it',
      }),
    ]);
  const further = head.filter((each) => each !== '' && !(columns as readonly string[]).includes(each));
  return rows.map((cells, index) => ({
    row: index + 1,
    device: { vendor: cells('vendor'), model: cells('model'), firmware: cells('firmware') },
    more: Object.fromEntries(further.map((each) => [each, cells(each)])),
  }));
}

/** Other names of devices: a table with the columns vendor, model, asVendor and asModel; an empty model means every one. */
export async function readAliases(path: string): Promise<readonly Alias[]> {
  const { rows } = await readTable(path, ['vendor', 'model', 'asVendor', 'asModel']);
  return rows.map((cells) => ({
    vendor: cells('vendor'),
    asVendor: cells('asVendor'),
    isSure: true,
    ...(cells('model') === '' ? {} : { model: cells('model') }),
    ...(cells('asModel') === '' ? {} : { asModel: cells('asModel') }),
  }));
}

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly ((column: string) => string)[];
}

async function readTable(path: string, wanted: readonly string[]): Promise<Table> {
  const file = await readImportFile(path);
  const sheets = await readSheets(file);
  if (sheets.kind === 'error') throw new Failure(sheets.error);
  const [sheet] = sheets.value;
  const head = headOf(sheet, wanted);
  const missing = wanted.filter((each) => !head.includes(each));
  if (sheet === undefined || missing.length > 0)
    throw new Failure(missing.map((each) => missingColumn(file.name, sheet, each, head)));
  return {
    head,
    rows: sheet.rows.slice(1).map(
      ({ cells }) =>
        (column: string) =>
          cells[head.indexOf(column)] ?? '',
    ),
  };
}

/** The names of the columns; those that are wanted in the spelling that is wanted, whatever their capitals. */
function headOf(sheet: Sheet | undefined, wanted: readonly string[]): readonly string[] {
  const cells = sheet?.rows[0]?.cells ?? [];
  return cells.map(
    (cell) => wanted.find((each) => each.toLowerCase() === cell.trim().toLowerCase()) ?? cell.trim(),
  );
}

function missingColumn(file: string, sheet: Sheet | undefined, name: string, head: readonly string[]) {
  const near = nearestName(name, head);
  return problem('key-missing', `there is no column '${name}'`, {
    at: { file, line: sheet?.rows[0]?.line ?? 1, column: 1 },
    hint: near === undefined ? 'the first row names the columns' : `is it the column '${near}'?`,
  });
}
