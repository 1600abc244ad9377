import type { Landscape } from './landscape.ts';
import type { Place } from './place.ts';
import type { IsUp } from './shortest.ts';
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
  const allUp: IsUp = () => true;
  const usual = waysBetween(landscape, from, to, allUp);
  const seen = new Set(usual.map(course));
  const variants: Variant[] = [{ down: undefined, isUp: allUp, ways: usual }];
  for (const down of new Set(usual.flatMap(({ over }) => over))) {
    const isUp: IsUp = (id) => id !== down;
    const fresh = waysBetween(landscape, from, to, isUp).filter(
      (way) => way.end.kind !== 'stopped' && !seen.has(course(way)),
    );
    if (fresh.length === 0) continue;
    for (const way of fresh) seen.add(course(way));
    variants.push({ down, isUp, ways: fresh });
  }
  return variants;
}

/** What makes two ways the same: the routers with their interfaces, and what they are taken for. */
const course = ({ hops, destinations, end }: Way): string =>
  [
    end.kind,
    ...hops.map(({ router, iif, oif }) => `${router} ${iif ?? ''} ${oif ?? ''}`),
    ...destinations.map(({ low, high }) => `${low}-${high}`),
  ].join('|');
