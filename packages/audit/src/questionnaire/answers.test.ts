import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editEstate, loadEstate, type Estate, type SourceFile } from '@holdfast/estate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { audit } from '../audit.ts';
import type { AnswerRow } from './answer-row.ts';
import type { AskedQuestion, QuestionnaireDocument } from './questionnaire-document.ts';
import { groupRows } from './questionnaire-rows.ts';
import { questionnaire } from './questionnaire.ts';
import { readAnswers } from './read-answers.ts';
import { markdownAnswers } from './markdown-answers.ts';
import { sheetAnswers } from './sheet-answers.ts';

// Each case audits an estate, some of them several times.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '..', '..', '..', '..');
const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));
const library = read('packages/estate/profiles');
const branch = read('samples/branch');

const small: readonly SourceFile[] = [
  {
    name: 'small.yaml',
    text: `holdfast: 1
sites: {hq: {name: Headquarters, timeZone: UTC}}
areas:
  street: {name: Street, in: hq, class: public}
  lobby: {name: Lobby, in: hq, class: staff}
power: {mains: {kind: feed, at: hq}, lock-psu: {kind: psu, name: Lock supply, at: hq}}
devices:
  panel: {name: Panel one, profile: own/panel, at: lobby, power: mains, uses: {host: server}}
  panel-2: {name: Panel two, profile: own/panel, at: lobby, power: mains, uses: {host: server}}
  server: {name: Server, profile: servers/generic, at: lobby, power: mains, network: lan, facts: {boot: 1m}}
networks: {lan: {site: hq}}
doors:
  front:
    name: Front
    from: street
    to: lobby
    decidedBy: panel
    lock: {kind: strike, onPowerLoss: unknown, power: unknown}
    exit: {kind: lever}
  back: {name: Back, from: street, to: lobby, decidedBy: panel-2, lock: {kind: strike, onPowerLoss: fail-secure, power: lock-psu}, exit: {kind: lever}}
profiles:
  own/panel:
    class: controller
    name: Own panel
    roles: {host: {over: line}}
    facts: {boot: 1m, alone: unknown, limit: unknown}
    decisions:
      - id: local
        when: {all: [running, {any: [{line: host}, {fact: alone}]}]}
        rules: full
        known: {for: limit, of: {line: host}}
`,
  },
];

function estateOf(files: readonly SourceFile[]): Estate {
  const loaded = loadEstate(files, library);
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error, undefined, 1));
  return loaded.value;
}

const known = new WeakMap<readonly SourceFile[], QuestionnaireDocument>();

function asked(files: readonly SourceFile[]): QuestionnaireDocument {
  const found = known.get(files);
  if (found) return found;
  const done = audit(estateOf(files), { start: Date.parse('2026-11-23T07:00:00Z'), today: '2026-11-22' });
  if (done.kind === 'error') throw new Error(JSON.stringify(done.error));
  const document = questionnaire(done.value);
  known.set(files, document);
  return document;
}

const questionsOf = ({ groups }: QuestionnaireDocument): readonly AskedQuestion[] =>
  groups.flatMap(({ questions }) => questions);

function row(cells: AnswerRow['cells'], line = 1): AnswerRow {
  return { cells, at: () => ({ file: 'filled.md', line, column: 1 }) };
}

function readInto(files: readonly SourceFile[], rows: readonly AnswerRow[], own = true) {
  const estate = estateOf(files);
  return readAnswers(rows, { estate, isOwn: () => own, today: '2026-11-22', groups: asked(files).groups });
}

const ask = (files: readonly SourceFile[], id: string, name: string): AskedQuestion => {
  const found = questionsOf(asked(files)).find(({ fact }) => fact.id === id && fact.path.at(-1) === name);
  if (!found) throw new Error(`nothing is asked of ${name}`);
  return found;
};

