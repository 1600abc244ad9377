import { readEntity, type Estate, type EntityKind } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import { isMapping, plain, valueAt, withValue } from './at-path.ts';
import { chooseProfile } from './choose-profile.ts';
import { isFactAt } from './language-at.ts';
import type { Thing } from './thing.ts';

/** A new entity as far as it can be completed without guessing. */
export interface Completed {
  readonly data: Json;
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

/** Parts of a door that the audit asks for where a source does not say them. */
const doorFacts = [
  ['lock', 'kind'],
  ['exit', 'kind'],
] as const;

/** The same, of a door whose lock is not mechanical: nothing feeds such a lock, and nothing decides at it. */
const poweredDoorFacts = [['lock', 'onPowerLoss'], ['lock', 'power'], ['decidedBy']] as const;

/** Keys that people look for first, in the order in which the samples write them. */
const first = [
  'name',
  'profile',
  'from',
  'to',
  'in',
  'at',
  'class',
  'kind',
  'vendor',
  'model',
  'lock',
  'decidedBy',
  'reader',
  'relay',
  'release',
  'exit',
];

function inOrder(data: Json): Json {
  if (!isMapping(data)) return data;
  const rank = (key: string): number => (first.indexOf(key) + first.length + 1) % (first.length + 1);
  return Object.fromEntries(Object.entries(data).toSorted(([a], [b]) => rank(a) - rank(b)));
}

const placeKeys: Readonly<Partial<Record<EntityKind, string>>> = {
  area: 'in',
  building: 'in',
  device: 'at',
  network: 'site',
};

/**
 * Fills in what a new entity needs: `unknown` where the language has it, the site where there is only one or one was
 * named, a profile where the product decides it. What is still missing is named.
 */
export function complete(thing: Thing, data: Json, estate: Estate, site: string | undefined): Completed {
  const notes: string[] = [];
  const { kind } = thing;
  let whole = data;
  const add = (path: readonly string[], value: Json): void => {
    if (valueAt(whole, path) === undefined) whole = withValue(whole, path, value);
  };
  if (kind === 'device') {
    const { profile, note } = chooseProfile(estate, productOf(thing, whole));
    if (valueAt(whole, ['profile']) === undefined) notes.push(note);
    add(['profile'], profile);
  }
  const place = placeKeys[kind];
  if (place !== undefined && site !== undefined) {
    if (kind === 'device' && valueAt(whole, [place]) === undefined)
      notes.push(`its place is not known: put at the site '${site}'`);
    add([place], site);
  }
  if (kind === 'door') {
    for (const path of doorFacts) add(path, 'unknown');
    if (plain(valueAt(whole, ['lock', 'kind'])) !== 'mechanical')
      for (const path of poweredDoorFacts) add(path, 'unknown');
  }
  const filled = withUnknowns(kind, whole);
  return { ...filled, data: inOrder(filled.data), notes };
}

/** `unknown` for each required key that may be, the names of the others. */
export function withUnknowns(
  kind: EntityKind,
  data: Json,
): { readonly data: Json; readonly missing: readonly string[] } {
  let whole = data;
  const missing: string[] = [];
  for (const each of readEntity(kind, data).problems) {
    const key = each.code === 'key-missing' ? each.missing : undefined;
    if (key === undefined) continue;
    const path = [...each.path, key];
    if (isFactAt(kind, path)) whole = withValue(whole, path, 'unknown');
    else missing.push(path.join('.'));
  }
  return { data: whole, missing };
}

/** What the sources and its data tell of the product that a thing is. */
export function productOf(thing: Thing, data: Json): Parameters<typeof chooseProfile>[1] {
  const text = (key: string): string | undefined => {
    const value = plain(valueAt(data, [key]));
    return typeof value === 'string' && value !== 'unknown' ? value : undefined;
  };
  const vendor = text('vendor');
  const model = text('model');
  const deviceClass = thing.sightings.find(({ seen }) => seen.deviceClass !== undefined)?.seen.deviceClass;
  return {
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    deviceClass,
  };
}
