import type { PlaceReading } from './place-reading.ts';

/** Places that fare alike, told as one. */
export interface AlikePlaces {
  readonly first: PlaceReading;
  readonly all: readonly PlaceReading[];
}

/** Places of one kind at one site. */
export interface PlaceGroup {
  readonly site: string;
  readonly kind: string;
  readonly title: string;
  readonly places: readonly AlikePlaces[];
  /** How many places are left out, since there is no room for them. */
  readonly left: number;
}

const kinds = [
  ['door', 'Doors'],
  ['view', 'Camera views'],
  ['area', 'Areas'],
  ['site', 'The site as a whole'],
  ['post', 'Guard posts'],
] as const;
const classes = ['critical', 'restricted', 'staff', 'public'];
/** Up to this many places of a kind are all told by themselves, where there is room. */
const fewEnough = 12;
/** Where there is less, up to this many. */
const veryFew = 2;

/** Places by site and kind, the critical ones first; from many, those that fare alike are one. At most `limit` of each site; `tight` folds even a few. */
export function groupPlaces(
  readings: readonly PlaceReading[],
  limit: number,
  tight = false,
): readonly PlaceGroup[] {
  const sites = Map.groupBy(readings, ({ place }) => place.site);
  return [...sites].flatMap(([site, own]) => {
    let room = limit;
    return [...Map.groupBy(own, ({ place }) => place.kind)]
      .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
      .map(([kind, members]): PlaceGroup => {
        const alike = foldAlike(members, tight ? veryFew : fewEnough);
        const shown = alike.slice(0, room);
        room -= shown.length;
        const left = alike.slice(shown.length).reduce((sum, { all }) => sum + all.length, 0);
        return { site, kind, title: kinds.find(([each]) => each === kind)?.[1] ?? kind, places: shown, left };
      });
  });
}

function rankOf(kind: string): number {
  const found = kinds.findIndex(([each]) => each === kind);
  return found < 0 ? kinds.length : found;
}

function foldAlike(members: readonly PlaceReading[], few: number): readonly AlikePlaces[] {
  const sorted = members.toSorted(
    (a, b) =>
      Number(b.hit) - Number(a.hit) || classOf(a) - classOf(b) || (a.place.name < b.place.name ? -1 : 1),
  );
  if (members.length <= few) return sorted.map((first) => ({ first, all: [first] }));
  return [...Map.groupBy(sorted, likeness).values()].map((all) => ({ first: all[0] as PlaceReading, all }));
}

function classOf({ place }: PlaceReading): number {
  const found = classes.indexOf(place.class ?? '');
  return found < 0 ? classes.length : found;
}

const likenesses = new WeakMap<PlaceReading, string>();

/** What two places that fare alike have in common: their class, and every timeline. */
function likeness(reading: PlaceReading): string {
  const known = likenesses.get(reading);
  if (known !== undefined) return known;
  const { place, capabilities, spans } = reading;
  const text = JSON.stringify([
    place.class,
    spans,
    capabilities.map(({ name, steps, usual }) => [name, steps, usual]),
  ]);
  likenesses.set(reading, text);
  return text;
}
