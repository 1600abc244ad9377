import { fail, ok, problem, type Position, type Problem, type Result } from '@holdfast/kernel';
import { collections, type EntityKind } from '../language/kinds.ts';
import { languageVersion } from '../language/language.ts';
import { clip, quote } from '../shape/shape.ts';
import type { SourceFile } from './source.ts';

/** One line of the canonical form, not yet read by its shape. */
export interface Line {
  readonly kind: EntityKind;
  readonly id: string;
  readonly data: unknown;
  readonly number: number;
}

const lineLimit = 16 * 2 ** 20;

/**
 * Reads the lines of an NDJSON estate. The first says `{"holdfast":1}`, each other is one entity.
 * Returns the problems; `take` returns whether to go on.
 */
export function* readNdjson(file: SourceFile, take: (line: Line) => boolean): Generator<Problem> {
  const { name, text } = file;
  let number = 0;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  let headed = false;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    start = end < 0 ? text.length : end + 1;
    number += 1;
    if (line === '' || line.trim() === '') continue;
    const at = { file: name, line: number, column: 1 };
    const found = headed ? entity(line, at) : header(line, at);
    if (found.kind === 'error') yield found.error;
    else if (found.value && !take(found.value)) return;
    headed = true;
  }
  if (!headed)
    yield problem('version-unsupported', `${name} is empty`, {
      at: { file: name, line: 1, column: 1 },
      hint: `begin it with the line {"holdfast":${languageVersion}}`,
    });
}

type Members = Readonly<Record<string, unknown>>;

function parse(text: string, at: Position): Result<Members, Problem> {
  const hint = 'one JSON object a line';
  if (text.length > lineLimit)
    return fail(problem('file-too-large', 'the line has more than 16 MiB', { at, hint }));
  try {
    const value: unknown = JSON.parse(text);
    // A JSON object has string keys.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value as Members);
  } catch (error) {
    return fail(
      problem('json-syntax', 'the line is not JSON', { at: { ...at, column: columnOf(error) }, hint }),
    );
  }
  return fail(problem('json-syntax', 'the line is not a JSON object', { at, hint }));
}

/** Where V8 says that JSON ends to be JSON. */
const columnOf = (error: unknown): number => Number(/at position (\d+)/.exec(String(error))?.[1] ?? 0) + 1;

function header(text: string, at: Position): Result<undefined, Problem> {
  const read = parse(text, at);
  if (read.kind === 'error') return read;
  if (read.value['holdfast'] === languageVersion) return ok(undefined);
  return fail(
    problem('version-unsupported', `the first line must say {"holdfast":${languageVersion}}`, { at }),
  );
}

function entity(text: string, at: Position): Result<Line, Problem> {
  const read = parse(text, at);
  if (read.kind === 'error') return read;
  const { kind, id, data, ...others } = read.value;
  if (typeof kind !== 'string' || !Object.hasOwn(collections, kind)) {
    return fail(
      problem('value-invalid', `the line is of no known kind, but ${quote(kind)}`, {
        at,
        hint: `one of ${Object.keys(collections).join(', ')}`,
      }),
    );
  }
  if (typeof id !== 'string') return fail(problem('key-missing', 'the line has no id', { at }));
  const [other] = Object.keys(others);
  if (other !== undefined)
    return fail(
      problem('key-unknown', `the line has a key '${clip(other)}'`, {
        at,
        hint: 'keys here: kind, id, data',
      }),
    );
  // `kind` is a key of collections.
  return ok({ kind: kind as EntityKind, id, data, number: at.line });
}
