import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEstate, type Estate, type SourceFile } from '@holdfast/estate';
import { present, problem, type Json } from '@holdfast/kernel';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Import, Observation, Saying } from '../observation.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { mappingSchema } from '../tabular/mapping.ts';
import { accept } from './accept.ts';
import { noMarks, readMarks, type Marks } from './marks.ts';
import type { Review } from './review.ts';
import { reviewDocument, reviewYaml } from './review-document.ts';
import { reviewSchema } from './review-schema.ts';
import { reviewMarkdown, reviewText } from './review-text.ts';

const files: readonly SourceFile[] = [
  {
    name: 'estate.yaml',
    text: `holdfast: 1
sites:
  hq: { name: Headquarters, timeZone: UTC } # the only one
areas:
  hall: { name: Hall, in: hq, class: public }
  street: { name: Street, in: hq, class: public }
doors:
  gate: { name: Gate, from: street, to: hall, lock: { kind: unknown }, exit: unknown }
devices:
  cam-1: { name: Camera one, profile: unknown, at: hall, serial: S-1, firmware: '1.0' }
  cam-2: { name: Camera two, profile: unknown, at: hall }
`,
  },
];

function load(texts: readonly SourceFile[]): Estate {
  const loaded = loadEstate(texts);
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}
const estate = load(files);

const at = (line: number) => ({ file: 'x.csv', line, column: 1 });
const seen = (
  id: string,
  line: number,
  values: Readonly<Record<string, Json>>,
  more: Partial<Observation> = {},
): Observation => ({
  kind: 'device',
  id,
  marks: { name: id },
  says: Object.entries(values).map(([path, value]): Saying => ({
    kind: 'value',
    path: path.split('.'),
    value,
    at: at(line),
  })),
  at: at(line),
  ...more,
});
const file = (name: string, observations: readonly Observation[], more: Partial<Import> = {}): Import => ({
  file: name,
  format: 'csv',
  sha256: 'sha256:0',
  observations,
  scopes: [],
  problems: [],
  ...more,
});

const imports = [
  file(
    'a.csv',
    [
      seen('cam-1', 2, { firmware: '2.0' }, { marks: { serial: 'S-1' } }),
      seen(
        'gate',
        3,
        { 'exit.kind': 'lever', 'lock.kind': 'strike' },
        { kind: 'door', marks: { name: 'Gate' } },
      ),
      seen('room', 4, { name: 'Room', class: 'staff' }, { kind: 'area' }),
      seen('cam-3', 5, { name: 'Camera three', at: 'room', firmware: '5' }),
      seen('lost', 6, { name: 'Lost' }, { kind: 'door' }),
    ],
    { scopes: [{ kind: 'device' }] },
  ),
  file('b.csv', [seen('cam-3', 9, { firmware: '6' })]),
];
const review = reconcile(estate, imports);

const into = { files, library: [], fileFor: () => undefined };
const marks = (
  accepted: readonly string[],
  choices: Readonly<Record<string, string>> = {},
  more: Partial<Marks> = {},
): Marks => ({
  ...noMarks,
  accepted: new Set(accepted),
  choices: new Map(Object.entries(choices)),
  ...more,
});
function written(wanted: Marks, of: Review = review): string {
  const result = accept(estate, of, wanted, into);
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error, undefined, 1));
  load(result.value);
  return present(result.value[0], 'a file').text;
}

it('has entries of every kind', () => {
  expect(review.entries.map(({ key }) => key)).toEqual([
    'new/room',
    'new/lost',
    'new/cam-3',
    'changed/gate/exit.kind',
    'changed/gate/lock.kind',
    'changed/cam-1/firmware',
    'gone/cam-2',
    'conflict/cam-3/firmware',
  ]);
});

it('does not take a reference by id for another name', () => {
  const { entries } = reconcile(estate, [
    file('a.csv', [seen('street', 2, { name: 'street' }, { kind: 'area', marks: {} })]),
    file('b.csv', [seen('hall', 2, { name: 'Lobby' }, { kind: 'area', marks: {} })]),
  ]);
  expect(entries.map(({ key }) => key)).toEqual(['changed/hall/name']);
});

it('tells problems that are alike once, with their number and the first places', () => {
  const problems = [2, 3, 4, 5].map((line) =>
    problem('import-partial', `C${line} (From): there is no post 'gatehouse'`, {
      at: at(line),
      hint: 'declare it',
    }),
  );
  const other = problem('import-partial', "D9 (Lock): 'magic' is no lock", { at: at(9) });
  const alike = reconcile(estate, [file('a.csv', [], { problems: [...problems, other] })]);
  const text = reviewText(alike);
  expect(text).toContain('Not taken over (5)');
  expect(text).toContain(
    "x.csv:2:1: C2 (From): there is no post 'gatehouse'; 4 times, also at x.csv:3:1, x.csv:4:1 and 1 more",
  );
  expect(text.split('gatehouse')).toHaveLength(2);
  expect(text.split('declare it')).toHaveLength(2);
  expect(text).toContain("x.csv:9:1: D9 (Lock): 'magic' is no lock\n");
  expect(reviewMarkdown(alike).split('gatehouse')).toHaveLength(2);
});

