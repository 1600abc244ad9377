import type { AuditDocument } from '@holdfast/audit';
import { plural, phrases, type CapabilityName, type Verdict } from '@holdfast/outage';

/** Looks up what an id is called. */
export function namesOf(document: AuditDocument): (id: string) => string {
  const places = new Map(document.places.map(({ id, name }) => [id, name]));
  return (id) => places.get(id) ?? document.names[id] ?? id;
}

/** `A`, `A and B`, `A, B, C and 38 more`: all of up to four, else the first three. */
export function joinNames(names: readonly string[]): string {
  const shown = names.length <= 4 ? names : [...names.slice(0, 3), `${names.length - 3} more`];
  return joinWords(shown);
}

/** `a, b and c`. */
export const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** What is told of places when a capability is lost, in doubt or back: `Back door and Front door report no forcing`. */
export const tellOf = (names: readonly string[], capability: CapabilityName, verdict: Verdict): string =>
  `${joinNames(names)} ${plural(phrases[capability].tells[verdict], names.length)}`;

/** `1 door`, `4 doors`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
