import { known, type Estate } from '@holdfast/estate';
import { buildForwarding, siteOf } from '@holdfast/topology';
import { programOf } from '../engine/program.ts';
import { addressOf, family, prefixOf } from '../model/address.ts';
import type { Firewall, Route } from '../model/firewall.ts';
import { contains, intervalSet, subtract, type IntervalSet } from '../model/interval.ts';
import { nameLinks } from './name-links.ts';
import type { Port, Router, Subnet } from './router.ts';
import { connectedRoutes } from '../routes/leaving-by.ts';
import type { Switching } from '../cisco/ios/read-ios-switching.ts';

/** The configurations of one device, read. */
export interface DeviceConfig {
  readonly firewall?: Firewall;
  /** Routes as captured; those of the configuration stand in for them. */
  readonly routes?: readonly Route[];
  readonly switching?: Switching;
  readonly sources: readonly ConfigSource[];
}

/** Which bytes a verdict was computed from. */
export interface ConfigSource {
  readonly file: string;
  readonly sha256: string;
  readonly captured: string | undefined;
}

/** The networks of an estate and what joins them. Immutable. */
export interface Landscape {
  readonly estate: Estate;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly routers: ReadonlyMap<string, Router>;
  /** The routers on each segment, in the order in which they are in use. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly configs: ReadonlyMap<string, DeviceConfig>;
  /** The addresses of the internet: all that are routed there and that no network of the estate has. */
  readonly outside: IntervalSet;
  /** What is routed on the internet, whoever has it. */
  readonly routed: IntervalSet;
}

/** Addresses that nobody routes on the internet. @see RFC 6890 section 2.2 (those for documentation are left in: examples use them) */
export const unrouted: IntervalSet = intervalSet(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '224.0.0.0/3',
    '::/127',
    '::ffff:0:0/96',
    'fc00::/7',
    'fe80::/10',
    'ff00::/8',
  ].flatMap((each) => prefixOf(each) ?? []),
);

export const networkSegment = (id: string): string => `network:${id}`;
/** Where who comes in by remote access is. */
export const remoteSegment = (vpn: string): string => `vpn:${vpn}`;

/** Puts together what joins the networks of an estate, from its cabling and from the configurations of its routers. */
export function landscapeOf(estate: Estate, configs: ReadonlyMap<string, DeviceConfig>): Landscape {
  const forwarding = buildForwarding(estate);
  const routerIds = [...forwarding.routers.keys()];
  const subnets = subnetsOf(estate, routerIds);
  const outside = subtract(
    [family.ipv4, family.ipv6],
    intervalSet([...unrouted, ...[...subnets.values()].flatMap(({ addresses }) => addresses ?? [])]),
  );
  const routers = nameLinks(
    new Map(
      routerIds.map((id) => [id, routerOf(estate, id, subnets, configs.get(id), forwarding.cables)] as const),
    ),
    subnets,
    outside,
    (id) => forwarding.cables.has(id),
    (vpn) => {
      const pool = prefixOf(estate.get('vpn', vpn)?.pool ?? '');
      return pool === undefined ? [] : [pool];
    },
    (circuit) => {
      const role = estate.get('circuit', circuit)?.role;
      return role === 'primary' ? 0 : role === 'backup' ? 2 : 1;
    },
  );
  return {
    estate,
    subnets,
    routers,
    members: membersOf(routers, subnets),
    configs,
    routed: subtract([family.ipv4, family.ipv6], unrouted),
    outside,
  };
}

function subnetsOf(estate: Estate, routers: readonly string[]): ReadonlyMap<string, Subnet> {
  const siteOfRouter = new Map(
    routers.map((id) => [id, siteOf(estate, estate.get('device', id)?.at ?? id)] as const),
  );
  return new Map(
    [...estate.all('network')].map(([id, { site, cidr, vlan, gateways, transit, redundancy }]) => {
      const declared = known(gateways);
      const all = declared ?? routers.filter((each) => siteOfRouter.get(each) === site);
      const range = cidr === undefined ? undefined : prefixOf(cidr);
      return [
        id,
        {
          id,
          site,
          addresses: range && [range],
          vlan,
          gateways: known(redundancy) === 'none' && transit !== true ? all.slice(0, 1) : all,
          isTransit: transit === true,
        },
      ] as const;
    }),
  );
}

