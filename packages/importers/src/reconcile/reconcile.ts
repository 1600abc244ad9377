import { entityKinds, known, type Estate } from '@holdfast/estate';
import { compareProblems, type Json, type Problem } from '@holdfast/kernel';
import type { Import } from '../observation.ts';
import type {
  ChangedEntry,
  Entry,
  MatchConflict,
  NewEntry,
  Review,
  ValueConflict,
} from '../review/review.ts';
import { plain, valueAt, withValue } from './at-path.ts';
import { Cabling } from './cabling.ts';
import { chooseProfile } from './choose-profile.ts';
import { complete, productOf } from './complete.ts';
import { goneOf } from './gone.ts';
import { canonicalAt } from './language-at.ts';
import { ambiguityKey, match } from './match.ts';
import { proposeViews } from './propose-views.ts';
import { Resolver } from './resolver.ts';
import { comparable, isPartOf } from './same-value.ts';
import { saidOf, type Said } from './said.ts';
import type { Ambiguity, Thing } from './thing.ts';

/** How imports are laid beside an estate. */
export interface ReconcileOptions {
  /** Only this site of the estate is looked at, and new things are put there. */
  readonly site?: string;
  /** Which declared thing a doubtful sighting is, by the key of its conflict: an id, or `new`. */
  readonly decisions?: ReadonlyMap<string, string>;
  /** Whether every table is the whole list of what it is about, however little it shows. */
  readonly isComplete?: boolean;
}

