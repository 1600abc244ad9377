import { addressOf, prefixOf } from '../model/address.ts';
import type { Interface, Route } from '../model/firewall.ts';
import { intervalSet, subtract, type Interval, type IntervalSet } from '../model/interval.ts';

/** Where packets go by their destination. */
export interface Leaving {
  /** The destinations that leave by each interface; by several where a prefix has several ways. */
  readonly by: ReadonlyMap<string, IntervalSet>;
  /** The destinations that are the device's own. */
  readonly local: IntervalSet;
  /** The destinations that a route lets fall. */
  readonly discarded: IntervalSet;
  /** The destinations of routes whose interface is not known. */
  readonly unresolved: IntervalSet;
}

/** The most gateways that are looked up one behind the other. */
const deepest = 8;

/**
 * Parts the destinations of one routing table by the longest prefix. Of routes to the same prefix those with the least
 * metric are in use. A gateway without an interface is looked up in the same table. What no route has is in none of the
 * sets.
 */
export function leavingBy(routes: readonly Route[], table?: string): Leaving {
  const own = routes
    .filter((route) => route.table === table)
    .flatMap((route) => {
      const interval = prefixOf(route.prefix);
      return interval === undefined ? [] : [{ route, interval }];
    });
  const groups = [...Map.groupBy(own, ({ interval }) => `${interval.low}-${interval.high}`).values()];
  const chosen = groups
    .map((group) => {
      const least = Math.min(...group.map(({ route }) => route.metric ?? 0));
      return {
        interval: group[0]?.interval ?? { low: 0n, high: -1n },
        ways: group.filter(({ route }) => (route.metric ?? 0) === least).map(({ route }) => route),
      };
    })
    .toSorted((a, b) => compare(sizeOf(a.interval), sizeOf(b.interval)));
  const found = new Parts();
  const parts = disjoint(chosen.map(({ interval }) => interval));
  chosen.forEach(({ ways }, index) => {
    for (const way of ways) found.add(placeOf(way, chosen, 0), parts[index] ?? []);
  });
  return found.leaving();
}

/** The routes that interfaces with addresses make by themselves: their networks, and their own addresses. */
export function connectedRoutes(interfaces: readonly Interface[]): readonly Route[] {
  return interfaces
    .filter(({ shutdown }) => shutdown !== true)
    .flatMap(({ name, addresses, vrf, at }) =>
      addresses.flatMap((address) => {
        const [host = ''] = address.split('/');
        const rest = {
          interface: name,
          metric: 0,
          ...(vrf === undefined ? {} : { table: vrf }),
          ...(at === undefined ? {} : { at }),
        };
        const length = host.includes(':') ? 128 : 32;
        return [
          { prefix: address, ...rest },
          { prefix: `${host}/${length}`, kind: 'local', ...rest } satisfies Route,
        ];
      }),
    );
}

interface Chosen {
  readonly interval: Interval;
  readonly ways: readonly Route[];
}

type Place =
  | { readonly kind: 'local' | 'discard' | 'unresolved' }
  | { readonly kind: 'interface'; readonly name: string };

function placeOf(route: Route, chosen: readonly Chosen[], depth: number): readonly Place[] {
  if (route.kind !== undefined) return [{ kind: route.kind }];
  if (route.interface !== undefined) return [{ kind: 'interface', name: route.interface }];
  const gateway = route.via === undefined ? undefined : addressOf(route.via);
  const next =
    gateway === undefined || depth >= deepest
      ? undefined
      : chosen.find(({ interval }) => interval.low <= gateway && gateway <= interval.high);
  const places =
    next?.ways.filter((way) => way !== route).flatMap((way) => placeOf(way, chosen, depth + 1)) ?? [];
  return places.length === 0 ? [{ kind: 'unresolved' }] : places;
}

/** What is left of each interval when those before it, which are no larger, have theirs. */
function disjoint(intervals: readonly Interval[]): readonly IntervalSet[] {
  // Prefixes nest or lie apart, so that only the largest ones inside an interval have to be taken out.
  const inside = intervals.map((): Interval[] => []);
  const order = intervals
    .map((interval, index) => ({ interval, index }))
    .toSorted((a, b) => compare(a.interval.low, b.interval.low) || compare(b.interval.high, a.interval.high));
  const open: typeof order = [];
  for (const each of order) {
    while (open.length > 0 && (open.at(-1)?.interval.high ?? 0n) < each.interval.low) open.pop();
    const parent = open.at(-1);
    if (parent !== undefined) inside[parent.index]?.push(each.interval);
    open.push(each);
  }
  return intervals.map((interval, index) => subtract([interval], intervalSet(inside[index] ?? [])));
}

class Parts {
  readonly #by = new Map<string, Interval[]>();
  readonly #others = { local: [] as Interval[], discard: [] as Interval[], unresolved: [] as Interval[] };

  add(places: readonly Place[], part: IntervalSet): void {
    for (const place of places) {
      if (place.kind !== 'interface') {
        this.#others[place.kind].push(...part);
        continue;
      }
      const known = this.#by.get(place.name) ?? [];
      known.push(...part);
      this.#by.set(place.name, known);
    }
  }

  leaving(): Leaving {
    return {
      by: new Map([...this.#by].map(([name, parts]) => [name, intervalSet(parts)])),
      local: intervalSet(this.#others.local),
      discarded: intervalSet(this.#others.discard),
      unresolved: intervalSet(this.#others.unresolved),
    };
  }
}

const sizeOf = ({ low, high }: Interval): bigint => high - low;
const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
