import { fail, ok, problem, type Json, type Problem, type Result } from '@holdfast/kernel';
import { LineCounter, parseDocument } from 'yaml';
import { isMapping } from '../reconcile/at-path.ts';

/** What a person decided: which entries are accepted, what was chosen in conflicts, and what was filled in. */
export interface Marks {
  readonly accepted: ReadonlySet<string>;
  /** By the key of a conflict: the id of a choice. */
  readonly choices: ReadonlyMap<string, string>;
  /** By the key of a new entry: its data, as edited. */
  readonly data: ReadonlyMap<string, Json>;
  /** By the key of a changed entry: the value that was accepted, which must still be the one seen. */
  readonly values: ReadonlyMap<string, Json>;
}

export const noMarks: Marks = { accepted: new Set(), choices: new Map(), data: new Map(), values: new Map() };

const limit = 32 * 2 ** 20;

/** Reads the marks of a review file, in YAML or JSON. Every wrong entry is told at its line. */
export function readMarks(file: string, text: string): Result<Marks, readonly Problem[]> {
  const start = { file, line: 1, column: 1 };
  if (text.length > limit)
    return fail([problem('file-too-large', `${file} is larger than 32 MiB`, { at: start })]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0 } as never);
  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [error] = document.errors;
  if (error)
    return fail([
      problem('yaml-syntax', error.message.split('\n')[0] ?? '', { at: positionOf(error.pos[0]) }),
    ]);
  const data = toJson(document);
  if (!isMapping(data) || data['holdfastReview'] !== 1)
    return fail([
      problem('version-unsupported', `${file} is no review file of this version`, {
        at: start,
        hint: "it begins with 'holdfastReview: 1'; `holdfast import DIR FILE... --review NEW-FILE` writes one",
      }),
    ]);
  const entries = data['entries'];
  if (!Array.isArray(entries))
    return fail([problem('key-missing', "a review needs 'entries'", { at: start })]);
  return marksOf(entries as readonly Json[], (index) => {
    const node = document.getIn(['entries', index], true) as
      | { readonly range?: readonly number[] }
      | undefined;
    return positionOf(node?.range?.[0] ?? 0);
  });
}

function toJson(document: ReturnType<typeof parseDocument>): Json {
  try {
    // A YAML document of plain scalars is JSON.
    return document.toJS({ maxAliasCount: 0 }) as Json;
  } catch {
    return null;
  }
}

function marksOf(
  entries: readonly Json[],
  at: (index: number) => { readonly file: string; readonly line: number; readonly column: number },
): Result<Marks, readonly Problem[]> {
  const accepted = new Set<string>();
  const choices = new Map<string, string>();
  const data = new Map<string, Json>();
  const values = new Map<string, Json>();
  const problems: Problem[] = [];
  for (const [index, each] of entries.entries()) {
    const wrong = (message: string, hint: string): number =>
      problems.push(problem('value-invalid', message, { at: at(index), hint }));
    if (!isMapping(each) || typeof each['key'] !== 'string') {
      wrong("the entry has no 'key'", 'leave the keys as they were written');
      continue;
    }
    const { key, accept, choose, seen } = each as { readonly [name: string]: Json } & {
      readonly key: string;
    };
    if (accept === true) accepted.add(key);
    else if (accept !== undefined && accept !== false && accept !== null)
      wrong(`${key}: 'accept' is neither true nor false`, 'write accept: true');
    if (typeof choose === 'string' || typeof choose === 'number') choices.set(key, String(choose));
    if (each['data'] !== undefined) data.set(key, each['data']);
    if (isMapping(seen) && seen['value'] !== undefined) values.set(key, seen['value']);
  }
  return problems.length > 0 ? fail(problems) : ok({ accepted, choices, data, values });
}
