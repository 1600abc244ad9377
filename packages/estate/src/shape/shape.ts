import type { Json, ProblemCode } from '@holdfast/kernel';
import type { EntityKind } from '../language/kinds.ts';

/** From an entity, or the root of a document, down to a value. */
export type Path = readonly (string | number)[];

/** One step of a trail. */
interface Step {
  readonly up: Trail;
  readonly key: string | number;
}

/** The way down to a value while it is read, its last step first. It is spelt out as a path only where it is told. */
export type Trail = Step | undefined;

/** One step further down. */
export const into = (up: Trail, key: string | number): Step => ({ up, key });

/** A trail spelt out. */
export function pathOf(trail: Trail): Path {
  const path: (string | number)[] = [];
  for (let at = trail; at; at = at.up) path.push(at.key);
  return path.toReversed();
}

/** A part of a JSON Schema (draft 2020-12). */
export type JsonSchema = { readonly [key: string]: Json };

/** Told only where it is wanted: the nearest name among many takes time. */
export type Hint = string | undefined | (() => string | undefined);

/** What a shape tells while it reads: problems, and the references that it met. */
export interface Sink {
  /** `on` says whether the key or the value is at fault. */
  report(trail: Trail, code: ProblemCode, message: string, hint?: Hint, on?: 'key' | 'value'): void;
  /** `within` says whether the id is the key itself, or where in the text of the value it begins. */
  reference(trail: Trail, id: string, kinds: readonly EntityKind[], within?: 'key' | number): void;
  /** How a number is written in the file: `11.10`, which as a number would print as 11.1. `undefined` where nobody knows. */
  spelling(trail: Trail, value: number): string | undefined;
}

/**
 * The form that a value must have. A shape reads plain data into its canonical form
 * (references, durations and numbers spelt one way), reports every problem, and describes itself as JSON Schema.
 */
export interface Shape<T> {
  /** What is expected, for messages: `a duration such as 4h`. */
  readonly expected: string;
  /** The canonical value, or `undefined` after a report. */
  read(value: unknown, trail: Trail, sink: Sink): T | undefined;
  schema(): JsonSchema;
  /** The size of a value, where values of this shape have an order. */
  measure?(value: T): number | undefined;
  /** Only in types: what `read` returns. */
  readonly type?: T;
}

/** What a shape reads. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** A value as a message quotes it: short, on one line, without control characters. */
export function quote(value: unknown): string {
  if (typeof value === 'string') return `'${clip(value)}'`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return value === null || value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
}

/** A text as a message shows it: at most 60 characters, on one line, without control characters. */
export function clip(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return short.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ');
}

/** Reports that a value is of another type than expected. */
export function mismatch(expected: string, value: unknown, trail: Trail, sink: Sink, hint?: Hint): undefined {
  sink.report(trail, 'type-mismatch', `expected ${expected}, found ${quote(value)}`, hint);
}

/** A text, also where YAML read it as a number; `undefined` where it is neither, or its spelling is lost. */
export function spelt(value: unknown, trail: Trail, sink: Sink): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? sink.spelling(trail, value) : undefined;
}
