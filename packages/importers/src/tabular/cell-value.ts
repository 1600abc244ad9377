import type { EntityKind, EntityProblem, Path } from '@holdfast/estate';
import { fail, nearestName, ok, type Json, type Result } from '@holdfast/kernel';
import { isFactAt, problemsAt } from '../reconcile/language-at.ts';
import type { Column } from './mapping.ts';

/** Why a cell is not taken: what was expected, and perhaps what was meant. */
export interface CellProblem {
  readonly message: string;
  readonly hint?: string;
}

const unknownWords = new Set(['unknown', 'unbekannt', '?', 'n/a', 'tbd', 'k.a.', 'not known']);
const yes = new Set(['yes', 'y', 'true', 'ja', 'j', 'x', '1', 'on', 'wahr', '✓']);
const no = new Set(['no', 'n', 'false', 'nein', '0', 'off', 'falsch']);

/** What an empty cell looks like. */
export const isBlank = (cell: string): boolean => cell === '' || /^[-–—]+$/.test(cell);

/** The value that a cell says at a path: as it stands, by the words of the column, or in the form that the language has for it. Never a guess between two. */
export function cellValue(
  kind: EntityKind,
  path: Path,
  cell: string,
  column: Column,
): Result<Json, CellProblem> {
  const word = wordFor(column, cell);
  if (word !== undefined) return judged(kind, path, [word], cell);
  if (unknownWords.has(cell.toLowerCase()) && isFactAt(kind, path)) return ok('unknown');
  if (column.words !== undefined && problemsAt(kind, path, 'an arbitrary text').length > 0) {
    const direct = judged(kind, path, candidates(cell, column.unit), cell);
    if (direct.kind === 'ok') return direct;
    return fail(wordProblem(direct.error, cell, Object.keys(column.words)));
  }
  return judged(kind, path, candidates(cell, column.unit), cell);
}

function wordFor({ words }: Column, cell: string): Json | undefined {
  const wanted = cell.toLowerCase();
  return Object.entries(words ?? {}).find(([word]) => word.toLowerCase() === wanted)?.[1];
}

/** The ways to read a cell, the most literal first. */
function candidates(cell: string, unit: string | undefined): readonly Json[] {
  const bare = /^\d+(?:[.,]\d+)?$/.test(cell) ? cell.replace(',', '.') : undefined;
  const lower = cell.toLowerCase();
  const day = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell);
  return [
    ...(bare !== undefined && unit !== undefined ? [`${bare}${unit}`] : []),
    cell,
    lower.replaceAll(/[\s_/]+/g, '-'),
    ...(/^\d+(?:[.,]\d+)? ?[a-z/]+$/i.test(cell) ? [cell.replace(',', '.').replaceAll(' ', '')] : []),
    ...(bare === undefined ? [] : [Number(bare)]),
    ...(yes.has(lower) ? [true] : no.has(lower) ? [false] : []),
    ...(day ? [`${day[3]}-${(day[2] ?? '').padStart(2, '0')}-${(day[1] ?? '').padStart(2, '0')}`] : []),
    ...(/^\d{4}-\d{2}-\d{2}T/.test(cell) ? [cell.slice(0, 10)] : []),
  ];
}

function judged(
  kind: EntityKind,
  path: Path,
  values: readonly Json[],
  cell: string,
): Result<Json, CellProblem> {
  let first: EntityProblem | undefined;
  for (const value of values) {
    const [wrong] = problemsAt(kind, path, value);
    if (!wrong) return ok(value);
    first ??= wrong;
  }
  const message = first?.message.replace(/found .*$/, `found '${cell.slice(0, 60)}'`) ?? 'it cannot be read';
  return fail({ message, ...(first?.hint === undefined ? {} : { hint: first.hint }) });
}

function wordProblem({ message, hint }: CellProblem, cell: string, words: readonly string[]): CellProblem {
  const near = nearestName(
    cell.toLowerCase(),
    words.map((each) => each.toLowerCase()),
  );
  return {
    message,
    hint: near ? `did you mean '${near}'?` : (hint ?? `the mapping knows: ${words.slice(0, 20).join(', ')}`),
  };
}
