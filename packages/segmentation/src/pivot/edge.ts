import type { Clause } from '../model/firewall.ts';
import { only, type IntervalSet } from '../model/interval.ts';
import { crossing, BudgetSpent, type Crossed, type Passage } from '../network/crossing.ts';
import type { Landscape } from '../network/landscape.ts';
import type { Router } from '../network/router.ts';
import { placeKey, type Place } from '../network/place.ts';
import { reached } from '../network/reach.ts';
import type { IsUp } from '../network/shortest.ts';
import { waysBetween, type Way } from '../network/ways.ts';
import { permits } from '../question/permits.ts';
import { beside } from './isolation.ts';
import type { Leg, Listener, PivotNode } from './node.ts';

/** How far a verdict goes: that it is so, that nobody can tell, that it is not. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** One way in which packets of one node get to another. */
export interface Option {
  /** Whether any packet gets there, and whether one gets to something that listens. */
  readonly touch: Verdict;
  readonly take: Verdict;
  /** `undefined` where packets meet no rule: no rule can close it. */
  readonly cut: Cut | undefined;
  readonly from: Leg;
  readonly to: Leg;
  readonly service: Listener | undefined;
  readonly way: Way | undefined;
  readonly passages: readonly Passage[];
  readonly why: readonly string[];
}

/** What one more rule would close: all that opens a connection from one place to another. */
export interface Cut {
  readonly key: string;
  readonly from: Place;
  readonly to: Place;
  /** The router that the rule would stand at. */
  readonly at: string;
}

const protocols = { tcp: 6n, udp: 17n, sctp: 132n } as const;

const to = ({ protocol, port }: Listener): Clause => ({
  protocol: only(protocols[protocol]),
  dport: only(BigInt(port)),
});

/** The ways in which packets of one node get to another, each pair of interfaces one; those that do not are left out. */
export function optionsBetween(
  landscape: Landscape,
  a: PivotNode,
  b: PivotNode,
  isUp: IsUp,
  mayPass: (from: Place, to: Place) => boolean,
): readonly Option[] {
  if (a.id === b.id || !isUp(a.id) || !isUp(b.id)) return [];
  return a.legs.flatMap((from) =>
    b.legs.flatMap((target) => {
      const option = isBeside(from, target)
        ? besideOption(landscape, from, target, b)
        : b.isRouter || mayPass(from.place, target.place)
          ? farOption(landscape, from, target, b, isUp)
          : undefined;
      return option === undefined ? [] : [option];
    }),
  );
}

const isBeside = (a: Leg, b: Leg): boolean =>
  a.place.kind === 'network' && b.place.kind === 'network' && a.place.id === b.place.id;

function besideOption(landscape: Landscape, from: Leg, target: Leg, b: PivotNode): Option | undefined {
  if (target.place.kind !== 'network') return undefined;
  const { verdict, why } = beside(landscape, target.place.id, from, target);
  const router = landscape.routers.get(b.id);
  const letsIn = (packets: Clause): Verdict =>
    b.isRouter ? atRouter(landscape, router, from, target, packets).verdict : 'yes';
  // A router may keep from the network what it listens on.
  const service = b.listeners.find((each) => letsIn(to(each)) !== 'no');
  const own = b.isRouter ? atRouter(landscape, router, from, target, {}) : undefined;
  const touch = own === undefined ? verdict : least(verdict, own.verdict);
  if (touch === 'no') return undefined;
  return {
    touch,
    take: service === undefined ? unheard(b) : least(touch, letsIn(to(service))),
    cut: undefined,
    from,
    to: target,
    service,
    way: undefined,
    passages: [],
    why: [why, ...(own?.why ?? []), ...(service === undefined ? [nobodySaid(b)] : [])],
  };
}

/** A router falls only by what it is known to listen on: else every firewall would be a way round itself. */
const unheard = ({ isRouter }: PivotNode): Verdict => (isRouter ? 'no' : 'unknown');

const nobodySaid = ({ name }: PivotNode): string => `nobody has said what listens on ${name}`;

function farOption(
  landscape: Landscape,
  from: Leg,
  target: Leg,
  b: PivotNode,
  isUp: IsUp,
): Option | undefined {
  if (from.addresses === undefined || target.addresses === undefined) return undefined;
  const ask = (packets: Clause): Asked => asked(landscape, from, target, b, packets, isUp);
  const any = ask({});
  if (any.verdict === 'no') return undefined;
  const doubts = [
    ...(from.isOwn ? [] : ['the address that it speaks as is not known']),
    ...(target.isOwn ? [] : [`the address of ${b.name} is not known`]),
  ];
  const certain = doubts.length === 0;
  let taken: readonly [Listener, Asked] | undefined;
  for (const listener of b.listeners) {
    const answer = ask(to(listener));
    if (answer.verdict === 'no') continue;
    if (taken === undefined || answer.verdict === 'yes') taken = [listener, answer];
    if (answer.verdict === 'yes') break;
  }
  const shown = taken?.[1] ?? any;
  const firewall = shown.passages[0]?.router;
  const touch = certain ? any.verdict : 'unknown';
  return {
    touch,
    take: taken === undefined ? unheard(b) : certain ? taken[1].verdict : 'unknown',
    cut:
      firewall === undefined
        ? undefined
        : {
            key: `${placeKey(from.place)} > ${placeKey(target.place)}`,
            from: from.place,
            to: target.place,
            at: guarding(landscape, shown.passages) ?? firewall,
          },
    from,
    to: target,
    service: taken?.[0],
    way: shown.way,
    passages: shown.passages,
    why: [
      ...doubts,
      ...shown.why,
      ...(taken === undefined
        ? [
            b.listeners.length === 0
              ? nobodySaid(b)
              : `none of what is known to listen on ${b.name} is reached`,
          ]
        : []),
    ],
  };
}

