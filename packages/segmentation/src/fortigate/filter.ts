import type { Problem } from '@holdfast/kernel';
import type { Clause, Rule } from '../model/firewall.ts';
import { prefixOf } from '../model/address.ts';
import { doubted, surely } from '../zoned/doubtful.ts';
import { spoilersOf } from './beside.ts';
import type { Chains } from '../zoned/chains.ts';
import { hasPortal } from './network.ts';
import type { Domain } from './domain.ts';
import type { Policy } from './policy.ts';
import { isFrom, isOn, lineOf, valueOf, type Unit } from './vdom.ts';
import { conditionForVip, VipPolicies, type Release } from './vip-policies.ts';
import { outerClause, type Vip } from './vips.ts';

/** Packets of a connection that stands, or belongs to one, are not asked again. */
const standing = [{ low: 1n, high: 2n }];
const stray = [{ low: 3n, high: 4n }];

/**
 * The rules that a packet meets which crosses a virtual domain: what belongs to a session passes; then the policies from
 * the top, zones that let their own traffic through, and a denial. What comes for a virtual address meets only policies
 * that name it, and denials that match virtual addresses.
 * @see https://community.fortinet.com/t5/FortiGate/Technical-Tip-Information-about-policy-matching-order-when-the/ta-p/264457
 * @see https://community.fortinet.com/t5/FortiGate/Unused-Virtual-IP-VIP-object-can-disrupt-traffic/ta-p/189573
 */
export function filterRules(domain: Domain, unit: Unit, release: Release, chains: Chains): readonly Rule[] {
  const { objects, policies, prefix, isCentral, start } = domain;
  const vips = isCentral ? [] : [...objects.vips.ipv4.all, ...objects.vips.ipv6.all];
  const forVips = new VipPolicies(policies, release);
  const written = policies
    .filter(({ block }) => isCentral || !isOn(block, 'match-vip-only'))
    .flatMap((policy) => chains.rules(policy.origin, policy.condition, policy.action));
  return [
    ...sessionRules(domain, chains),
    ...portRules(domain, chains),
    ...spoilersOf(domain, chains),
    ...multicastRules(domain, chains),
    ...vips.flatMap((vip) => vipRules(vip, forVips.of(vip), domain, release, chains)),
    ...ownRules(vips, domain, chains),
    ...redirectRules(domain, unit, release, chains),
    ...written,
    ...reverseRules(domain, chains),
    ...zoneRules(domain, release, chains),
    ...chains.rule(
      `${prefix}policy/implicit-deny`,
      start,
      {},
      { kind: 'drop' },
      'what no policy accepts is denied',
    ),
  ];
}

/** @see https://community.fortinet.com/t5/FortiGate/Technical-Note-Enable-creation-of-TCP-session-on-the-firewall/ta-p/191772 */
function sessionRules({ objects, prefix, start }: Domain, chains: Chains): readonly Rule[] {
  const settings = objects.vdom.only('system settings');
  const key = ['asymroute', 'asymroute6', 'tcp-session-without-syn'].find(
    (each) => settings !== undefined && isOn(settings, each),
  );
  const strayRule = (): readonly Rule[] => {
    if (key === undefined || settings === undefined)
      return chains.rule(
        `${prefix}session/none`,
        start,
        { state: stray },
        { kind: 'drop' },
        'no session matched',
      );
    const line = lineOf(settings, key);
    const why = objects.reading.note(
      objects.reading.at(line),
      `packets of no session may pass where '${key}' is on, which is not modelled`,
    );
    return chains.rule(`${prefix}session/none`, line, { state: stray }, { kind: 'unmodelled', why });
  };
  return [
    ...chains.rule(
      `${prefix}session/standing`,
      start,
      { state: standing },
      { kind: 'accept' },
      'an existing session',
    ),
    ...strayRule(),
  ];
}

/** Interfaces that are down, and those that ask who somebody is. */
function portRules({ objects, prefix }: Domain, chains: Chains): readonly Rule[] {
  const { network, reading, vdom } = objects;
  return network.ports
    .filter((port) => port.vdom === vdom.name)
    .flatMap((port) => {
      if (port.block === undefined) return [];
      const own = network.numbers([port.name]);
      const rules: Rule[] = [];
      if (valueOf(port.block, 'status') === 'down') {
        const origin = chains.origin(`${prefix}${port.name}/down`, lineOf(port.block, 'status'));
        rules.push(...chains.rules(origin, surely({ iif: own }, { oif: own }), { kind: 'drop' }));
      }
      if (hasPortal(port)) {
        const line = lineOf(port.block, 'security-mode');
        const why = reading.note(reading.at(line), 'whom a portal lets in is not modelled');
        const origin = chains.origin(`${prefix}${port.name}/portal`, line);
        rules.push(...chains.rules(origin, doubted(surely({ iif: own }), [why]), { kind: 'drop' }));
      }
      return rules;
    });
}

const multicast: readonly Clause[] = ['224.0.0.0/4', 'ff00::/8'].flatMap((text) => {
  const range = prefixOf(text);
  return range === undefined ? [] : [{ dst: [range] }];
});

function multicastRules({ objects, prefix, start }: Domain, chains: Chains): readonly Rule[] {
  const line = objects.vdom.sections('firewall multicast-policy')[0]?.line ?? start;
  const why = objects.reading.note(objects.reading.at(line), 'what becomes of multicast is not modelled');
  return chains.rules(chains.origin(`${prefix}multicast`, line), surely(...multicast), {
    kind: 'unmodelled',
    why,
  });
}

