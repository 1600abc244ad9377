import { fail, ok, problem, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigLine } from '../cisco/text/config-lines.ts';
import { Reading } from '../cisco/text/reading.ts';
import type { ConfigFile, Firewall, Rule, Step } from '../model/firewall.ts';
import { Chains } from '../zoned/chains.ts';
import { told } from '../zoned/told.ts';
import { centralSourceRules } from './central-nat.ts';
import { configBlocks, type Block } from './config-text.ts';
import { destinationRules } from './destination.ts';
import type { Domain } from './domain.ts';
import { filterRules } from './filter.ts';
import { localInRules } from './local-in.ts';
import { interfaceOf, Network } from './network.ts';
import { Objects, readPolicies } from './policy.ts';
import { routesOf } from './routes.ts';
import { sourceRules } from './source-nat.ts';
import { releaseOf, unitOf, valueOf, type Unit, type Vdom } from './vdom.ts';
import type { Release } from './vip-policies.ts';

/**
 * Reads the configuration of a FortiGate: a backup, or what `show` or `show full-configuration` prints.
 *
 * Hook `forward` has the whole way of a packet: policies, the translation of its source and of its destination. A policy
 * is asked before the destination is translated, by the virtual address that the packet came for; where translations stand
 * in tables of their own (central NAT) destinations are translated first. With virtual domains a packet stays in one: from
 * one into another it meets the policies of both, and is not followed.
 * Rule ids are `policy/ID`, `vip/NAME/policy/ID`, `policy/implicit-deny`, behind the name of the domain where there are several.
 * Codes: `value-invalid`, `reference-unknown`, `format-mismatch`; what is not modelled is `import-partial` among the problems.
 * @see https://docs.fortinet.com/document/fortigate/6.4.0/parallel-path-processing-life-of-a-packet
 * @see https://docs.fortinet.com/document/fortigate/7.2.1/administration-guide/656084/firewall-policy
 */
export function readFortigate({ name, text }: ConfigFile): Result<Firewall, readonly Problem[]> {
  const reading = new Reading(name);
  const blocks = configBlocks(text, reading);
  const unit = unitOf(blocks, reading);
  // Without a section of policies nothing would pass, which is true of no unit that a part of a configuration is from.
  const isWhole = unit.vdoms.some((vdom) =>
    ['policy', 'policy6', 'consolidated policy'].some(
      (table) => vdom.sections(`firewall ${table}`).length > 0,
    ),
  );
  if (!isWhole)
    return fail([
      problem('format-mismatch', 'this is no configuration of a FortiGate: it has no section of policies', {
        hint: 'give a backup, or what show full-configuration prints',
        at: { file: name, line: 1, column: 1 },
      }),
    ]);
  if (reading.errors.length > 0) return fail(told(reading.errors));
  const firewall = firewallOf({ name, text }, unit, blocks, reading);
  return reading.errors.length > 0 ? fail(told(reading.errors)) : ok(firewall);
}

function firewallOf(
  { name, text }: ConfigFile,
  unit: Unit,
  blocks: readonly Block[],
  reading: Reading,
): Firewall {
  const release = releaseOf(text);
  const network = new Network(unit, reading);
  const start: ConfigLine = blocks[0]?.line ?? { number: 1, indent: 0, text: '', words: [] };
  const domains = unit.vdoms.map((vdom) => domainOf(vdom, network, reading, start));
  const chains = new Chains(reading);
  const global = unit.global.only('system global');
  const hostname = global === undefined ? undefined : valueOf(global, 'hostname');
  const steps = stepsOf(domains, unit, release, chains);
  return {
    format: 'fortigate',
    file: name,
    sha256: sha256(text),
    ...(hostname === undefined ? {} : { hostname }),
    interfaceNames: network.names,
    interfaces: network.ports.map((port) => interfaceOf(port, network, reading)),
    chains: chains.all,
    steps: { prerouting: [], ...steps, output: [], postrouting: [] },
    routes: domains.flatMap(({ objects }) => routesOf(objects)),
    problems: told(reading.notes),
  };
}

function domainOf(vdom: Vdom, network: Network, reading: Reading, start: ConfigLine): Domain {
  const objects = new Objects(vdom, network, reading);
  const prefix = vdom.name === '' ? '' : `${vdom.name}/`;
  return {
    objects,
    prefix,
    isCentral: vdom.isOn('system settings', 'central-nat'),
    start: vdom.sections('firewall policy')[0]?.line ?? start,
    policies: [
      ...readPolicies(objects, 'policy', `${prefix}policy`),
      ...readPolicies(objects, 'consolidated policy', `${prefix}consolidated-policy`),
      ...readPolicies(objects, 'policy6', `${prefix}policy6`, ['ipv6']),
    ],
  };
}

function stepsOf(
  domains: readonly Domain[],
  unit: Unit,
  release: Release,
  chains: Chains,
): { readonly forward: readonly Step[]; readonly input: readonly Step[] } {
  const filters = domains.map((each) => filterRules(each, unit, release, chains));
  const inputs = domains.map((each) => localInRules(each, chains));
  const central = domains.map((each) => (each.isCentral ? destinationRules(each, chains) : []));
  const plain = domains.map((each) => (each.isCentral ? [] : destinationRules(each, chains)));
  const sources = domains.map((each) =>
    each.isCentral ? centralSourceRules(each, chains) : sourceRules(each, release, chains),
  );
  return {
    forward: [
      ...chains.step('dnat/central', central.flat(), 'nat', 'accept'),
      ...chains.step('forward', parted(domains, filters, 'forward', true, chains), 'filter', 'drop'),
      ...chains.step('snat', parted(domains, sources, 'snat', false, chains), 'nat', 'accept'),
      ...chains.step('dnat', plain.flat(), 'nat', 'accept'),
    ],
    input: chains.step('input', parted(domains, inputs, 'input', false, chains), 'filter', 'drop'),
  };
}

/** The rules of all domains in one chain: where there are several, each in a chain of its own, by the interfaces. */
function parted(
  domains: readonly Domain[],
  rules: readonly (readonly Rule[])[],
  step: string,
  byBoth: boolean,
  chains: Chains,
): readonly Rule[] {
  const calls = domains.flatMap(({ objects, prefix, start }, index) => {
    const own = rules[index] ?? [];
    const ports = objects.network.ofVdom(objects.vdom);
    if (ports === undefined) return own;
    if (own.length === 0 || ports.length === 0) return [];
    const id = `${prefix}${step}`;
    chains.add(id, own, objects.reading.at(start), `virtual domain ${objects.vdom.name}`);
    const clause = byBoth ? { iif: ports, oif: ports } : { iif: ports };
    return chains.rule(`${step}/${objects.vdom.name}`, start, clause, { kind: 'jump', chain: id }, id);
  });
  const [first] = domains;
  if (!byBoth || first === undefined || first.prefix === '') return calls;
  const { reading } = first.objects;
  const why = reading.note(
    reading.at(first.start),
    'from one virtual domain into another is not modelled: the policies of both decide, over their link',
  );
  return [
    ...calls,
    ...chains.rule(
      'forward/between-domains',
      first.start,
      {},
      { kind: 'unmodelled', why },
      'from one virtual domain into another',
    ),
  ];
}
