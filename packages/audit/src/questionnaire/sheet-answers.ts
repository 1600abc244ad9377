import type { Position } from '@holdfast/kernel';
import { answerColumns, type AnswerColumn, type AnswerRow } from './answer-row.ts';

/** A sheet as its reader gives it: rows of text, and where each cell stands. */
export interface AnswerSheet {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  readonly at: (line: number, column: number) => Position;
}

/** The answers of a sheet, by its heads; the order of the columns does not matter. Sheets without an id and an answer have none. */
export function sheetAnswers({ rows, at }: AnswerSheet): readonly AnswerRow[] {
  const top = rows.findIndex(({ cells }) => columnsOf(cells).has('id') && columnsOf(cells).has('answer'));
  const head = rows[top];
  if (!head) return [];
  const columns = columnsOf(head.cells);
  return rows.slice(top + 1).map(({ line, cells }) => ({
    cells: Object.fromEntries([...columns].map(([key, index]) => [key, (cells[index] ?? '').trim()])),
    at: (column) => at(line, columns.get(column) ?? 0),
  }));
}

function columnsOf(cells: readonly string[]): ReadonlyMap<AnswerColumn, number> {
  return new Map(
    answerColumns.flatMap(({ key, head }) => {
      const index = cells.findIndex((cell) => cell.trim().toLowerCase() === head.toLowerCase());
      return index < 0 ? [] : [[key, index] as const];
    }),
  );
}
