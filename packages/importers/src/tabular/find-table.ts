import type { Sheet, SheetRow } from '../sheet/sheet.ts';
import { nameForm } from '../reconcile/marks-of.ts';
import type { Column, Mapping, Table } from './mapping.ts';
import { spellingsOf } from './read-mapping.ts';

/** A table of a mapping found in a sheet: which column of the sheet is which. */
export interface FoundTable {
  readonly table: Table;
  readonly sheet: Sheet;
  readonly header: SheetRow;
  readonly columns: readonly FoundColumn[];
  /** Headers of the mapping that the sheet does not have. */
  readonly absent: readonly string[];
  /** Headers of the sheet that the mapping does not have. */
  readonly unused: readonly string[];
}

export interface FoundColumn {
  /** As the mapping writes it. */
  readonly header: string;
  readonly column: Column;
  readonly index: number;
}

/** In how many rows from the top headers are looked for. */
const searched = 20;

/** Each table of a mapping with the sheets in which it is. A mapping that is asked for may fit by its identifying column alone. */
export function findTables(
  mapping: Mapping,
  sheets: readonly Sheet[],
  isAsked: boolean,
): readonly FoundTable[] {
  return sheets.flatMap((sheet) => {
    const found = mapping.tables
      .filter(
        (table) =>
          table.sheet === undefined ||
          sheet.name === undefined ||
          nameForm(sheet.name) === nameForm(table.sheet),
      )
      .flatMap((table) => findIn(table, sheet, isAsked) ?? []);
    // Of a workbook the tables that name the sheet are meant; of a CSV file, which has none, those that name no sheet.
    const meant = found.filter(({ table }) => (table.sheet === undefined) === (sheet.name === undefined));
    return meant.length > 0 ? meant : found;
  });
}

function findIn(table: Table, sheet: Sheet, isAsked: boolean): FoundTable | undefined {
  const rows = sheet.rows.filter(({ line }) => (table.header === undefined ? true : line === table.header));
  let best: FoundTable | undefined;
  for (const row of rows.slice(0, searched)) {
    const found = withHeader(table, sheet, row);
    if (found.columns.length > (best?.columns.length ?? 0)) best = found;
  }
  return best && isEnough(best, isAsked) ? best : undefined;
}

/** The identifying column; and half of the mapped ones or three, where nobody asked for this mapping. */
function isEnough({ table, columns }: FoundTable, isAsked: boolean): boolean {
  const mapped = Object.keys(table.columns).length;
  const needed = isAsked ? 1 : Math.min(3, Math.ceil(mapped / 2));
  return columns.length >= needed && columns.some(isIdentifying(table));
}

/** Whether a column says which thing a row is. */
const isIdentifying =
  (table: Table) =>
  ({ header, column }: FoundColumn): boolean =>
    [table.id, table.key].some(
      (each) => each !== undefined && (header === each || spellingsOf(header).includes(each)),
    ) ||
    column.path === 'name' ||
    (column.mark !== undefined && column.mark !== 'none') ||
    ['serial', 'mac', 'address'].includes(column.path ?? '');

function withHeader(table: Table, sheet: Sheet, header: SheetRow): FoundTable {
  const there = new Map<string, number>();
  for (const [index, cell] of header.cells.entries()) {
    const form = headerForm(cell);
    if (form !== '' && !there.has(form)) there.set(form, index);
  }
  const columns: FoundColumn[] = [];
  const absent: string[] = [];
  for (const [name, column] of Object.entries(table.columns)) {
    const index = spellingsOf(name)
      .map((each) => there.get(headerForm(each)))
      .find((each) => each !== undefined);
    if (index === undefined) absent.push(name);
    else columns.push({ header: name, column, index });
  }
  const used = new Set(columns.map(({ index }) => index));
  const unused = header.cells.filter((cell, index) => cell !== '' && !used.has(index));
  return { table, sheet, header, columns, absent, unused };
}

const headerForm = (cell: string): string => nameForm(cell);
