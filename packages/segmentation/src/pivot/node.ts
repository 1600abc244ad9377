import { known, type EntityData, type Estate } from '@holdfast/estate';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { networkSegment, type Landscape } from '../network/landscape.ts';
import { internet, type Place } from '../network/place.ts';
import { addressesOf } from '../network/ways.ts';

/** Something that listens on a port. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly port: number;
  /** In words: `tcp/80 http, Apache httpd 2.4`. */
  readonly name: string;
}

/** One interface, and what it can speak as. */
export interface Leg {
  readonly place: Place;
  /** `undefined` where nobody has said, not even of its network. */
  readonly addresses: IntervalSet | undefined;
  /** Whether they are its own, and not those of its whole network. */
  readonly isOwn: boolean;
  /** The switch port that it is on: `sw-1:12`. */
  readonly port: string | undefined;
}

/** Something that can send packets: a device, the internet, a party by remote access, or a cloud service. */
export interface PivotNode {
  readonly id: string;
  readonly name: string;
  readonly kind: 'device' | 'internet' | 'party' | 'service';
  readonly legs: readonly Leg[];
  readonly listeners: readonly Listener[];
  /** A router answers at its own addresses, by rules of its own. */
  readonly isRouter: boolean;
}

/** All that can send packets, by id. */
export function nodesOf(landscape: Landscape): ReadonlyMap<string, PivotNode> {
  const { estate } = landscape;
  const nodes: PivotNode[] = [
    {
      id: 'internet',
      name: 'the internet',
      kind: 'internet',
      legs: [{ place: internet, addresses: landscape.outside, isOwn: true, port: undefined }],
      listeners: [],
      isRouter: false,
    },
  ];
  for (const [id, device] of estate.all('device')) {
    const legs = legsOf(landscape, id, device);
    if (legs.length === 0) continue;
    nodes.push({
      id,
      name: estate.nameOf(id),
      kind: 'device',
      legs,
      listeners: listenersOf(device),
      isRouter: landscape.routers.has(id),
    });
  }
  for (const [id, { from }] of estate.all('vpn')) {
    if (estate.get('party', from) === undefined) continue;
    nodes.push({
      id,
      name: `${estate.nameOf(from)} by ${estate.nameOf(id)}`,
      kind: 'party',
      legs: remoteLegs(landscape, id),
      listeners: [],
      isRouter: false,
    });
  }
  for (const [id, { on }] of estate.all('service')) {
    if ((known(on) ?? []).length > 0) continue;
    nodes.push({ id, name: estate.nameOf(id), kind: 'service', legs: [], listeners: [], isRouter: false });
  }
  return new Map(nodes.map((each) => [each.id, each]));
}

function legsOf(landscape: Landscape, id: string, device: EntityData<'device'>): readonly Leg[] {
  const declared = device.interfaces
    ? Object.values(device.interfaces).map(({ network, address, uplink }) => ({
        network,
        addresses: address === undefined ? [] : [address],
        port: uplink,
      }))
    : [
        {
          network: device.network,
          addresses: device.address ?? [],
          port: (known(device.uplink) ?? []).at(0),
        },
      ];
  const router = landscape.routers.get(id);
  const gateways = [...landscape.subnets.values()]
    .filter(
      (subnet) =>
        !declared.some(({ network }) => network === subnet.id) &&
        router?.ports.some(({ segment }) => segment === networkSegment(subnet.id)),
    )
    .map((subnet) => ({ network: subnet.id, addresses: [] as readonly string[], port: undefined }));
  return [...declared, ...gateways].flatMap(({ network, addresses, port }) => {
    if (network === undefined) return [];
    const place: Place = { kind: 'network', id: network };
    const within = landscape.subnets.get(network)?.addresses;
    const own = intervalSet(addresses.flatMap((each) => prefixOf(each) ?? []));
    if (own.length > 0) return [{ place, addresses: own, isOwn: true, port }];
    const found = router === undefined ? [] : within === undefined ? [] : meet(router.addresses, within);
    return [
      found.length > 0
        ? { place, addresses: found, isOwn: true, port }
        : { place, addresses: within, isOwn: false, port },
    ];
  });
}

const meet = (own: IntervalSet, within: IntervalSet): IntervalSet =>
  own.filter(({ low }) => within.some((each) => each.low <= low && low <= each.high));

/** Remote access comes out in the networks that it lands in, as one of their hosts, else at the router that it ends on. */
function remoteLegs(landscape: Landscape, id: string): readonly Leg[] {
  const vpn = landscape.estate.get('vpn', id);
  const place: Place = { kind: 'vpn', id };
  const pool = addressesOf(landscape, place);
  if (vpn?.lands === undefined) return [{ place, addresses: pool, isOwn: true, port: undefined }];
  return vpn.lands.map((network) => ({
    place: { kind: 'network', id: network },
    addresses: pool ?? landscape.subnets.get(network)?.addresses,
    isOwn: pool !== undefined,
    port: undefined,
  }));
}

function listenersOf({ listens }: EntityData<'device'>): readonly Listener[] {
  return Object.entries(listens ?? {}).flatMap(([endpoint, fact]) => {
    const [protocol, port] = endpoint.split('/');
    // Keys of `listens` have this form.
    if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
    const told = known(fact);
    const product = [told?.product, told?.version].filter((each) => each !== undefined).join(' ');
    const words = [told?.service, product === '' ? undefined : product].filter((each) => each !== undefined);
    return [{ protocol, port: Number(port), name: [endpoint, words.join(', ')].join(' ').trim() }];
  });
}

/** The devices of a zone, class or site, what a word of `holds` stands on, and so on; `undefined` where a selector is none. */
export function selected(
  { estate }: Landscape,
  nodes: ReadonlyMap<string, PivotNode>,
  selector: string,
  siteOfDevice: (id: string) => string | undefined,
): readonly PivotNode[] | undefined {
  const all = [...nodes.values()];
  const cut = selector.indexOf(':');
  const rest = selector.slice(cut + 1);
  const devices = (wanted: (id: string, data: EntityData<'device'>) => boolean): readonly PivotNode[] =>
    all.filter(({ id, kind }) => {
      const data = kind === 'device' ? estate.get('device', id) : undefined;
      return data !== undefined && wanted(id, data);
    });
  switch (cut < 0 ? '' : selector.slice(0, cut)) {
    case '': {
      const node = nodes.get(selector);
      return node === undefined ? undefined : [node];
    }
    case 'class':
      return devices((_, data) => estate.get('profile', known(data.profile))?.class === rest);
    case 'holds':
      return devices((_, { holds = [] }) => holds.includes(rest));
    case 'network':
      return devices((id) => onNetwork(nodes.get(id), (network) => network === rest));
    case 'zone':
      return devices((id) =>
        onNetwork(nodes.get(id), (network) => estate.get('network', network)?.zone === rest),
      );
    case 'site':
      return devices((id) => siteOfDevice(id) === rest);
    case 'party':
      return all.filter(({ id, kind }) => kind !== 'device' && partyOf(estate, id) === rest);
    default:
      return undefined;
  }
}

const onNetwork = (node: PivotNode | undefined, wanted: (network: string) => boolean): boolean =>
  node?.legs.some(({ place }) => place.kind === 'network' && wanted(place.id)) ?? false;

/** Whose remote access or cloud service it is. */
const partyOf = (estate: Estate, id: string): string | undefined =>
  estate.get('vpn', id)?.from ?? known(estate.get('service', id)?.provider);