function routerOf(
  estate: Estate,
  id: string,
  subnets: ReadonlyMap<string, Subnet>,
  config: DeviceConfig | undefined,
  cables: ReadonlyMap<string, { readonly from: string; readonly to: string }>,
): Router {
  const device = estate.get('device', id);
  const firewall = config?.firewall;
  const routes = config?.routes ?? (firewall && firewall.routes.length > 0 ? firewall.routes : undefined);
  const ports = new Map<string, Port>();
  const add = (port: Port): void => {
    const key = `${port.segment} ${port.over ?? ''}`;
    if (!ports.has(key)) ports.set(key, port);
  };
  for (const subnet of subnets.values()) {
    const name = interfaceOn(estate, id, subnet, firewall);
    if (name !== undefined || subnet.gateways.includes(id) || device?.network === subnet.id)
      add({ segment: networkSegment(subnet.id), interface: name });
  }
  for (const [circuit, data] of estate.all('circuit')) {
    const ends = [...data.on, ...(data.peer === undefined ? [] : [data.peer])];
    if (!ends.includes(id)) continue;
    const isPrivate = data.peer !== undefined || known(data.to) === 'private';
    add({ segment: isPrivate ? `link:${circuit}` : 'internet', interface: undefined, over: circuit });
  }
  for (const [vpn, { from, to }] of estate.all('vpn')) {
    const segment = estate.get('party', from) === undefined ? `link:${vpn}` : remoteSegment(vpn);
    if (from === id || to === id) add({ segment, interface: undefined, over: vpn });
  }
  for (const [cable, { from, to }] of cables)
    if ((from === id || to === id) && from !== to)
      add({ segment: `link:${cable}`, interface: undefined, over: cable });
  return {
    id,
    program: firewall && programOf(firewall),
    routes: routes && [...routes, ...(config?.routes ? [] : connectedRoutes(firewall?.interfaces ?? []))],
    ports: [...ports.values()],
    addresses: addressesOf(estate, id, firewall),
  };
}

/** The interface by which a router is on a network: as the estate says, else by its addresses, else by its VLAN. */
function interfaceOn(
  estate: Estate,
  device: string,
  subnet: Subnet,
  firewall: Firewall | undefined,
): string | undefined {
  const legs = Object.entries(estate.get('device', device)?.interfaces ?? {});
  const named = legs.find(([, { network }]) => network === subnet.id);
  if (named) return named[0];
  const up = (firewall?.interfaces ?? []).filter(({ shutdown }) => shutdown !== true);
  const byAddress = up.find(({ addresses }) =>
    addresses.some((each) => {
      const own = addressOf(each.split('/', 1)[0] ?? each);
      return own !== undefined && subnet.addresses !== undefined && contains(subnet.addresses, own);
    }),
  );
  if (byAddress) return byAddress.name;
  return subnet.vlan === undefined || !subnet.gateways.includes(device)
    ? undefined
    : up.find(({ vlan }) => vlan === subnet.vlan)?.name;
}

function addressesOf(estate: Estate, id: string, firewall: Firewall | undefined): IntervalSet {
  const device = estate.get('device', id);
  const texts = [
    ...(device?.address ?? []),
    ...Object.values(device?.interfaces ?? {}).flatMap(({ address }) => address ?? []),
    ...(firewall?.interfaces ?? []).flatMap(({ addresses }) =>
      addresses.map((each) => each.split('/', 1)[0] ?? each),
    ),
  ];
  return intervalSet(texts.flatMap((each) => prefixOf(each) ?? []));
}

/** Only routers that can pass packets to another are of use on a link; a cable to a host is none. */
function membersOf(
  routers: ReadonlyMap<string, Router>,
  subnets: ReadonlyMap<string, Subnet>,
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const { id, ports } of routers.values()) {
    for (const { segment } of ports) {
      const own = members.get(segment) ?? [];
      if (!own.includes(id)) own.push(id);
      members.set(segment, own);
    }
  }
  for (const { id, gateways } of subnets.values()) {
    const own = members.get(networkSegment(id));
    // Gateways stand in the order in which they are in use; others that are on the network come last.
    const rank = (each: string): number => {
      const at = gateways.indexOf(each);
      return at < 0 ? gateways.length : at;
    };
    own?.sort((a, b) => rank(a) - rank(b));
  }
  return members;
}
