import type { Route } from '../model/firewall.ts';
import { intersect, intervalSet, type IntervalSet } from '../model/interval.ts';
import { leavingBy, type Leaving } from '../routes/leaving-by.ts';
import type { Port, Router, Subnet } from './router.ts';

/**
 * Names the interfaces by which routers are on the internet and on lines and tunnels, as their routes tell: those of the
 * default routes, the first for the first line; else that by which most of the internet is reached, the addresses of remote access, or most of the networks behind the router at the other end. Cables between routers
 * carry networks, whose interfaces have names of their own.
 */
export function nameLinks(
  routers: ReadonlyMap<string, Router>,
  subnets: ReadonlyMap<string, Subnet>,
  outside: IntervalSet,
  isCable: (id: string) => boolean,
  poolOf: (vpn: string) => IntervalSet,
  rankOf: (circuit: string) => number,
): ReadonlyMap<string, Router> {
  const behind = (id: string): IntervalSet =>
    intervalSet(
      [...subnets.values()].flatMap(({ gateways, addresses = [] }) =>
        gateways.includes(id) ? addresses : [],
      ),
    );
  const farOf = (id: string, { segment, over }: Port): IntervalSet => {
    if (segment === 'internet') return outside;
    return segment.startsWith('vpn:') ? poolOf(over ?? '') : behind(otherOn(routers, id, segment));
  };
  return new Map(
    [...routers].map(([id, router]) => {
      if (router.routes === undefined) return [id, router] as const;
      const leaving = leavingBy(router.routes);
      const defaults = defaultInterfaces(router.routes);
      const lines = router.ports
        .filter(({ segment }) => segment === 'internet')
        .toSorted((a, b) => rankOf(a.over ?? '') - rankOf(b.over ?? ''));
      const ports = router.ports.map((port): Port => {
        if (port.interface !== undefined || (port.over !== undefined && isCable(port.over))) return port;
        const line = lines.indexOf(port);
        return { ...port, interface: defaults[line] ?? mostOf(leaving, farOf(id, port)) };
      });
      return [id, { ...router, ports }] as const;
    }),
  );
}

/** The interfaces of the default routes, the one in use first. */
function defaultInterfaces(routes: readonly Route[]): readonly string[] {
  const sorted = routes
    .filter(({ prefix }) => prefix === '0.0.0.0/0' || prefix === '::/0')
    .toSorted((a, b) => (a.metric ?? 0) - (b.metric ?? 0));
  return [...new Set(sorted.flatMap((each) => each.interface ?? []))];
}

const otherOn = (routers: ReadonlyMap<string, Router>, id: string, segment: string): string =>
  [...routers.values()].find((each) => each.id !== id && each.ports.some((port) => port.segment === segment))
    ?.id ?? '';

/** The interface by which most of some addresses are reached. */
export function mostOf({ by }: Leaving, addresses: IntervalSet): string | undefined {
  let best: { readonly name: string; readonly size: bigint } | undefined;
  for (const [name, set] of by) {
    const size = intersect(set, addresses).reduce((sum, { low, high }) => sum + high - low + 1n, 0n);
    if (size > (best?.size ?? 0n)) best = { name, size };
  }
  return best?.name;
}
