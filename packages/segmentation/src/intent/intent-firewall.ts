import { family } from '../model/address.ts';
import type { Chain, Clause, Firewall, Rule } from '../model/firewall.ts';
import { intersect, only, type IntervalSet } from '../model/interval.ts';
import type { Intent, Permission, Service } from './intent.ts';

/**
 * An intent as a firewall of one chain that denies by default: what written rules are compared with.
 * It is made from the permissions alone, and shares nothing with the writers.
 */
export function intentFirewall({ name, permissions }: Intent): Firewall {
  const named = permissions.flatMap(({ iif, oif }) => [...(iif ?? []), ...(oif ?? [])]);
  const interfaceNames = ['', ...new Set(named)];
  const start = { file: name, line: 1, column: 1 };
  const rules = permissions.map((permission, index): Rule => ({
    source: {
      id: `intent/${index}/${permission.id}`,
      at: permission.at ?? start,
      text: permission.reason ?? permission.id,
    },
    clauses: clausesOf(permission, interfaceNames),
    unmodelled: [],
    action: { kind: 'accept' },
  }));
  const chain: Chain = {
    id: 'intent',
    rules,
    policy: 'drop',
    source: { id: 'intent', at: start, text: 'what is not permitted is denied' },
  };
  return {
    format: 'neutral',
    file: name,
    sha256: '',
    interfaceNames,
    interfaces: [],
    chains: new Map([[chain.id, chain]]),
    steps: {
      prerouting: [],
      input: [],
      forward: [{ kind: 'filter', chain: chain.id }],
      output: [],
      postrouting: [],
    },
    routes: [],
    problems: [],
  };
}

function clausesOf(permission: Permission, names: readonly string[]): readonly Clause[] {
  const { src, dst, services, iif, oif } = permission;
  const axes = {
    ...(iif === undefined ? {} : { iif: numbersOf(iif, names) }),
    ...(oif === undefined ? {} : { oif: numbersOf(oif, names) }),
  };
  return (['ipv4', 'ipv6'] as const).flatMap((each) => {
    const [from, to] = [intersect(src, [family[each]]), intersect(dst, [family[each]])];
    return services.map((service) => ({ ...axes, ...serviceClause(service, each), src: from, dst: to }));
  });
}

function serviceClause(
  { protocol, sport, dport, icmpType, icmpCode }: Service,
  of: keyof typeof family,
): Clause {
  const number = protocol === 'icmp' ? (of === 'ipv4' ? 1 : 58) : protocol;
  return {
    ...(number === undefined ? {} : { protocol: only(BigInt(number)) }),
    ...(sport === undefined ? {} : { sport }),
    ...(dport === undefined ? {} : { dport }),
    ...(icmpType === undefined ? {} : { icmpType: only(BigInt(icmpType)) }),
    ...(icmpCode === undefined ? {} : { icmpCode: only(BigInt(icmpCode)) }),
  };
}

function numbersOf(wanted: readonly string[], names: readonly string[]): IntervalSet {
  return names
    .map((name, index) => ({ name, index: BigInt(index) }))
    .filter(({ name }) => wanted.includes(name))
    .map(({ index }) => ({ low: index, high: index }));
}
