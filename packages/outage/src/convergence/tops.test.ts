import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEstate, type SourceFile } from '@holdfast/estate';
import { listSets, readOpenPsa, solve, writeOpenPsa, type FaultTree } from '@holdfast/faulttree';
import { asMillis, forever } from '@holdfast/kernel';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { OutageSolver } from '../answer/solve.ts';
import { verdictAt } from '../answer/timeline.ts';
import { compile } from '../compile/compile.ts';
import type { Component, Model } from '../compile/model.ts';
import { select } from '../scenario/selectors.ts';
import { faultTreeOf } from './lower.ts';
import { maintenance } from './maintenance.ts';
import { placedFunctions } from './places.ts';
import { readTop, type Top } from './top.ts';
import { topSets, type TopDocument } from './top-sets.ts';

const root = join(import.meta.dirname, '../../../..');
const minute = 60_000;
const horizon = asMillis(240 * minute);
const start = Date.UTC(2026, 10, 23, 8, 0);

const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));

function sample(name: string): Model {
  const loaded = loadEstate(read(`samples/${name}`), read('packages/estate/profiles'));
  if (loaded.kind === 'error') throw new TypeError('the sample is not whole');
  return compile(loaded.value);
}

function topOf(model: Model, text: string): Top {
  const top = readTop(model, text);
  if (top.kind === 'error') throw new TypeError(top.error.message);
  return top.value;
}

const ask = (model: Model, text: string, order = 2): TopDocument =>
  topSets(model, topOf(model, text), {
    text,
    order,
    horizon,
    reading: 'best',
    start,
    list: 10_000,
    effort: 1e8,
  });

function treeOf(model: Model, text: string): FaultTree {
  const tree = faultTreeOf(model, topOf(model, text), { name: 'top', horizon, reading: 'best' });
  if (tree.kind === 'error') throw new TypeError(tree.error.message);
  return tree.value;
}

/** The minimal sets of a tree up to an order, by names. */
function setsOf(tree: FaultTree, order: number): readonly string[] {
  const sets: string[] = [];
  listSets(solve(tree.graph, { order }), (events) => {
    sets.push(
      events
        .map((each) => tree.eventNames[each] ?? '')
        .toSorted()
        .join('+'),
    );
    return true;
  });
  return sets.toSorted();
}

const told = ({ sets }: TopDocument): readonly string[] =>
  sets
    .map(({ faults }) =>
      faults
        .map(({ key }) => key)
        .toSorted()
        .join('+'),
    )
    .toSorted();

function validator(name: string): ValidateFunction {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8')) as object;
  return new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
}

const branch = sample('branch');
const campus = sample('campus');

describe('the minimal sets of a loss', () => {
  const tops = [
    'kinds@moosbach',
    'some-video@moosbach',
    'any(some-soc@moosbach, alarm@moosbach)',
    'all(alarm@moosbach, some-video@moosbach)',
  ];
  test.each(tops)('of %s are those of its fault tree, which is solved another way', (text) => {
    const found = ask(branch, text, 3);
    expect(found.unconfirmed).toBe(0);
    expect(told(found).length).toBeGreaterThan(0);
    expect(told(found)).toEqual(setsOf(treeOf(branch, text), 3));
  });

  test('are those of the fault tree in the rings of the campus too', () => {
    const text = 'some-soc@fairbrook';
    expect(told(ask(campus, text))).toEqual(setsOf(treeOf(campus, text), 2));
  }, 60_000);

  test('come with the moment of the loss', () => {
    const pair = ask(campus, 'some-alarm@fairbrook').sets.find(
      ({ faults }) => faults.map(({ key }) => key).join('+') === 'd-genset+d-feed',
    );
    expect(pair?.after).toBe(20 * minute);
  });

  test('are printed as schemas/convergence-top.schema.json says', () => {
    const validate = validator('convergence-top.schema.json');
    validate(ask(branch, 'kinds@moosbach'));
    expect(validate.errors).toBe(null);
  });
});

describe('a loss in words', () => {
  const refused = [
    ['line', "there is no capability 'line'"],
    ['smoke@moosbach', "there is no function 'smoke'"],
    ['video@nowhere', "nothing is asked of video at 'nowhere'"],
    ['all(video@moosbach', "a ')' is missing"],
    ['all(video@moosbach) more', "there is more after the end: 'more'"],
    ['both(video@moosbach)', "there is no 'both(...)'"],
    ['', "'' stands where a loss should"],
  ];
  test.each(refused)('%s is refused', (text, message) => {
    const top = readTop(branch, text);
    expect(top.kind === 'error' && top.error.message).toBe(message);
  });

  test('is refused where more faults may bring it back', () => {
    const top = readTop(branch, 'front-door/secured');
    expect(top.kind === 'error' && top.error.message).toContain('front-door/secured has no cut sets');
  });
});

describe('a fault tree of an estate', () => {
  test('is read back as it was written', () => {
    const tree = treeOf(branch, 'kinds@moosbach');
    const text = writeOpenPsa(tree, 'kinds');
    const again = readOpenPsa({ name: 'tree.xml', text }, { top: 'top' });
    expect(again.kind === 'ok' && setsOf(again.value.tree, 2)).toEqual(setsOf(tree, 2));
  });
});

describe('planned works', () => {
  const work = (model: Model, ref: string): { ref: string; components: readonly Component[] } => {
    const components = select(model, ref);
    if (components.kind === 'error') throw new TypeError(components.error.message);
    return { ref, components: components.value };
  };

  function lostTo(model: Model, components: readonly Component[]): ReadonlySet<string> {
    const answer = new OutageSolver(model).solve({
      key: 'own:t',
      name: 't',
      kind: 'own',
      components: [],
      faults: components.map(({ node }) => ({ node, from: asMillis(0), until: forever })),
      start,
      length: horizon,
      horizon: asMillis(horizon + 1),
    });
    return new Set(
      placedFunctions(model).flatMap((placed) =>
        placed.capabilities.some((each) => {
          const timeline = answer.timeline(each);
          return timeline.steps.some(({ at }) => verdictAt(timeline, at) === 'fails');
        })
          ? [`${placed.function}@${placed.place}`]
          : [],
      ),
    );
  }

  test('make single what every component tried beside them shows', () => {
    const lte = work(branch, 'lte');
    const [shown] = maintenance(branch, { works: [lte], horizon, reading: 'best' }).works;
    const usual = lostTo(branch, lte.components);
    const tried = [...branch.components.values()].flatMap((component) => {
      if (component.key === 'lte' || ['honesty', 'fire', 'time'].includes(component.kind)) return [];
      const alone = lostTo(branch, [component]);
      const both = lostTo(branch, [component, ...lte.components]);
      return [...both].some((each) => !alone.has(each) && !usual.has(each)) ? [component.key] : [];
    });
    const named = (shown?.singles ?? [])
      .map(({ fault }) => fault.key)
      .filter((key) => !/^(?:room|firmware):/u.test(key));
    expect(named.toSorted()).toEqual(tried.toSorted());
    expect(named).toContain('line');
  });

  test('exclude each other where they take more together', () => {
    const works = ['core-trunk', 'n-ups', 'core-1'].map((ref) => work(campus, ref));
    const document = maintenance(campus, { works, horizon, reading: 'best' });
    expect(document.conflicts.map((each) => each.works)).toEqual([
      ['core-trunk', 'n-ups'],
      ['n-ups', 'core-1'],
    ]);
    const validate = validator('maintenance.schema.json');
    validate(JSON.parse(JSON.stringify(document)));
    expect(validate.errors).toBe(null);
  });
});
