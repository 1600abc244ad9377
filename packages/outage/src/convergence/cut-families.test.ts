import { asMillis, forever } from '@holdfast/kernel';
import { one, zero, type Node, type NodeTable } from '@holdfast/faulttree';
import { estateLines, loaded, seeded, type Line } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { SystemBuilder } from '../solver/builder.ts';
import { Simulation } from '../solver/simulation.ts';
import { same, type NodeId, type System } from '../solver/system.ts';
import { CutFamilies } from './cut-families.ts';
import { variablesOf, type Variable } from './variables.ts';

const variable = (key: string, ...nodes: readonly NodeId[]): Variable => ({
  key,
  name: key,
  kind: 'device',
  nodes,
});

function setsOf(table: NodeTable, variables: readonly Variable[], family: Node): readonly string[] {
  if (family === zero) return [];
  if (family === one) return [''];
  const own = variables[table.level(family)]?.key ?? '';
  const high = setsOf(table, variables, table.high(family)).map((each) =>
    [own, each].filter(Boolean).join('+'),
  );
  return [...setsOf(table, variables, table.low(family)), ...high];
}

/** The sets that have a node down at a time, sorted. */
function told(families: CutFamilies, node: NodeId, time: number): readonly string[] {
  const { times, families: own } = families.of(node);
  const index = times.findLastIndex((each) => each <= time);
  return setsOf(families.table, families.variables, own[index] as Node)
    .map((each) => each.split('+').toSorted().join('+'))
    .toSorted();
}

const asked = { order: 3, horizon: 1000, reading: 'best' } as const;
const millis = (value: number): ReturnType<typeof same<ReturnType<typeof asMillis>>> => same(asMillis(value));

describe('the families of one equation', () => {
  test('of a gate hold what leaves too few of its inputs', () => {
    const builder = new SystemBuilder();
    const [a, b, c] = [builder.source(), builder.source(), builder.source()];
    const two = builder.atLeast(2, [a, b, c]);
    const families = new CutFamilies(
      builder.build(),
      [variable('a', a), variable('b', b), variable('c', c)],
      asked,
    );
    expect(told(families, two, 0)).toEqual(['a+b', 'a+c', 'b+c']);
  });

  test('of a store begin once it is empty', () => {
    const builder = new SystemBuilder();
    const a = builder.source();
    const held = builder.hold(a, millis(30));
    const families = new CutFamilies(builder.build(), [variable('a', a)], asked);
    expect(told(families, held, 29)).toEqual([]);
    expect(told(families, held, 30)).toEqual(['a']);
    expect(families.within(families.of(held), 29)).toBe(zero);
    expect(families.within(families.of(held), 30)).not.toBe(zero);
  });

  test('of a generator are those of its mains while it starts, and of both after that', () => {
    const builder = new SystemBuilder();
    const [mains, genset] = [builder.source(), builder.source()];
    const carried = builder.standby(mains, genset, millis(10));
    const again = builder.after(carried, millis(5));
    const variables = [variable('mains', mains), variable('genset', genset)];
    const families = new CutFamilies(builder.build(), variables, asked);
    expect(told(families, carried, 9)).toEqual(['mains']);
    expect(told(families, carried, 10)).toEqual(['genset+mains']);
    expect(told(families, again, 14)).toEqual(['mains']);
    expect(told(families, again, 15)).toEqual(['genset+mains']);
  });

  test('of a latch stay those of its loss until it may start again', () => {
    const builder = new SystemBuilder();
    const [mains, genset, key] = [builder.source(), builder.source(), builder.source()];
    const run = builder.standby(mains, genset, millis(10));
    const started = builder.latch(run, key);
    const variables = [variable('mains', mains), variable('genset', genset), variable('key', key)];
    const families = new CutFamilies(builder.build(), variables, asked);
    expect(told(families, started, 5)).toEqual(['mains']);
    expect(told(families, started, 10)).toEqual(['genset+mains', 'key+mains']);
  });

  test('of a ring hold each pair of its parts that leaves an island, and no part alone', () => {
    const builder = new SystemBuilder();
    const root = builder.source();
    const cables = [builder.source(), builder.source(), builder.source()];
    const [x, y] = [builder.open(), builder.open()];
    const [first, across, second] = cables as [NodeId, NodeId, NodeId];
    builder.close(x, [builder.all([root, first]), builder.all([y, across])]);
    builder.close(y, [builder.all([root, second]), builder.all([x, across])]);
    const variables = [variable('root', root), ...cables.map((each, index) => variable(`c${index}`, each))];
    const families = new CutFamilies(builder.build(), variables, asked);
    expect(told(families, x, 0)).toEqual(['c0+c1', 'c0+c2', 'root']);
    expect(told(families, y, 0)).toEqual(['c0+c2', 'c1+c2', 'root']);
  });

  test('of a common cause hold it beside what it takes', () => {
    const builder = new SystemBuilder();
    const [a, b] = [builder.source(), builder.source()];
    const either = builder.any([a, b]);
    const variables = [variable('a', a), variable('b', b), variable('room', a, b)];
    const families = new CutFamilies(builder.build(), variables, asked);
    expect(told(families, either, 0)).toEqual(['a+b', 'room']);
  });

  test('are those that remain where something is taken already', () => {
    const builder = new SystemBuilder();
    const [a, b] = [builder.source(), builder.source()];
    const either = builder.any([a, b]);
    const variables = [variable('a', a), variable('b', b)];
    const families = new CutFamilies(builder.build(), variables, { ...asked, taken: new Set([a]) });
    expect(told(families, either, 0)).toEqual(['b']);
  });
});

