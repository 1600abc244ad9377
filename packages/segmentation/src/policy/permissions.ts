import type { Landscape } from '../network/landscape.ts';
import { internet, placeKey, type Place } from '../network/place.ts';
import { addressesOf } from '../network/ways.ts';
import { conduitsOf, type Conduit, type ConduitEnd } from './conduits.ts';
import { denialOf, isGuarded } from './default-policy.ts';
import { hostsOf, type Host } from './hosts.ts';
import { needsOf, type Need } from './needs.ts';
import { parcel, type Parcel } from './parcel.ts';
import { packetsOfService } from './services.ts';
import { zonesOf, type Zone } from './zones.ts';

/** What may pass from one place to another. */
export interface Permitted {
  readonly certain: readonly Parcel[];
  /** What may be meant too; it is not known. */
  readonly possible: readonly Parcel[];
  readonly why: readonly string[];
}

/** What an estate permits, and why it forbids the rest. */
export interface Policy {
  readonly zones: ReadonlyMap<string, Zone>;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly needs: readonly Need[];
  readonly conduits: readonly Conduit[];
  /** Why all that is not permitted is forbidden; `undefined` where nothing forbids it. */
  readonly denial: (from: Zone, to: Zone) => string | undefined;
  readonly permitted: (from: Place, to: Place) => Permitted;
}

/** The policy of an estate: its conduits where it declares any, else the product's own with what the estate needs excepted. */
export function policyOf(landscape: Landscape): Policy {
  const zones = zonesOf(landscape);
  const hosts = hostsOf(landscape);
  const needs = needsOf(landscape, hosts);
  const conduits = conduitsOf(landscape, zones, hosts);
  const isDeclared = conduits.length > 0;
  const drafts = isDeclared ? ofConduits(landscape, conduits) : ofNeeds(landscape, hosts, needs);
  return {
    zones,
    hosts,
    needs,
    conduits,
    denial: (from, to) =>
      isDeclared && (isGuarded(from.function) || isGuarded(to.function))
        ? 'no conduit names it'
        : denialOf(from.function, to.function),
    permitted: (from, to) => drafts.get(`${placeKey(from)} ${placeKey(to)}`) ?? nothing,
  };
}

const nothing: Permitted = { certain: [], possible: [], why: [] };

interface Draft {
  readonly certain: Parcel[];
  readonly possible: Parcel[];
  readonly why: string[];
}

class Drafts {
  readonly #all = new Map<string, Draft>();

  between(from: Place, to: Place): Draft {
    const key = `${placeKey(from)} ${placeKey(to)}`;
    const found = this.#all.get(key) ?? { certain: [], possible: [], why: [] };
    this.#all.set(key, found);
    return found;
  }

  get(key: string): Draft | undefined {
    return this.#all.get(key);
  }
}

function ofConduits(landscape: Landscape, conduits: readonly Conduit[]): Drafts {
  const drafts = new Drafts();
  for (const { from, to, services } of conduits)
    for (const a of from)
      for (const b of to) permit(landscape, drafts.between(a.place, b.place), a, b, services);
  return drafts;
}

function permit(
  landscape: Landscape,
  draft: Draft,
  a: ConduitEnd,
  b: ConduitEnd,
  services: readonly string[],
): void {
  const [src, dst] = [
    a.addresses ?? addressesOf(landscape, a.place),
    b.addresses ?? addressesOf(landscape, b.place),
  ];
  if (src === undefined || dst === undefined) return;
  const parcels = services.flatMap(packetsOfService).map((each) => parcel(src, dst, each));
  if (a.addresses !== undefined && b.addresses !== undefined) draft.certain.push(...parcels);
  else {
    draft.possible.push(...parcels);
    draft.why.push(...[a.why, b.why].flatMap((each) => each ?? []));
  }
}

/** Two devices of which one works with the other may speak with each other; towards a cloud only the device opens. */
function ofNeeds(landscape: Landscape, hosts: ReadonlyMap<string, Host>, needs: readonly Need[]): Drafts {
  const drafts = new Drafts();
  const both = (from: ConduitEnd, to: ConduitEnd): void => {
    permit(landscape, drafts.between(from.place, to.place), from, to, ['any']);
  };
  for (const { from, to } of needs) {
    const own = endsOf(landscape, hosts.get(from));
    if (to.kind === 'internet') {
      const there = {
        name: 'internet',
        zone: '',
        place: internet,
        addresses: addressesOf(landscape, internet),
      };
      for (const a of own) both(a, there);
      continue;
    }
    for (const a of own)
      for (const b of endsOf(landscape, hosts.get(to.id))) {
        both(a, b);
        both(b, a);
      }
  }
  return drafts;
}

const endsOf = ({ estate }: Landscape, host: Host | undefined): readonly ConduitEnd[] =>
  (host?.legs ?? []).map(({ network, addresses }) => ({
    name: host?.device ?? '',
    zone: '',
    place: { kind: 'network', id: network },
    addresses,
    ...(addresses === undefined && host !== undefined
      ? { why: `nobody has said which address ${estate.nameOf(host.device)} has` }
      : {}),
  }));
