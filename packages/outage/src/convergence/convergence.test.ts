import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asMillis, forever } from '@holdfast/kernel';
import { loadEstate, type SourceFile } from '@holdfast/estate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { OutageSolver } from '../answer/solve.ts';
import { verdictAt } from '../answer/timeline.ts';
import { compile } from '../compile/compile.ts';
import type { Model } from '../compile/model.ts';
import { convergence, type Convergence, type ConvergenceAsked } from './convergence.ts';
import { convergenceDocument } from './document.ts';
import { placedFunctions } from './places.ts';
import { variablesOf, type Variable } from './variables.ts';

const root = join(import.meta.dirname, '../../../..');
const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 8, 0);
const asked: ConvergenceAsked = {
  order: 2,
  horizon: asMillis(60 * minute),
  reading: 'best',
  start,
  list: 1000,
  effort: 1e8,
};

const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));

function sample(name: string): Model {
  const loaded = loadEstate(read(`samples/${name}`), read('packages/estate/profiles'));
  if (loaded.kind === 'error') throw new TypeError('the sample is not whole');
  return compile(loaded.value);
}

function lostTo(model: Model, set: readonly Variable[]): ReadonlySet<string> {
  const faults = set.flatMap(({ nodes }) =>
    nodes.map((node) => ({ node, from: asMillis(0), until: forever })),
  );
  const { horizon } = asked;
  const answer = new OutageSolver(model).solve({
    key: 'own:t',
    name: 't',
    kind: 'own',
    components: [],
    faults,
    start,
    length: horizon,
    horizon: asMillis(horizon + 1),
  });
  return new Set(
    placedFunctions(model).flatMap((placed) =>
      placed.capabilities.some((each) => {
        const timeline = answer.timeline(each);
        return [asMillis(0), ...timeline.steps.map(({ at }) => at)].some(
          (at) => verdictAt(timeline, at) === 'fails',
        );
      })
        ? [`${placed.site} ${placed.function} ${placed.place}`]
        : [],
    ),
  );
}

/** Sets that take two kinds at a site, one of their places only together: every single and pair tried. */
function bruteForce(model: Model): readonly string[] {
  const variables = variablesOf(model);
  const alone = new Map(variables.map((each) => [each, lostTo(model, [each])]));
  const isConvergent = (lost: ReadonlySet<string>, byParts: ReadonlySet<string>): boolean => {
    const kinds = new Map<string, Set<string>>();
    for (const each of lost) {
      const [site = '', kind = ''] = each.split(' ');
      kinds.set(site, (kinds.get(site) ?? new Set()).add(kind));
    }
    return [...kinds.values()].some(({ size }) => size > 1) && [...lost].some((each) => !byParts.has(each));
  };
  const found: string[] = [];
  for (const [index, one] of variables.entries()) {
    const own = alone.get(one) ?? new Set();
    if (isConvergent(own, new Set())) found.push(one.key);
    for (const other of variables.slice(0, index)) {
      const parts = new Set([...own, ...(alone.get(other) ?? [])]);
      if (isConvergent(lostTo(model, [one, other]), parts))
        found.push([one.key, other.key].toSorted().join('+'));
    }
  }
  return found.toSorted();
}

const keys = ({ sets }: Convergence): readonly string[] =>
  sets
    .map(({ faults }) =>
      faults
        .map(({ key }) => key)
        .toSorted()
        .join('+'),
    )
    .toSorted();

describe('what fails together in the branch', () => {
  const model = sample('branch');

  test('is what every single and every pair tried shows', () => {
    const found = convergence(model, asked);
    expect(keys(found)).toEqual(bruteForce(model));
    expect(found.unconfirmed).toBe(0);
    expect(found.sets.length).toBeGreaterThan(10);
  }, 60_000);

  test('needs two faults where each alone leaves a way', () => {
    const found = convergence(model, asked);
    expect(keys(found)).toContain('line+lte');
    expect(keys(found)).not.toContain('line');
  });

  test('counts only what falls by the horizon', () => {
    const late = convergence(model, asked);
    const soon = convergence(model, { ...asked, horizon: asMillis(59 * minute) });
    expect(keys(late)).toContain('dns');
    expect(keys(soon)).not.toContain('dns');
  });

  test('answers a lower order, and says so, where the effort ends', () => {
    const reached = [1, 200, 400, 600, 800, 1000, 1e8].map((effort) => {
      const { completeTo, counts } = convergence(model, { ...asked, order: 3, effort });
      if (completeTo > 0) expect(convergence(model, { ...asked, order: completeTo }).counts).toEqual(counts);
      return completeTo;
    });
    expect([reached[0], reached.at(-1)]).toEqual([0, 3]);
  });
});

describe('what fails together in the campus', () => {
  const found = convergence(sample('campus'), { ...asked, horizon: asMillis(240 * minute) });
  const of = (...wanted: readonly string[]): Convergence['sets'][number] | undefined =>
    found.sets.find(({ faults }) => faults.map(({ key }) => key).join('+') === wanted.join('+'));

  test('is one version of firmware that no drawing shows', () => {
    const losses = of('firmware:switches/cisco-catalyst-9300@17.09.04a')?.losses ?? [];
    expect(new Set(losses.map((each) => each.function))).toEqual(
      new Set(['alarm', 'soc', 'intercom', 'video']),
    );
  });

  test('is a feed and its generator as a pair, once the battery between them is empty', () => {
    const pair = of('d-genset', 'd-feed');
    const bites = pair?.losses
      .filter(({ function: kind }) => kind === 'alarm')
      .map(({ after }) => after / minute);
    expect(new Set(bites)).toEqual(new Set([20]));
    expect(pair?.losses.every(({ together }) => !together)).toBe(false);
    expect(of('d-feed')?.losses.map((each) => each.function)).not.toContain('alarm');
  });

  test('is printed as schemas/convergence.schema.json says', () => {
    const schema = JSON.parse(
      readFileSync(join(root, 'schemas', 'convergence.schema.json'), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    validate(JSON.parse(JSON.stringify(convergenceDocument(found))));
    expect(validate.errors).toBe(null);
  });
});