/** Lays imports beside an estate: what is new, changed, gone or in conflict. The estate stays as it is. */
export function reconcile(
  estate: Estate,
  imports: readonly Import[],
  options: ReconcileOptions = {},
): Review {
  const { things, ambiguities } = match(estate, imports, options.site, options.decisions);
  const resolver = new Resolver(estate, things);
  const problems: Problem[] = imports.flatMap((each) => each.problems);
  const site = options.site ?? onlySite(estate, things);
  const entries: Entry[] = [];
  const cabling = new Cabling(estate);
  let same = 0;
  for (const thing of things) {
    const said = saidOf(thing, resolver, problems);
    if (!thing.declared) {
      const fresh = newEntries(thing, said, estate, site);
      const isKnown = fresh.some(
        (each) => each.entity === 'cable' && each.kind === 'new' && cabling.isKnown(each.data),
      );
      if (isKnown) same += said.length;
      else entries.push(...fresh);
    }
    if (thing.declared) {
      const differing = said.flatMap((each) => differenceOf(thing, each, estate));
      same += said.length - differing.length;
      entries.push(...differing, ...profileFor(thing, said, estate));
    }
  }
  entries.push(...proposeViews(entries, estate));
  entries.push(...ambiguities.map(matchConflict));
  const doubtful = new Set(ambiguities.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  const { isComplete = false } = options;
  entries.push(...goneOf(estate, imports, things, doubtful, { site: options.site, isComplete }, problems));
  return {
    estate: estate.hash,
    inputs: imports.map(({ file, format, sha256, tool, capturedAt, observations }) => ({
      file,
      format,
      sha256,
      ...(tool === undefined ? {} : { tool }),
      ...(capturedAt === undefined ? {} : { capturedAt }),
      observations: observations.length,
    })),
    entries: distinct(entries),
    same,
    problems: problems.toSorted(compareProblems),
  };
}

function onlySite(estate: Estate, things: readonly Thing[]): string | undefined {
  const sites = new Set([
    ...estate.all('site').keys(),
    ...things.flatMap(({ kind, id }) => (kind === 'site' ? [id] : [])),
  ]);
  return sites.size === 1 ? [...sites][0] : undefined;
}

function newEntries(
  thing: Thing,
  said: readonly Said[],
  estate: Estate,
  site: string | undefined,
): readonly (NewEntry | ValueConflict)[] {
  const { kind: entity, id } = thing;
  const agreed = said.flatMap(({ path, values: [first, second] }) =>
    first && !second ? [{ path, seen: first }] : [],
  );
  const data = agreed.reduce<Json>((whole, { path, seen }) => withValue(whole, path, seen.written), {});
  const completed = complete(thing, data, estate, site);
  return [
    {
      kind: 'new',
      key: `new/${id}`,
      entity,
      id,
      seen: thing.sightings.map(({ seen }) => seen.at),
      origins: agreed.map(({ path, seen }) => ({ path, at: seen.at })),
      ...completed,
      notes: [...completed.notes, ...notesOf(thing)],
    },
    ...said.flatMap((each) => (each.values.length > 1 ? [valueConflict(thing, each, undefined)] : [])),
  ];
}

const notesOf = ({ sightings }: Thing): readonly string[] =>
  sightings.flatMap(({ seen }) => (seen.note === undefined ? [] : [seen.note]));

function differenceOf(thing: Thing, said: Said, estate: Estate): readonly (ChangedEntry | ValueConflict)[] {
  const { kind, id } = thing;
  const { path, values } = said;
  // An entity's data is JSON.
  const data = estate.get(kind, id) as Json | undefined;
  const there = valueAt(data, path) ?? fromProfile(estate, thing, said);
  const at = estate.at(kind, id, path);
  const declared = there === undefined ? undefined : { value: there, ...(at === undefined ? {} : { at }) };
  if (values.length > 1) return [valueConflict(thing, said, declared)];
  const [seen] = values;
  if (!seen || (there !== undefined && isSame(path, canonicalAt(kind, data ?? {}, path, seen.value), there)))
    return [];
  // Whoever refers to a thing by its id says nothing about its name.
  if (path.join('.') === 'name' && there !== undefined && seen.value === id) return [];
  const by = thing.sightings.find((each) => each.by !== undefined)?.by ?? 'id';
  return [
    {
      kind: 'changed',
      key: keyOf('changed', thing, path),
      entity: kind,
      id,
      path,
      ...(declared ? { declared } : {}),
      seen,
      by,
    },
  ];
}

/** A profile for a declared device that has none, where the sources now tell what it is: a scan has named it before anybody knew. */
function profileFor(thing: Thing, said: readonly Said[], estate: Estate): readonly ChangedEntry[] {
  const { kind, id, sightings } = thing;
  const device = kind === 'device' ? estate.get('device', id) : undefined;
  const isSaid = said.some(({ path }) => path.join('.') === 'profile');
  if (!device || isSaid || known(device.profile) !== undefined || typeof device.profile === 'object')
    return [];
  const seen = said.reduce<Json>(
    (whole, { path, values: [first, second] }) =>
      first && !second ? withValue(whole, path, first.value) : whole,
    // An entity's data is JSON.
    device as Json,
  );
  const { profile } = chooseProfile(estate, productOf(thing, seen));
  const [sighting] = sightings;
  if (profile === 'unknown' || !sighting) return [];
  const at = estate.at('device', id, ['profile']);
  return [
    {
      kind: 'changed',
      key: keyOf('changed', thing, ['profile']),
      entity: 'device',
      id,
      path: ['profile'],
      declared: { value: 'unknown', ...(at === undefined ? {} : { at }) },
      seen: { value: plain(profile) ?? profile, at: sighting.seen.at, basis: 'assumed', written: profile },
      by: sightings.find((each) => each.by !== undefined)?.by ?? 'id',
    },
  ];
}

/** What the profile of a device says of its product need not stand in the device too. */
function fromProfile(estate: Estate, { kind, id }: Thing, { path }: Said): Json | undefined {
  const [key] = path;
  if (kind !== 'device' || path.length !== 1 || (key !== 'vendor' && key !== 'model')) return undefined;
  const profile = estate.get('device', id)?.profile;
  const name = typeof profile === 'object' ? profile.value : profile;
  return estate.get('profile', name)?.[key];
}

const isSame = (path: Said['path'], seen: Json, there: Json): boolean =>
  comparable(path, seen) === comparable(path, there) || isPartOf(path, seen, there);

const keyOf = (kind: string, { id }: Thing, path: Said['path']): string => `${kind}/${id}/${path.join('.')}`;

const valueConflict = (
  thing: Thing,
  { path, values }: Said,
  declared: ValueConflict['declared'],
): ValueConflict => ({
  kind: 'conflict',
  about: 'value',
  key: keyOf('conflict', thing, path),
  entity: thing.kind,
  id: thing.id,
  path,
  ...(declared ? { declared } : {}),
  choices: values,
});

const matchConflict = ({ sighting, candidates }: Ambiguity): MatchConflict => ({
  kind: 'conflict',
  about: 'match',
  key: ambiguityKey(sighting),
  entity: sighting.seen.kind,
  id: sighting.seen.id,
  seen: sighting.seen.at,
  candidates,
});

/** One entry for each key, in an order that does not hang on the files: of two doubtful sightings of one id, the first speaks for both. */
function distinct(entries: readonly Entry[]): readonly Entry[] {
  const byKey = new Map<string, Entry>();
  for (const each of entries) if (!byKey.has(each.key)) byKey.set(each.key, each);
  return [...byKey.values()].toSorted(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      entityKinds.indexOf(a.entity) - entityKinds.indexOf(b.entity) ||
      (a.key < b.key ? -1 : 1),
  );
}

const order: readonly Entry['kind'][] = ['new', 'changed', 'gone', 'conflict'];
