import { addressOf, prefixOf } from '../model/address.ts';
import type { Route } from '../model/firewall.ts';
import { contains, intersect, subtract, type IntervalSet } from '../model/interval.ts';
import { leavingBy, type Leaving } from '../routes/leaving-by.ts';
import { networkSegment, remoteSegment, type Landscape } from './landscape.ts';
import type { Port, Router } from './router.ts';
import { mostOf } from './name-links.ts';
import type { Place } from './place.ts';
import { everythingUp, firstStep, gatewayOf, portsUp, type IsUp } from './shortest.ts';

/** A router on the way, and the interfaces that packets take through it; `undefined` where nobody has said which. */
export interface Hop {
  readonly router: string;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
}

/** How packets to some destinations go. */
export interface Way {
  readonly hops: readonly Hop[];
  readonly destinations: IntervalSet;
  readonly end:
    | { readonly kind: 'delivered' }
    /** A router has no route, or one that lets them fall. */
    | { readonly kind: 'stopped'; readonly why: string }
    | { readonly kind: 'unknown'; readonly why: string };
  /** The routers, circuits, tunnels and cables that the way is over: the loss of any other changes nothing. */
  readonly over: readonly string[];
}

interface Walk {
  readonly landscape: Landscape;
  readonly isUp: IsUp;
  readonly source: IntervalSet;
  readonly target: string;
  readonly ways: Way[];
}

interface At {
  readonly router: string;
  readonly iif: string | undefined;
  readonly hops: readonly Hop[];
  readonly over: readonly string[];
  readonly destinations: IntervalSet;
}

const delivered = { kind: 'delivered' } as const;

/**
 * The ways on which packets go from one place to another while everything that `isUp` says works: by captured routes where
 * a router has them, else the shortest. Within one network there is one way without hops. From the internet there is one for each router with
 * a line. Where the addresses of the target are not known, `destinations` is empty and the end unknown.
 */
export function waysBetween(
  landscape: Landscape,
  from: Place,
  to: Place,
  isUp: IsUp = everythingUp,
): readonly Way[] {
  const target = segmentOf(to);
  const destinations = addressesOf(landscape, to);
  if (from.kind === 'network' && to.kind === 'network' && from.id === to.id)
    return [{ hops: [], destinations: destinations ?? [], end: delivered, over: [] }];
  if (destinations === undefined)
    return [lost('unknown', `nobody has said which addresses ${nameOf(landscape, to)} has`)];
  const walk: Walk = {
    landscape,
    isUp,
    source: addressesOf(landscape, from) ?? [],
    target,
    ways: [],
  };
  const entries = entriesOf(landscape, from, isUp, walk.source);
  if (entries.length === 0) return [lost('stopped', `no router works for ${nameOf(landscape, from)}`)];
  for (const { router, iif, over } of entries) go(walk, { router, iif, hops: [], over, destinations });
  return walk.ways;
}

const segmentOf = (place: Place): string =>
  place.kind === 'network'
    ? networkSegment(place.id)
    : place.kind === 'vpn'
      ? remoteSegment(place.id)
      : 'internet';

const lost = (kind: 'stopped' | 'unknown', why: string): Way => ({
  hops: [],
  destinations: [],
  end: { kind, why },
  over: [],
});

const nameOf = ({ estate }: Landscape, place: Place): string =>
  place.kind === 'internet' ? 'the internet' : estate.nameOf(place.id);

/** The addresses that a place has; `undefined` where nobody has said. */
export function addressesOf({ subnets, estate, outside }: Landscape, place: Place): IntervalSet | undefined {
  if (place.kind === 'internet') return outside;
  if (place.kind === 'network') return subnets.get(place.id)?.addresses;
  const pool = estate.get('vpn', place.id)?.pool;
  const range = pool === undefined ? undefined : prefixOf(pool);
  return range && [range];
}

interface Entry {
  readonly router: string;
  readonly iif: string | undefined;
  readonly over: readonly string[];
}

