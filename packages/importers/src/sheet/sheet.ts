import type { Position, Problem } from '@holdfast/kernel';

/** One row of a sheet: its number in the file, from 1, and the text of each cell, `''` where there is none. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A sheet as it was read. Rows without any text are left out. */
export interface Sheet {
  /** Its name in the workbook; a text file has none. */
  readonly name?: string;
  readonly file: string;
  readonly rows: readonly SheetRow[];
  /** What a reader should know of how its file was read: another encoding, sheets that were left out. */
  readonly notes?: readonly Problem[];
}

/** Where a cell stands, `column` from 0. The file of a sheet in a workbook is told as `doors.xlsx!Doors`. */
export const cellPosition = (sheet: Sheet, line: number, column: number): Position => ({
  file: sheet.name === undefined ? sheet.file : `${sheet.file}!${sheet.name}`,
  line,
  column: column + 1,
});

/** The name of a cell as spreadsheets show it: `Doors!C14`; `column` from 0. */
export const cellAddress = (sheet: Sheet, line: number, column: number): string =>
  `${sheet.name === undefined ? '' : `${sheet.name}!`}${columnLetters(column)}${line}`;

function columnLetters(column: number): string {
  const letter = String.fromCodePoint(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}
