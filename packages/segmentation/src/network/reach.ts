import type { Clause } from '../model/firewall.ts';
import { intersect, intervalSet, type IntervalSet } from '../model/interval.ts';
import { dimensions } from '../model/packet.ts';
import { BudgetSpent, crossing, type Crossed } from './crossing.ts';
import type { Landscape } from './landscape.ts';
import { placeKey, type Place } from './place.ts';
import { everythingUp, type IsUp } from './shortest.ts';
import { addressesOf, waysBetween, type Way } from './ways.ts';

/** What is asked of two places: narrower addresses than theirs, and more that packets must be. */
export interface Between {
  readonly from: Place;
  readonly to: Place;
  readonly source?: IntervalSet;
  readonly destination?: IntervalSet;
  readonly packets?: Clause;
}

/** Whether packets that open a connection get from one place to another. */
export interface Reached {
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** The way and the packets that show it; of a `no`, what stops the packets first. `undefined` within one network. */
  readonly shown: { readonly way: Way; readonly part: Crossed | undefined } | undefined;
  readonly why: readonly string[];
}

/** Within one network no firewall is asked; whether its switches part the hosts is a question of its own. */
const inside = (from: Place, to: Place): boolean =>
  from.kind !== 'internet' && placeKey(from) === placeKey(to);

/**
 * Asks whether any packet of a question gets there: `yes` with its way and its passage, `no` where every packet on every way is stopped.
 * @throws nothing: beyond the step budget the answer is `unknown`, and says so.
 */
export function reached(landscape: Landscape, asked: Between, isUp: IsUp = everythingUp): Reached {
  if (inside(asked.from, asked.to)) return { verdict: 'yes', shown: undefined, why: [] };
  let open: Reached | undefined;
  let stopped: Reached | undefined;
  for (const way of waysBetween(landscape, asked.from, asked.to, isUp)) {
    const answer = overWay(landscape, asked, way);
    if (answer.verdict === 'yes') return answer;
    if (answer.verdict === 'unknown') open ??= answer;
    else stopped ??= answer;
  }
  return open ?? stopped ?? { verdict: 'no', shown: undefined, why: ['no way leads there'] };
}

function overWay(landscape: Landscape, asked: Between, way: Way): Reached {
  const { end } = way;
  if (end.kind !== 'delivered')
    return {
      verdict: end.kind === 'stopped' ? 'no' : 'unknown',
      shown: { way, part: undefined },
      why: [end.why],
    };
  let yes: Crossed | undefined;
  let open: Crossed | undefined;
  let no: Crossed | undefined;
  const visit = (part: Crossed): 'stop' | undefined => {
    if (part.verdict === 'accept') yes = part;
    else if (part.verdict === 'unknown') open ??= part;
    else no ??= part;
    return part.verdict === 'accept' ? 'stop' : undefined;
  };
  try {
    alongWay(landscape, asked, way, visit);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return {
      verdict: 'unknown',
      shown: { way, part: undefined },
      why: ['the rules on the way are too many for the step budget'],
    };
  }
  const part = yes ?? open ?? no;
  return {
    verdict: yes ? 'yes' : open ? 'unknown' : 'no',
    shown: { way, part },
    why: part?.why ?? [],
  };
}

/**
 * Follows the packets of a question over one way and tells each part's fate. Where a router on the way translates
 * destinations, packets may set out to its own addresses, and are counted where they end.
 */
export function alongWay(
  landscape: Landscape,
  { from, source, destination, packets }: Between,
  way: Way,
  visit: (part: Crossed) => 'stop' | undefined,
): boolean {
  const src = source ?? addressesOf(landscape, from);
  const dst = destination === undefined ? way.destinations : intersect(way.destinations, destination);
  if (dst.length === 0) return false;
  const asked: Clause = {
    ...packets,
    ...(src === undefined ? {} : { src }),
    // From outside, only what is routed there can be sent to.
    dst: intervalSet([
      ...(from.kind === 'internet' ? intersect(dst, landscape.routed) : dst),
      ...translated(landscape, from, way),
    ]),
  };
  return crossing(landscape, way, asked, visit, { target: dst });
}

/** The destinations that a router on the way may translate: its own addresses, and from outside whatever is sent to it. */
function translated(landscape: Landscape, from: Place, way: Way): IntervalSet {
  if (!translatesOn(landscape, way)) return [];
  const translators = way.hops.filter(({ router }) => translatesDestination(landscape, router));
  if (from.kind === 'internet') return landscape.outside;
  return translators.flatMap(({ router }) => landscape.routers.get(router)?.addresses ?? []);
}

/** Whether a router on a way translates destinations, so that packets may set out for others than they arrive at. */
export const translatesOn = (landscape: Landscape, { hops }: Pick<Way, 'hops'>): boolean =>
  hops.some(({ router }) => translatesDestination(landscape, router));

const dstBit = 1 << dimensions.indexOf('dst');

/** A router whose configuration is not known may. */
function translatesDestination({ routers }: Landscape, router: string): boolean {
  const program = routers.get(router)?.program;
  return program === undefined || (program.changing & dstBit) !== 0;
}
