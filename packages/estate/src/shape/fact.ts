import { object } from './composites.ts';
import { date, oneOf, text } from './scalars.ts';
import { into, mismatch, quote, type JsonSchema, type Shape } from './shape.ts';

/** How well a fact is known, from the strongest to the weakest. */
export const bases = ['drilled', 'observed', 'export', 'datasheet', 'vendor', 'declared', 'assumed'] as const;
export type Basis = (typeof bases)[number];

/** A fact with what it rests on. `between` gives the least and the greatest value where only those are known. */
export interface Sourced<T> {
  readonly value?: T | 'unknown';
  readonly between?: readonly [T, T];
  readonly basis?: Basis;
  readonly source?: string;
  readonly asOf?: string;
  readonly note?: string;
}

/** A value, `unknown`, or either with its basis. */
export type Fact<T> = T | 'unknown' | Sourced<T>;

const keys = ['value', 'between', 'basis', 'source', 'asOf', 'note'] as const;
/** The keys that say what a fact rests on. */
export const provenanceKeys: readonly string[] = ['basis', 'source', 'asOf', 'note'];

const provenance = { basis: oneOf(...bases), source: text, asOf: date, note: text };

/** A shape whose value may be `unknown`, and may carry its basis, source and date. */
export function fact<T>(of: Shape<T>, options: { readonly range?: boolean } = {}): Shape<Fact<T>> {
  const value = knownOr(of);
  const sourced = object(of.expected, {
    value,
    ...(options.range ? { between: leastAndGreatest(of) } : {}),
    ...provenance,
  });
  return {
    expected: of.expected,
    read(each, trail, sink) {
      if (!isSourced(each)) return value.read(each, trail, sink);
      const given = [each['value'], each['between']].filter((one) => one !== undefined && one !== null);
      // `sourced` reads exactly the keys of Sourced<T>.
      const read = sourced.read(each, trail, sink) as Sourced<T> | undefined;
      if (given.length === 1) return read;
      if (given.length === 0)
        sink.report(trail, 'key-missing', 'the fact has no value', "add 'value', or 'value: unknown'");
      else
        sink.report(
          trail,
          'value-invalid',
          "the fact has both 'value' and 'between'",
          'keep the one that is known',
        );
      return undefined;
    },
    schema: () => factSchema(of.schema(), sourced.schema()),
  };
}

function factSchema(of: JsonSchema, sourced: JsonSchema): JsonSchema {
  const { value, between, ...rest } = sourced['properties'] as Readonly<Record<string, JsonSchema>>;
  const properties = { value: value ?? {}, ...(between ? { between } : {}), ...rest };
  const given: JsonSchema = between
    ? { oneOf: [{ required: ['value'] }, { required: ['between'] }] }
    : { required: ['value'] };
  return { anyOf: [...alternatives(of), { const: 'unknown' }, { ...sourced, properties, ...given }] };
}

/** The members of an `anyOf`, so that editors see one flat choice. */
function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf, ...rest } = schema;
  return Array.isArray(anyOf) && Object.keys(rest).every((key) => key === 'examples' || key === 'description')
    ? (anyOf as JsonSchema[])
    : [schema];
}

function knownOr<T>(of: Shape<T>): Shape<T | 'unknown'> {
  return {
    expected: of.expected,
    read: (value, trail, sink) => (value === 'unknown' ? 'unknown' : of.read(value, trail, sink)),
    schema: () => ({ anyOf: [...alternatives(of.schema()), { const: 'unknown' }] }),
  };
}

function leastAndGreatest<T>(of: Shape<T>): Shape<readonly [T, T]> {
  const expected = `two of ${of.expected}: the least and the greatest`;
  return {
    expected,
    read(each, trail, sink) {
      if (!Array.isArray(each) || each.length !== 2)
        return mismatch(expected, each, trail, sink, 'for example between: [2h, 4h]');
      const low = of.read(each[0], into(trail, 0), sink);
      const high = of.read(each[1], into(trail, 1), sink);
      if (low === undefined || high === undefined) return undefined;
      if ((of.measure?.(low) ?? -Infinity) <= (of.measure?.(high) ?? Infinity)) return [low, high];
      sink.report(
        trail,
        'value-invalid',
        `${quote(low)} is more than ${quote(high)}`,
        'write the least first',
      );
      return undefined;
    },
    schema: () => ({ type: 'array', items: of.schema(), minItems: 2, maxItems: 2 }),
  };
}

function isSourced(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && keys.some((key) => key in value)
  );
}

function hasProvenance<T>(fact: Fact<T>): fact is Sourced<T> {
  return isSourced(fact);
}

/** The value of a fact, or `undefined` where it is unknown or only a range. */
export function known<T>(fact: Fact<T> | undefined): T | undefined {
  if (fact === undefined || fact === 'unknown') return undefined;
  const value = hasProvenance(fact) ? fact.value : fact;
  // A fact without provenance is a T or 'unknown'; the type cannot say that T excludes Sourced.
  return value === undefined || value === 'unknown' ? undefined : value;
}

/** The least and the greatest value of a fact, `undefined` where it is unknown. */
export function range<T>(fact: Fact<T> | undefined): readonly [T, T] | undefined {
  if (fact !== undefined && fact !== 'unknown' && hasProvenance(fact) && fact.between) return fact.between;
  const value = known(fact);
  return value === undefined ? undefined : [value, value];
}

/** What a fact rests on; `declared` where nothing is said. */
export function provenanceOf<T>(fact: Fact<T> | undefined): {
  readonly basis: Basis;
  readonly source?: string;
  readonly asOf?: string;
} {
  if (fact === undefined || fact === 'unknown' || !hasProvenance(fact)) return { basis: 'declared' };
  const { basis = 'declared', source, asOf } = fact;
  return { basis, ...(source === undefined ? {} : { source }), ...(asOf === undefined ? {} : { asOf }) };
}
