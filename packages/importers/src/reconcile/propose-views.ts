import type { Estate } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import type { Entry, NewEntry } from '../review/review.ts';
import { plain, valueAt } from './at-path.ts';

/**
 * A view for each new camera whose area is known, and that no view names: only of views does an audit ask what is recorded
 * and watched. No source says what such a camera is there to see, so each view is assumed.
 */
export function proposeViews(entries: readonly Entry[], estate: Estate): readonly NewEntry[] {
  const fresh = entries.filter((each): each is NewEntry => each.kind === 'new');
  const areas = new Set([
    ...estate.all('area').keys(),
    ...fresh.flatMap(({ entity, id }) => (entity === 'area' ? [id] : [])),
  ]);
  const taken = new Set(fresh.map(({ id }) => id));
  const seen = new Set(fresh.flatMap(({ entity, data }) => (entity === 'view' ? camerasOf(data) : [])));
  return fresh.flatMap((camera) => {
    const id = `${camera.id.slice(0, 59)}-view`;
    const place = textAt(camera.data, 'at');
    const isCamera =
      camera.entity === 'device' &&
      estate.get('profile', textAt(camera.data, 'profile') ?? '')?.class === 'camera';
    if (!isCamera || seen.has(camera.id) || place === undefined || !areas.has(place)) return [];
    if (taken.has(id) || estate.kindOf(id) !== undefined) return [];
    return [viewOf(camera, id, place)];
  });
}

const textAt = (data: Json, key: string): string | undefined => {
  const value = plain(valueAt(data, [key]));
  return typeof value === 'string' ? value : undefined;
};

function camerasOf(data: Json): readonly string[] {
  const named = plain(valueAt(data, ['cameras']));
  return (Array.isArray(named) ? named : [named]).filter((each) => typeof each === 'string');
}

const viewOf = (camera: NewEntry, id: string, place: string): NewEntry => ({
  kind: 'new',
  key: `new/${id}`,
  entity: 'view',
  id,
  seen: camera.seen.slice(0, 1),
  data: {
    name: `View of ${textAt(camera.data, 'name') ?? camera.id}`,
    of: place,
    cameras: { value: [camera.id], basis: 'assumed', note: 'no source says what it is there to see' },
  },
  origins: [],
  missing: [],
  notes: ['so that the audit asks of its recordings; no source says what it is there to see'],
});