describe('the review file', () => {
  const validate = new Ajv2020({ strict: false }).compile(reviewSchema());

  it('is as its schema says, and the published schemas are those of the code', () => {
    expect(validate(reviewDocument(review)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(parse(reviewYaml(review, marks([], { 'conflict/cam-3/firmware': '1' }))))).toBe(true);
    const published = (name: string): unknown =>
      JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'schemas', name), 'utf8'));
    expect(published('review.schema.json')).toEqual(reviewSchema());
    expect(published('mapping.schema.json')).toEqual(mappingSchema());
  });

  it('reads back as the marks that were made in it', () => {
    const text = reviewYaml(review)
      .replace(
        'key: changed/cam-1/firmware\n    kind: changed\n    entity: device\n    id: cam-1\n    accept: false',
        'key: changed/cam-1/firmware\n    accept: true',
      )
      .replace('choose: null', 'choose: 2');
    const read = readMarks('review.yaml', text);
    if (read.kind === 'error') throw new Error(JSON.stringify(read.error));
    expect([...read.value.accepted]).toEqual(['changed/cam-1/firmware']);
    expect([...read.value.choices]).toEqual([['conflict/cam-3/firmware', '2']]);
    expect(reviewYaml(review, read.value)).toContain('accept: true');
  });

  it.each([
    ['nothing', '', 'version-unsupported', 1],
    ['another file', 'holdfast: 1\nsites: {}\n', 'version-unsupported', 1],
    ['broken YAML', 'holdfastReview: 1\nentries: [\n', 'yaml-syntax', 3],
    ['an alias bomb', 'holdfastReview: 1\na: &a [x, x]\nentries: [*a, *a]\n', 'version-unsupported', 1],
    [
      'a word for a mark',
      'holdfastReview: 1\nentries:\n  - {key: new/room, accept: perhaps}\n',
      'value-invalid',
      3,
    ],
    ['an entry without a key', 'holdfastReview: 1\nentries:\n  - {accept: true}\n', 'value-invalid', 3],
  ])('refuses %s where it stands', (_what, text, code, line) => {
    expect(readMarks('r.yaml', text)).toMatchObject({
      kind: 'error',
      error: [{ code, at: { file: 'r.yaml', line } }],
    });
  });

  it('is told in the terminal and as Markdown, each entry by its key', () => {
    for (const told of [reviewText(review), reviewMarkdown(review)])
      for (const { key } of review.entries) expect(told).toContain(key);
    expect(reviewText(review)).toContain('3 new, 3 changed, 1 gone, 1 in conflict');
  });
});

describe('acceptance', () => {
  it('writes a value with what it rests on, and touches nothing else', () => {
    const text = written(marks(['changed/cam-1/firmware']));
    expect(text).toContain("firmware: { value: '2.0', basis: export, source: x.csv:2:1 }");
    expect(text.split('\n').filter((line, index) => line !== files[0]?.text.split('\n')[index])).toHaveLength(
      1,
    );
  });

  it('writes into a mapping that was unknown, and says unknown for what it must have beside', () => {
    expect(written(marks(['changed/gate/exit.kind']))).toContain('exit: { kind: { value: lever,');
  });

  it('removes what is gone, and adds what is new with what it refers to', () => {
    const text = written(marks(['gone/cam-2', 'new/room', 'new/cam-3'], { 'conflict/cam-3/firmware': '2' }));
    expect(text).not.toContain('cam-2');
    expect(load([{ name: 'estate.yaml', text }]).get('device', 'cam-3')).toMatchObject({
      at: 'room',
      firmware: { value: '6', source: 'x.csv:9:1' },
      profile: 'unknown',
    });
    const after = load([{ name: 'estate.yaml', text }]);
    expect(reconcile(after, imports).entries.map(({ key }) => key)).toEqual([
      'new/lost',
      'changed/gate/exit.kind',
      'changed/gate/lock.kind',
      'changed/cam-1/firmware',
      'conflict/cam-3/firmware',
    ]);
  });

  it('takes the data of a new thing as a person edited it', () => {
    const data = new Map<string, Json>([
      ['new/lost', { name: 'Found', from: 'street', to: 'hall', lock: { kind: 'unknown' }, exit: 'unknown' }],
    ]);
    expect(written(marks(['new/lost'], {}, { data }))).toContain('name: Found');
  });

  const refused = (wanted: Marks) => accept(estate, review, wanted, into);

  it('refuses what lacks something or refers to what is not accepted, where it was seen', () => {
    expect(refused(marks(['new/cam-3', 'new/lost']))).toMatchObject({
      kind: 'error',
      error: [
        { code: 'reference-unknown', at: at(5), hint: 'accept new/room with it' },
        { code: 'key-missing', at: at(6), message: expect.stringContaining("needs 'from'") },
        { code: 'key-missing', at: at(6), message: expect.stringContaining("needs 'to'") },
      ],
    });
  });

  it('refuses a key that there is not, a conflict without a choice, a choice that there is not, and a value that changed since', () => {
    expect(refused(marks(['new/rom']))).toMatchObject({
      error: [{ code: 'selector-unmatched', hint: "did you mean 'new/room'?" }],
    });
    expect(refused(marks(['conflict/cam-3/firmware']))).toMatchObject({ error: [{ code: 'usage' }] });
    expect(refused(marks([], { 'conflict/cam-3/firmware': '9' }))).toMatchObject({
      error: [{ code: 'value-invalid' }],
    });
    const values = new Map<string, Json>([['changed/cam-1/firmware', '1.9']]);
    expect(refused(marks(['changed/cam-1/firmware'], {}, { values }))).toMatchObject({
      error: [{ code: 'edit-refused' }],
    });
  });
});
