import { zoneFunctions, type Estate, type ZoneFunction } from '@holdfast/estate';
import type { Landscape } from '../network/landscape.ts';
import { internet, placeKey, type Place } from '../network/place.ts';
import { functionOfClass, isSecurity } from './device-functions.ts';
import { hostsOf, type Host } from './hosts.ts';

type RiskClass = 'low' | 'medium' | 'high' | 'critical';

/** Places that one policy is about. @see IEC 62443-3-2 ZCR 3.1 */
export interface Zone {
  readonly id: string;
  readonly name: string;
  /** `unknown` where nothing says what it is for. */
  readonly function: ZoneFunction | 'unknown';
  readonly riskClass: RiskClass | undefined;
  /** Whether the estate declares it, its function follows from the word that networks name or from what stands in it, or it is always there. */
  readonly basis: 'declared' | 'word' | 'devices' | 'built-in';
  /** Networks, the internet, or the remote access of a party. */
  readonly places: readonly Place[];
}

const risks: readonly RiskClass[] = ['low', 'medium', 'high', 'critical'];

/**
 * The zones of an estate, by id: those that it declares; for networks that name none of them, zones by the word that they
 * name or of their own; the internet; and the remote access of each party.
 */
export function zonesOf(landscape: Landscape): ReadonlyMap<string, Zone> {
  const { estate } = landscape;
  const hosts = [...hostsOf(landscape).values()];
  const words = new Set([...estate.all('network').values()].flatMap(({ zone }) => zone ?? []));
  const groups = new Map<string, Place[]>([...estate.all('zone').keys()].map((id) => [id, []]));
  const free = (id: string, kind: string): string =>
    words.has(id) || estate.get('zone', id) !== undefined || id === 'internet' ? `${kind}:${id}` : id;
  for (const [id, { zone }] of estate.all('network')) {
    const key = zone ?? free(id, 'network');
    const own = groups.get(key) ?? [];
    own.push({ kind: 'network', id });
    groups.set(key, own);
  }
  for (const [id, { from }] of estate.all('vpn'))
    if (estate.get('party', from) !== undefined) groups.set(free(id, 'vpn'), [{ kind: 'vpn', id }]);
  groups.set('internet', [...(groups.get('internet') ?? []), internet]);
  return new Map([...groups].map(([id, places]) => [id, zoneOf(landscape, id, places, hosts)] as const));
}

function zoneOf(landscape: Landscape, id: string, places: readonly Place[], hosts: readonly Host[]): Zone {
  const { estate } = landscape;
  const declared = estate.get('zone', id);
  const risk = declared?.riskClass ?? worstOf(estate, places);
  const base = { id, name: nameOf(estate, id, places), riskClass: risk, places };
  if (declared) return { ...base, function: declared.function, basis: 'declared' };
  const [first] = places;
  if (id === 'internet') return { ...base, name: 'internet', function: 'internet', basis: 'built-in' };
  if (first?.kind === 'vpn') return { ...base, function: 'remote-access', basis: 'built-in' };
  const word = zoneFunctions.find((each) => each === id);
  if (word) return { ...base, function: word, basis: 'word' };
  return { ...base, function: byDevices(landscape, places, hosts), basis: 'devices' };
}

/** What a zone is called: its name, or that of its only place. */
function nameOf(estate: Estate, id: string, places: readonly Place[]): string {
  const declared = estate.get('zone', id);
  if (declared) return declared.name ?? id;
  const [only] = places;
  const named =
    places.length === 1 &&
    only !== undefined &&
    only.kind !== 'internet' &&
    (only.id === id || id.endsWith(`:${only.id}`));
  return named ? estate.nameOf(only.id) : id;
}

function worstOf(estate: Estate, places: readonly Place[]): RiskClass | undefined {
  const ranks = places.flatMap((place) => {
    const risk = place.kind === 'network' ? estate.get('network', place.id)?.riskClass : undefined;
    return risk === undefined ? [] : [risks.indexOf(risk)];
  });
  return ranks.length === 0 ? undefined : risks[Math.max(...ranks)];
}

/**
 * What most of its devices are for; of as many, a security function first. What carries packets counts only where
 * nothing else stands: it has a leg everywhere.
 */
function byDevices(
  { subnets }: Landscape,
  places: readonly Place[],
  hosts: readonly Host[],
): ZoneFunction | 'unknown' {
  const networks = new Set(places.flatMap((each) => (each.kind === 'network' ? [each.id] : [])));
  if ([...networks].every((id) => subnets.get(id)?.isTransit === true)) return 'transit';
  const counts = new Map<ZoneFunction, number>();
  for (const { class: kind, legs } of hosts) {
    const own = kind && functionOfClass[kind];
    if (own === undefined || !legs.some(({ network }) => networks.has(network))) continue;
    counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  const told = [...counts].filter(([name]) => name !== 'management');
  const [most] = (told.length > 0 ? told : [...counts]).toSorted(
    ([a, many], [b, more]) =>
      more - many ||
      Number(isSecurity(b)) - Number(isSecurity(a)) ||
      zoneFunctions.indexOf(a) - zoneFunctions.indexOf(b),
  );
  return most?.[0] ?? 'unknown';
}

/** What tells two zones in their order; zones are called by any word. */
export const pairKey = (from: string, to: string): string => `${from}\n${to}`;

/** The zone that each place is in, by the key of the place. */
export const zoneByPlace = (zones: ReadonlyMap<string, Zone>): ReadonlyMap<string, string> =>
  new Map(
    [...zones.values()].flatMap(({ id, places }) => places.map((each) => [placeKey(each), id] as const)),
  );