describe('a questionnaire', () => {
  it('asks the installer for a setting, the vendor for what its product does', () => {
    const { groups } = asked(branch);
    const bySubject = new Map(
      groups.flatMap(({ as, whom, questions }) => questions.map((each) => [each.fact.id, { as, whom }])),
    );
    expect(bySubject.get('modules/mercury-mr52')?.as).toBe('maintainer');
    expect(bySubject.get('hubs/salto-iq')).toEqual({ as: 'vendor', whom: 'SALTO' });
  });

  it('asks for what stands behind another fact at once, and says that they settle together', () => {
    const limit = ask(small, 'own/panel', 'limit');
    const alone = ask(small, 'own/panel', 'alone');
    expect(alone.settles.together).toContain(limit.id);
    expect(limit.settles.together).toContain(alone.id);
  });

  it('begins with what settles the most by itself', () => {
    const sums = asked(small).groups.flatMap(({ questions }) =>
      questions.map(({ settles: { alone } }) => alone[0] + alone[1]),
    );
    expect(sums[0]).toBe(Math.max(...sums));
  });

  it('is what schemas/questionnaire.schema.json says', () => {
    const schema = JSON.parse(
      readFileSync(join(root, 'schemas', 'questionnaire.schema.json'), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ formats: { date: true }, strictTypes: false }).compile(schema);
    const document: unknown = JSON.parse(JSON.stringify(asked(branch)));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...(document as object), groups: [{}] })).toBe(false);
  });
});

/** An answer that fits what is allowed. */
function fitting({ allowed, fact }: AskedQuestion): fc.Arbitrary<string> {
  if (allowed.startsWith('yes')) return fc.constantFrom('yes', 'no', 'Yes');
  if (allowed.startsWith('a time')) return fc.constantFrom('30m', '4h', '2h to 4h', 'forever');
  if (fact.path.at(-1) === 'onPowerLoss') return fc.constantFrom('fail-safe', 'fail-secure', 'stays');
  if (allowed.startsWith('the id')) return fc.constantFrom('lock-psu', 'Lock supply');
  return fc.constant('facility-code');
}

const plausible = (allowed: string): string =>
  allowed.startsWith('yes')
    ? 'no'
    : allowed.startsWith('a time')
      ? '30s'
      : allowed.includes('; none where')
        ? 'None'
        : 'facility code';

