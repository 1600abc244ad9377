import type { Position } from '@holdfast/kernel';

/** The columns of an answer sheet, with their heads. What people fill in is marked. */
export const answerColumns = [
  { key: 'id', head: 'Id', width: 13 },
  { key: 'question', head: 'Question', width: 60 },
  { key: 'allowed', head: 'Allowed', width: 30 },
  { key: 'devices', head: 'For', width: 26 },
  { key: 'where', head: 'Where', width: 30 },
  { key: 'settles', head: 'Settles', width: 34 },
  { key: 'answer', head: 'Answer', width: 22, isFilledIn: true },
  { key: 'basis', head: 'Basis', width: 14, isFilledIn: true },
  { key: 'source', head: 'Source', width: 30, isFilledIn: true },
  { key: 'date', head: 'Date', width: 12, isFilledIn: true },
  { key: 'remark', head: 'Remark', width: 40, isFilledIn: true },
] as const;

export type AnswerColumn = (typeof answerColumns)[number]['key'];

/** One answer as it was filled in, with where each part of it stands. */
export interface AnswerRow {
  readonly cells: Readonly<Partial<Record<AnswerColumn, string>>>;
  readonly at: (column: AnswerColumn) => Position;
}
