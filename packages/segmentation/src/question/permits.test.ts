import { boundaryPackets, Dice, judge, randomFirewall, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import { hooks, type Clause, type Firewall } from '../model/firewall.ts';
import { contains } from '../model/interval.ts';
import { dimensions, type Packet } from '../model/packet.ts';
import { permits, type Permits } from './permits.ts';
import { replay } from './replay.ts';
import { trace } from './trace.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 30 });
const traits = { nat: true, untrack: true, unmodelled: true };

/** A question whose ends lie where rules begin and end. */
function randomQuestion(firewall: Firewall, seed: number): Clause {
  const dice = new Dice(seed);
  const [one, other] = boundaryPackets(firewall, 2, seed) as readonly [Packet, Packet];
  return Object.fromEntries(
    dimensions
      .filter(() => dice.chance(0.4))
      .map((each) => {
        const [low, high] = one[each] < other[each] ? [one[each], other[each]] : [other[each], one[each]];
        return [each, [{ low, high }]];
      }),
  );
}

const asked = (question: Clause, packet: Packet): boolean =>
  dimensions.every((each) =>
    contains(
      question[each] ?? (each === 'state' ? [{ low: 0n, high: 0n }] : [{ low: 0n, high: packet[each] }]),
      packet[each],
    ),
  );

function overAll(
  look: (firewall: Firewall, hook: (typeof hooks)[number] | 'path', question: Clause, found: Permits) => void,
  runs: number,
): void {
  fc.assert(
    fc.property(seeds, (seed) => {
      const firewall = randomFirewall(seed, traits);
      const program = programOf(firewall);
      for (const hook of [...hooks, 'path'] as const) {
        for (const more of [1, 2, 3, 4, 5]) {
          const question = randomQuestion(firewall, seed + more);
          look(firewall, hook, question, permits(program, hook, question, 300));
        }
      }
    }),
    seeded(runs),
  );
}

describe('permits', { timeout: 60_000 }, () => {
  test('has a witness that trace and a reader of the rules accept, under the rule that it names (A1)', () => {
    let count = 0;
    overAll((firewall, hook, question, found) => {
      if (found.verdict === 'no') return;
      const { verdict, decision } = trace(programOf(firewall), hook, found.witness);
      expect(asked(question, found.witness)).toBe(true);
      expect(verdict).toBe(found.verdict === 'yes' ? 'accept' : 'unknown');
      if (found.verdict !== 'yes') return;
      count += 1;
      expect(decision.source.id).toBe(found.decision.source.id);
      const judged = judge(firewall, hook, found.witness);
      expect([judged.verdict, judged.decision]).toStrictEqual(['accept', found.decision.source.id]);
    }, 30);
    expect(count).toBeGreaterThan(300);
  });

  test('has a certificate of no that replays, and not without one of its parts (A2)', () => {
    let count = 0;
    overAll((firewall, hook, question, found) => {
      if (found.verdict !== 'no' || found.certificate === undefined || found.certificate.length === 0) return;
      count += 1;
      expect(replay(firewall, hook, question, found.certificate)).toMatchObject({ kind: 'ok' });
      expect(replay(firewall, hook, question, found.certificate.slice(1)).kind).toBe('error');
      const [{ region, decision }] = found.certificate as readonly [(typeof found.certificate)[number]];
      const named = { ...decision, source: { ...decision.source, id: 'another' } };
      const forged = [{ region, decision: named }, ...found.certificate.slice(1)];
      expect(replay(firewall, hook, question, forged).kind).toBe('error');
    }, 30);
    expect(count).toBeGreaterThan(40);
  });

  test('misses no packet that passes (U3)', () => {
    overAll((firewall, hook, question, found) => {
      if (found.verdict === 'yes') return;
      for (const packet of boundaryPackets(firewall, 40, 7).filter((each) => asked(question, each))) {
        const { verdict } = judge(firewall, hook, packet);
        expect(verdict).not.toBe('accept');
        if (found.verdict === 'no') expect(verdict).not.toBe('unknown');
      }
    }, 30);
  });

  test('says the same by sets of packets, beyond its budget (A3)', () => {
    overAll((firewall, hook, question, found) => {
      const bySets = permits(programOf(firewall), hook, question, 0);
      expect(bySets.verdict).toBe(found.verdict);
      if (bySets.verdict !== 'yes') return;
      expect(asked(question, bySets.witness)).toBe(true);
      expect(judge(firewall, hook, bySets.witness).decision).toBe(bySets.decision.source.id);
    }, 30);
  });
});
