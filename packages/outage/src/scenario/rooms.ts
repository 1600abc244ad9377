import { known } from '@holdfast/estate';
import { siteOf } from '@holdfast/topology';
import type { Component, Model } from '../compile/model.ts';

/** What stands in a place: its devices and power supplies, and those of all places in it. Empty for what is no place. */
export function standingIn(model: Model, place: string): readonly Component[] {
  const kind = model.estate.kindOf(place);
  if (kind !== 'site' && kind !== 'building' && kind !== 'floor' && kind !== 'area') return [];
  const { estate } = model;
  return [...estate.all('device'), ...estate.all('supply')]
    .filter(([, { at }]) => at !== undefined && liesIn(model, at, place))
    .flatMap(([id]) => model.components.get(id) ?? []);
}

/** Whether a place is another, or lies in it. A door counts to the side that it protects. */
function liesIn({ estate }: Model, place: string, larger: string): boolean {
  let at: string | undefined = place;
  for (let steps = 0; at !== undefined && steps < 1000; steps += 1) {
    if (at === larger) return true;
    at =
      estate.get('door', at)?.to ??
      estate.get('area', at)?.in ??
      estate.get('floor', at)?.in ??
      estate.get('building', at)?.in;
  }
  return false;
}

/** What others hang on, so that its room is worth asking about. */
const shared = new Set([
  'switch',
  'router',
  'firewall',
  'gateway',
  'hub',
  'server',
  'recorder',
  'controller',
  'alarm-panel',
  'bms-controller',
]);

/** A place with shared equipment, and all that stands there. */
export interface Room {
  readonly place: string;
  readonly site: string | undefined;
  readonly components: readonly Component[];
}

/** The rooms whose loss takes more than what serves them alone: at least two things stand there, one of them shared equipment or a supply. */
export function rooms(model: Model): readonly Room[] {
  const { estate } = model;
  const standing = new Map<string, Component[]>();
  const worth = new Set<string>();
  for (const [id, { at, profile }] of estate.all('device')) {
    const room = roomOf(model, at);
    note(standing, room, model.components.get(id));
    const kind = estate.get('profile', known(profile))?.class;
    if (room !== undefined && kind !== undefined && shared.has(kind)) worth.add(room);
  }
  for (const [id, { at }] of estate.all('supply')) {
    const room = at === undefined ? undefined : roomOf(model, at);
    note(standing, room, model.components.get(id));
    if (room !== undefined) worth.add(room);
  }
  return [...standing].flatMap(([place, components]) =>
    worth.has(place) && components.length > 1 ? [{ place, site: siteOf(estate, place), components }] : [],
  );
}

/** The area that something stands in; what is only known to be somewhere in a building or site is in no room. */
function roomOf({ estate }: Model, at: string): string | undefined {
  const area = estate.get('door', at)?.to ?? at;
  return estate.get('area', area) ? area : undefined;
}

function note(
  standing: Map<string, Component[]>,
  room: string | undefined,
  component: Component | undefined,
): void {
  if (room === undefined || component === undefined) return;
  const own = standing.get(room);
  if (own) own.push(component);
  else standing.set(room, [component]);
}
