import { asMillis } from '@holdfast/kernel';
import {
  estateLines,
  loaded,
  randomFaults,
  seeded,
  simulateEstate,
  type Line,
  type RandomFault,
  type Strike,
  type Verdict,
} from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutageSolver } from '../answer/solve.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { compile } from './compile.ts';
import type { Component, Model } from './model.ts';

const minute = 60_000;
const minutes = 50;
const start = Date.UTC(2026, 10, 23, 8, 0);

/** The components that random faults strike. */
function struck(
  model: Model,
  faults: readonly RandomFault[],
): readonly { readonly component: Component; readonly strike: Strike }[] {
  const components = [...model.components.values()]
    .filter(({ kind }) => kind !== 'time')
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return faults.map(({ component, from, long }) => {
    const one = components[component % components.length] as Component;
    return {
      component: one,
      strike: { target: one.key, from: from * minute, until: (from + long) * minute },
    };
  });
}

function scenarioOf(faults: ReturnType<typeof struck>): Scenario {
  const spans = faults.map(({ component, strike }) => ({
    node: component.node,
    from: asMillis(strike.from),
    until: asMillis(strike.until),
  }));
  return {
    key: 'own:random',
    name: 'random',
    kind: 'own',
    components: faults.map(({ component }) => component.key),
    faults: spans,
    start,
    length: asMillis(25 * minute),
    horizon: asMillis(minutes * minute),
  };
}

interface Course {
  readonly place: string;
  readonly before: Verdict;
  readonly steps: readonly { readonly at: number; readonly verdict: Verdict }[];
}

/** A verdict minute by minute as steps at its changes. */
function coursesOf(place: string, [before = 'unknown', ...rest]: readonly Verdict[]): Course {
  const steps = rest.flatMap((verdict, index) =>
    index === 0 || verdict !== rest[index - 1] ? [{ at: index * minute, verdict }] : [],
  );
  return { place, before, steps };
}

function agree(lines: readonly Line[], faults: readonly RandomFault[]): void {
  const estate = loaded(lines);
  const model = compile(estate);
  const strikes = struck(model, faults);
  const answer = new OutageSolver(model).solve(scenarioOf(strikes));
  const oracle = simulateEstate(estate, { strikes: strikes.map(({ strike }) => strike), start, minutes });
  for (const capability of model.capabilities) {
    const name = `${capability.place} ${capability.name}`;
    const expected = oracle.get(name);
    expect(expected, `the oracle knows ${name}`).toBeDefined();
    const { before, steps } = answer.timeline(capability);
    expect({ place: name, before, steps }).toEqual(coursesOf(name, expected ?? []));
  }
}

describe('a timeline equals the minute-by-minute simulation (L3)', () => {
  test('of every capability of random estates under random faults', () => {
    fc.assert(fc.property(estateLines, randomFaults, agree), seeded(50));
  }, 120_000);
});