function entriesOf(landscape: Landscape, from: Place, isUp: IsUp, source: IntervalSet): readonly Entry[] {
  const { routers, estate } = landscape;
  if (from.kind === 'network') {
    const gateway = gatewayOf(landscape, from.id, isUp);
    const router = gateway === undefined ? undefined : routers.get(gateway);
    const port = router?.ports.find(({ segment }) => segment === networkSegment(from.id));
    if (router === undefined || port === undefined) return [];
    return [{ router: router.id, iif: port.interface ?? interfaceBack(router, source), over: [router.id] }];
  }
  if (from.kind === 'vpn') {
    const end = estate.get('vpn', from.id)?.to;
    const router = end === undefined || !isUp(end) || !isUp(from.id) ? undefined : routers.get(end);
    return router === undefined
      ? []
      : [{ router: router.id, iif: interfaceBack(router, source), over: [router.id, from.id] }];
  }
  return [...routers.values()].flatMap((router) => {
    if (!isUp(router.id)) return [];
    const ports = portsUp(router, isUp).filter(({ segment }) => segment === 'internet');
    const [port] = ports;
    if (port === undefined) return [];
    const over = [router.id, ...(ports.length === 1 && port.over !== undefined ? [port.over] : [])];
    return [{ router: router.id, iif: port.interface ?? interfaceBack(router, source), over }];
  });
}

/** The interface by which a router would answer most of a source: packets from there come in by it. `undefined` where it has no routes. */
const interfaceBack = ({ routes }: Router, source: IntervalSet): string | undefined =>
  routes && mostOf(leavingOf(routes), source);

const tables = new WeakMap<readonly Route[], Leaving>();

/** Where the routes of a router lead, worked out once. */
function leavingOf(routes: readonly Route[]): Leaving {
  const leaving = tables.get(routes) ?? leavingBy(routes);
  tables.set(routes, leaving);
  return leaving;
}

/** Goes on at a router, for each part of the destinations that leaves it alike. */
function go(walk: Walk, at: At): void {
  const router = walk.landscape.routers.get(at.router);
  if (router === undefined) return;
  if (at.hops.some(({ router: passed }) => passed === at.router)) {
    end(walk, at, { kind: 'unknown', why: `the routes lead in a circle at ${at.router}` });
    return;
  }
  if (router.routes === undefined) {
    goShortest(walk, at, router);
    return;
  }
  const leaving = leavingOf(workingRoutes(walk, router, router.routes));
  let rest = subtract(at.destinations, leaving.local);
  for (const [name, set] of leaving.by) {
    const part = intersect(rest, set);
    if (part.length === 0) continue;
    rest = subtract(rest, part);
    leave(walk, { ...at, destinations: part }, router, name);
  }
  const unresolved = intersect(rest, leaving.unresolved);
  if (unresolved.length > 0)
    end(
      walk,
      { ...at, destinations: unresolved },
      {
        kind: 'unknown',
        why: `a route of ${at.router} names no interface that is known`,
      },
    );
  rest = subtract(rest, leaving.unresolved);
  if (rest.length > 0)
    end(walk, { ...at, destinations: rest }, { kind: 'stopped', why: `${at.router} has no route there` });
}

/** The routes of a router without those by an interface whose line is down: with it, a router takes the next ones. */
function workingRoutes({ isUp }: Walk, { ports }: Router, routes: readonly Route[]): readonly Route[] {
  const named = Map.groupBy(ports, ({ interface: called }) => called);
  const down = [...named].flatMap(([called, own]) =>
    called !== undefined && own.every(({ over: line }) => line !== undefined && !isUp(line)) ? [called] : [],
  );
  if (down.length === 0) return routes;
  const known = workingTables.get(routes) ?? new Map<string, readonly Route[]>();
  workingTables.set(routes, known);
  const key = down.join('\n');
  const left = known.get(key) ?? routes.filter((each) => !down.includes(each.interface ?? ''));
  known.set(key, left);
  return left;
}

const workingTables = new WeakMap<readonly Route[], Map<string, readonly Route[]>>();

