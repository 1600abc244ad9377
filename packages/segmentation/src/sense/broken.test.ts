import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOf } from '../model/address.ts';
import type { Rule } from '../model/firewall.ts';
import { contains } from '../model/interval.ts';
import { readTree } from './xml-tree.ts';
import { readSense } from './read-sense.ts';
import { read, refused } from './reading.fixture.ts';

const head =
  '<opnsense>\n<interfaces><lan><enable/><if>em0</if><ipaddr>10.0.0.1</ipaddr><subnet>24</subnet></lan></interfaces>\n';
const rule = (inside: string): string =>
  `${head}<filter><rule><type>pass</type><interface>lan</interface>\n${inside}</rule></filter></opnsense>`;
const to = (inside: string): string => rule(`<source><any/></source><destination>${inside}</destination>`);

describe('a file that is broken is refused where it is', () => {
  test.each([
    ['', 'config.xml:1:1 xml-syntax'],
    ['<opnsense>\n<filter>', 'config.xml:2:'],
    ['<opnsense>\n<filter></nat></opnsense>', 'config.xml:2:'],
    ['<!DOCTYPE x [<!ENTITY a "b">]>\n<opnsense/>', 'config.xml:1:31 xml-syntax the file has a DOCTYPE'],
    ['<opnsense>&a;</opnsense>', 'config.xml:1:'],
    ['<nmaprun/>', "config.xml:1:1 format-mismatch the first element is 'nmaprun'"],
    [`<opnsense>${'<filter>'.repeat(60)}`, 'nests deeper than 40'],
    ['<opnsense/>', 'config.xml:1:1 value-invalid the configuration has no interfaces'],
    [to('<address>nowhere</address>'), 'config.xml:4:'],
    [to('<address>10.0.0.256</address>'), "reference-unknown '10.0.0.256' is neither"],
    [to('<network>lan</network><port>99999</port>'), "reference-unknown '99999' is neither a port"],
    [rule('<type>allow</type>').replace('<type>pass</type>', ''), "value-invalid 'allow' is no action"],
    [rule('<ipprotocol>inet5</ipprotocol>'), "value-invalid 'inet5' is no family"],
    [head.replace('10.0.0.1', '10.0.0.1/24x') + '</opnsense>', 'is no address'],
  ])('%j', (text, said) => {
    expect(refused(text).join('\n')).toContain(said);
  });

  test('no message quotes a secret beside what is broken', () => {
    expect(refused('<opnsense><system><password>hunter2</pass&word></system>').join('\n')).not.toContain(
      'hunter2',
    );
  });

  test('what may be a secret is not even taken in', () => {
    const text = readFileSync(join(import.meta.dirname, '../../fixtures/sense/shop.pfsense.xml'), 'utf8');
    expect(text).toContain('carp-secret');
    expect(JSON.stringify(readTree({ name: 'config.xml', text }))).not.toContain('carp-secret');
  });

  test('aliases in a circle end', () => {
    const alias = (name: string, address: string): string =>
      `<alias><name>${name}</name><type>network</type><address>${address}</address></alias>`;
    const text = to('<address>a</address>').replace(
      '<filter>',
      `<aliases>${alias('a', 'b')}${alias('b', 'a')}</aliases><filter>`,
    );
    expect(refused(text).join('\n')).toContain("the alias 'a' contains itself");
  });

  test('aliases that double themselves end', () => {
    const aliases = Array.from(
      { length: 60 },
      (_, index) =>
        `<alias><name>a${index}</name><type>network</type><address>${index === 59 ? '10.0.0.1' : `a${index + 1} a${index + 1}`}</address></alias>`,
    ).join('');
    const text = to('<address>a0</address>').replace('<filter>', `<aliases>${aliases}</aliases><filter>`);
    const rules = read(text)
      .chains.get('in')
      ?.rules.filter(({ source }) => /^in\/\d/.test(source.id));
    expect(rules?.map(({ clauses }) => clauses.map(({ dst }) => dst))).toEqual([
      [[{ low: 0x0a000001n, high: 0x0a000001n }]],
    ]);
  });
});

describe('what is not known is told', () => {
  test('what an unknown address may be is neither in a rule that names it nor, for certain, in one that excludes it', () => {
    const text = to('<network>wanip</network><not/>')
      .replace('<lan>', '<wan><enable/><if>em1</if><ipaddr>dhcp</ipaddr></wan><lan>')
      .replace('<filter>', '<system><ipv6allow/></system><filter>');
    const rules = read(text).chains.get('in')?.rules ?? [];
    const [sure, perhaps] = ['in/3', 'in/3/perhaps'].map((id) =>
      rules.find(({ source }) => source.id === id),
    );
    const has = (rule: Rule | undefined, address: string): boolean =>
      rule?.clauses.some(({ dst }) => dst && contains(dst, addressOf(address) ?? -1n)) ?? false;
    expect(['10.0.0.9', '192.0.2.1'].map((each) => has(sure, each))).toEqual([true, false]);
    expect(['10.0.0.9', '192.0.2.1'].map((each) => has(perhaps, each))).toEqual([true, true]);
    expect(perhaps?.unmodelled).toHaveLength(1);
  });

  test('an element that no release is known to write makes its rule doubtful', () => {
    const { chains, problems } = read(to('<any/>').replace('<type>', '<phase>moon</phase><type>'));
    expect(problems.map(({ message }) => message)).toContain(
      "the rule has an element 'phase', which is not modelled",
    );
    expect(chains.get('in')?.rules.find(({ source }) => source.id === 'in/3')?.unmodelled).toHaveLength(1);
  });

  test('an empty switch that OPNsense reads in two ways makes its rule doubtful', () => {
    const { chains } = read(to('<any/>').replace('<type>', '<disabled/><type>'));
    expect(chains.get('in')?.rules.find(({ source }) => source.id === 'in/3')?.unmodelled).toHaveLength(1);
  });

  test('a filter that is off passes everything, and says where', () => {
    const { chains } = read(`${head}<system><disablefilter/></system></opnsense>`);
    expect(chains.get('in')).toMatchObject({ rules: [], policy: 'accept', source: { at: { line: 3 } } });
  });
});

test('a file that was changed anywhere is read or refused, and never throws', () => {
  const folder = join(import.meta.dirname, '../../fixtures/sense');
  const texts = ['branch.opnsense.xml', 'shop.pfsense.xml'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  const change = fc.record({
    text: fc.constantFrom(...texts),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(60),
    with: fc.oneof(
      fc.constantFrom('', '<', '>', '</rule>', '<rule>', '<any/>', 'opt1', '10.0.0.1-', '65536', '!', ','),
      fc.string(),
    ),
  });
  fc.assert(
    fc.property(change, ({ text, at, length, with: put }) => {
      const from = Math.floor(at * text.length);
      const result = readSense({
        name: 'config.xml',
        text: text.slice(0, from) + put + text.slice(from + length),
      });
      if (result.kind === 'error') expect(result.error.every((each) => each.at)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
