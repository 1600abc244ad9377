import { family } from '../model/address.ts';
import type { Action, Clause, Rule } from '../model/firewall.ts';
import { intersect, type Interval, type IntervalSet } from '../model/interval.ts';
import { surely, wholeOf, type Doubtful } from '../zoned/doubtful.ts';
import { oneByOne } from '../zoned/one-by-one.ts';
import { anySource, freePort } from '../zoned/any-source.ts';
import type { Chains } from '../zoned/chains.ts';
import type { Block } from './config-text.ts';
import type { Domain } from './domain.ts';
import type { Objects, Policy } from './policy.ts';
import { isOn, lineOf, valueOf, valuesOf } from './vdom.ts';
import { conditionForVip, VipPolicies, type Release } from './vip-policies.ts';
import { outerClause, rangeOf, type Vip } from './vips.ts';

/** A policy that accepts, with what it does to the source. */
interface Translated {
  readonly policy: Policy;
  readonly action: Action;
  /** The same for translations that are alike. */
  readonly key: string;
}

/**
 * The rules that translate sources, by the policy that accepted: a pool that it names, else the outer address of a virtual
 * address of the host, else the address of the interface. Policies stand in the order in which they were asked.
 * @see https://community.fortinet.com/t5/FortiGate/Technical-Tip-Mapping-VIP-outbound-connections/ta-p/193423
 */
export function sourceRules(domain: Domain, release: Release, chains: Chains): readonly Rule[] {
  const { objects, policies, prefix } = domain;
  const accepting = policies
    .filter(({ action }) => action.kind === 'accept')
    .map((policy) => translatedBy(policy, domain, chains));
  if (accepting.every(({ key }) => key === 'none') && always(domain).length === 0) return [];
  const vips = [...objects.vips.ipv4.all, ...objects.vips.ipv6.all].filter(({ why }) => why.length === 0);
  const forVips = new VipPolicies(policies, release);
  const forVip = vips.flatMap((vip) => {
    const id = `${prefix}snat/vip/${vip.name}`;
    const candidates = new Set(forVips.of(vip));
    const rules = inOrder(
      domain,
      accepting.filter(({ policy }) => candidates.has(policy)),
      (policy) => conditionForVip(policy, vip, objects, release),
      (policy) => `${id}/${policy.origin.id.slice(prefix.length)}`,
      chains,
    );
    chains.add(id, rules, objects.reading.at(vip.block.line), `the sources of what comes for ${vip.name}`);
    return chains.rule(`${id}/here`, vip.block.line, outerClause(vip), { kind: 'goto', chain: id });
  });
  const written = inOrder(
    domain,
    accepting,
    ({ condition }) => condition,
    (policy) => `${prefix}snat/${policy.origin.id.slice(prefix.length)}`,
    chains,
  );
  return [
    ...always(domain).flatMap((vip) => backRules(vip, `${prefix}snat/always`, chains)),
    ...forVip,
    ...written,
  ];
}

/** Virtual addresses that all that their hosts open leaves by. */
export const always = ({ objects }: Domain): readonly Vip[] =>
  [...objects.vips.ipv4.all, ...objects.vips.ipv6.all].filter(
    ({ isSource, inside }) => isSource && inside !== undefined,
  );

function translatedBy(policy: Policy, domain: Domain, chains: Chains): Translated {
  const { block } = policy;
  if (!isOn(block, 'nat')) return { policy, action: untranslated(domain, chains), key: 'none' };
  const keeps = isOn(block, 'fixedport');
  if (!isOn(block, 'ippool')) {
    const chain = interfaceChain(domain, keeps, chains);
    return { policy, action: { kind: 'goto', chain }, key: chain };
  }
  const chain = poolChain(domain, block, keeps, chains);
  return { policy, action: { kind: 'goto', chain }, key: chain };
}

/** Ends the translation of sources without one, and leaves the policy as the rule that decided. */
export function untranslated({ prefix, start, objects }: Domain, chains: Chains): Action {
  const chain = `${prefix}snat/none`;
  chains.add(chain, [], objects.reading.at(start), 'what keeps its source');
  return { kind: 'goto', chain };
}

/** The chain of what leaves by the pools of a policy, one of IPv4 and one of IPv6. */
function poolChain(domain: Domain, block: Block, keeps: boolean, chains: Chains): string {
  const { objects, prefix } = domain;
  const keys = ['poolname', 'poolname6'] as const;
  const names = keys.map((key) => valuesOf(block, key));
  const id = `${prefix}snat/pool/${names.flat().join('+')}${keeps ? '/fixed-port' : ''}`;
  if (chains.all.has(id)) return id;
  const rules = keys.flatMap((key, index) => {
    const named = names[index] ?? [];
    if (named.length === 0) return [];
    const { address, keeps: isAlone } = poolRange(objects, block, key, named);
    const action = chains.translate({
      kind: 'source',
      address,
      ...(keeps || isAlone ? {} : { port: freePort }),
    });
    const which = address.low >= family.ipv6.low ? family.ipv6 : family.ipv4;
    return chains.rule(`${id}/${key}`, lineOf(block, key), { src: [which] }, action);
  });
  chains.add(
    id,
    rules,
    objects.reading.at(lineOf(block, 'poolname')),
    `what leaves by ${names.flat().join(' ')}`,
  );
  return id;
}

