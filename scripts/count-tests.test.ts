import type { TestModule } from 'vitest/node';
import { expect, test } from 'vitest';
import { countTests } from './count-tests.ts';

type State = 'passed' | 'failed' | 'skipped' | 'pending';

function module(ok: boolean, ...states: readonly State[]): TestModule {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  const allTests = (wanted?: State) =>
    tests.filter((each) => !wanted || each.result().state === wanted).values();
  // Only what the count reads.
  return { ok: () => ok, children: { allTests } } as unknown as TestModule;
}

test('counts tests by outcome', () => {
  const modules = [module(false, 'passed', 'failed', 'skipped'), module(true, 'passed', 'pending')];
  expect(countTests(modules, 0)).toEqual({ passed: 2, failed: 1, skipped: 2 });
});

test('counts a file that fails without a failing test, and errors outside tests', () => {
  expect(countTests([module(false), module(false, 'passed')], 3)).toEqual({
    passed: 1,
    failed: 5,
    skipped: 0,
  });
});
