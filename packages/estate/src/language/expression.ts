import { nearestName } from '@holdfast/kernel';
import { idPattern, isId } from '../shape/ids.ts';
import {
  clip,
  into,
  mismatch,
  quote,
  type JsonSchema,
  type Shape,
  type Sink,
  type Trail,
} from '../shape/shape.ts';

/**
 * What a capability requires. Monotone: more of what it names never takes it away.
 * Names of facts are those of the profile; names of roles are bound by `uses` in the estate.
 */
export type Expression =
  /** The device is up, powered and booted. */
  | 'running'
  /** The device has power. */
  | 'power'
  | 'always'
  | 'never'
  | 'unknown'
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }
  | { readonly atLeast: number; readonly of: readonly Expression[] }
  /** A fact of the profile that is true or false. */
  | { readonly fact: string }
  /** A fact of the profile that is one of several words. */
  | { readonly option: string; readonly is: string }
  /** Something in the role is reached over the network, and runs; `its` asks for one of its capabilities. */
  | { readonly reach: string; readonly its?: string }
  /** Something in the role is reached over its own line, and runs. */
  | { readonly line: string; readonly its?: string }
  /** Another capability of the same device. */
  | { readonly provides: string }
  /** Keeps going for a duration, or a fact that is one, after `of` is lost; `recharge` is from empty to full. */
  | { readonly for: string; readonly of: Expression; readonly recharge?: string }
  /** Comes a duration after `of` came. */
  | { readonly after: string; readonly of: Expression }
  /** Keeps going until a store of a size is filled at a rate, after `of` is lost. */
  | { readonly store: string; readonly rate: string; readonly of: Expression }
  /** Needs `runs` all the time, and `starts` to begin again after `runs` was lost. */
  | { readonly runs: Expression; readonly starts: Expression }
  /** One number is at most another. */
  | { readonly fits: string; readonly in: string };

const deepest = 32;
const words = ['running', 'power', 'always', 'never', 'unknown'] as const;
const expected =
  'an expression: running, power, all, any, atLeast, fact, option, reach, line, provides, for, after, store, runs or fits';

interface Form {
  readonly lists?: readonly string[];
  readonly parts?: readonly string[];
  readonly names: readonly string[];
  readonly optional?: readonly string[];
  readonly number?: string;
}

const forms: Readonly<Record<string, Form>> = {
  all: { lists: ['all'], names: [] },
  any: { lists: ['any'], names: [] },
  atLeast: { number: 'atLeast', lists: ['of'], names: [] },
  fact: { names: ['fact'] },
  option: { names: ['option', 'is'] },
  reach: { names: ['reach'], optional: ['its'] },
  line: { names: ['line'], optional: ['its'] },
  provides: { names: ['provides'] },
  for: { names: ['for'], parts: ['of'], optional: ['recharge'] },
  after: { names: ['after'], parts: ['of'] },
  store: { names: ['store', 'rate'], parts: ['of'] },
  runs: { parts: ['runs', 'starts'], names: [] },
  fits: { names: ['fits', 'in'] },
};

/** Reads an expression; at most 32 deep. */
export const expression: Shape<Expression> = {
  expected,
  // What `read` accepts is built from the forms above, which mirror the type.
  read: (value, trail, sink) => read(value, trail, sink, 0) as Expression | undefined,
  schema: () => ({ $ref: '#/$defs/expression' }),
};

function read(value: unknown, trail: Trail, sink: Sink, depth: number): unknown {
  if (typeof value === 'string') return word(value, trail, sink);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return mismatch(expected, value, trail, sink);
  if (depth > deepest) {
    sink.report(
      trail,
      'value-invalid',
      `the expression nests more than ${deepest} deep`,
      "name a part of it under 'provides'",
    );
    return undefined;
  }
  const key = Object.keys(forms).find((each) => each in value);
  const form = key === undefined ? undefined : forms[key];
  if (form) return members(form, value as Readonly<Record<string, unknown>>, trail, sink, depth);
  const own = Object.keys(value)[0] ?? '';
  const hint = (): string | undefined => {
    const near = nearestName(own, Object.keys(forms));
    return near && `did you mean '${near}'?`;
  };
  sink.report(trail, 'value-invalid', `expected ${expected}, found key '${clip(own)}'`, hint);
  return undefined;
}

