import { boundaryPackets, randomFirewall, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import { hooks } from '../model/firewall.ts';
import { trace } from '../question/trace.ts';
import { shadowed } from './shadowed.ts';

test('a rule that is said to be shadowed decides no packet (A4)', { timeout: 60_000 }, () => {
  let count = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const firewall = randomFirewall(seed, { nat: true, rules: 10 });
      const program = programOf(firewall);
      const ids = new Set(shadowed(program).map(({ rule }) => rule.source.id));
      count += ids.size;
      for (const packet of boundaryPackets(firewall, 30, seed)) {
        for (const hook of hooks) expect(ids).not.toContain(trace(program, hook, packet).decision.source.id);
      }
    }),
    seeded(100),
  );
  expect(count).toBeGreaterThan(20);
});
