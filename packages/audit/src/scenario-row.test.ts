import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEstate, type SourceFile } from '@holdfast/estate';
import { builtIn, compile, OutageSolver, QuestionBook, type Answer, type Model } from '@holdfast/outage';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChangeRow, ScenarioRow } from './audit-document.ts';
import { ScenarioRows } from './scenario-row.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));

const start = Date.parse('2026-11-23T07:00:00Z');

function sample(): Model {
  const loaded = loadEstate(read('samples/branch'), read('packages/estate/profiles'));
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error, undefined, 1));
  return compile(loaded.value);
}

/** Each scenario with what would be without its faults. */
function solved(model: Model): readonly (readonly [Answer, Answer])[] {
  const solver = new OutageSolver(model);
  return builtIn(model, { start }).map((scenario) => [
    solver.solve(scenario),
    solver.solve({ ...scenario, components: [], faults: [] }),
  ]);
}

const likeness = (model: Model, { place, capability, before, steps }: ChangeRow): string =>
  JSON.stringify([
    model.capabilitiesAt.get(place)?.find(({ name }) => name === capability)?.site,
    capability,
    before,
    steps,
  ]);

const bare = ({ place, capability, before, steps }: ChangeRow): unknown => ({
  place,
  capability,
  before,
  steps,
});

describe('a scenario of a large estate', () => {
  let model: Model;
  let answers: readonly (readonly [Answer, Answer])[];
  let singly: readonly ScenarioRow[];
  let large: readonly ScenarioRow[];

  beforeAll(() => {
    model = sample();
    answers = solved(model);
    const rowsOf = (rows: ScenarioRows): readonly ScenarioRow[] =>
      answers.map(([answer, quiet]) => rows.row(answer, quiet, 0));
    singly = rowsOf(new ScenarioRows(model));
    large = rowsOf(new ScenarioRows(model, 0));
  });

  it('tells every change of a fault, as that of a small one does', () => {
    const told = (rows: readonly ScenarioRow[]): unknown =>
      rows
        .filter(({ kind }) => kind !== 'none')
        .map(({ changes, doors, story, guards }) => [changes.map(bare), doors, story, guards]);
    expect(told(large)).toEqual(told(singly));
  });

  it('tells without a fault what does not hold throughout', () => {
    const [none] = singly as [ScenarioRow];
    const bad = none.changes.filter(({ steps }) => steps.some(([, verdict]) => verdict !== 'holds'));
    expect(bad.length).toBeGreaterThan(0);
    expect(large[0]?.changes.map(bare)).toEqual(bad.map(bare));
  });

  it('explains of those that fare alike one, and counts the others', () => {
    for (const { key, changes, unexplained } of large) {
      const explained = new Set(
        changes.filter(({ why }) => why.length > 0).map((each) => likeness(model, each)),
      );
      const others = changes.filter(({ why }) => why.length === 0);
      expect(unexplained ?? 0, key).toBe(others.length);
      for (const each of others) expect(explained.has(likeness(model, each)), key).toBe(true);
    }
    expect(large.some(({ unexplained }) => (unexplained ?? 0) > 0)).toBe(true);
    expect(singly.every(({ unexplained }) => unexplained === undefined)).toBe(true);
  });

  it('asks for the same facts, and tries out the same', () => {
    const asked = (book: QuestionBook): readonly string[] => {
      for (const [answer, quiet] of answers) book.add(answer, quiet);
      return book
        .questions()
        .map(({ fact, settles }) => `${fact.id} ${fact.path.join('.')} ${settles.join(' ')}`)
        .toSorted();
    };
    expect(asked(new QuestionBook(model, 0))).toEqual(asked(new QuestionBook(model)));
  });
});
