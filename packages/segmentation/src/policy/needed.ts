import type { Landscape } from '../network/landscape.ts';
import { internet, placeKey, type Place } from '../network/place.ts';
import { reached, type Reached } from '../network/reach.ts';
import { addressesOf } from '../network/ways.ts';
import type { IntervalSet } from '../model/interval.ts';
import type { PolicyFlow } from './flow.ts';
import type { Leg } from './hosts.ts';
import type { Need } from './needs.ts';
import { common, parcel, type Parcel } from './parcel.ts';
import type { Policy } from './permissions.ts';
import { pairKey, zoneByPlace } from './zones.ts';

/** One end of a need: where, with which known addresses. */
interface End {
  readonly place: Place;
  readonly addresses: IntervalSet;
}

/** So many partners are named in one flow. */
const mostNamed = 6;

/** What an estate needs and no rule lets through. */
export interface Stopped {
  /** The flows by the zones that they are between, by `pairKey`. */
  readonly flows: ReadonlyMap<string, readonly PolicyFlow[]>;
  /** How many needs were not asked for, beyond the limit. */
  readonly skipped: number;
}

/**
 * The devices with known addresses that work together, and of whose permitted packets none passes in either direction.
 * Within one network and within one zone nothing is asked; in a policy of conduits, only what a conduit is there for.
 */
export function stoppedNeeds(landscape: Landscape, policy: Policy, limit: number): Stopped {
  const zones = zoneByPlace(policy.zones);
  const groups = new Map<
    string,
    { readonly zones: string; readonly flow: PolicyFlow; readonly names: string[] }
  >();
  let left = limit;
  let skipped = 0;
  for (const need of policy.needs) {
    const [own, other] = endsOf(landscape, policy, need);
    const pairs = own.flatMap((a) => other.map((b) => [a, b] as const));
    const [first] = pairs;
    if (first === undefined || pairs.some(([a, b]) => placeKey(a.place) === placeKey(b.place))) continue;
    const [here = '', there = ''] = first.map(({ place }) => zones.get(placeKey(place)));
    if (here === there) continue;
    const key = pairKey(here, there);
    if (left <= 0) {
      skipped += 1;
      continue;
    }
    left -= pairs.length;
    const flow = stopped(landscape, policy, need, pairs);
    if (flow === undefined) continue;
    const group = `${key}\n${flow.decisions.map((each) => each?.source.id).join(' ')}\n${flow.why.join(' ')}`;
    const found = groups.get(group) ?? { zones: key, flow, names: [] };
    found.names.push(sayNeed(landscape, need));
    groups.set(group, found);
  }
  const flows = Map.groupBy(groups.values(), ({ zones: key }) => key);
  return {
    flows: new Map(
      [...flows].map(([key, all]) => [
        key,
        all.map(({ flow, names }) => ({ ...flow, why: [...named(names), ...flow.why] })),
      ]),
    ),
    skipped,
  };
}

const named = (names: readonly string[]): readonly string[] =>
  names.length <= mostNamed
    ? names
    : [...names.slice(0, mostNamed), `and ${names.length - mostNamed} more in the same way`];

function sayNeed({ estate }: Landscape, { from, to, role }: Need): string {
  const whom = estate.nameOf(to.kind === 'device' ? to.id : to.service);
  return `${estate.nameOf(from)} works with ${whom} (${role})`;
}

function endsOf(
  landscape: Landscape,
  { hosts }: Policy,
  { from, to }: Need,
): readonly [readonly End[], readonly End[]] {
  const of = (legs: readonly Leg[] = []): readonly End[] =>
    legs.flatMap(({ network, addresses }) =>
      addresses === undefined ? [] : [{ place: { kind: 'network', id: network }, addresses }],
    );
  const there: readonly End[] =
    to.kind === 'device'
      ? of(hosts.get(to.id)?.legs)
      : [{ place: internet, addresses: addressesOf(landscape, internet) ?? [] }];
  return [of(hosts.get(from)?.legs), there];
}

/** `undefined` where something passes, may pass, or nothing is permitted in the first place. */
function stopped(
  landscape: Landscape,
  policy: Policy,
  { to }: Need,
  pairs: readonly (readonly [End, End])[],
): PolicyFlow | undefined {
  let no: PolicyFlow | undefined;
  for (const [a, b] of pairs) {
    const ways = to.kind === 'device' ? [[a, b] as const, [b, a] as const] : [[a, b] as const];
    for (const [from, target] of ways) {
      for (const each of permittedBetween(policy, from, target)) {
        const answer = ask(landscape, from, target, each);
        if (answer.verdict !== 'no') return undefined;
        no ??= flowOf(from, target, each, answer);
      }
    }
  }
  return no;
}

function permittedBetween(policy: Policy, from: End, to: End): readonly Parcel[] {
  const all = parcel(from.addresses, to.addresses);
  return policy.permitted(from.place, to.place).certain.flatMap((each) => common(each, all) ?? []);
}

const ask = (landscape: Landscape, from: End, to: End, { src, dst, protocol, dport }: Parcel): Reached =>
  reached(landscape, {
    from: from.place,
    to: to.place,
    source: src,
    destination: dst,
    packets: { protocol, dport },
  });

const flowOf = (from: End, to: End, packets: Parcel, { shown, why }: Reached): PolicyFlow => ({
  kind: 'blocked',
  from: from.place,
  to: to.place,
  under: undefined,
  parcels: [packets],
  isWhole: true,
  decisions: shown?.part?.decisions ?? [],
  witness: shown?.part === undefined ? undefined : { way: shown.way, passages: shown.part.passages },
  why,
  blind: [],
});
