import type { Expression } from '@holdfast/estate';
import fc from 'fast-check';
import { minutes } from './plan.ts';

const capacity = fc.constantFrom<unknown>('60MB', '180MB', { between: ['60MB', '240MB'] }, 'unknown');
const rate = fc.constantFrom<unknown>('8Mbit/s', '4Mbit/s', { between: ['4Mbit/s', '8Mbit/s'] }, 'unknown');

/** Facts of every sort that an expression may name. */
export const randomFacts = fc.record({
  'has-card': fc.constantFrom<unknown>(true, false, 'unknown'),
  mode: fc.constantFrom<unknown>('local', 'remote', 'unknown'),
  stays: minutes(7),
  comes: minutes(4),
  card: capacity,
  stream: rate,
  events: fc.constantFrom<unknown>(30, 60, { between: [30, 120] }),
  'an-hour': fc.constantFrom<unknown>(600, 1800, 'unknown'),
  small: fc.constantFrom<unknown>(1, 5, { between: [1, 5] }, 'unknown'),
  large: fc.constantFrom<unknown>(1, 4, { between: [2, 6] }, 'unknown'),
  boot: fc.constantFrom<unknown>('0', '1m', '2m', { between: ['1m', '3m'] }),
  'self-powered': fc.constantFrom<unknown>(false, false, true, 'unknown'),
  poe: fc.constantFrom<unknown>(false, true),
  backfill: fc.constantFrom<unknown>(true, true, false, 'unknown'),
});

const words: fc.Arbitrary<Expression> = fc.constantFrom(
  'running',
  'running',
  'running',
  'power',
  'always',
  'never',
  'unknown',
);
const roles = fc.constantFrom('recorder', 'cloud', 'extra', 'hub');
const its = fc.constantFrom({}, {}, { its: 'simple' });

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 2, arbitrary: words },
  { weight: 4, arbitrary: fc.tuple(roles, its).map(([reach, more]): Expression => ({ reach, ...more })) },
  { weight: 1, arbitrary: fc.tuple(roles, its).map(([line, more]): Expression => ({ line, ...more })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Expression>(
      { fact: 'has-card' },
      { option: 'mode', is: 'local' },
      { provides: 'simple' },
      { fits: 'small', in: 'large' },
    ),
  },
);

const lasting = fc.constantFrom('stays', '2m', '5m', '0m');

/** A random expression, at most so deep. */
export function expressionOf(depth: number): fc.Arbitrary<Expression> {
  if (depth === 0) return leaf;
  const part = expressionOf(depth - 1);
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 2, arbitrary: parts.map((all): Expression => ({ all })) },
    { weight: 2, arbitrary: parts.map((any): Expression => ({ any })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.nat({ max: 3 }), parts)
        .map(([atLeast, of]): Expression => ({ atLeast: Math.min(atLeast, of.length), of })),
    },
    { weight: 2, arbitrary: fc.tuple(lasting, part).map(([each, of]): Expression => ({ for: each, of })) },
    { weight: 1, arbitrary: part.map((of): Expression => ({ for: '4m', recharge: '2m', of })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('comes', '1m', '3m'), part)
        .map(([after, of]): Expression => ({ after, of })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom<readonly [string, string]>(['card', 'stream'], ['events', 'an-hour']), part)
        .map(([[store, each], of]): Expression => ({ store, rate: each, of })),
    },
    { weight: 1, arbitrary: fc.tuple(part, part).map(([runs, starts]): Expression => ({ runs, starts })) },
  );
}
