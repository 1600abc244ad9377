import type { Problem, Result } from '@holdfast/kernel';
import { boundaryPackets, Dice } from '@holdfast/testing';
import fc from 'fast-check';
import { expect } from 'vitest';
import { mutations } from '../cisco/mutations.fixture.ts';
import { programOf } from '../engine/program.ts';
import type { Clause, ConfigFile, Firewall } from '../model/firewall.ts';
import { dimensions } from '../model/packet.ts';
import { permits } from '../question/permits.ts';
import { replay } from '../question/replay.ts';
import { trace } from '../question/trace.ts';

type Reader = (file: ConfigFile) => Result<Firewall, readonly Problem[]>;

/** Questions whose ends lie where rules begin and end: a witness of `permits` is accepted by `trace` under the same rule, and a `no` replays. */
export function expectWitnesses(firewall: Firewall, runs: number): void {
  const program = programOf(firewall);
  const seen = new Set<string>();
  for (let seed = 1; seed <= runs; seed += 1) {
    const dice = new Dice(seed);
    const [one, other] = boundaryPackets(firewall, 2, seed);
    if (one === undefined || other === undefined) throw new Error('there are no packets');
    const question: Clause = Object.fromEntries(
      dimensions
        .filter((each) => each !== 'state' && (each === 'iif' || each === 'oif' || dice.chance(0.4)))
        .map((each) => [
          each,
          one[each] < other[each]
            ? [{ low: one[each], high: other[each] }]
            : [{ low: other[each], high: one[each] }],
        ]),
    );
    const found = permits(program, 'forward', question);
    seen.add(found.verdict);
    if (found.verdict === 'no') {
      const told = found.certificate && replay(firewall, 'forward', question, found.certificate);
      expect(told?.kind ?? 'ok').toBe('ok');
      continue;
    }
    const { verdict, decision } = trace(program, 'forward', found.witness);
    expect(verdict).toBe(found.verdict === 'yes' ? 'accept' : 'unknown');
    if (found.verdict === 'yes') expect(decision.source.id).toBe(found.decision.source.id);
  }
  expect([...seen].toSorted()).toEqual(['no', 'unknown', 'yes']);
}

/** Whatever a file says, a reader returns a firewall that can be asked, or located errors. */
export function expectNoThrow(read: Reader, texts: fc.Arbitrary<string>, runs: number): void {
  fc.assert(
    fc.property(texts, (text) => {
      const result = read({ name: 'any', text });
      if (result.kind === 'ok') programOf(result.value);
      else {
        expect(result.error.length).toBeGreaterThan(0);
        expect(result.error.every(({ at }) => at?.file === 'any' && at.line > 0 && at.column > 0)).toBe(true);
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
}

/** Random bytes, and a good text with words taken out, put in and cut. */
export const brokenTexts = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 2000 }).map((bytes) => String.fromCharCode(...bytes)),
    },
    { weight: 4, arbitrary: mutations(text) },
  );
