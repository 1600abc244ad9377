import { networkSegment, type Landscape } from './landscape.ts';
import type { Place } from './place.ts';
import { allBut, everythingUp, type IsUp } from './shortest.ts';
import { waysBetween, type Way } from './ways.ts';

/** How packets go while one thing is down; `down` is `undefined` while everything works. */
export interface Variant {
  readonly down: string | undefined;
  readonly isUp: IsUp;
  readonly ways: readonly Way[];
}

/**
 * The ways between two places as things stand, and with each single thing down whose loss leads packets another way.
 * Only what a way is over is tried: the loss of anything else changes nothing. Variants that deliver nothing new are left out.
 */
export function variantsBetween(landscape: Landscape, from: Place, to: Place): readonly Variant[] {
  const usual = waysBetween(landscape, from, to, everythingUp);
  const seen = new Set(usual.map(course));
  const variants: Variant[] = [{ down: undefined, isUp: everythingUp, ways: usual }];
  for (const down of new Set(
    usual.flatMap(({ over, end }) => (from.kind === 'internet' && end.kind === 'stopped' ? [] : over)),
  )) {
    if (isAlone(landscape, from, to, down)) continue;
    const isUp = allBut(landscape, down);
    const fresh = waysBetween(landscape, from, to, isUp).filter(
      (way) => way.end.kind !== 'stopped' && !seen.has(course(way)),
    );
    if (fresh.length === 0) continue;
    for (const way of fresh) seen.add(course(way));
    variants.push({ down, isUp, ways: fresh });
  }
  return variants;
}

/** Whether a network has only this router: without it there is no way at all. */
function isAlone({ subnets, members }: Landscape, from: Place, to: Place, router: string): boolean {
  const { gateways } = (from.kind === 'network' ? subnets.get(from.id) : undefined) ?? {};
  const there = to.kind === 'network' ? members.get(networkSegment(to.id)) : undefined;
  return (gateways?.length === 1 && gateways[0] === router) || (there?.length === 1 && there[0] === router);
}

/** What makes two ways the same: the routers with their interfaces, and what they are taken for. */
const course = ({ hops, destinations, end }: Way): string =>
  [
    end.kind,
    ...hops.map(({ router, iif, oif }) => `${router} ${iif ?? ''} ${oif ?? ''}`),
    ...destinations.map(({ low, high }) => `${low}-${high}`),
  ].join('|');
