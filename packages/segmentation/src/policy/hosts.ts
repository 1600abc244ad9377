import { known, type DeviceClass } from '@holdfast/estate';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import type { Landscape } from '../network/landscape.ts';

/** Where a device is on a network, and the addresses that it is known to have there. */
export interface Leg {
  readonly network: string;
  /** `undefined` where nobody has said. */
  readonly addresses: IntervalSet | undefined;
}

/** A device with its networks. */
export interface Host {
  readonly device: string;
  readonly class: DeviceClass | undefined;
  readonly legs: readonly Leg[];
}

/** The devices of an estate that are on a network, by id. */
export function hostsOf({
  estate,
  subnets,
}: Pick<Landscape, 'estate' | 'subnets'>): ReadonlyMap<string, Host> {
  const hosts = new Map<string, Host>();
  for (const [device, data] of estate.all('device')) {
    const parts =
      data.interfaces === undefined
        ? [{ network: data.network, address: data.address }]
        : Object.values(data.interfaces).map(({ network, address }) => ({
            network,
            address: address === undefined ? undefined : [address],
          }));
    const legs = parts.flatMap(({ network, address }): readonly Leg[] => {
      if (network === undefined || !subnets.has(network)) return [];
      const ranges = (address ?? []).flatMap((each) => prefixOf(each) ?? []);
      return [{ network, addresses: ranges.length === 0 ? undefined : intervalSet(ranges) }];
    });
    if (legs.length > 0)
      hosts.set(device, { device, class: estate.get('profile', known(data.profile))?.class, legs });
  }
  return hosts;
}
