import type { Path } from '../shape/shape.ts';

/**
 * Where the values of a document stand: a tree beside the data, with offsets into the text.
 * It is a tenth of the size of a parsed document, and stays for as long as the estate does.
 */
export interface Marks {
  /** For a mapping: its keys, as they stand. */
  readonly keys?: readonly string[];
  readonly keysAt?: readonly number[];
  readonly valuesAt: readonly number[];
  readonly below: readonly (Marks | undefined)[];
  index?: ReadonlyMap<string, number>;
}

/** The offset of the last step of a path that exists; `start` where not even the first does. */
export function offsetOf(marks: Marks | undefined, start: number, path: Path, on: 'key' | 'value'): number {
  let at = start;
  let here = marks;
  for (const [depth, step] of path.entries()) {
    const index = here && childOf(here, step);
    if (!here || index === undefined) break;
    const wanted = on === 'key' && depth === path.length - 1 ? here.keysAt : here.valuesAt;
    at = wanted?.[index] ?? here.valuesAt[index] ?? at;
    here = here.below[index];
  }
  return at;
}

function childOf(marks: Marks, step: string | number): number | undefined {
  if (!marks.keys) return typeof step === 'number' && step < marks.valuesAt.length ? step : undefined;
  if (marks.keys.length > 16) marks.index ??= new Map(marks.keys.map((key, index) => [key, index]));
  const index = marks.index ? marks.index.get(String(step)) : marks.keys.indexOf(String(step));
  return index === undefined || index < 0 ? undefined : index;
}
