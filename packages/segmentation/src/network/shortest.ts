import { networkSegment, type Landscape } from './landscape.ts';
import type { Port, Router } from './router.ts';

/** Whether something works: the faults of a scenario are what does not. */
export type IsUp = (id: string) => boolean;

/** Nothing has failed. */
export const everythingUp: IsUp = () => true;

const downs = new WeakMap<Landscape, Map<string, IsUp>>();

/** One thing alone has failed; the same function each time, so that what was found with it is found again. */
export function allBut(landscape: Landscape, down: string): IsUp {
  const known = downs.get(landscape) ?? new Map<string, IsUp>();
  downs.set(landscape, known);
  const isUp = known.get(down) ?? ((id) => id !== down);
  known.set(down, isUp);
  return isUp;
}

/** A step from a router over one of its ports; `to` is `undefined` where the port is on the segment that was looked for. */
export interface Step {
  readonly router: string;
  readonly port: Port;
  readonly to: string | undefined;
}

/** Going through a network of hosts is the way of last resort; links and transit networks are there for it. */
const costOf = ({ subnets }: Landscape, segment: string): number => {
  const subnet = segment.startsWith('network:') ? subnets.get(segment.slice(8)) : undefined;
  return subnet === undefined || subnet.isTransit ? 1 : 10;
};

/**
 * The shortest way from a router to a segment, as its first step. `undefined` where there is none.
 * Routers whose routes are captured are not asked here: this is for those of which nobody knows.
 */
export function firstStep(
  landscape: Landscape,
  from: string,
  target: string,
  isUp: IsUp,
  without: ReadonlySet<string> = new Set(),
): Step | undefined {
  const port = portsUp(landscape.routers.get(from), isUp).find(({ segment }) => segment === target);
  if (port) return { router: from, port, to: undefined };
  const known = stepsKnown(landscape, isUp);
  const key = [from, target, ...without].join('\n');
  const found = known.get(key);
  if (found !== undefined) return found ?? undefined;
  const step = search(landscape, from, target, isUp, without);
  known.set(key, step ?? null);
  return step;
}

/** Steps that were found already; each pair of networks asks for the same ones. */
const steps = new WeakMap<Landscape, WeakMap<IsUp, Map<string, Step | null>>>();

function stepsKnown(landscape: Landscape, isUp: IsUp): Map<string, Step | null> {
  const ofLandscape = steps.get(landscape) ?? new WeakMap<IsUp, Map<string, Step | null>>();
  steps.set(landscape, ofLandscape);
  const known = ofLandscape.get(isUp) ?? new Map<string, Step | null>();
  ofLandscape.set(isUp, known);
  return known;
}

function search(
  landscape: Landscape,
  from: string,
  target: string,
  isUp: IsUp,
  without: ReadonlySet<string>,
): Step | undefined {
  const best = new Map<string, number>([[from, 0]]);
  const first = new Map<string, Step>();
  const open = [from];
  const entered = new Set<string>();
  let found: { cost: number; step: Step } | undefined;
  while (open.length > 0) {
    open.sort((a, b) => (best.get(b) ?? 0) - (best.get(a) ?? 0));
    const at = open.pop() ?? from;
    const cost = best.get(at) ?? 0;
    if (found !== undefined && found.cost <= cost) break;
    for (const port of portsUp(landscape.routers.get(at), isUp)) {
      if (port.segment === target) {
        const step = first.get(at) ?? { router: at, port, to: undefined };
        if (found === undefined || cost < found.cost) found = { cost, step };
        continue;
      }
      // The first to come to a segment is the nearest: who comes later reaches nobody sooner.
      if (port.segment === 'internet' || entered.has(port.segment)) continue;
      entered.add(port.segment);
      for (const next of landscape.members.get(port.segment) ?? []) {
        const total = cost + costOf(landscape, port.segment);
        if (next === at || without.has(next) || !isUp(next)) continue;
        if (total >= (best.get(next) ?? Infinity)) continue;
        best.set(next, total);
        first.set(next, first.get(at) ?? { router: at, port, to: next });
        open.push(next);
      }
    }
  }
  return found?.step;
}

/** The ports of a router that are not lost with their circuit, tunnel or cable. */
export const portsUp = (router: Router | undefined, isUp: IsUp): readonly Port[] =>
  (router?.ports ?? []).filter(({ over }) => over === undefined || isUp(over));

/** The router that the hosts of a network send to: the first of its gateways that works. */
export const gatewayOf = ({ subnets, routers }: Landscape, network: string, isUp: IsUp): string | undefined =>
  subnets
    .get(network)
    ?.gateways.find(
      (each) =>
        isUp(each) && routers.get(each)?.ports.some(({ segment }) => segment === networkSegment(network)),
    );
