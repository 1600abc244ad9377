import { spellPrefixes } from '../model/address.ts';
import type { Interval, IntervalSet } from '../model/interval.ts';
import type { Grant } from './grants.ts';
import { commentOf, spellRange } from './spelling.ts';

const descriptionLimit = 255;

/**
 * Writes the sections of a `config.xml` of OPNsense that hold aliases and filter rules: floating rules on the way in, quick,
 * that keep state. `beside` are sections that stand beside them. What no rule passes the product denies by itself.
 * @see https://github.com/opnsense/core/blob/master/src/opnsense/mvc/app/library/OPNsense/Firewall/FilterRule.php
 * @see https://github.com/opnsense/core/blob/master/src/opnsense/mvc/app/models/OPNsense/Firewall/Alias.xml
 */
export function writeOpnsense(grants: readonly Grant[], beside: readonly string[] = []): string {
  const aliases = new Aliases();
  const rules = grants.flatMap((each) => rulesOf(each, aliases));
  return [
    '<?xml version="1.0"?>',
    '<opnsense>',
    ...beside,
    ...aliases.lines(),
    '  <filter>',
    ...rules,
    '  </filter>',
    '</opnsense>',
    '',
  ].join('\n');
}

/** What a configuration has beside its rules, for these to be read as the product reads them. */
export function opnsenseSurroundings(interfaces: readonly string[]): readonly string[] {
  return [
    '  <system><ipv6allow/><webgui><noantilockout/></webgui></system>',
    '  <interfaces>',
    ...interfaces.map((each) => `    <${each}><if>${each}</if><enable>1</enable></${each}>`),
    '  </interfaces>',
  ];
}

/** Sets of addresses that are more than one prefix, each once. */
class Aliases {
  readonly #names = new Map<string, string>();

  /** One side of a rule, inside its element. */
  side(set: IntervalSet | undefined): string {
    if (set === undefined) return '<any>1</any>';
    const prefixes = set.flatMap(spellPrefixes);
    const [first] = prefixes;
    if (prefixes.length === 1 && first !== undefined) return `<address>${first}</address>`;
    const content = prefixes.join('\n');
    const name = this.#names.get(content) ?? `holdfast_${this.#names.size + 1}`;
    this.#names.set(content, name);
    return `<address>${name}</address>`;
  }

  lines(): readonly string[] {
    if (this.#names.size === 0) return [];
    const aliases = [...this.#names].flatMap(([content, name]) => [
      '      <alias>',
      '        <enabled>1</enabled>',
      `        <name>${name}</name>`,
      '        <type>network</type>',
      `        <content>${content}</content>`,
      '      </alias>',
    ]);
    return [
      '  <OPNsense><Firewall><Alias>',
      '    <aliases>',
      ...aliases,
      '    </aliases>',
      '  </Alias></Firewall></OPNsense>',
    ];
  }
}

function rulesOf(grant: Grant, aliases: Aliases): readonly string[] {
  const [source, destination] = [aliases.side(grant.src), aliases.side(grant.dst)];
  const rules: string[] = [];
  for (const sport of portsOf(grant.sport))
    for (const dport of portsOf(grant.dport))
      rules.push(
        '    <rule>',
        '      <type>pass</type>',
        '      <floating>yes</floating>',
        '      <quick>1</quick>',
        '      <direction>in</direction>',
        ...(grant.permission.iif === undefined
          ? []
          : [`      <interface>${grant.permission.iif.join(',')}</interface>`]),
        `      <ipprotocol>${grant.family === 'ipv4' ? 'inet' : 'inet6'}</ipprotocol>`,
        '      <statetype>keep state</statetype>',
        ...protocolOf(grant),
        `      <source>${source}${sport}</source>`,
        `      <destination>${destination}${dport}</destination>`,
        `      <descr>${commentOf(grant.permission, descriptionLimit)}</descr>`,
        '    </rule>',
      );
  return rules;
}

function protocolOf({ protocol, icmpType, family }: Grant): readonly string[] {
  if (protocol === undefined) return [];
  const isIcmp = protocol === (family === 'ipv4' ? 1 : 58);
  const name = isIcmp ? 'icmp' : protocol === 6 ? 'tcp' : protocol === 17 ? 'udp' : String(protocol);
  const tag = family === 'ipv4' ? 'icmptype' : 'icmp6type';
  return [
    `      <protocol>${name}</protocol>`,
    ...(icmpType === undefined ? [] : [`      <${tag}>${icmpType}</${tag}>`]),
  ];
}

const portsOf = (set: IntervalSet | undefined): readonly string[] =>
  set === undefined ? [''] : set.map((each: Interval) => `<port>${spellRange(each, '-')}</port>`);
