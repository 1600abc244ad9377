import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEstate, type SourceFile } from '@holdfast/estate';
import { asMillis, parseDuration, present } from '@holdfast/kernel';
import {
  builtIn,
  compile,
  counterfactuals,
  declared,
  explain,
  OutageSolver,
  QuestionBook,
  startInstant,
  type Answer,
  type Asked,
  type Model,
  type Scenario,
} from '@holdfast/outage';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));

type Expected = Readonly<Record<string, Readonly<Record<string, readonly (readonly [string, string])[]>>>>;

const expected = JSON.parse(
  readFileSync(join(root, 'samples', 'branch', 'expected.json'), 'utf8'),
) as Expected;

function sample(): Model {
  const loaded = loadEstate(read('samples/branch'), read('packages/estate/profiles'));
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error, undefined, 1));
  return compile(loaded.value);
}

/** The worked answers strike on Monday at 08:00; the badge of the scenario without a fault is revoked at 09:00. */
function scenarioOf(model: Model, key: string): Scenario {
  const asked: Asked = {
    start: startInstant('2026-11-23', key === 'none' ? '09:00' : '08:00', 'Europe/Berlin'),
  };
  const own = declared(model, asked);
  const all = [...builtIn(model, asked), ...(own.kind === 'ok' ? own.value : [])];
  return present(
    all.find((each) => each.key === key),
    `scenario ${key}`,
  );
}

describe('the sample branch answers as worked out by hand', () => {
  const model = sample();
  const solver = new OutageSolver(model);

  it.each(Object.keys(expected))('%s', (key) => {
    const answer = solver.solve(scenarioOf(model, key));
    const found: Record<string, readonly (readonly [number, string])[]> = {};
    const wanted: Record<string, readonly (readonly [number, string])[]> = {};
    for (const [id, steps] of Object.entries(present(expected[key], key))) {
      wanted[id] = steps.map(([at, verdict]) => [millis(at), verdict] as const);
      const capability = present(
        model.capabilities.find((each) => each.id === id),
        `capability ${id}`,
      );
      found[id] = answer.timeline(capability).steps.map((step) => [step.at, step.verdict] as const);
    }
    expect(found).toEqual(wanted);
  });

  it('loses its technical room as worked out by hand', () => {
    const answer = solver.solve(scenarioOf(model, 'fault:tech-room'));
    const told = (id: string): string => {
      const capability = present(
        model.capabilities.find((each) => each.id === id),
        id,
      );
      return answer
        .timeline(capability)
        .steps.map(({ at, verdict }) => `${at / 60_000} ${verdict}`)
        .join(', ');
    };
    expect(told('front-door/admits-known')).toBe('0 fails, 120 holds, 240 fails, 241 holds');
    expect(told('front-door/secured')).toBe('0 holds');
    expect(told('vault-door/admits-known')).toBe('0 fails, 241 holds');
    expect(told('vault-door/secured')).toBe('0 holds');
    expect(told('back-door/refuses-revoked-before')).toBe('0 fails, 242 holds');
    expect(told('back-door/admits-known')).toBe('0 holds, 242 unknown, 243 holds');
    expect(told('hall/detects')).toBe('0 fails, 241 holds');
    expect(told('moosbach/sees-alarms')).toBe('0 fails, 243 holds');
    for (const door of ['front-door', 'vault-door', 'back-door', 'fire-exit'])
      expect(told(`${door}/egress`)).toBe('0 holds');
  });

  it('loses nothing with one disk of its recorder', () => {
    const usual = solver.solve(scenarioOf(model, 'none'));
    const { capabilities } = model;
    const answer = solver.solve({ ...scenarioOf(model, 'fault:disk:recorder'), start: usual.scenario.start });
    for (const each of capabilities) expect(answer.timeline(each).steps).toEqual(usual.timeline(each).steps);
  });

  it('covers every capability in every scenario that it works out', () => {
    const ids = model.capabilities.map((each) => each.id).toSorted();
    for (const [key, answers] of Object.entries(expected))
      expect(Object.keys(answers).toSorted(), key).toEqual(ids);
  });

  it('answers the same after questions and counterfactuals were asked of it', () => {
    const scenario = scenarioOf(model, 'fault:mains:moosbach');
    const before = solver.solve(scenario);
    const told = (answer: Answer): unknown => model.capabilities.map((each) => answer.timeline(each));
    const first = told(before);
    const capability = present(
      model.capabilities.find((each) => each.id === 'vault-door/secured'),
      'the vault door',
    );
    const book = new QuestionBook(model);
    book.add(before, solver.solve({ ...scenario, components: [], faults: [] }));
    expect(book.questions().length).toBeGreaterThan(0);
    counterfactuals(model, before, explain(model, before, capability, asMillis(31 * 60_000)));
    expect(told(new OutageSolver(model).solve(scenario))).toEqual(first);
  });
});

function millis(text: string): number {
  const duration = parseDuration(text);
  return duration.kind === 'ok' ? duration.value : asMillis(Number.NaN);
}
