import { boundaryPackets, judge, randomFirewall, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import { hooks } from '../model/firewall.ts';
import { trace } from './trace.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 30 });

describe('trace', { timeout: 60_000 }, () => {
  test.each([
    ['known rules', {}],
    ['translations', { nat: true }],
    ['untracked connections', { nat: true, untrack: true }],
    ['what is not known', { nat: true, untrack: true, unmodelled: true }],
  ])('says what a reader of the rules finds: %s', (_, traits) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const firewall = randomFirewall(seed, traits);
        const program = programOf(firewall);
        for (const hook of [...hooks, 'path'] as const) {
          for (const packet of boundaryPackets(firewall, 15, seed)) {
            const { ways, ...wanted } = judge(firewall, hook, packet);
            const { verdict, decision, packet: left, why } = trace(program, hook, packet);
            if (ways > 100 && verdict === 'unknown') continue;
            expect({ hook, packet, verdict }).toStrictEqual({ hook, packet, verdict: wanted.verdict });
            expect(why.length > 0).toBe(verdict === 'unknown');
            if (verdict === 'unknown') continue;
            expect({ hook, packet, verdict, id: decision.source.id, left }).toStrictEqual({
              hook,
              packet,
              verdict,
              id: wanted.decision,
              left: wanted.packet,
            });
          }
        }
      }),
      seeded(250),
    );
  });
});
