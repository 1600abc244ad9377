import type { EntityKind } from '@holdfast/estate';
import fc from 'fast-check';

/** One line of an NDJSON estate. */
export interface Line {
  readonly kind: EntityKind;
  readonly id: string;
  readonly data: unknown;
}

/** Entities by their id. */
export type Entities = Readonly<
  Record<string, { readonly kind: EntityKind; readonly data: Readonly<Record<string, unknown>> }>
>;

/** How much a random site has of what. */
export interface SitePlan {
  readonly site: string;
  readonly alone: boolean;
  readonly switches: number;
  readonly routers: number;
  readonly cameras: number;
  readonly doors: number;
  /** The zone of its clocks, and what they show when it is 08:00 in UTC on a winter's day, in minutes. */
  readonly clock: { readonly zone: string; readonly at: number };
}

/** Numbers from 1. */
export const upTo = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index + 1);

/** Minutes that a fact may be: known, between two, or unknown. */
export const minutes = (most: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: most }).map((each) => `${each}m`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }))
        .map(([a, b]) => ({ between: [`${Math.min(a, b)}m`, `${Math.max(a, b)}m`] })),
    },
    { weight: 1, arbitrary: fc.constant('unknown') },
  );

/** A field that may be left out. */
export const perhaps = <T>(name: string, value: fc.Arbitrary<T>): fc.Arbitrary<Readonly<Record<string, T>>> =>
  fc.option(value, { nil: undefined }).map((each) => (each === undefined ? {} : { [name]: each }));

/** Fields side by side. */
export const fields = (
  ...parts: readonly fc.Arbitrary<Readonly<Record<string, unknown>>>[]
): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.tuple(...parts).map((each) => Object.assign({}, ...each) as Readonly<Record<string, unknown>>);

/** At least one of the given. */
export const some = (of: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.subarray([...of], { minLength: 1, maxLength: Math.min(2, of.length) });
