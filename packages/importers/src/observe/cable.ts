import type { Position } from '@holdfast/kernel';
import type { Observation, ObservedRef } from '../observation.ts';
import { idOf } from './id-of.ts';

/** A cable between two ports. Seen from either end it has the same id, and the same ends in the same order. */
export function cableOf(one: ObservedRef, other: ObservedRef, at: Position): Observation {
  const [from, to] = [one, other].toSorted((a, b) => (spell(a) < spell(b) ? -1 : 1));
  if (!from || !to) throw new RangeError('a cable has two ends');
  return {
    kind: 'cable',
    id: cableId(from, to),
    marks: { key: `${spell(from)} ${spell(to)}` },
    says: [
      { kind: 'ref', path: ['from'], to: from, at },
      { kind: 'ref', path: ['to'], to, at },
    ],
    at,
  };
}

const spell = ({ id, port }: ObservedRef): string => (port ? `${id}:${port}` : id);

/** Both ends by device and port, and never more than an id may have. */
function cableId(from: ObservedRef, to: ObservedRef): string {
  const id = `${idOf(spell(from))}--${idOf(spell(to))}`;
  if (id.length <= 64) return idOf(id);
  // Names that do not fit are told apart by a number that comes from all of them.
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return idOf(`${idOf(from.id).slice(0, 26)}--${idOf(to.id).slice(0, 26)}-${(hash >>> 0).toString(36)}`);
}