describe('an answer', () => {
  it('that is written is not asked for again, and reads as nothing new', () => {
    const files = small;
    const questions = questionsOf(asked(files));
    fc.assert(
      fc.property(
        fc.constantFrom(...questions).chain((each) => fitting(each).map((answer) => ({ each, answer }))),
        fc.boolean(),
        ({ each, answer }, own) => {
          const accepted = readInto(files, [row({ id: each.id, answer })], own);
          if (accepted.kind === 'error') throw new Error(accepted.error[0]?.message);
          const edits = accepted.value.flatMap(({ edits: some }) => some);
          expect(edits.length).toBeGreaterThan(0);
          const edited = editEstate(files, edits, library);
          if (edited.kind === 'error') throw new Error(JSON.stringify(edited.error));
          const after = files.map((file) => edited.value.find(({ name }) => name === file.name) ?? file);
          expect(questionsOf(asked(after)).map(({ id }) => id)).not.toContain(each.id);
          const again = readInto(after, [row({ id: each.id, answer })], own);
          expect(again).toEqual({ kind: 'ok', value: [] });
        },
      ),
      { numRuns: 5 },
    );
  });

  it('may be given to all that is asked of the sample, at once', () => {
    const rows = questionsOf(asked(branch)).map((each) =>
      row({ id: each.id, answer: plausible(each.allowed) }),
    );
    const read = readInto(branch, rows, false);
    if (read.kind === 'error') throw new Error(read.error[0]?.message);
    const edited = editEstate(
      branch,
      read.value.flatMap(({ edits }) => edits),
      library,
    );
    if (edited.kind === 'error') throw new Error(JSON.stringify(edited.error));
    const after = branch.map((file) => edited.value.find(({ name }) => name === file.name) ?? file);
    expect(questionsOf(asked(after))).toEqual([]);
  });

  it('about a mode is one of those that make a difference, or none of them', () => {
    const mode = questionsOf(asked(branch)).find(({ allowed }) => allowed.includes('; none where'));
    const given = (answer: string) => readInto(branch, [row({ id: mode?.id ?? '', answer })], false);
    expect(given('None')).toMatchObject({ kind: 'ok', value: [{}] });
    expect(given('whatever we had')).toMatchObject({
      kind: 'error',
      error: [{ code: 'answer-invalid', hint: mode?.allowed }],
    });
  });

  it('goes into the profile where it is the own one, else on the devices asked for', () => {
    const { id } = ask(small, 'own/panel', 'alone');
    const into = (own: boolean) => {
      const read = readInto(small, [row({ id, answer: 'yes' })], own);
      return read.kind === 'ok'
        ? read.value.flatMap(({ edits }) => edits.map((edit) => (edit.kind === 'set' ? edit.id : '')))
        : read;
    };
    expect(into(true)).toEqual(['own/panel']);
    expect(into(false)).toEqual(['panel', 'panel-2']);
  });

  it('may differ from device to device', () => {
    const { id } = ask(small, 'own/panel', 'alone');
    const rows = [
      row({ id, answer: 'yes', devices: 'panel' }),
      row({ id, answer: 'no', devices: 'panel-2' }),
    ];
    const read = readInto(small, rows);
    expect(read.kind === 'ok' && read.value.map(({ edits }) => edits.length)).toEqual([1, 1]);
  });

  it('carries its basis, source, date and remark', () => {
    const { id } = ask(small, 'own/panel', 'limit');
    const cells = {
      id,
      answer: '2h to 4h',
      basis: 'Export',
      source: 'page 7',
      date: '2026-10-01',
      remark: 'as sold',
    };
    const read = readInto(small, [row(cells)]);
    expect(read.kind === 'ok' && read.value[0]?.edits).toEqual([
      {
        kind: 'set',
        id: 'own/panel',
        path: ['facts', 'limit'],
        value: {
          between: ['2h', '4h'],
          basis: 'export',
          source: 'page 7',
          asOf: '2026-10-01',
          note: 'as sold',
        },
      },
    ]);
  });

  it.each(['', '?', 'unknown', '-'])('%j leaves the question open', (answer) => {
    const { id } = ask(small, 'own/panel', 'alone');
    expect(readInto(small, [row({ id, answer })])).toEqual({ kind: 'ok', value: [] });
  });

  it.each([
    ['perhaps', {}, 'answer-invalid'],
    ['yes', { basis: 'hearsay' }, 'answer-invalid'],
    ['yes', { date: 'yesterday' }, 'answer-invalid'],
    ['yes', { devices: 'server' }, 'answer-invalid'],
  ])('%j with %j is told at its cell', (answer, more, code) => {
    const { id } = ask(small, 'own/panel', 'alone');
    const read = readInto(small, [row({ id, answer, ...more }, 9)]);
    expect(read.kind === 'error' && read.error.map((each) => [each.code, each.at?.line])).toEqual([
      [code, 9],
    ]);
  });

  it('to a question that is not asked is refused with the nearest', () => {
    const { id } = ask(small, 'own/panel', 'alone');
    const read = readInto(small, [row({ id: `${id.slice(0, -1)}x`, answer: 'yes' })]);
    expect(read.kind === 'error' && read.error[0]).toMatchObject({
      code: 'question-unknown',
      hint: `did you mean ${id}?`,
    });
  });

  it('that contradicts another is refused', () => {
    const { id } = ask(small, 'own/panel', 'alone');
    const read = readInto(small, [
      row({ id, answer: 'yes' }, 3),
      row({ id, answer: 'no', devices: 'panel-2' }, 8),
    ]);
    expect(read.kind === 'error' && read.error.map(({ code, at }) => [code, at?.line])).toEqual([
      ['answer-conflict', 8],
    ]);
  });
});

describe('a filled questionnaire', () => {
  it('reads the same from a sheet in any order of columns', () => {
    const { groups } = asked(small);
    const rows = groups.flatMap((group) => groupRows(group)).map((cells) => [...cells].toReversed());
    const first = rows[1] ?? [];
    first[4] = ' yes ';
    const lines = rows.map((cells, index) => ({ line: index + 1, cells }));
    const answers = sheetAnswers({
      rows: lines,
      at: (line, column) => ({ file: 'a.xlsx!Sheet', line, column }),
    });
    expect(answers[0]?.cells).toMatchObject({ id: first.at(-1), answer: 'yes' });
    expect(answers[0]?.at('answer')).toEqual({ file: 'a.xlsx!Sheet', line: 2, column: 4 });
  });

  it('reads from Markdown with bold heads and escapes', () => {
    const [first] = markdownAnswers(
      'a.md',
      '### 1. Q-00000001\n\ntext: - Answer\n* **Answer:** a \\| b\n- Source: p. 3\n',
    );
    expect(first?.cells).toEqual({ id: 'Q-00000001', answer: 'a | b', source: 'p. 3' });
    expect(first?.at('answer')).toMatchObject({ line: 4 });
  });
});
