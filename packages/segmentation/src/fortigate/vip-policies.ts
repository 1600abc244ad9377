import type { Problem } from '@holdfast/kernel';
import type { Clause } from '../model/firewall.ts';
import { intersect, only, subtract, type Interval, type IntervalSet } from '../model/interval.ts';
import { allOf, doubted, none, onAxis, type Doubtful } from '../zoned/doubtful.ts';
import { atMost } from '../sense/doubted.ts';
import { interfacesOf, type Objects, type Policy } from './policy.ts';
import { isFrom, isOn, valueOf } from './vdom.ts';
import type { Vip } from './vips.ts';

export type Release = readonly [number, number, number] | undefined;

/**
 * What a policy has of the packets that come for a virtual address. One that names it has them; so may one that denies,
 * where it matches virtual addresses: whether by the address before or behind the translation is in no document, so that
 * it is certain only where it has both.
 * @see https://community.fortinet.com/fortigate-3/technical-tip-deny-policy-for-virtual-ip-firewall-policy-94794
 */
export function conditionForVip(policy: Policy, vip: Vip, objects: Objects, release: Release): Doubtful {
  const isNamed = policy.vips.some(({ name, family }) => name === vip.name && family === vip.family);
  const from = policy.sources[vip.family];
  const others = isNamed ? [] : othersMatch(policy, vip, objects, release);
  if (from === undefined || others === undefined) return none;
  const whole = allOf([interfacesOf(policy), onAxis('src', from), beforeForwarding(policy.services, vip)]);
  const { block } = policy;
  if (!isNamed || !isOn(block, 'dstaddr-negate')) return doubted(whole, [...policy.doubts, ...others]);
  const why = objects.reading.note(
    objects.reading.at(block.line),
    'all destinations but a virtual address are not modelled',
  );
  return doubted(whole, [...policy.doubts, why]);
}

/** Why a policy that does not name a virtual address may not be for it; undefined where it is certainly not. */
function othersMatch(
  policy: Policy,
  vip: Vip,
  { reading }: Objects,
  release: Release,
): readonly Problem[] | undefined {
  const matches = matchesVips(policy, release);
  const to = policy.targets[vip.family];
  if (matches === false || to === undefined) return undefined;
  const ends = [[vip.outside], vip.inside === undefined ? [] : [vip.inside]];
  const touches = ends.some((end) => intersect(atMost(to), end).length > 0);
  if (!touches) return undefined;
  const covers = ends.every((end) => subtract(end, to.sure).length === 0);
  if (covers && matches === true) return [];
  const { name, line } = policy.block;
  const message =
    matches === undefined
      ? `whether policy ${name} matches virtual addresses depends on the release, which the configuration does not say`
      : `whether policy ${name} matches the virtual address ${vip.name} by its outer or its inner address is not modelled`;
  return [reading.note(reading.at(line), message)];
}

/** The policies that may be for what comes for a virtual address, in their order. */
export class VipPolicies {
  readonly #policies: readonly Policy[];
  readonly #named = new Map<Vip, number[]>();
  readonly #others: readonly number[];

  constructor(policies: readonly Policy[], release: Release) {
    this.#policies = policies;
    this.#others = policies.flatMap((policy, index) =>
      matchesVips(policy, release) === false ? [] : [index],
    );
    policies.forEach(({ vips }, index) => {
      for (const vip of vips) {
        const known = this.#named.get(vip);
        if (known === undefined) this.#named.set(vip, [index]);
        else known.push(index);
      }
    });
  }

  of(vip: Vip): readonly Policy[] {
    const places = new Set([...(this.#named.get(vip) ?? []), ...this.#others]);
    return [...places].toSorted((a, b) => a - b).flatMap((place) => this.#policies[place] ?? []);
  }
}

/** Whether a policy is also for packets of virtual addresses that it does not name; undefined where that is not known. */
function matchesVips({ block, action }: Policy, release: Release): boolean | undefined {
  const said = valueOf(block, 'match-vip');
  if (said !== undefined) return said === 'enable';
  if (action.kind !== 'drop' && action.kind !== 'reject') return false;
  if (release === undefined) return undefined;
  // The documents name 7.2.3 and 7.2.4 as the release from which it is the default.
  if (isFrom(release, [7, 2, 4])) return true;
  return isFrom(release, [7, 2, 3]) ? undefined : false;
}

/** Services as they are known before a virtual address forwards their ports: a policy names the ports behind it. */
function beforeForwarding(services: Doubtful, vip: Vip): Doubtful {
  const { ports } = vip;
  if (ports === undefined || ports.protocol === 1n) return services;
  const { protocol, outside, inside } = ports;
  const moved = (clauses: readonly Clause[]): readonly Clause[] =>
    clauses.flatMap((clause) => {
      const isOther =
        clause.protocol !== undefined && intersect(clause.protocol, only(protocol)).length === 0;
      if (isOther || clause.icmpType !== undefined) return [];
      const within = shifted(intersect(clause.dport ?? [inside], [inside]), outside.low - inside.low);
      return within.length === 0 ? [] : [{ ...clause, protocol: only(protocol), dport: within }];
    });
  return { sure: moved(services.sure), maybe: moved(services.maybe), why: services.why };
}

const shifted = (set: IntervalSet, by: bigint): readonly Interval[] =>
  set.map(({ low, high }) => ({ low: low + by, high: high + by }));
