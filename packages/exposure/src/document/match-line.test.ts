import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { csaf, verdictOf, vulnerability } from '../match/advisories.fixture.ts';
import { lineKeys, matchLine } from './match-line.ts';
import { matchSchema } from './match-schema.ts';

const root = join(import.meta.dirname, '../../../..');
const device = { vendor: 'Acme', model: 'Panel 100', firmware: '2.4' };
const document = csaf(
  [['A', 'Panel 100', '<= 2.5']],
  [vulnerability(['A'], undefined, 'CVE-2026-1000')],
  'Acme Panel 100',
);
const urgency = {
  kev: {
    version: '1',
    released: '',
    byCve: new Map([
      [
        'CVE-2026-1000',
        { cve: 'CVE-2026-1000', added: '2026-01-01', due: '2026-01-22', usedByRansomware: false },
      ],
    ]),
  },
  epss: { model: '', date: '', byCve: new Map([['CVE-2026-1000', { score: 0.5, percentile: 0.9 }]]) },
};

it('schemas/exposure-match.schema.json is the schema of a line', async () => {
  await expect(`${JSON.stringify(matchSchema, undefined, 2)}\n`).toMatchFileSnapshot(
    join(root, 'schemas/exposure-match.schema.json'),
  );
});

it('a line is what the schema says, with and without what tells its urgency', () => {
  const validate = new Ajv2020().compile(
    JSON.parse(readFileSync(join(root, 'schemas/exposure-match.schema.json'), 'utf8')) as object,
  );
  const match = verdictOf(document, device.model, device.firmware);
  const plain = matchLine(1, device, { site: 'hq' }, match, {});
  expect(plain).toEqual({
    row: 1,
    ...device,
    advisory: 'TEST-1',
    cve: 'CVE-2026-1000',
    verdict: 'affected',
    matched: 'Panel 100 / <= 2.5',
    fixedIn: null,
    why: '2.4 is at most 2.5',
    site: 'hq',
  });
  const whole = matchLine(1, device, {}, match, urgency);
  expect(whole).toMatchObject({ kev: { due: '2026-01-22' }, epss: 0.5 });
  expect(Object.keys(whole).toSorted()).toEqual([...lineKeys].toSorted());
  for (const line of [plain, whole]) expect(validate(line), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...plain, verdict: 'clear' })).toBe(false);
});
