import type { TestModule } from 'vitest/node';

/** The outcome of a run in three numbers. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/**
 * Counts tests by outcome. A file or hook that fails without a failing test counts as one failure,
 * as does each error outside any test; a test that was never reached counts as skipped.
 */
export function countTests(modules: readonly TestModule[], strayErrors: number): Counts {
  const states = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => test.result().state),
  );
  const passed = states.filter((state) => state === 'passed').length;
  const failed = states.filter((state) => state === 'failed').length;
  const broken = modules.filter((module) => !module.ok() && !hasFailedTest(module)).length;
  return { passed, failed: failed + broken + strayErrors, skipped: states.length - passed - failed };
}

function hasFailedTest(module: TestModule): boolean {
  return !module.children.allTests('failed').next().done;
}