function vipRules(
  vip: Vip,
  policies: readonly Policy[],
  domain: Domain,
  release: Release,
  chains: Chains,
): readonly Rule[] {
  const { objects, prefix } = domain;
  const [doubt] = vip.why;
  const id = `${prefix}vip/${vip.name}`;
  if (doubt !== undefined) {
    const condition = doubted(surely(outerClause(vip)), vip.why);
    return chains.rules(chains.origin(id, vip.block.line), condition, { kind: 'unmodelled', why: doubt });
  }
  const rules = policies.flatMap((policy) =>
    chains.rules(
      { ...policy.origin, id: `${id}/${policy.origin.id.slice(prefix.length)}` },
      conditionForVip(policy, vip, objects, release),
      policy.action,
    ),
  );
  const last = chains.rule(
    `${id}/implicit-deny`,
    vip.block.line,
    {},
    { kind: 'drop' },
    `no policy lets ${vip.name} through`,
  );
  chains.add(id, [...rules, ...last], objects.reading.at(vip.block.line), `what comes for ${vip.name}`);
  return chains.rule(`${id}/here`, vip.block.line, outerClause(vip), { kind: 'goto', chain: id });
}

/** The outer address of a virtual address is the unit's own: what is not forwarded ends here. */
function ownRules(vips: readonly Vip[], { prefix }: Domain, chains: Chains): readonly Rule[] {
  const forwarding = vips.filter(({ ports, why }) => ports !== undefined && why.length === 0);
  const outer = new Map(
    forwarding
      .map((vip) => [`${vip.outside.low} ${vip.outside.high} ${vip.iif?.[0]?.low}`, vip])
      .toReversed() as [string, Vip][],
  );
  return [...outer.values()].flatMap((vip) =>
    chains.rule(
      `${prefix}vip/${vip.name}/own`,
      vip.block.line,
      { dst: [vip.outside], ...(vip.iif && { iif: vip.iif }) },
      { kind: 'drop' },
      `${vip.name} makes the address the unit's own`,
    ),
  );
}

/**
 * What leaves by the interface that it came in by may pass without a policy.
 * @see https://community.fortinet.com/t5/FortiGate/Technical-Tip-Traffic-handled-by-FortiGate-for-packets-with/ta-p/196651
 */
function redirectRules(
  { objects, prefix, start }: Domain,
  { global }: Unit,
  release: Release,
  chains: Chains,
): readonly Rule[] {
  const settings = global.only('system global');
  const said = settings === undefined ? undefined : valueOf(settings, 'allow-traffic-redirect');
  const isOff = said === undefined ? release !== undefined && isDisabledSince(release) : said === 'disable';
  if (isOff) return [];
  const line =
    settings === undefined || said === undefined ? start : lineOf(settings, 'allow-traffic-redirect');
  const why: Problem = objects.reading.note(
    objects.reading.at(line),
    'what leaves by the interface that it came in by may pass without a policy',
    "'set allow-traffic-redirect disable' asks for a policy",
  );
  const { network, vdom } = objects;
  const clauses = network.ports
    .filter((port) => port.vdom === vdom.name)
    .map((port) => ({ iif: network.numbers([port.name]), oif: network.numbers([port.name]) }));
  const condition = doubted(surely(...clauses), [why]);
  return chains.rules(chains.origin(`${prefix}redirect`, line), condition, { kind: 'accept' });
}

const isDisabledSince = (release: readonly [number, number, number]): boolean =>
  (release[0] === 7 && release[1] === 4 && release[2] >= 10) ||
  (release[0] === 7 && release[1] === 6 && release[2] >= 5) ||
  isFrom(release, [8, 0, 0]);

/** Policies that let any host answer a host that has once sent. */
function reverseRules({ objects, policies, prefix }: Domain, chains: Chains): readonly Rule[] {
  return policies.flatMap((policy) => {
    const key = ['permit-any-host', 'permit-stun-host'].find((each) => isOn(policy.block, each));
    if (key === undefined || policy.action.kind !== 'accept') return [];
    const line = lineOf(policy.block, key);
    const why = objects.reading.note(objects.reading.at(line), `what '${key}' lets back in is not modelled`);
    const clause: Clause = {
      protocol: [{ low: 17n, high: 17n }],
      ...(policy.oif && { iif: policy.oif }),
      ...(policy.iif && { oif: policy.iif }),
    };
    const origin = chains.origin(`${prefix}reverse/${policy.block.name}`, line);
    return chains.rules(origin, doubted(surely(clause), [why]), { kind: 'accept' });
  });
}

/** @see https://community.fortinet.com/t5/FortiGate/Technical-Tip-Block-or-allow-intra-zone-traffic/ta-p/279733 */
function zoneRules({ objects, prefix }: Domain, release: Release, chains: Chains): readonly Rule[] {
  const { network, reading, vdom } = objects;
  return network.zones
    .filter((zone) => zone.vdom === vdom.name && zone.letsThrough)
    .flatMap((zone) => {
      const own = network.numbers(zone.members);
      const alone = zone.members.length === 1;
      if (own.length === 0 || (alone && release !== undefined && !isFrom(release, [7, 4, 4]))) return [];
      const why =
        alone && release === undefined
          ? [
              reading.note(
                reading.at(zone.line),
                'whether a zone of one interface lets through depends on the release',
              ),
            ]
          : [];
      const origin = chains.origin(`${prefix}zone/${zone.name}`, zone.line);
      return chains.rules(origin, doubted(surely({ iif: own, oif: own }), why), { kind: 'accept' });
    });
}
