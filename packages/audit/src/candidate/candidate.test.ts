import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@holdfast/estate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { CandidateDocument } from './candidate-document.ts';
import { candidate } from './candidate.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));
const library = read('packages/estate/profiles');
const branch = read('samples/branch');

const own: SourceFile = {
  name: 'own.yaml',
  text: `holdfast: 1
profiles:
  own/sure-lock:
    class: controller
    name: Sure
    roles: {cloud: {over: ip}}
    facts: {boot: 1s}
    provides:
      opens-remotely: {all: [running, {reach: cloud}]}
      reports: running
    decisions: [{id: local, when: running, rules: full, learns: {reach: cloud}, within: 1s}]
  own/camera:
    class: camera
    name: Camera on a wire
    roles: {recorder: {over: ip}}
    facts: {poe: true, boot: 1s}
    provides: {records: {reach: recorder, its: stores}, keeps: {reach: recorder, its: stores}, live: running, playback: running}
`,
};

function judged(profile: string, place: string, isBeside = false): CandidateDocument {
  const done = candidate([...branch, own], library, {
    profile,
    place,
    isBeside,
    start: Date.parse('2026-11-23T07:00:00Z'),
    today: '2026-11-22',
  });
  if (done.kind === 'error') throw new Error(JSON.stringify(done.error));
  return done.value;
}

describe('a candidate at a door', () => {
  it('takes the place of what decides there, and its power and network', () => {
    const { replaces, needs } = judged('own/sure-lock', 'front-door');
    expect(replaces.map(({ id }) => id)).toEqual(['door-controller']);
    expect(needs).toContainEqual({ what: 'power', given: 'ups', by: 'today' });
    expect(needs).toContainEqual({ what: 'a network', given: 'Security, on Switch', by: 'today' });
  });

  it('does not get the cloud of another maker, but one that would be new', () => {
    const { needs } = judged('own/sure-lock', 'front-door');
    expect(needs.find(({ what }) => what.startsWith('cloud'))?.by).toBe('new');
  });

  it('is judged against the targets of the estate, beside what is there today', () => {
    const { checks } = judged('controllers/verkada-ac42', 'front-door');
    const reports = checks.find(
      ({ capability, today, withIt }) =>
        capability === 'Reports forced or held' && today?.verdict === 'fails' && withIt.verdict === 'holds',
    );
    expect(reports?.scenarios).toContain('Cloud: Access control host down');
  });

  it('asks its vendor what is not public', () => {
    const { questions, counts } = judged('controllers/verkada-ac42', 'front-door');
    expect(questions.find(({ whom }) => whom === 'Verkada')?.questions.length).toBeGreaterThan(0);
    expect(counts.unknown).toBeGreaterThan(0);
  });

  it('is not judged by its own failure', () => {
    const { checks } = judged('own/sure-lock', 'front-door');
    expect(
      checks.flatMap(({ scenarios }) => scenarios).filter((each) => each.includes('candidate)')),
    ).toEqual([]);
  });
});

describe('a candidate at a view', () => {
  it('is recorded by the recorder of today', () => {
    const { needs, replaces } = judged('own/camera', 'view-vault');
    expect(replaces.map(({ id }) => id)).toEqual(['cam-vault']);
    expect(needs.find(({ what }) => what.startsWith('recorder'))).toMatchObject({
      given: 'Recorder',
      by: 'today',
    });
  });

  it('may stand beside what is there', () => {
    expect(judged('own/camera', 'view-vault', true).replaces).toEqual([]);
  });
});

it.each([
  ['own/sure-lokc', 'front-door', "did you mean 'own/sure-lock'?"],
  ['own/sure-lock', 'front-dor', "did you mean 'front-door'?"],
  ['own/camera', 'front-door', 'judged are'],
])('%s at %s is told with a hint', (profile, place, hint) => {
  const done = candidate([...branch, own], library, {
    profile,
    place,
    isBeside: false,
    start: 0,
    today: '2026-11-22',
  });
  expect(done.kind === 'error' && done.error[0]?.hint).toContain(hint);
});

it.each([
  ['alarm-panels/generic', 'hall'],
  ['detectors/generic-wired', 'hall'],
  ['bms-controllers/generic', 'hall'],
  ['recorders/generic-cloud', 'view-hall'],
  ['readers/generic-osdp', 'front-door'],
  ['intercoms/generic-sip', 'front-door'],
  ['locks/salto-ks', 'back-door'],
])('%s can be judged at %s', (profile, place) => {
  const { counts, needs } = judged(profile, place);
  expect(counts.holds + counts.fails + counts.unknown).toBeGreaterThan(0);
  expect(needs.length).toBeGreaterThan(0);
});

it('is what schemas/candidate.schema.json says', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', 'candidate.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020().compile(schema);
  const document: unknown = JSON.parse(JSON.stringify(judged('controllers/verkada-ac42', 'front-door')));
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...(document as object), checks: [{}] })).toBe(false);
});
