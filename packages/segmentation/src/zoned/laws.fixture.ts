import type { Problem, Result } from '@holdfast/kernel';
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

/** What some rule is for, less some of its conditions: every third time all of them stay. */
function questions(firewall: Firewall, count: number): readonly Clause[] {
  const clauses = [...firewall.chains.values()]
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => rule.clauses)
    .filter((clause) => clause.state === undefined);
  return Array.from({ length: count }, (_, turn) => {
    const clause = clauses[(turn * 7919) % clauses.length] ?? {};
    const isWhole = turn % 3 === 0;
    const kept = dimensions.filter(
      (each, place) => clause[each] !== undefined && (isWhole || (turn >> (place % 5)) % 2 === 0),
    );
    return Object.fromEntries(kept.map((each) => [each, clause[each] ?? []]));
  });
}

/**
 * Asks what rules are for: a witness of `permits` is accepted by `trace` under the same rule, and a `no` replays.
 * All three verdicts have to occur.
 */
export function expectWitnesses(firewall: Firewall, count: number): void {
  const program = programOf(firewall);
  const seen = new Set<string>();
  for (const question of questions(firewall, count)) {
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
