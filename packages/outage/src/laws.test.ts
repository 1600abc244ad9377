import { collections, loadEstate, type Estate } from '@holdfast/estate';
import { asMillis } from '@holdfast/kernel';
import { estateLines, loaded, randomFaults, seeded, type Line, type RandomFault } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OutageSolver, type Answer } from './answer/solve.ts';
import { verdictAt, type Timeline } from './answer/timeline.ts';
import { compile } from './compile/compile.ts';
import { isMonotone } from './compile/formula.ts';
import type { Model } from './compile/model.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { FaultSpan } from './solver/fault-span.ts';
import { op, type NodeId } from './solver/system.ts';

const minute = 60_000;
const horizon = asMillis(60 * minute);
const start = Date.UTC(2026, 10, 23, 8, 0);

/** O8: generators are not monotone while they start; without them everything is. */
const withoutGenerators = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line) => {
    if (line.kind !== 'supply') return line;
    // Lines of supplies are objects that the generator of estates made.
    const { startDelay: _startDelay, fuel: _fuel, ...data } = line.data as Readonly<Record<string, unknown>>;
    return data['kind'] === 'generator' ? { ...line, data: { ...data, kind: 'board' } } : line;
  });

const monotoneLines = estateLines.map(withoutGenerators);

function spansOf(model: Model, faults: readonly RandomFault[]): readonly FaultSpan[] {
  const components = [...model.components.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return faults.flatMap(({ component, from, long }) => {
    const one = components[component % components.length];
    return one
      ? [{ node: one.node, from: asMillis(from * minute), until: asMillis((from + long) * minute) }]
      : [];
  });
}

const scenarioOf = (faults: readonly FaultSpan[]): Scenario => ({
  key: 'own:law',
  name: 'law',
  kind: 'own',
  components: [],
  faults,
  start,
  length: asMillis(25 * minute),
  horizon,
});

const ranks = { fails: 0, unknown: 1, holds: 2 };
const rankAt = (timeline: Timeline, time: number): number => ranks[verdictAt(timeline, asMillis(time))];

/** No capability is ever better in the first answer than in the second. */
function neverBetter(model: Model, worse: Answer, better: Answer): void {
  for (const capability of model.capabilities) {
    if (!isMonotone(capability.formula)) continue;
    const [low, high] = [worse.timeline(capability), better.timeline(capability)];
    const times = [-1, ...[...low.steps, ...high.steps].map(({ at }) => at)];
    for (const time of times) {
      expect(rankAt(low, time), `${capability.id} at ${time / minute}`).toBeLessThanOrEqual(
        rankAt(high, time),
      );
    }
  }
}

const fault = fc.record({
  component: fc.nat(),
  from: fc.integer({ min: 0, max: 20 }),
  long: fc.integer({ min: 1, max: 20 }),
});

describe('monotone capabilities', () => {
  test('are never brought back by one more fault (L1)', () => {
    fc.assert(
      fc.property(monotoneLines, randomFaults, fault, (lines, faults, more) => {
        const model = compile(loaded(lines));
        const solver = new OutageSolver(model);
        const better = solver.solve(scenarioOf(spansOf(model, faults)));
        neverBetter(model, solver.solve(scenarioOf(spansOf(model, [...faults, more]))), better);
      }),
      seeded(250),
    );
  }, 60_000);

  test('are lost no shorter under a longer fault (L1)', () => {
    fc.assert(
      fc.property(monotoneLines, randomFaults, fc.integer({ min: 1, max: 20 }), (lines, faults, longer) => {
        const model = compile(loaded(lines));
        const solver = new OutageSolver(model);
        const better = solver.solve(scenarioOf(spansOf(model, faults)));
        neverBetter(
          model,
          solver.solve(
            scenarioOf(
              spansOf(
                model,
                faults.map((each) => ({ ...each, long: each.long + longer })),
              ),
            ),
          ),
          better,
        );
      }),
      seeded(250),
    );
  }, 60_000);

  test('are never shortened by a store that lasts longer (L2)', () => {
    fc.assert(
      fc.property(monotoneLines, randomFaults, fc.nat(), (lines, faults, chosen) => {
        const model = compile(loaded(lines));
        const scenario = scenarioOf(spansOf(model, faults));
        const stores = [...model.system.ops.keys()].filter((node) => model.system.ops[node] === op.hold);
        fc.pre(stores.length > 0);
        // A place among the nodes of the system is the id of one.
        const node = stores[chosen % stores.length] as NodeId;
        const longer = new OutageSolver(model, { amended: new Map([[node, 'granted']]) });
        neverBetter(model, new OutageSolver(model).solve(scenario), longer.solve(scenario));
        const shorter = new OutageSolver(model, { amended: new Map([[node, 'denied']]) });
        neverBetter(model, shorter.solve(scenario), new OutageSolver(model).solve(scenario));
      }),
      seeded(250),
    );
  }, 60_000);

  test('are never shortened by twice the battery in the estate (L2)', () => {
    fc.assert(
      fc.property(monotoneLines, randomFaults, fc.integer({ min: 2, max: 3 }), (lines, faults, times) => {
        const [model, richer] = [lines, lines.map((line) => withBatteries(line, times))].map((each) =>
          compile(loaded(each)),
        ) as [Model, Model];
        const [better, worse] = [richer, model].map((each) =>
          new OutageSolver(each).solve(scenarioOf(spansOf(each, faults))),
        ) as [Answer, Answer];
        for (const [index, capability] of model.capabilities.entries()) {
          if (!isMonotone(capability.formula)) continue;
          const other = richer.capabilities[index] ?? capability;
          const [low, high] = [worse.timeline(capability), better.timeline(other)];
          for (const { at } of [...low.steps, ...high.steps])
            expect(rankAt(low, at), capability.id).toBeLessThanOrEqual(rankAt(high, at));
        }
      }),
      seeded(100),
    );
  }, 60_000);
});

/** The same line with every known autonomy and battery so many times as long. */
function withBatteries(line: Line, times: number): Line {
  const scaled = (value: unknown): unknown =>
    typeof value === 'string' && /^\d+m$/.test(value) ? `${Number.parseInt(value, 10) * times}m` : value;
  if (line.kind !== 'supply' && line.kind !== 'device') return line;
  const data = line.data as Readonly<Record<string, unknown>>;
  return {
    ...line,
    data: {
      ...data,
      ...Object.fromEntries(
        ['autonomy', 'battery'].flatMap((key) => (key in data ? [[key, scaled(data[key])]] : [])),
      ),
    },
  };
}

/** A value with the keys of each object in the opposite order. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, backwards(each)]),
  );
}

/** The same estate as YAML files, one for each half of the lines, keys in the opposite order. */
function asYamlFiles(lines: readonly Line[]): Estate {
  const files = [0, 1].map((half) => {
    const document: Record<string, Record<string, unknown>> = {};
    for (const [index, { kind, id, data }] of lines.entries()) {
      if (index % 2 !== half) continue;
      const key = collections[kind];
      document[key] = { ...document[key], [id]: backwards(data) };
    }
    return { name: `part-${half}.yaml`, text: JSON.stringify({ holdfast: 1, ...document }, null, 1) };
  });
  const read = loadEstate(files.toReversed());
  if (read.kind === 'error')
    throw new TypeError(`the same estate is refused as YAML: ${read.error[0]?.message}`);
  return read.value;
}

describe('the order of files and keys', () => {
  test('changes nothing (L4)', () => {
    fc.assert(
      fc.property(
        estateLines.chain((lines) =>
          fc.record({
            lines: fc.constant(lines),
            shuffled: fc.shuffledSubarray([...lines], { minLength: lines.length }),
          }),
        ),
        randomFaults,
        ({ lines, shuffled }, faults) => {
          const estates = [loaded(lines), loaded(shuffled), asYamlFiles(shuffled)];
          const told = estates.map((estate) => {
            const model = compile(estate);
            const answer = new OutageSolver(model).solve(scenarioOf(spansOf(model, faults)));
            const timelines = model.capabilities.map((each) => ({
              id: each.id,
              timeline: answer.timeline(each),
            }));
            return {
              hash: estate.hash,
              components: [...model.components.keys()].toSorted(),
              timelines: timelines.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
            };
          });
          expect(told[1]).toEqual(told[0]);
          expect(told[2]).toEqual(told[0]);
        },
      ),
      seeded(60),
    );
  }, 60_000);
});
