import { known, type Estate } from '@holdfast/estate';
import type { CapabilityName } from '../compile/model.ts';
import type { Verdict } from './timeline.ts';

/** What is told after a loss at doors: whose keys still open them, and which floors a lift is about. Empty where there is nothing to tell. */
export function meanwhile(
  estate: Estate,
  capability: CapabilityName,
  verdict: Verdict,
  doors: readonly string[],
): string {
  if (verdict === 'holds') return '';
  const parts = [...floors(estate, doors), ...(capability === 'admits-known' ? [keys(estate, doors)] : [])];
  const said = parts.filter((each) => each !== '');
  return said.length === 0 ? '' : ` (${said.join('; ')})`;
}

/** `floors 1 and 2`: those that a lift leads to. */
function floors(estate: Estate, doors: readonly string[]): readonly string[] {
  const served = doors.flatMap((id) => estate.get('door', id)?.floors ?? []);
  const names = [...new Set(served)].map((each) => estate.nameOf(each)).toSorted();
  return names.length === 0 ? [] : [`the way to ${list(names)}`];
}

/** Whose key opens doors that no badge does; alike for all, or door by door. */
function keys(estate: Estate, doors: readonly string[]): string {
  const byHolder = Map.groupBy(new Set(doors), (id) => holders(estate, id));
  const several = byHolder.size > 1;
  return [...byHolder]
    .map(([held, own]) =>
      several ? `${list(own.map((id) => estate.nameOf(id)).toSorted())}: ${held}` : held,
    )
    .join('; ');
}

function holders(estate: Estate, id: string): string {
  const key = estate.get('door', id)?.key;
  if (key === undefined) return 'no key is declared';
  const held = known(key)?.holders;
  return held === undefined || held.length === 0
    ? 'who has a key is unknown'
    : `key: ${list(held.map((each) => estate.nameOf(each)))}`;
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
