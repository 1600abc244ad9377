import { spellPrefixes } from '../model/address.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { placeKey, type Place } from '../network/place.ts';
import { addressesOf } from '../network/ways.ts';
import type { Cut } from './edge.ts';
import type { PivotGraph } from './graph.ts';

/** A rule that is not there yet: at a router, let nothing open a connection from one place to another. */
export interface AddedRule {
  readonly at: string;
  readonly from: Place;
  readonly to: Place;
  /** The prefixes of the two; empty for the internet. */
  readonly source: readonly string[];
  readonly destination: readonly string[];
  readonly breaks: readonly Broken[];
}

/** What else a rule would stop: what a device needs, or what a conduit permits. */
export type Broken =
  | { readonly kind: 'need'; readonly device: string; readonly target: string; readonly role: string }
  | { readonly kind: 'conduit'; readonly id: string };

/** A rule names so many prefixes; for more it names the whole network. */
const mostPrefixes = 8;

/**
 * The rule of a cut, with what else it would break. Its source is those of the place that an attacker can come to hold:
 * nobody else has to be stopped.
 */
export function ruleOf(graph: PivotGraph, { at, from, to }: Cut, held: ReadonlySet<number>): AddedRule {
  const own = heldAddresses(graph, from, held);
  const narrow = own?.flatMap(spellPrefixes) ?? [];
  const isNarrow = narrow.length > 0 && narrow.length <= mostPrefixes;
  const prefixes = (place: Place): readonly string[] =>
    place.kind === 'internet' ? [] : (addressesOf(graph.landscape, place) ?? []).flatMap(spellPrefixes);
  return {
    at,
    from,
    to,
    source: isNarrow ? narrow : prefixes(from),
    destination: prefixes(to),
    breaks: [
      ...needsAcross(graph, from, to, isNarrow ? held : undefined),
      ...conduitsAcross(graph, from, to, isNarrow ? held : undefined),
    ],
  };
}

/** Needs of which packets pass today: who opens the connection is not known, so both ends count. */
function needsAcross(
  graph: PivotGraph,
  from: Place,
  to: Place,
  held: ReadonlySet<number> | undefined,
): readonly Broken[] {
  const { nodes } = graph;
  const isAt = (id: string, place: Place): boolean =>
    nodes.get(id)?.legs.some((leg) => placeKey(leg.place) === placeKey(place)) ?? false;
  const isStopped = (id: string): boolean => isAt(id, from) && isHeld(graph, id, held);
  const passes = (a: string, b: string): boolean => {
    const [one, other] = [graph.classOf.get(a), graph.classOf.get(b)];
    return (
      one !== undefined &&
      other !== undefined &&
      graph
        .between(one, other)
        .some(
          (each) => placeKey(each.from.place) === placeKey(from) && placeKey(each.to.place) === placeKey(to),
        )
    );
  };
  return graph.needs.flatMap(({ from: device, to: target, role }) => {
    const far = target.kind === 'internet' ? 'internet' : target.id;
    const isHit =
      (isStopped(device) && isAt(far, to) && passes(device, far)) ||
      (isStopped(far) && isAt(device, to) && passes(far, device));
    return isHit
      ? [
          {
            kind: 'need',
            device,
            target: target.kind === 'internet' ? target.service : target.id,
            role,
          } as const,
        ]
      : [];
  });
}

/** Conduits that name the whole place, or one of those that would be stopped. */
function conduitsAcross(
  graph: PivotGraph,
  from: Place,
  to: Place,
  held: ReadonlySet<number> | undefined,
): readonly Broken[] {
  const { estate } = graph.landscape;
  const names = (place: Place): ReadonlySet<string> => {
    if (place.kind === 'internet') return new Set(['internet']);
    if (place.kind === 'vpn') return new Set([place.id, estate.get('vpn', place.id)?.from ?? place.id]);
    const devices = [...estate.all('device')].flatMap(([id, { network, interfaces }]) =>
      network === place.id || Object.values(interfaces ?? {}).some((leg) => leg.network === place.id)
        ? [id]
        : [],
    );
    return new Set([place.id, estate.get('network', place.id)?.zone ?? place.id, ...devices]);
  };
  const [source, target] = [
    new Set([...names(from)].filter((id) => !graph.nodes.has(id) || isHeld(graph, id, held))),
    names(to),
  ];
  return [...estate.all('conduit')].flatMap(([id, conduit]) =>
    conduit.from.some((each) => source.has(each)) && conduit.to.some((each) => target.has(each))
      ? [{ kind: 'conduit', id } as const]
      : [],
  );
}

const isHeld = ({ classOf }: PivotGraph, id: string, held: ReadonlySet<number> | undefined): boolean =>
  held === undefined || held.has(classOf.get(id) ?? -1);

/** The addresses in a place that are of nodes which can be held; `undefined` where one of them is not known. */
function heldAddresses(graph: PivotGraph, place: Place, held: ReadonlySet<number>): IntervalSet | undefined {
  if (place.kind !== 'network') return undefined;
  const legs = [...held].flatMap((each) =>
    (graph.classes[each] ?? []).flatMap((node) =>
      node.legs.filter((leg) => placeKey(leg.place) === placeKey(place)),
    ),
  );
  if (legs.some(({ isOwn, addresses }) => !isOwn || addresses === undefined)) return undefined;
  return intervalSet(legs.flatMap(({ addresses = [] }) => addresses));
}
