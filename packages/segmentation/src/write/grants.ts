import { family } from '../model/address.ts';
import { intersect, intervalSet, type IntervalSet } from '../model/interval.ts';
import type { Intent, Permission, Service } from '../intent/intent.ts';

/** A permission for one family of addresses and one protocol, as rule formats can say it. */
export interface Grant {
  readonly permission: Permission;
  readonly family: 'ipv4' | 'ipv6';
  /** Every address of the family where not said. */
  readonly src?: IntervalSet;
  readonly dst?: IntervalSet;
  readonly protocol?: number;
  readonly sport?: IntervalSet;
  readonly dport?: IntervalSet;
  readonly icmpType?: number;
  readonly icmpCode?: number;
}

/** Takes an intent apart for writers, in its order. Ports of one protocol stand together; what meets no packet is left out. */
export function grantsOf({ permissions }: Intent): readonly Grant[] {
  return permissions.flatMap((permission) =>
    (['ipv4', 'ipv6'] as const).flatMap((each) => familyGrants(permission, each)),
  );
}

function familyGrants(permission: Permission, of: Grant['family']): readonly Grant[] {
  const src = intersect(permission.src, [family[of]]);
  const dst = intersect(permission.dst, [family[of]]);
  if (src.length === 0 || dst.length === 0) return [];
  const ends = {
    ...(isWhole(src, of) ? {} : { src }),
    ...(isWhole(dst, of) ? {} : { dst }),
  };
  return joined(permission.services).map(({ protocol, ...service }) => ({
    permission,
    family: of,
    ...ends,
    ...(protocol === undefined ? {} : { protocol: protocolNumber(protocol, of) }),
    ...service,
  }));
}

const isWhole = ([first, ...more]: IntervalSet, of: Grant['family']): boolean =>
  more.length === 0 && first?.low === family[of].low && first.high === family[of].high;

const protocolNumber = (protocol: 'icmp' | number, of: Grant['family']): number =>
  protocol === 'icmp' ? (of === 'ipv4' ? 1 : 58) : protocol;

/** Services that differ in their destination ports alone, as one. */
function joined(services: readonly Service[]): readonly Service[] {
  const groups = Map.groupBy(services, ({ dport, ...rest }) =>
    JSON.stringify([dport === undefined, rest], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    ),
  );
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first?.dport === undefined) return first === undefined ? [] : [first];
    return [{ ...first, dport: intervalSet([first, ...more].flatMap(({ dport }) => dport ?? [])) }];
  });
}
