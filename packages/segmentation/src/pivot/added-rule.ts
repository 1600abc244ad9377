import { spellPrefixes } from '../model/address.ts';
import { placeKey, type Place } from '../network/place.ts';
import { addressesOf } from '../network/ways.ts';
import type { Cut } from './edge.ts';
import type { PivotGraph } from './graph.ts';
import { needsOf } from '../network/needs.ts';

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

/** The rule of a cut, with what else it would break. */
export function ruleOf(graph: PivotGraph, { at, from, to }: Cut): AddedRule {
  const prefixes = (place: Place): readonly string[] =>
    place.kind === 'internet' ? [] : (addressesOf(graph.landscape, place) ?? []).flatMap(spellPrefixes);
  return {
    at,
    from,
    to,
    source: prefixes(from),
    destination: prefixes(to),
    breaks: [...needsAcross(graph, from, to), ...conduitsAcross(graph, from, to)],
  };
}

/** Needs of which packets pass today: who opens the connection is not known, so both ends count. */
function needsAcross(graph: PivotGraph, from: Place, to: Place): readonly Broken[] {
  const { nodes, landscape } = graph;
  const isAt = (id: string, place: Place): boolean =>
    nodes.get(id)?.legs.some((leg) => placeKey(leg.place) === placeKey(place)) ?? false;
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
  return needsOf(landscape.estate).flatMap(({ device, role, target, hosts }) => {
    const far = hosts.length === 0 ? ['internet'] : hosts;
    const isHit = far.some(
      (host) =>
        (isAt(device, from) && isAt(host, to) && passes(device, host)) ||
        (isAt(host, from) && isAt(device, to) && passes(host, device)),
    );
    return isHit ? [{ kind: 'need', device, target, role } as const] : [];
  });
}

function conduitsAcross({ landscape: { estate } }: PivotGraph, from: Place, to: Place): readonly Broken[] {
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
  const [source, target] = [names(from), names(to)];
  return [...estate.all('conduit')].flatMap(([id, conduit]) =>
    conduit.from.some((each) => source.has(each)) && conduit.to.some((each) => target.has(each))
      ? [{ kind: 'conduit', id } as const]
      : [],
  );
}
