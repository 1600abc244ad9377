import { asMillis, type Millis } from '@holdfast/kernel';
import { estateLines, loaded, randomFaults, seeded, type Line, type RandomFault } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import type { Capability, Model } from '../compile/model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { counterfactuals } from './counterfactual.ts';
import { OutageSolver, type Answer } from './solve.ts';
import { verdictAt } from './timeline.ts';
import { leavesOf, type Explanation } from './reason.ts';
import { explain } from './why.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 8, 0);

function scenarioOf(model: Model, faults: readonly RandomFault[]): Scenario {
  const components = [...model.components.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const struck = faults.flatMap(({ component, from, long }) => {
    const one = components[component % components.length];
    return one
      ? [
          {
            key: one.key,
            span: { node: one.node, from: asMillis(from * minute), until: asMillis((from + long) * minute) },
          },
        ]
      : [];
  });
  return {
    key: 'own:random',
    name: 'random',
    kind: 'own',
    components: struck.map(({ key }) => key),
    faults: struck.map(({ span }) => span),
    start,
    length: asMillis(25 * minute),
    horizon: asMillis(50 * minute),
  };
}

/** Every capability of an answer at each of its changes. */
function* moments(
  model: Model,
  answer: Answer,
): Generator<{ readonly capability: Capability; readonly at: Millis; readonly why: Explanation }> {
  for (const capability of model.capabilities) {
    for (const { at } of answer.timeline(capability).steps)
      yield { capability, at, why: explain(model, answer, capability, at) };
  }
}

/** What an explanation does not name does not matter: without all other faults the verdict is the same. */
function suffices(lines: readonly Line[], faults: readonly RandomFault[]): void {
  const model = compile(loaded(lines));
  const scenario = scenarioOf(model, faults);
  const solver = new OutageSolver(model);
  const answer = solver.solve(scenario);
  for (const { capability, at, why } of moments(model, answer)) {
    if (why.verdict !== 'fails') continue;
    const named = new Set([...leavesOf(why.reasons)].map(({ node }) => node));
    const fewer = scenario.faults.filter(({ node }) => named.has(node));
    if (fewer.length === scenario.faults.length) continue;
    const again = solver.solve({ ...scenario, faults: fewer });
    expect(verdictAt(again.timeline(capability), at), `${capability.id} at ${at / minute}`).toBe('fails');
  }
}

/** A fault that is given as a reason is one of the scenario, and active then. */
function isSo(lines: readonly Line[], faults: readonly RandomFault[]): void {
  const model = compile(loaded(lines));
  const scenario = scenarioOf(model, faults);
  const answer = new OutageSolver(model).solve(scenario);
  for (const { why } of moments(model, answer)) {
    for (const reason of leavesOf(why.reasons)) {
      if (reason.leaf !== 'fault') continue;
      expect(
        scenario.faults.some(
          ({ node, from, until }) => node === reason.node && from <= reason.since && reason.since < until,
        ),
      ).toBe(true);
    }
  }
}

/** Each counterfactual, tried, changes the verdict as it says. */
function change(lines: readonly Line[], faults: readonly RandomFault[]): void {
  const model = compile(loaded(lines));
  const scenario = scenarioOf(model, faults);
  const answer = new OutageSolver(model).solve(scenario);
  for (const { capability, at, why } of [...moments(model, answer)].slice(0, 3)) {
    for (const { reason, verdict } of counterfactuals(model, answer, why)) {
      if (reason.leaf !== 'fault') continue;
      const without = { ...scenario, faults: scenario.faults.filter(({ node }) => node !== reason.node) };
      expect(verdictAt(new OutageSolver(model).solve(without).timeline(capability), at)).toBe(verdict);
    }
  }
}

describe('an explanation (L5)', () => {
  test('suffices: without every other fault the failure stays', () => {
    fc.assert(fc.property(estateLines, randomFaults, suffices), seeded(40));
  }, 120_000);

  test('names faults that are so', () => {
    fc.assert(fc.property(estateLines, randomFaults, isSo), seeded(40));
  }, 120_000);

  test('has counterfactuals that do what they say', () => {
    fc.assert(fc.property(estateLines, randomFaults, change), seeded(20));
  }, 120_000);
});
