import { known, type EntityData } from '@holdfast/estate';
import type { Position } from '@holdfast/kernel';
import type { IntervalSet } from '../model/interval.ts';
import type { Landscape } from '../network/landscape.ts';
import { internet, placeKey, type Place } from '../network/place.ts';
import { addressesOf } from '../network/ways.ts';
import type { Host } from './hosts.ts';
import { zoneByPlace, type Zone } from './zones.ts';

/** One place that a conduit begins or ends in, and what of it. */
export interface ConduitEnd {
  /** As the conduit names it: one device may be in several zones. */
  readonly name: string;
  readonly zone: string;
  readonly place: Place;
  /** The addresses that are meant; `undefined` where nobody has said which. */
  readonly addresses: IntervalSet | undefined;
  /** Why they are not known. */
  readonly why?: string;
}

/** What may open connections to what, as the estate declares it. */
export interface Conduit {
  readonly id: string;
  readonly from: readonly ConduitEnd[];
  readonly to: readonly ConduitEnd[];
  readonly services: readonly string[];
  /** Whether it is only permitted, and nobody needs it to pass. */
  readonly mayFail: boolean;
  readonly at: Position | undefined;
}

interface World {
  readonly landscape: Landscape;
  readonly zones: ReadonlyMap<string, Zone>;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly zoneOf: ReadonlyMap<string, string>;
}

/** The conduits of an estate, with their ends found. */
export function conduitsOf(
  landscape: Landscape,
  zones: ReadonlyMap<string, Zone>,
  hosts: ReadonlyMap<string, Host>,
): readonly Conduit[] {
  const world: World = { landscape, zones, hosts, zoneOf: zoneByPlace(zones) };
  return [...landscape.estate.all('conduit')].map(([id, data]) => ({
    id,
    from: data.from.flatMap((each) => named(each, endsOf(world, each))),
    to: data.to.flatMap((each) => named(each, endsOf(world, each))),
    services: data.services,
    mayFail: data.mayFail === true,
    at: landscape.estate.at('conduit', id),
  }));
}

type Found = Omit<ConduitEnd, 'name'>;

const named = (name: string, ends: readonly Found[]): readonly ConduitEnd[] =>
  ends.map((each) => ({ name, ...each }));

/** A word that is a zone is one, whatever else it is. */
function endsOf(world: World, name: string): readonly Found[] {
  const { landscape, zones, hosts } = world;
  const { estate } = landscape;
  const zone = zones.get(name);
  if (zone) return zone.places.flatMap((place) => placeEnd(world, place));
  if (estate.get('network', name)) return placeEnd(world, { kind: 'network', id: name });
  const host = hosts.get(name);
  if (host) return hostEnds(world, host);
  const service = estate.get('service', name);
  if (service) return serviceEnds(world, service);
  return [...estate.all('vpn')].flatMap(([id, { from }]) =>
    from === name ? placeEnd(world, { kind: 'vpn', id }) : [],
  );
}

function placeEnd({ landscape, zoneOf }: World, place: Place): readonly Found[] {
  const zone = zoneOf.get(placeKey(place));
  if (zone === undefined) return [];
  const addresses = addressesOf(landscape, place);
  return addresses === undefined
    ? [
        {
          zone,
          place,
          addresses,
          why: `nobody has said which addresses ${place.kind === 'internet' ? 'the internet' : landscape.estate.nameOf(place.id)} has`,
        },
      ]
    : [{ zone, place, addresses }];
}

function hostEnds({ landscape, zoneOf }: World, { device, legs }: Host): readonly Found[] {
  return legs.flatMap(({ network, addresses }): readonly Found[] => {
    const place: Place = { kind: 'network', id: network };
    const zone = zoneOf.get(placeKey(place));
    if (zone === undefined) return [];
    return addresses === undefined
      ? [
          {
            zone,
            place,
            addresses,
            why: `nobody has said which address ${landscape.estate.nameOf(device)} has`,
          },
        ]
      : [{ zone, place, addresses }];
  });
}

/** A service on devices is where they are; any other is somewhere on the internet. */
function serviceEnds(world: World, { on }: EntityData<'service'>): readonly Found[] {
  if (on === undefined) return placeEnd(world, internet);
  return (known(on) ?? []).flatMap((each) => {
    const host = world.hosts.get(each);
    return host ? hostEnds(world, host) : [];
  });
}