function word(value: string, trail: Trail, sink: Sink): string | undefined {
  if (words.some((each) => each === value)) return value;
  const hint = (): string => {
    const near = nearestName(value, words);
    return near
      ? `did you mean '${near}'?`
      : `a capability of this device is {provides: ${clip(value)}}, a fact is {fact: ${clip(value)}}`;
  };
  sink.report(trail, 'value-invalid', `${quote(value)} is not an expression`, hint);
  return undefined;
}

function members(
  form: Form,
  value: Readonly<Record<string, unknown>>,
  trail: Trail,
  sink: Sink,
  depth: number,
): unknown {
  const out: Record<string, unknown> = {};
  const { lists = [], parts = [], names, optional = [], number } = form;
  const allowed = [...lists, ...parts, ...names, ...optional, ...(number ? [number] : [])];
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key))
      sink.report(
        into(trail, key),
        'key-unknown',
        `this expression has no key '${clip(key)}'`,
        `keys here: ${allowed.join(', ')}`,
        'key',
      );
  }
  for (const key of [...lists, ...parts, ...names, ...(number ? [number] : [])]) {
    if (value[key] === undefined) sink.report(trail, 'key-missing', `this expression needs '${key}'`);
  }
  for (const key of lists) out[key] = list(value[key], into(trail, key), sink, depth);
  for (const key of parts)
    if (value[key] !== undefined) out[key] = read(value[key], into(trail, key), sink, depth + 1);
  for (const key of [...names, ...optional])
    if (value[key] !== undefined) out[key] = name(value[key], into(trail, key), sink);
  if (number) out[number] = whole(value[number], into(trail, number), sink);
  return out;
}

function list(value: unknown, trail: Trail, sink: Sink, depth: number): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0)
    return value.map((each, index) => read(each, into(trail, index), sink, depth + 1));
  if (value !== undefined) mismatch('a list of expressions, at least one', value, trail, sink);
  return [];
}

const quantity = String.raw`[0-9.]{1,30} ?[a-z][a-zA-Z0-9/ .]{0,30}`;
const quantityForm = new RegExp(`^${quantity}$`);

function name(value: unknown, trail: Trail, sink: Sink): string | undefined {
  const read = typeof value === 'number' ? sink.spelling(trail, value) : value;
  if (typeof read === 'string' && (isId(read) || quantityForm.test(read))) return read;
  return mismatch('a name', value, trail, sink);
}

function whole(value: unknown, trail: Trail, sink: Sink): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  return value === undefined ? undefined : mismatch('a whole number', value, trail, sink);
}

/** The definition behind `#/$defs/expression`. */
export function expressionSchema(): JsonSchema {
  const self: JsonSchema = { $ref: '#/$defs/expression' };
  const many: JsonSchema = { type: 'array', items: self, minItems: 1 };
  const object = (form: Form): JsonSchema => {
    const { lists = [], parts = [], names, optional = [], number } = form;
    const properties: Record<string, JsonSchema> = {};
    for (const key of lists) properties[key] = many;
    for (const key of parts) properties[key] = self;
    for (const key of [...names, ...optional])
      properties[key] = {
        type: ['string', 'number'],
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        pattern: `${idPattern}|^${quantity}$`,
      };
    if (number) properties[number] = { type: 'integer', minimum: 0 };
    const required = [...lists, ...parts, ...names, ...(number ? [number] : [])];
    return { type: 'object', properties, required, additionalProperties: false };
  };
  return { anyOf: [{ enum: [...words] }, ...Object.values(forms).map(object)] };
}
