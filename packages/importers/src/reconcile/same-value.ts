import type { Path } from '@holdfast/estate';
import { canonicalJson, type Json } from '@holdfast/kernel';
import { isMapping, plain } from './at-path.ts';
import { nameForm } from './marks-of.ts';

const callsThings = new Set(['name', 'vendor', 'model', 'hostname']);

/** The form in which values are compared: without what they rest on, lists in any order, names and hardware addresses in any spelling. */
export function comparable(path: Path, value: Json): string {
  const last = String(path.at(-1));
  const spell = (text: string): string => {
    if (callsThings.has(last)) return nameForm(text);
    return last === 'mac' ? text.toLowerCase().replaceAll(/[^0-9a-f]/g, '') : text.trim();
  };
  const form = (each: Json): Json => {
    const bare = plain(each) ?? null;
    if (typeof bare === 'string') return spell(bare);
    if (Array.isArray(bare)) return sorted((bare as readonly Json[]).map(form));
    return isMapping(bare)
      ? Object.fromEntries(Object.entries(bare).map(([key, one]) => [key, form(one)]))
      : bare;
  };
  const whole = form(value);
  return canonicalJson(Array.isArray(whole) ? whole : [whole]);
}

const sorted = (list: readonly Json[]): readonly Json[] =>
  list.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));

/** Whether all that a list says is in another one: a source that knows one address of two says nothing new. */
export function isPartOf(path: Path, part: Json, whole: Json): boolean {
  if (path.at(-1) !== 'address') return false;
  const list = (value: Json): readonly Json[] => {
    const bare = plain(value) ?? [];
    return Array.isArray(bare) ? (bare as readonly Json[]) : [bare];
  };
  const there = new Set(list(whole).map((each) => canonicalJson(each)));
  return list(part).every((each) => there.has(canonicalJson(each)));
}
