import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstMatchOrder } from './last-match.ts';

/** A rule that matches the packets whose bits are on; packets are the numbers 0 to 7. */
interface Toy {
  readonly quick: boolean;
  readonly packets: number;
  readonly name: number;
}

const toys = fc
  .array(fc.record({ quick: fc.boolean(), packets: fc.nat(255) }), { maxLength: 12 })
  .map((all) => all.map((each, name): Toy => ({ ...each, name })));

const matches = (rule: Toy, packet: number): boolean => (rule.packets & (1 << packet)) !== 0;

/** As pf reads: every rule that matches takes over, and a quick one ends the reading. */
function lastMatch(rules: readonly Toy[], packet: number): number | undefined {
  let decided: number | undefined;
  for (const rule of rules) {
    if (!matches(rule, packet)) continue;
    decided = rule.name;
    if (rule.quick) return decided;
  }
  return decided;
}

test('the first match of the new order is the last match of the old one', () => {
  fc.assert(
    fc.property(toys, fc.nat(7), (rules, packet) => {
      const found = firstMatchOrder(rules).find((rule) => matches(rule, packet));
      expect(found?.name).toBe(lastMatch(rules, packet));
    }),
    { numRuns: 2000 },
  );
});
