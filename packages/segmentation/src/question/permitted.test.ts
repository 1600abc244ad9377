import { boundaryPackets, randomFirewall, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bdd } from '../bdd/bdd.ts';
import { PacketBits } from '../bdd/packet-bits.ts';
import { holds } from '../bdd/packet-set.ts';
import { permitted } from '../bdd/permitted.ts';
import { programOf } from '../engine/program.ts';
import { hooks } from '../model/firewall.ts';
import { trace } from './trace.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 30 });

describe('sets of packets', { timeout: 60_000 }, () => {
  test.each([
    ['known rules', {}],
    ['translations', { nat: true }],
    ['untracked connections', { nat: true, untrack: true }],
    ['what is not known', { nat: true, untrack: true, unmodelled: true }],
  ])('agree with the walk: %s (A3)', (_, traits) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const firewall = randomFirewall(seed, traits);
        const program = programOf(firewall);
        const bits = new PacketBits(program.axes, new Bdd());
        for (const hook of [...hooks, 'path'] as const) {
          const sets = permitted(program, bits, hook, program.axes.whole());
          for (const packet of boundaryPackets(firewall, 15, seed)) {
            const { verdict } = trace(program, hook, packet);
            const told = holds(bits, sets.certain, packet)
              ? 'accept'
              : holds(bits, sets.possible, packet)
                ? 'unknown'
                : 'drop';
            expect({ hook, packet, told }).toStrictEqual({
              hook,
              packet,
              told: verdict === 'reject' ? 'drop' : verdict,
            });
          }
        }
      }),
      seeded(100),
    );
  });
});