function goShortest(walk: Walk, at: At, router: Router): void {
  const passed = new Set(at.hops.map(({ router: each }) => each));
  const step = firstStep(walk.landscape, at.router, walk.target, walk.isUp, passed);
  if (step === undefined) {
    end(walk, at, { kind: 'stopped', why: `no way leads there from ${at.router}` });
    return;
  }
  over(walk, at, router, step.port, step.to, step.port.interface);
}

/** Leaves by an interface that a route names. */
function leave(walk: Walk, at: At, router: Router, name: string): void {
  const up = portsUp(router, walk.isUp);
  const named = up.filter((port) => port.interface === name);
  const direct = [...named, ...up.filter((port) => port.interface === undefined)].find(
    ({ segment }) => segment === walk.target,
  );
  if (direct) {
    over(walk, at, router, direct, undefined, name);
    return;
  }
  const passed = new Set([...at.hops.map(({ router: each }) => each), at.router]);
  const there = router.ports.filter((port) => port.interface === name);
  const candidates = there.length > 0 ? named : up.filter((port) => port.interface === undefined);
  const via = nextRouters(router, at.destinations);
  for (const port of candidates) {
    const others = (walk.landscape.members.get(port.segment) ?? []).filter(
      (each) => each !== at.router && walk.isUp(each) && port.segment !== 'internet',
    );
    const chosen =
      others.find((each) => owns(walk.landscape, each, via)) ??
      others.find((each) => firstStep(walk.landscape, each, walk.target, walk.isUp, passed) !== undefined);
    if (chosen !== undefined) {
      over(walk, at, router, port, chosen, name);
      return;
    }
  }
  if (there.length === 0)
    end(walk, at, {
      kind: 'unknown',
      why: `${at.router} sends it out by ${name}, and nobody has said what is there`,
    });
  else
    end(walk, at, {
      kind: 'stopped',
      why: `${at.router} sends it out by ${name}, where nothing that works leads on`,
    });
}

/** The gateways that the routes of a router name for some destinations. */
const nextRouters = ({ routes = [] }: Router, destinations: IntervalSet): readonly bigint[] => {
  const [first] = destinations;
  if (first === undefined) return [];
  const fitting = leavingWays(routes, first.low);
  return fitting.flatMap(({ via }) => (via === undefined ? [] : (addressOf(via) ?? [])));
};

/** The routes with the longest prefix that has an address. */
function leavingWays(routes: readonly Route[], address: bigint): readonly Route[] {
  let best: { size: bigint; routes: Route[] } | undefined;
  for (const route of routes) {
    const range = prefixOf(route.prefix);
    if (range === undefined || address < range.low || address > range.high) continue;
    const size = range.high - range.low;
    if (best === undefined || size < best.size) best = { size, routes: [route] };
    else if (size === best.size) best.routes.push(route);
  }
  return best?.routes ?? [];
}

const owns = ({ routers }: Landscape, id: string, addresses: readonly bigint[]): boolean =>
  addresses.some((each) => contains(routers.get(id)?.addresses ?? [], each));

function over(
  walk: Walk,
  at: At,
  router: Router,
  port: Port,
  to: string | undefined,
  oif: string | undefined,
): void {
  const hops = [...at.hops, { router: router.id, iif: at.iif, oif }];
  const passed = [...at.over, ...(port.over === undefined ? [] : [port.over])];
  if (to === undefined) {
    end(walk, { ...at, hops, over: passed }, delivered);
    return;
  }
  const next = walk.landscape.routers.get(to);
  const back = next?.ports.find(({ segment }) => segment === port.segment);
  go(walk, {
    router: to,
    iif: back?.interface ?? (next && interfaceBack(next, walk.source)),
    hops,
    over: [...passed, to],
    destinations: at.destinations,
  });
}

const end = (walk: Walk, { hops, destinations, over: passed }: At, how: Way['end']): void => {
  walk.ways.push({ hops, destinations, end: how, over: passed });
};