/**
 * The addresses of pools as one range, from the lowest to the highest.
 * @see https://docs.fortinet.com/document/fortigate/7.0.2/cli-reference/300620 config firewall ippool
 */
export function poolRange(
  { vdom, reading }: Objects,
  block: Block,
  key: string,
  names: readonly string[],
): { readonly address: Interval; readonly keeps: boolean } {
  const pools = [...vdom.entries('firewall ippool'), ...vdom.entries('firewall ippool6')];
  const found = names.flatMap((name, index) => {
    const pool = pools.find((each) => each.name === name);
    if (pool !== undefined) return [pool];
    reading.error(
      reading.at(lineOf(block, key), index + 2),
      `there is no pool ${name}`,
      undefined,
      'reference-unknown',
    );
    return [];
  });
  const ranges = found.flatMap((pool) => {
    const range = rangeOf(`${valueOf(pool, 'startip') ?? ''}-${valueOf(pool, 'endip') ?? ''}`);
    if (range !== undefined) return [range];
    reading.error(reading.at(lineOf(pool, 'startip')), `the pool ${pool.name} has no range of addresses`);
    return [];
  });
  const low = ranges.reduce<bigint | undefined>(
    (so, each) => (so === undefined || each.low < so ? each.low : so),
    undefined,
  );
  const high = ranges.reduce<bigint | undefined>(
    (so, each) => (so === undefined || each.high > so ? each.high : so),
    undefined,
  );
  return {
    address: low === undefined || high === undefined ? family.ipv4 : { low, high },
    keeps: found.length > 0 && found.every((pool) => valueOf(pool, 'type') === 'one-to-one'),
  };
}

/** The chain of what leaves by the address of an interface, or by the virtual address of its host. */
export function interfaceChain(domain: Domain, keeps: boolean, chains: Chains): string {
  const { objects, prefix, start } = domain;
  const id = `${prefix}snat/interface${keeps ? '/fixed-port' : ''}`;
  if (chains.all.has(id)) return id;
  const vips = [...objects.vips.ipv4.all, ...objects.vips.ipv6.all];
  const back = vips
    .filter(({ ports, inside, isSource }) => ports === undefined && inside !== undefined && !isSource)
    .flatMap((vip) => backRules(vip, id, chains));
  const action = chains.translate({
    kind: 'source',
    toInterface: true,
    ...(keeps ? {} : { port: freePort }),
  });
  const last = chains.rule(
    `${id}/address`,
    start,
    {},
    action,
    'the address of the interface that it leaves by',
  );
  chains.add(id, [...back, ...last], objects.reading.at(start), 'what leaves by the address of an interface');
  return id;
}

/** What the host behind a virtual address opens gets its outer address. */
export function backRules(vip: Vip, id: string, chains: Chains): readonly Rule[] {
  const { inside, outside, iif } = vip;
  if (inside === undefined) return [];
  return oneByOne(inside, outside).flatMap(({ from, to }, index) => {
    const action = chains.translate({
      kind: 'source',
      address: to,
      ...(from.low === from.high ? {} : { netmap: true }),
    });
    const clause: Clause = { src: [from], ...(iif && { oif: iif }) };
    const place = index === 0 ? '' : `/${index + 1}`;
    return chains.rule(`${id}/${vip.name}${place}`, vip.block.line, clause, action);
  });
}

/**
 * Rules in the order of their policies. Where a policy may or may not have accepted, and a later one translates otherwise,
 * the source may become any; else it stands behind them all, where it is the only one left that can have accepted.
 */
function inOrder(
  domain: Domain,
  accepting: readonly Translated[],
  condition: (policy: Policy) => Doubtful,
  id: (policy: Policy) => string,
  chains: Chains,
): readonly Rule[] {
  const rules: Rule[] = [];
  const late: Rule[] = [];
  const conditions = accepting.map(({ policy }) => condition(policy));
  accepting.forEach(({ policy, action, key }, index) => {
    const own = conditions[index];
    if (own === undefined) return;
    const origin = { ...policy.origin, id: id(policy) };
    const isMoved =
      own.why.length > 0 &&
      accepting.every(
        (other, place) => place <= index || other.key === key || !overlaps(policy, other.policy),
      );
    rules.push(...chains.rules(origin, surely(...own.sure), action));
    if (own.why.length === 0) return;
    const rest = { ...origin, id: `${origin.id}/unmodelled` };
    if (isMoved) late.push(...chains.rules(rest, surely(...wholeOf(own)), action));
    else
      rules.push(
        ...chains.rules(
          rest,
          surely(...wholeOf(own)),
          anySource(`${domain.prefix}snat/any`, domain.start, chains),
        ),
      );
  });
  return [...rules, ...late];
}

function overlaps(a: Policy, b: Policy): boolean {
  const meets = (one: IntervalSet | undefined, other: IntervalSet | undefined): boolean =>
    one === undefined || other === undefined || intersect(one, other).length > 0;
  return meets(a.iif, b.iif) && meets(a.oif, b.oif);
}