/** Where mains are down, a generator may be starting: such sets are not all that their parts are (O8). */
const withoutGenerators = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line) => {
    if (line.kind !== 'supply') return line;
    // Lines of supplies are objects that the generator of estates made.
    const { startDelay: _startDelay, fuel: _fuel, ...data } = line.data as Readonly<Record<string, unknown>>;
    return data['kind'] === 'generator' ? { ...line, data: { ...data, kind: 'board' } } : line;
  });

const horizon = 40 * 60_000;

/** Every set of at most two variables, tried. */
function* smallSets(variables: readonly Variable[]): Generator<readonly Variable[]> {
  yield [];
  for (const [index, one_] of variables.entries()) {
    yield [one_];
    for (const other of variables.slice(0, index)) yield [one_, other];
  }
}

function agree(
  system: System,
  all: readonly Variable[],
  chosen: readonly NodeId[],
  reading: 'worst' | 'best',
): void {
  const variables = all.slice(0, 40);
  const families = new CutFamilies(system, variables, { order: 2, horizon, reading });
  const simulation = new Simulation(system, reading);
  const lost = new Map(chosen.map((node) => [node, new Map<number, (readonly string[])[]>()]));
  for (const set of smallSets(variables)) {
    const faults = set.flatMap(({ nodes }) =>
      nodes.map((node) => ({ node, from: asMillis(0), until: forever })),
    );
    const trace = simulation.run(faults, asMillis(horizon + 1));
    const keys = set.map(({ key }) => key);
    for (const node of chosen) {
      const own = lost.get(node);
      for (const time of families.of(node).times) {
        if (trace.at(node, asMillis(time))) continue;
        const sets = own?.get(time) ?? [];
        own?.set(time, [...sets, keys]);
      }
    }
  }
  for (const node of chosen)
    for (const time of families.of(node).times) {
      const sets = lost.get(node)?.get(time) ?? [];
      const minimal = sets.filter(
        (set) =>
          !sets.some((other) => other.length < set.length && other.every((each) => set.includes(each))),
      );
      expect(told(families, node, time)).toEqual(minimal.map((set) => set.toSorted().join('+')).toSorted());
    }
}

describe('the families of random estates', () => {
  test('are the minimal ones of every set tried, at each moment', () => {
    fc.assert(
      fc.property(estateLines.map(withoutGenerators), fc.constantFrom('worst', 'best'), (lines, reading) => {
        const model = compile(loaded(lines));
        const { size } = model.system;
        const chosen = Array.from({ length: 60 }, (_, index) => Math.floor((index * size) / 60) as NodeId);
        agree(model.system, variablesOf(model), [...new Set(chosen)], reading);
      }),
      seeded(12),
    );
  }, 120_000);
});
