import type { Path } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';

type Mapping = { readonly [key: string]: Json };

export const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a fact without what it rests on. Where only its limits are known, those. */
export function plain(value: Json | undefined): Json | undefined {
  if (!isMapping(value)) return value;
  if (Object.hasOwn(value, 'value')) return value['value'];
  return Object.hasOwn(value, 'between') ? value['between'] : value;
}

/** The value at a path, through what facts rest on. */
export function valueAt(data: Json | undefined, path: Path): Json | undefined {
  let here = data;
  for (const step of path) {
    here = plain(here);
    if (!isMapping(here) || !Object.hasOwn(here, step)) return undefined;
    here = here[step];
  }
  return here;
}

/** The data with a value at a path; mappings on the way are made where there are none. */
export function withValue(data: Json | undefined, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const here = plain(data);
  const before = isMapping(here) ? here : {};
  const inner = Object.hasOwn(before, step) ? before[step] : undefined;
  return Object.fromEntries([...Object.entries(before), [String(step), withValue(inner, rest, value)]]);
}
