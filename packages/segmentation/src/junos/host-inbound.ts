import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Action, Clause, Rule } from '../model/firewall.ts';
import type { Chains } from '../zoned/chains.ts';
import { doubted, surely } from '../zoned/doubtful.ts';
import { clauseOf } from './applications.ts';
import type { Objects } from './objects.ts';
import { policyRules } from './policies.ts';
import type { Statement } from './statement.ts';
import { contextsOf } from './transit.ts';

/** Services of the device by the names that zones let in. */
const services: Readonly<Record<string, readonly string[]>> = {
  bootp: ['udp/67', 'udp/68'],
  dhcp: ['udp/67', 'udp/68'],
  dhcpv6: ['udp/546', 'udp/547'],
  dns: ['tcp/53', 'udp/53'],
  finger: ['tcp/79'],
  ftp: ['tcp/21'],
  http: ['tcp/80'],
  https: ['tcp/443'],
  'ident-reset': ['tcp/113'],
  ike: ['udp/500', 'udp/4500'],
  netconf: ['tcp/830'],
  ntp: ['udp/123'],
  ping: ['icmp/8', 'icmp6/128'],
  rlogin: ['tcp/513'],
  rsh: ['tcp/514'],
  sip: ['tcp/5060', 'udp/5060'],
  snmp: ['udp/161'],
  'snmp-trap': ['udp/162'],
  ssh: ['tcp/22'],
  telnet: ['tcp/23'],
  tftp: ['udp/69'],
  'xnm-clear-text': ['tcp/3221'],
  'xnm-ssl': ['tcp/3220'],
};

/** Protocols of routing and the like, by theirs. */
const protocols: Readonly<Record<string, readonly string[]>> = {
  bgp: ['tcp/179'],
  igmp: ['2'],
  ldp: ['tcp/646', 'udp/646'],
  ospf: ['89'],
  ospf3: ['89'],
  pgm: ['113'],
  pim: ['103'],
  rip: ['udp/520'],
  rsvp: ['46'],
  vrrp: ['112'],
};

/**
 * The rules that a packet meets which is for the device itself: filters, then what the zone or the interface lets in, which
 * goes before it, then policies to `junos-host` where there are any.
 * @see https://www.juniper.net/documentation/en_US/junos12.2/topics/concept/zone-host-inbound-traffic-how-to-control-based-on-traffic-type-understanding.html
 */
export function hostRules(objects: Objects, start: ConfigLine, chains: Chains): readonly Rule[] {
  const { network } = objects;
  return [
    ...chains.rule(
      'input/standing',
      start,
      { state: [{ low: 1n, high: 2n }] },
      { kind: 'accept' },
      'a session that stands',
    ),
    ...network.zones.flatMap((zone) =>
      zone.interfaces.flatMap((name) => {
        const own =
          zone.statement.at('interfaces', name) ?? zone.statement.at('interfaces', name.replace(/\.0$/, ''));
        const inbound = own?.at('host-inbound-traffic') ?? zone.statement.at('host-inbound-traffic');
        const next = hostChain(zone.name, objects, chains);
        return inbound === undefined ? [] : inboundRules(inbound, name, next, objects, chains);
      }),
    ),
    ...chains.rule('input/implicit-deny', start, {}, { kind: 'drop' }, 'what no zone lets in is dropped'),
  ];
}

/** The policies from a zone to the device; none where there are none, and then the zone alone decides. */
function hostChain(zone: string, objects: Objects, chains: Chains): string | undefined {
  const context = contextsOf(objects).find(({ from, to }) => from.word === zone && to.word === 'junos-host');
  if (context === undefined) return undefined;
  const id = `${zone}-to-junos-host`;
  if (chains.all.has(id)) return id;
  const rules = context.to
    .below('policy')
    .flatMap((policy) => policyRules(policy, id, { from: zone, to: '' }, {}, objects, chains));
  const last = chains.rule(
    `${id}/implicit-deny`,
    context.from.line,
    {},
    { kind: 'drop' },
    'what no policy permits is denied',
  );
  chains.add(id, [...rules, ...last], objects.reading.at(context.from.line), id);
  return id;
}

function inboundRules(
  inbound: Statement,
  name: string,
  next: string | undefined,
  objects: Objects,
  chains: Chains,
): readonly Rule[] {
  const own = { iif: objects.network.numbers([name]) };
  const action =
    next === undefined ? ({ kind: 'accept' } as const) : ({ kind: 'goto', chain: next } as const);
  return (['system-services', 'protocols'] as const).flatMap((kind) => {
    const table = kind === 'protocols' ? protocols : services;
    const listed = inbound.below(kind);
    const excepted = listed.filter((each) => each.has('except'));
    const all = listed.find(({ word }) => word === 'all' || word === 'any-service');
    const named = all === undefined ? listed.filter((each) => !excepted.includes(each)) : excepted;
    const deed = all === undefined ? action : ({ kind: 'drop' } as const);
    const rules = named.flatMap((each) => {
      const id = `${name}/${each.word}${all === undefined ? '' : '/except'}`;
      return serviceRules(each, table[each.word], id, own, deed, objects, chains);
    });
    if (all === undefined) return rules;
    const out = new Set(excepted.map(({ word }) => word));
    const known = Object.entries(table)
      .filter(([word]) => !out.has(word))
      .flatMap(([, spelt]) => spelt.map(clauseOf));
    const why = objects.reading.note(
      objects.reading.at(all.line),
      `which ${kind === 'protocols' ? 'protocols' : 'services'} '${all.word}' lets in beyond the known ones is not modelled`,
    );
    const origin = chains.origin(`${name}/${kind}/${all.word}`, all.line);
    const sure = known.map((clause) => ({ ...own, ...clause }));
    return [...rules, ...chains.rules(origin, { sure, maybe: [own], why: [why] }, action)];
  });
}

function serviceRules(
  each: Statement,
  spelt: readonly string[] | undefined,
  id: string,
  own: Clause,
  action: Action,
  { reading }: Objects,
  chains: Chains,
): readonly Rule[] {
  const origin = chains.origin(id, each.line);
  if (spelt !== undefined)
    return chains.rules(origin, surely(...spelt.map((text) => ({ ...own, ...clauseOf(text) }))), action);
  const why = reading.note(
    reading.at(each.line),
    `which packets '${each.word.slice(0, 40)}' has is not known`,
  );
  return chains.rules(origin, doubted(surely(own), [why]), action);
}
