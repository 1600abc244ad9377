import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEstate, type SourceFile } from '@holdfast/estate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { audit } from './audit.ts';
import { auditDocument } from './document.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));

function sampleAudit(files: readonly SourceFile[]): unknown {
  const loaded = loadEstate(files, read('packages/estate/profiles'));
  if (loaded.kind === 'error') return loaded.error;
  const done = audit(loaded.value, { start: Date.parse('2026-11-23T07:00:00Z'), today: '2026-11-22' });
  return done.kind === 'ok' ? auditDocument(done.value) : done.error;
}

it('is what schemas/audit.schema.json says', () => {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', 'audit.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ formats: { date: true, 'date-time': true } }).compile(schema);
  const document: unknown = JSON.parse(JSON.stringify(sampleAudit(read('samples/branch'))));
  expect(validate(document), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(validate({ ...(document as object), findings: [{}] })).toBe(false);
});

it('does not depend on the order of the files', () => {
  const files = read('samples/branch');
  expect(JSON.stringify(sampleAudit(files.toReversed()))).toBe(JSON.stringify(sampleAudit(files)));
});
