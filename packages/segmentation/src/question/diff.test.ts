import { boundaryPackets, judge, randomFirewall, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clause } from '../model/firewall.ts';
import { contains } from '../model/interval.ts';
import { dimensions, type Packet } from '../model/packet.ts';
import { diff } from './diff.ts';

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
        const isUnknown = [old, next].some((each) => judge(each, 'forward', packet).verdict === 'unknown');
        const told = [found.onlyOld, found.onlyNew, found.unknown].map(({ clauses }) => has(clauses, packet));
        const wanted = [before === true && after === false, before === false && after === true].map(
          (each) => each && !isUnknown,
        );
        expect({ packet, told }).toStrictEqual({ packet, told: [...wanted, isUnknown] });
      }
    }),
    seeded(60),
  );
});
