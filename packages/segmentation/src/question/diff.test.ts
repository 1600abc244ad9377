import { boundaryPackets, judge, randomFirewall, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clause, Firewall } from '../model/firewall.ts';
import { readIptablesSave } from '../netfilter/save/read-iptables-save.ts';
import { contains, only } from '../model/interval.ts';
import { dimensions, type Packet } from '../model/packet.ts';
import { diff } from './diff.ts';

/** Two lists that differ in one line; another line of both is not modelled. */
const list = (line: string): Firewall => {
  const read = readIptablesSave('iptables-save', {
    name: 'r.rules',
    text: `*filter\n:FORWARD DROP [0:0]\n-A FORWARD -s 128.0.0.0/2 -m time --timestart 08:00 -j ACCEPT\n${line}\nCOMMIT\n`,
  });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
  return read.value;
};

test('says apart how much is unknown in both, and lists only what differs', () => {
  const [old, next] = [
    list('-A FORWARD -s 10.0.0.0/8 -j ACCEPT'),
    list('-A FORWARD -s 10.0.0.0/9 -j ACCEPT'),
  ];
  const question = { src: [{ low: 0n, high: 2n ** 32n - 1n }] };
  const { onlyOld, onlyNew, unknown, unknownInBoth } = diff(old, next, { hook: 'forward', question });
  expect(onlyOld.clauses.map(({ src }) => src)).toStrictEqual([[{ low: 0x0a800000n, high: 0x0affffffn }]]);
  expect([onlyNew.clauses, unknown.clauses, unknownInBoth]).toStrictEqual([[], [], { ipv4: 0.25 }]);
});

test('takes the interfaces of a question by name', () => {
  const [old, next] = [list('-A FORWARD -i a -j ACCEPT'), list('-A FORWARD -i b -j DROP')];
  const asked = (iif: bigint): unknown =>
    diff(old, next, { hook: 'forward', question: { src: [{ low: 1n, high: 1n }], iif: only(iif) } }).onlyOld
      .clauses;
  expect(asked(BigInt(next.interfaceNames.indexOf('b')))).toStrictEqual([]);
  expect(asked(0n)).toMatchObject([{ iif: only(1n) }]);
});

const has = (clauses: readonly Clause[], packet: Packet): boolean =>
  clauses.some((clause) =>
    dimensions.every((each) => contains(clause[each] ?? [{ low: 0n, high: packet[each] }], packet[each])),
  );

test('tells exactly the packets that two firewalls treat differently', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const [old, next] = [
        randomFirewall(seed, { unmodelled: true }),
        randomFirewall(seed + 1, { unmodelled: true }),
      ];
      const question = { state: [{ low: 0n, high: 4n }] };
      const found = diff(old, next, { hook: 'forward', question, limit: 100_000 });
      for (const packet of [...boundaryPackets(old, 20, seed), ...boundaryPackets(next, 20, seed)]) {
        const [before, after] = [old, next].map(
          (each) => judge(each, 'forward', packet).verdict === 'accept',
        );
        const unknowns = [old, next].filter((each) => judge(each, 'forward', packet).verdict === 'unknown');
        const told = [found.onlyOld, found.onlyNew, found.unknown].map(({ clauses }) => has(clauses, packet));
        const wanted = [before === true && after === false, before === false && after === true].map(
          (each) => each && unknowns.length === 0,
        );
        expect({ packet, told }).toStrictEqual({ packet, told: [...wanted, unknowns.length === 1] });
      }
    }),
    seeded(60),
  );
});
