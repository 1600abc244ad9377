import { describe, expect, test } from 'vitest';
import { programOf, type Program } from '../engine/program.ts';
import { prefixOf } from '../model/address.ts';
import type { Clause } from '../model/firewall.ts';
import { readNeutral } from '../neutral/read-neutral.ts';
import { diffDocument, permitsDocument, shadowedLines, traceLine } from './answers.ts';
import { readPackets } from './read-packets.ts';

const any = '0-65535';

function program(...lines: readonly string[]): Program {
  const read = readNeutral({ name: 'rules.txt', text: lines.join('\n') });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
  return programOf(read.value);
}

const between = (from: string, to: string): Clause => ({
  src: [prefixOf(from) ?? { low: 0n, high: 0n }],
  dst: [prefixOf(to) ?? { low: 0n, high: 0n }],
});

const two = program(
  `permit 6 10.1.0.0/16 ${any} 10.2.0.0/24 443-443`,
  `deny any 10.1.0.0/16 ${any} 10.0.0.0/8 ${any}`,
  `permit 6 10.1.2.0/24 ${any} 10.2.0.0/25 443-443`,
  `permit 17 10.1.2.0/24 ${any} 10.3.0.0/16 53-53`,
);

describe('answers as JSON', () => {
  test('permits: a witness, its rule and the whole set', () => {
    const answer = permitsDocument(two, {
      hook: 'forward',
      question: between('10.1.2.0/24', '10.2.0.0/16'),
      limit: 10,
    });
    expect(answer).toStrictEqual({
      verdict: 'yes',
      witness: {
        src: '10.1.2.0',
        dst: '10.2.0.0',
        protocol: 'tcp',
        sport: 49_152,
        dport: 443,
        flags: 'syn',
        state: 'new',
      },
      rule: 'rules/0',
      set: [
        { src: ['10.1.2.0/24'], dst: ['10.2.0.0/24'], protocol: ['tcp'], dport: ['443'], state: ['new'] },
      ],
      isWhole: true,
    });
  });

  test('permits: no, and by what', () => {
    const question = between('10.1.2.0/24', '10.3.0.0/16');
    expect(permitsDocument(two, { hook: 'forward', question })).toStrictEqual({
      verdict: 'no',
      rule: 'rules/1',
    });
    const elsewhere = between('192.168.0.0/16', '10.3.0.0/16');
    expect(permitsDocument(two, { hook: 'forward', question: elsewhere }).rule).toBe('rules/policy');
  });

  test('shadowed: lines counted from 0', () => {
    expect(shadowedLines(two)).toStrictEqual([
      { line: 2, blockers: [0], differentAction: false },
      { line: 3, blockers: [1], differentAction: true },
    ]);
  });

  test('trace: one line a packet, and null for a policy', () => {
    const text = [
      '{"src":"10.1.2.3","dst":"10.2.0.9","protocol":"tcp","sport":5,"dport":443}',
      '{"iif":"eth9","src":"10.9.9.9","dst":"10.2.0.9","protocol":17}',
    ].join('\n');
    const packets = readPackets({ name: 'packets.jsonl', text }, two.firewall);
    expect(
      packets.kind === 'ok' && packets.value.map((each) => traceLine(two, 'forward', each)),
    ).toStrictEqual([
      { verdict: 'accept', rule: 'rules/0', src: '10.1.2.3', dst: '10.2.0.9', sport: 5, dport: 443 },
      { verdict: 'drop', rule: null, src: '10.9.9.9', dst: '10.2.0.9', sport: 0, dport: 0 },
    ]);
  });

  test('diff: what only one of two lists permits', () => {
    const next = program(`permit 6 10.1.0.0/16 ${any} 10.2.0.0/24 443-444`);
    expect(diffDocument(two.firewall, next.firewall, { hook: 'forward' })).toStrictEqual({
      onlyOld: [],
      onlyNew: [
        { src: ['10.1.0.0/16'], dst: ['10.2.0.0/24'], protocol: ['tcp'], dport: ['444'], state: ['new'] },
      ],
      unknown: [],
      unknownInBoth: { ipv4: 0, ipv6: 0 },
      isWhole: true,
    });
  });

  test('tells every bad packet at its line', () => {
    const text = ['{"src":"10.1.2.3"', '{"src":"10.1.2","dst":"10.1.2.3","protocol":"tcp"}', '[]'].join('\n');
    const packets = readPackets({ name: 'packets.jsonl', text }, two.firewall);
    expect(packets.kind === 'error' && packets.error.map(({ code, at }) => [code, at?.line])).toStrictEqual([
      ['json-syntax', 1],
      ['value-invalid', 2],
      ['value-invalid', 3],
    ]);
  });
});
