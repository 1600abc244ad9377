import { nearestName } from '@holdfast/kernel';
import type { EntityKind } from '../language/kinds.ts';
import { emptyRecord } from './record.ts';
import { clip, into, mismatch, type Infer, type JsonSchema, type Shape } from './shape.ts';

/** A field that must stand. */
export interface Required<S> {
  readonly required: S;
}

/** Marks a field of an object as required; the others may be left out. */
export const required = <S>(shape: S): Required<S> => ({ required: shape });

// The element type of a shape does not matter to the containers, and Shape is invariant in it.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyShape = Shape<any>;
export type Fields = Readonly<Record<string, AnyShape | Required<AnyShape>>>;

type RequiredKeys<F> = { [K in keyof F]: F[K] extends Required<AnyShape> ? K : never }[keyof F];

/** What an object of these fields reads as. */
export type ObjectOf<F> = {
  readonly [K in RequiredKeys<F>]: F[K] extends Required<infer S> ? Infer<S> : never;
} & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: Infer<F[K]>;
};

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shapeOf = (field: AnyShape | Required<AnyShape>): AnyShape =>
  'required' in field ? field.required : field;

/** An object with known keys. A misspelt key is reported with the nearest one that exists. */
export function object<const F extends Fields>(
  expected: string,
  fields: F,
  about?: Readonly<Partial<Record<keyof F, string>>>,
): Shape<ObjectOf<F>> {
  const shapes = new Map(Object.entries(fields).map(([key, field]) => [key, shapeOf(field)]));
  const needed = Object.entries(fields).flatMap(([key, field]) => ('required' in field ? [key] : []));
  const nearest = (key: string): string => {
    const near = nearestName(key, shapes.keys());
    return near ? `did you mean '${near}'?` : `keys here: ${[...shapes.keys()].join(', ')}`;
  };
  return {
    expected,
    read(value, trail, sink) {
      if (!isMap(value)) return mismatch(expected, value, trail, sink);
      const read: Record<string, unknown> = {};
      let whole = true;
      for (const key of Object.keys(value)) {
        const each = value[key];
        const shape = shapes.get(key);
        if (!shape) {
          sink.report(
            into(trail, key),
            'key-unknown',
            `${expected} has no key '${clip(key)}'`,
            () => nearest(key),
            'key',
          );
          whole = false;
        } else if (each !== null && each !== undefined) {
          read[key] = shape.read(each, into(trail, key), sink);
        }
      }
      for (const key of needed) {
        if (value[key] !== undefined && value[key] !== null) continue;
        sink.report(
          trail,
          'key-missing',
          `${expected} needs '${key}'`,
          `add '${key}': ${shapes.get(key)?.expected}`,
        );
        whole = false;
      }
      // Every key was read by the shape of its field.
      return whole ? (read as ObjectOf<F>) : undefined;
    },
    schema: () => objectSchema(shapes, needed, (about ?? {}) as Readonly<Record<string, string>>),
  };
}

function objectSchema(
  shapes: ReadonlyMap<string, AnyShape>,
  needed: readonly string[],
  about: Readonly<Record<string, string>>,
): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [key, shape] of shapes) {
    const description = about[key];
    properties[key] = description === undefined ? shape.schema() : { ...shape.schema(), description };
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(needed.length > 0 ? { required: [...needed] } : {}),
  };
}

/** What the keys of a map may be. */
export interface Keys {
  readonly accepts: (key: string) => boolean;
  readonly hint: string;
  /** The same as `accepts`, as JSON Schema. */
  readonly schema: JsonSchema;
  /** Where each key is the id of an entity, of which kinds. */
  readonly kinds?: readonly EntityKind[];
}

/** A map from names to values of one shape. */
export function mapOf<T>(expected: string, of: Shape<T>, keys: Keys): Shape<Readonly<Record<string, T>>> {
  return {
    expected,
    read(value, trail, sink) {
      if (!isMap(value)) return mismatch(expected, value, trail, sink);
      const read = emptyRecord<T>();
      for (const key of Object.keys(value)) {
        const here = into(trail, key);
        const one = of.read(value[key], here, sink);
        if (!keys.accepts(key))
          sink.report(here, 'id-invalid', `'${clip(key)}' is not a name`, keys.hint, 'key');
        else if (one !== undefined) read[key] = one;
        if (keys.kinds) sink.reference(here, key, keys.kinds, 'key');
      }
      return read;
    },
    schema: () => ({ type: 'object', propertyNames: keys.schema, additionalProperties: of.schema() }),
  };
}

/** A list of values of one shape. */
export function listOf<T>(of: Shape<T>): Shape<readonly T[]> {
  const expected = `a list, each ${of.expected}`;
  return {
    expected,
    read(value, trail, sink) {
      if (!Array.isArray(value)) return mismatch(expected, value, trail, sink);
      const read: T[] = [];
      for (const [index, each] of value.entries()) {
        const one = of.read(each, into(trail, index), sink);
        if (one !== undefined) read.push(one);
      }
      return read;
    },
    schema: () => ({ type: 'array', items: of.schema() }),
  };
}

/** One value or a list of them; always read as a list. */
export function oneOrMany<T>(of: Shape<T>): Shape<readonly T[]> {
  const list = listOf(of);
  return {
    expected: `${of.expected}, or a list of them`,
    read(value, trail, sink) {
      if (Array.isArray(value)) return list.read(value, trail, sink);
      const one = of.read(value, trail, sink);
      return one === undefined ? undefined : [one];
    },
    schema: () => ({ anyOf: [of.schema(), { type: 'array', items: of.schema() }] }),
  };
}
