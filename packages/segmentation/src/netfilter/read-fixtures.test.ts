import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem, Result } from '@holdfast/kernel';
import { seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Chance } from './bench/chance.ts';
import { address } from './bench/frames.ts';
import { generateNft } from './bench/generate-nft.ts';
import { programOf } from '../engine/program.ts';
import type { ConfigFile, Firewall } from '../model/firewall.ts';
import type { Packet } from '../model/packet.ts';
import { trace } from '../question/trace.ts';
import { interfaceNumber } from './interface-names.ts';
import { readIptablesSave } from './save/read-iptables-save.ts';
import { readNftJson } from './json/read-nft-json.ts';
import { readNftText } from './text/read-nft-text.ts';

const folder = join(import.meta.dirname, '../../fixtures/netfilter');
const fixture = (name: string): ConfigFile => ({ name, text: readFileSync(join(folder, name), 'utf8') });

function value(result: Result<Firewall, readonly Problem[]>): Firewall {
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function errors(result: Result<Firewall, readonly Problem[]>): readonly string[] {
  if (result.kind === 'ok') return [];
  return result.error.map(({ code, message, at }) => `${at?.line}:${at?.column} ${code} ${message}`);
}

/** A firewall without the places and words that its two forms differ in. */
const bare = ({ chains, steps, interfaceNames, problems }: Firewall): unknown => ({
  steps,
  interfaceNames,
  problems: problems.map(({ message }) => message),
  chains: [...chains.values()].map(({ id, policy, rules }) => ({
    id,
    policy,
    rules: rules.map(({ source, clauses, unmodelled, action }) => ({
      id: source.id,
      clauses,
      doubts: unmodelled.map(({ message }) => message),
      action: action.kind === 'unmodelled' ? action.why.message : action,
    })),
  })),
});

const text = (body: string): ConfigFile => ({ name: 'fw.nft', text: body });
const table = (rules: string): ConfigFile =>
  text(`table inet t {\n chain c {\n type filter hook forward priority 0; policy drop;\n ${rules}\n }\n}\n`);

const packet = (more: Partial<Packet>): Packet => ({
  src: address('10.20.0.9'),
  dst: address('10.30.0.5'),
  protocol: 6n,
  sport: 50_000n,
  dport: 80n,
  iif: 0n,
  oif: 0n,
  state: 0n,
  icmpType: 0n,
  icmpCode: 0n,
  flags: 2n,
  ...more,
});

describe('the text and the JSON of one rule set', () => {
  test('are the same firewall', () => {
    const [json, plain] = [
      value(readNftJson(fixture('everything.json'))),
      value(readNftText(fixture('everything.nft'))),
    ];
    expect(bare(plain)).toStrictEqual(bare(json));
    expect(json.problems.length).toBeGreaterThan(15);
    for (const { at } of [...json.problems, ...plain.problems]) expect(at?.line).toBeGreaterThan(0);
  });
});

describe('what people write for nft -f', () => {
  const firewall = value(readNftText(fixture('written.nft')));
  const program = programOf(firewall);
  const decided = (more: Partial<Packet>): string => {
    const { verdict, decision } = trace(program, 'forward', packet(more));
    return `${verdict} ${decision.source.id}`;
  };

  test('has its variables, lists and inserted rules', () => {
    expect(firewall.problems).toStrictEqual([]);
    const [recorder, camera] = [address('10.30.0.5'), address('10.20.1.19')];
    expect(decided({ src: recorder, dst: camera, dport: 554n })).toBe('accept filter/forward/20');
    expect(decided({ src: recorder, dst: address('10.20.1.20'), dport: 554n })).toBe(
      'drop filter/forward/policy',
    );
    expect(decided({ src: recorder, dst: camera, dport: 554n, state: 1n })).toBe('accept filter/forward/18');
    const wan = BigInt(interfaceNumber(firewall.interfaceNames, 'ppp0'));
    expect(decided({ src: camera, oif: wan })).toBe('drop filter/forward/21');
    expect(decided({ dst: address('10.30.0.6') })).toBe('drop filter/forward/32');
    expect(firewall.steps.postrouting).toStrictEqual([
      { kind: 'nat', chain: 'nat/postrouting', family: 'ipv4' },
    ]);
  });
});

describe('iptables-save', () => {
  const firewall = value(
    readIptablesSave('iptables-save', fixture('everything.rules'), fixture('everything.ipset')),
  );
  const rules = firewall.chains.get('filter/FORWARD')?.rules ?? [];

  test('is read with its sets, by the lines of its file', () => {
    expect(rules.map(({ source, action }) => `${source.at.line} ${action.kind}`)).toContain('30 accept');
    const set = rules.find(({ source }) => source.id === 'filter/FORWARD/30');
    expect(set?.unmodelled).toStrictEqual([]);
    expect(set?.clauses).toStrictEqual([
      { src: [one(address('10.1.1.1'))], protocol: [one(6n)], dport: [one(80n)] },
    ]);
    expect(firewall.chains.get('filter/FORWARD')?.policy).toBe('drop');
  });

  test('without its sets does not know what matches them', () => {
    const without = value(readIptablesSave('iptables-save', fixture('everything.rules')));
    const doubts = without.problems.filter(({ message }) => message.includes('--match-set'));
    expect(doubts.map(({ at }) => at?.line)).toStrictEqual([29, 30]);
  });

  test('of IPv6 is met by IPv6 alone', () => {
    const six = value(readIptablesSave('ip6tables-save', fixture('everything-6.rules')));
    expect(six.steps.forward).toStrictEqual([{ kind: 'filter', chain: 'filter/FORWARD', family: 'ipv6' }]);
  });
});

const one = (each: bigint): { low: bigint; high: bigint } => ({ low: each, high: each });

describe('nothing is guessed', () => {
  test.each([
    ['meta mark 5 accept', "the match on 'meta mark' is not modelled"],
    ['tcp dport gopher accept', "'gopher' is no value that is known here"],
    ['ip saddr @missing accept', "the set 'missing' is not in the file"],
    ['quux 5 accept', "'quux' is not modelled"],
    [
      'limit rate over 5/minute burst 2 packets drop',
      "'limit' is not modelled: the rule may or may not match",
    ],
    ['ip daddr set 10.0.0.1', "'set ip daddr' is not modelled"],
  ])('%s', (rule, message) => {
    const firewall = value(readNftText(table(rule)));
    expect(firewall.problems.map((each) => each.message)).toStrictEqual([message]);
    expect(firewall.problems[0]?.at).toStrictEqual({ file: 'fw.nft', line: 4, column: 2 });
    expect(trace(programOf(firewall), 'forward', packet({})).verdict).toBe(
      rule.endsWith('drop') ? 'drop' : 'unknown',
    );
  });

  test('an interface that no rule names may still fit a wildcard', () => {
    const { interfaceNames: names } = value(readNftText(table('iifname "eth*" iifname != "eth1" accept')));
    expect(names).toStrictEqual(['', 'eth*', 'eth1']);
    expect(['eth1', 'eth7', 'wlan0'].map((each) => interfaceNumber(names, each))).toStrictEqual([2, 1, 0]);
  });

  test('the way out is not known before routing', () => {
    const early = text(
      'table ip t {\n chain c {\n type filter hook prerouting priority 0; policy drop;\n oifname "a" accept\n oifname != "a" accept\n }\n}',
    );
    const firewall = value(readNftText(early));
    expect(trace(programOf(firewall), 'prerouting', packet({ oif: 1n })).decision.source.id).toBe('t/c/5');
  });
});

describe('a broken file is no firewall', () => {
  test.each([
    ['include "more.nft"', '1:1 format-mismatch another file is included here'],
    [
      'table inet t {\n chain c {\n  jump nowhere\n }\n}',
      "3:3 reference-unknown there is no chain 'nowhere' in the table t",
    ],
    [
      'table inet t {\n chain a {\n  jump b\n }\n chain b {\n  goto a\n }\n}',
      "6:3 format-mismatch the chain 'a' comes back to itself here",
    ],
    [
      'table inet t {\n chain c {\n  tcp dport 22',
      '3:15 format-mismatch here should be a rule, not the end of the file',
    ],
    [
      'table inet t {\n chain c {\n  ip saddr $lan accept\n }\n}',
      "3:12 reference-unknown '$lan' is not defined before this",
    ],
    ['delete rule ip t c handle 5', "1:1 format-mismatch the command 'delete' is not read"],
  ])('%s', (body, message) => {
    expect(errors(readNftText(text(body)))).toStrictEqual([message]);
  });

  test('as JSON', () => {
    expect(errors(readNftJson(text('{"nftables": [')))).toStrictEqual([
      '1:15 json-syntax here should be a JSON value',
    ]);
    expect(errors(readNftJson(text('{}')))).toStrictEqual(['1:1 format-mismatch this JSON is no rule set']);
  });

  test('of iptables', () => {
    expect(errors(readIptablesSave('iptables-save', text('*filter\n:FORWARD DROP [0:0]\n')))).toStrictEqual([
      '3:1 format-mismatch the last table has no COMMIT: the file is cut off',
    ]);
    expect(
      errors(
        readIptablesSave(
          'iptables-save',
          text('*filter\n:FORWARD DROP [0:0]\n-A FORWARD -j NOWHERE\nCOMMIT'),
        ),
      ),
    ).toStrictEqual([]);
  });
});

describe('no input makes a reader throw', () => {
  const inputs = ['everything.json', 'everything.nft', 'everything.rules', 'written.nft'].map(fixture);
  const readers = [
    (file: ConfigFile) => readNftJson(file),
    (file: ConfigFile) => readNftText(file),
    (file: ConfigFile) => readIptablesSave('iptables-save', file, file),
    (file: ConfigFile) => readIptablesSave('iptables-save', file),
  ];

  test('neither a changed fixture', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.nat(40),
      fc.constantFrom(
        '',
        '{',
        '}',
        '"',
        '\n',
        ' ',
        '-',
        '.',
        ':',
        '/',
        '!',
        ';',
        '\\',
        '@x',
        '0',
        '99999999999',
        'jump',
        '-A',
        '\u0000',
        'é',
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...inputs),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (file, changes) => {
          let changed = file.text;
          for (const [at, length, put] of changes) {
            const from = at % (changed.length + 1);
            changed = changed.slice(0, from) + put + changed.slice(from + length);
          }
          for (const read of readers)
            expect(['ok', 'error']).toContain(read({ name: 'x', text: changed }).kind);
        },
      ),
      seeded(150),
    );
  });

  test('nor any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), (body) => {
        for (const read of readers) expect(['ok', 'error']).toContain(read({ name: 'x', text: body }).kind);
      }),
      seeded(300),
    );
  });

  test('and every generated rule set is read whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
        const firewall = value(readNftText(text(generateNft(new Chance(seed), seed % 2 === 1))));
        expect(firewall.problems).toStrictEqual([]);
      }),
      seeded(100),
    );
  });
});
