import { problem, type Problem } from '@holdfast/kernel';
import type { Intent, Permission, Service } from '../intent/intent.ts';
import { only, type IntervalSet } from '../model/interval.ts';
import type { Landscape } from '../network/landscape.ts';
import { addressesOf } from '../network/ways.ts';
import { common, isEmpty, parcel, without, type Parcel } from './parcel.ts';
import { policyOf } from './permissions.ts';
import { spellServices } from './services.ts';

const icmp: IntervalSet = [
  { low: 1n, high: 1n },
  { low: 58n, high: 58n },
];

/**
 * What an intent permits between the zones of an estate and its zone policy forbids: one problem for each permission and
 * pair of zones. Codes: `policy-denied`.
 */
export function objections(landscape: Landscape, { permissions }: Intent): readonly Problem[] {
  const policy = policyOf(landscape);
  const places = [...policy.zones.values()].flatMap((zone) =>
    zone.places.flatMap((place) => {
      const addresses = addressesOf(landscape, place);
      return addresses === undefined ? [] : [{ zone, place, addresses }];
    }),
  );
  return permissions.flatMap((permission) => {
    const told = new Set<string>();
    return places.flatMap((from) =>
      places.flatMap((to) => {
        const denial = from.zone === to.zone ? undefined : policy.denial(from.zone, to.zone);
        const pair = `${from.zone.name} to ${to.zone.name}`;
        if (denial === undefined || told.has(pair)) return [];
        const between = parcel(from.addresses, to.addresses);
        const meant = parcelsOf(permission).flatMap((each) => common(each, between) ?? []);
        const rest = without(meant, policy.permitted(from.place, to.place).certain);
        if (rest.every(isEmpty)) return [];
        told.add(pair);
        return [
          problem(
            'policy-denied',
            `${permission.id} permits ${spellServices(rest).join(', ')} from ${pair}`,
            {
              at: permission.at,
              hint: `${denial}: narrow it, or declare a conduit that names it`,
            },
          ),
        ];
      }),
    );
  });
}

const parcelsOf = ({ src, dst, services }: Permission): readonly Parcel[] =>
  services.map((service) => parcel(src, dst, packetsOf(service)));

function packetsOf({ protocol, dport }: Service): Partial<Pick<Parcel, 'protocol' | 'dport'>> {
  if (protocol === undefined) return {};
  if (protocol === 'icmp') return { protocol: icmp };
  return { protocol: only(BigInt(protocol)), ...(dport === undefined ? {} : { dport }) };
}
