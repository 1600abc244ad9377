/** A JSON object of unknown shape. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object; of anything else none. */
export const objectOf = (value: unknown): JsonObject | undefined =>
  // An object that is neither null nor a list is what JSON.parse makes of `{}`.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** The value as a list; of anything else an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value as text; of anything else none. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The texts of a list. */
export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((each) => typeof each === 'string');

/** The value under a path of keys. */
export function under(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) here = objectOf(here)?.[key];
  return here;
}
