import type { Problem } from '@holdfast/kernel';
import type { Rule } from '../model/firewall.ts';
import { doubted, surely } from '../zoned/doubtful.ts';
import type { Chains } from '../zoned/chains.ts';
import type { Block } from './config-text.ts';
import type { Domain } from './domain.ts';
import { lineOf, valueOf, valuesOf } from './vdom.ts';
import { rangeOf } from './vips.ts';

/** Sections that are told and have no say in whether a packet passes that opens a connection. */
const told: Readonly<Record<string, string>> = {
  'firewall DoS-policy': 'what is dropped by its rate is not modelled',
  'firewall DoS-policy6': 'what is dropped by its rate is not modelled',
  'firewall proxy-policy': 'the explicit proxy is not modelled',
  'router policy': 'routing by policy is not modelled: verdicts are for the interfaces that are asked of',
  'router policy6': 'routing by policy is not modelled: verdicts are for the interfaces that are asked of',
};

/** Sections whose entries may drop what comes in by an interface, or goes out by it, with the setting that names it. */
const dropping: Readonly<Record<string, string>> = {
  'firewall acl': 'interface',
  'firewall acl6': 'interface',
  'firewall interface-policy': 'interface',
  'firewall interface-policy6': 'interface',
  'firewall ttl-policy': 'srcintf',
};

/** Tells what a domain has that is not modelled, and makes unknown what it may decide. */
export function spoilersOf(domain: Domain, chains: Chains): readonly Rule[] {
  const { objects } = domain;
  const { vdom, reading } = objects;
  for (const [section, message] of Object.entries(told))
    for (const entry of enabled(vdom.entries(section))) reading.note(reading.at(entry.line), message);
  if (valueOf(vdom.only('system settings') ?? nowhere, 'opmode') === 'transparent')
    reading.note(
      reading.at(lineOf(vdom.only('system settings') ?? nowhere, 'opmode')),
      'the domain is transparent: between which interfaces frames go is not modelled',
    );
  return [
    ...Object.entries(dropping).flatMap(([section, key]) =>
      enabled(vdom.entries(section)).flatMap((entry) => dropRules(section, key, entry, domain, chains)),
    ),
    ...byApplication(domain, chains),
    ...otherFamily(domain, chains),
  ];
}

const nowhere: Block = {
  kind: 'config',
  name: '',
  line: { number: 1, indent: 0, text: '', words: [] },
  settings: new Map(),
  blocks: [],
};

const enabled = (entries: readonly Block[]): readonly Block[] =>
  entries.filter((entry) => valueOf(entry, 'status') !== 'disable');

function dropRules(
  section: string,
  key: string,
  entry: Block,
  { objects, prefix }: Domain,
  chains: Chains,
): readonly Rule[] {
  const { network, reading, vdom } = objects;
  const why = reading.note(reading.at(entry.line), `what '${section}' drops is not modelled`);
  const named = entry.settings.has(key) ? network.named(entry, key, vdom) : network.ofVdom(vdom);
  const sides = named === undefined ? [{}] : [{ iif: named }, { oif: named }];
  const id = `${prefix}${section.slice('firewall '.length)}/${entry.name}`;
  return chains.rules(chains.origin(id, entry.line), doubted(surely(...sides), [why]), { kind: 'drop' });
}

/** A domain whose policies are of applications decides nothing by addresses and ports alone. */
function byApplication({ objects, prefix }: Domain, chains: Chains): readonly Rule[] {
  const settings = objects.vdom.only('system settings');
  if (settings === undefined || valueOf(settings, 'ngfw-mode') !== 'policy-based') return [];
  const line = lineOf(settings, 'ngfw-mode');
  const why: Problem = objects.reading.note(
    objects.reading.at(line),
    'policies that go by applications are not modelled',
  );
  return chains.rule(
    `${prefix}ngfw-mode`,
    line,
    { state: [{ low: 0n, high: 0n }] },
    { kind: 'unmodelled', why },
  );
}

/** What comes for an address that stands for one of the other family. */
function otherFamily({ objects, prefix }: Domain, chains: Chains): readonly Rule[] {
  const { vdom, reading } = objects;
  return ['vip46', 'vip64'].flatMap((table) =>
    vdom.entries(`firewall ${table}`).flatMap((entry) => {
      const why = reading.note(reading.at(entry.line), 'translation between IPv4 and IPv6 is not modelled');
      const range = rangeOf(valuesOf(entry, 'extip')[0] ?? '');
      return range === undefined
        ? []
        : chains.rule(
            `${prefix}${table}/${entry.name}`,
            entry.line,
            { dst: [range] },
            { kind: 'unmodelled', why },
          );
    }),
  );
}