/** The first router on the way whose rules are known. */
const guarding = ({ routers }: Landscape, passages: readonly Passage[]): string | undefined =>
  passages.find(({ router }) => routers.get(router)?.program !== undefined)?.router;

interface Asked {
  readonly verdict: Verdict;
  readonly way: Way | undefined;
  readonly passages: readonly Passage[];
  readonly why: readonly string[];
}

function asked(
  landscape: Landscape,
  from: Leg,
  target: Leg,
  b: PivotNode,
  packets: Clause,
  isUp: IsUp,
): Asked {
  const source = from.addresses ?? [];
  const destination = target.addresses ?? [];
  if (b.isRouter) return towardRouter(landscape, from, target, b, packets, isUp);
  const { verdict, shown, why } = reached(
    landscape,
    { from: from.place, to: target.place, source, destination, packets },
    isUp,
  );
  return { verdict, way: shown?.way, passages: shown?.part?.passages ?? [], why };
}

/** Packets to an address of a router itself end there: they do not go on through its rules for what it forwards. */
function towardRouter(
  landscape: Landscape,
  from: Leg,
  target: Leg,
  b: PivotNode,
  packets: Clause,
  isUp: IsUp,
): Asked {
  let best: Asked = { verdict: 'no', way: undefined, passages: [], why: [] };
  for (const way of waysBetween(landscape, from.place, target.place, isUp)) {
    const place = way.hops.findIndex(({ router }) => router === b.id);
    if (place < 0 && way.end.kind !== 'delivered') continue;
    const hops = place < 0 ? way.hops : way.hops.slice(0, place);
    const before = over(landscape, hops, from.addresses ?? [], target.addresses ?? [], packets);
    const own = atRouter(landscape, landscape.routers.get(b.id), from, target, packets);
    const verdict = least(before.verdict, own.verdict);
    if (rank[verdict] > rank[best.verdict])
      best = { verdict, way: { ...way, hops }, passages: before.passages, why: [...before.why, ...own.why] };
  }
  return best;
}

function over(
  landscape: Landscape,
  hops: Way['hops'],
  src: IntervalSet,
  dst: IntervalSet,
  packets: Clause,
): Asked {
  let found: Crossed | undefined;
  try {
    crossing(landscape, { hops }, { ...packets, src, dst }, (part) => {
      if (part.verdict !== 'drop' && (found === undefined || part.verdict === 'accept')) found = part;
      return part.verdict === 'accept' ? 'stop' : undefined;
    });
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return {
      verdict: 'unknown',
      way: undefined,
      passages: [],
      why: ['the rules are too many for the step budget'],
    };
  }
  if (found === undefined) return { verdict: 'no', way: undefined, passages: [], why: [] };
  return {
    verdict: found.verdict === 'accept' ? 'yes' : 'unknown',
    way: undefined,
    passages: found.passages,
    why: found.why,
  };
}

/** What a router lets in to itself. */
function atRouter(
  landscape: Landscape,
  router: Router | undefined,
  from: Leg,
  target: Leg,
  packets: Clause,
): { readonly verdict: Verdict; readonly why: readonly string[] } {
  if (router?.program === undefined)
    return {
      verdict: 'unknown',
      why: [
        `what ${router === undefined ? 'it' : landscape.estate.nameOf(router.id)} lets in to itself is not known`,
      ],
    };
  try {
    const answer = permits(router.program, 'input', {
      ...packets,
      ...(from.addresses === undefined ? {} : { src: from.addresses }),
      ...(target.addresses === undefined ? {} : { dst: target.addresses }),
    });
    return {
      verdict: answer.verdict,
      why: answer.verdict === 'unknown' ? answer.why.map(({ message }) => message) : [],
    };
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return { verdict: 'unknown', why: ['its rules are too many for the step budget'] };
  }
}

const rank = { no: 0, unknown: 1, yes: 2 } as const;
/** The weaker of two verdicts that both have to hold. */
const least = (a: Verdict, b: Verdict): Verdict => (rank[a] < rank[b] ? a : b);
