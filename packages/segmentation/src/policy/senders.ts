import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { placeKey, type Place } from '../network/place.ts';
import type { Host } from './hosts.ts';

/** The addresses of hosts that are known in each place, to show packets with. */
export class Senders {
  readonly #known: ReadonlyMap<string, IntervalSet>;

  constructor(hosts: ReadonlyMap<string, Host>, without: ReadonlySet<string>) {
    const all = new Map<string, IntervalSet>();
    for (const { device, legs } of hosts.values()) {
      if (without.has(device)) continue;
      for (const { network, addresses = [] } of legs) {
        const key = placeKey({ kind: 'network', id: network });
        all.set(key, [...(all.get(key) ?? []), ...addresses]);
      }
    }
    this.#known = new Map([...all].map(([key, each]) => [key, intervalSet(each)] as const));
  }

  of(place: Place): IntervalSet {
    return this.#known.get(placeKey(place)) ?? [];
  }
}
