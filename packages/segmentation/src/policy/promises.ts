import type { IntervalSet } from '../model/interval.ts';
import type { Landscape } from '../network/landscape.ts';
import { reached, type Between, type Reached } from '../network/reach.ts';
import { variantsBetween } from '../network/variants.ts';
import { everythingUp, type IsUp } from '../network/shortest.ts';
import type { Conduit, ConduitEnd } from './conduits.ts';
import type { PolicyFlow } from './flow.ts';
import { parcel } from './parcel.ts';
import { packetsOfService } from './services.ts';
import { addressesOf } from '../network/ways.ts';
import { pairKey } from './zones.ts';

/** A conduit between two zones, with its ends in them. */
export interface Promised {
  readonly conduit: Conduit;
  readonly pairs: readonly (readonly [from: ConduitEnd, to: ConduitEnd])[];
  /** The same two by other interfaces of theirs, in other zones: where a service passes there, nobody misses it here. */
  readonly elsewhere: Promised['pairs'];
}

/** The conduits by the zones that they join. */
export function promisesOf(conduits: readonly Conduit[]): ReadonlyMap<string, readonly Promised[]> {
  const all = new Map<string, Promised[]>();
  for (const conduit of conduits) {
    const pairs = conduit.from.flatMap((a) => conduit.to.map((b) => [a, b] as const));
    for (const [key, own] of Map.groupBy(pairs, ([a, b]) => pairKey(a.zone, b.zone))) {
      const there = all.get(key) ?? [];
      const isSame = ([a, b]: Promised['pairs'][number]): boolean =>
        own.some(([from, to]) => from.name === a.name && to.name === b.name);
      there.push({
        conduit,
        pairs: own,
        elsewhere: pairs.filter((each) => !own.includes(each) && isSame(each)),
      });
      all.set(key, there);
    }
  }
  return all;
}

/** The services of a conduit that no packet of passes, as things stand or with a single thing down; of one that may fail, none. */
export function blockedOf(
  landscape: Landscape,
  { conduit, pairs, elsewhere }: Promised,
): readonly PolicyFlow[] {
  if (conduit.mayFail) return [];
  return conduit.services.flatMap((service) => {
    const answers = pairs.map((pair) => ({ pair, answer: asked(landscape, pair, service) }));
    const passing = answers.filter(({ answer }) => answer.verdict === 'yes');
    const [first] = answers;
    if (first === undefined) return [];
    if (passing.length > 0) return passing.flatMap(({ pair }) => failing(landscape, conduit, pair, service));
    if (elsewhere.some((pair) => asked(landscape, pair, service).verdict === 'yes')) return [];
    const worst = answers.find(({ answer }) => answer.verdict === 'unknown') ?? first;
    return [flowOf(landscape, conduit, worst.pair, service, worst.answer, undefined)];
  });
}

/** While which single thing is down a service is stopped by a rule. Where no way is left at all, that is an outage and no matter of policy. */
function failing(
  landscape: Landscape,
  conduit: Conduit,
  pair: Promised['pairs'][number],
  service: string,
): readonly PolicyFlow[] {
  const [from, to] = pair;
  return variantsBetween(landscape, from.place, to.place).flatMap(({ down, isUp }) => {
    if (down === undefined) return [];
    const answer = asked(landscape, pair, service, isUp);
    return answer.verdict === 'no' && answer.shown?.part !== undefined
      ? [flowOf(landscape, conduit, pair, service, answer, down)]
      : [];
  });
}

function asked(
  landscape: Landscape,
  [from, to]: Promised['pairs'][number],
  service: string,
  isUp: IsUp = everythingUp,
): Reached {
  const answers = packetsOfService(service).map((packets) => {
    const between: Between = {
      from: from.place,
      to: to.place,
      packets,
      ...(from.addresses === undefined ? {} : { source: from.addresses }),
      ...(to.addresses === undefined ? {} : { destination: to.addresses }),
    };
    return reached(landscape, between, isUp);
  });
  const of = (verdict: Reached['verdict']): Reached | undefined =>
    answers.find((each) => each.verdict === verdict);
  return of('yes') ?? of('unknown') ?? of('no') ?? { verdict: 'no', shown: undefined, why: [] };
}

function flowOf(
  landscape: Landscape,
  { id, at }: Conduit,
  [from, to]: Promised['pairs'][number],
  service: string,
  { verdict, shown, why }: Reached,
  under: string | undefined,
): PolicyFlow {
  const all = (end: ConduitEnd): IntervalSet => end.addresses ?? addressesOf(landscape, end.place) ?? [];
  const hops = shown?.way.hops ?? [];
  return {
    kind: verdict === 'unknown' ? 'unknown' : 'blocked',
    from: from.place,
    to: to.place,
    under,
    parcels: packetsOfService(service).map((each) => parcel(all(from), all(to), each)),
    isWhole: true,
    decisions: shown?.part?.decisions ?? [],
    witness: shown?.part === undefined ? undefined : { way: shown.way, passages: shown.part.passages },
    why,
    blind:
      verdict === 'unknown'
        ? [...new Set(hops.flatMap(({ router }) => (landscape.routers.get(router)?.program ? [] : [router])))]
        : [],
    conduit: id,
    service,
    ...(at === undefined ? {} : { at }),
  };
}
