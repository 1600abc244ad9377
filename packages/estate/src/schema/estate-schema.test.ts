import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonMutations, seeded } from '@holdfast/testing';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadEstate } from '../load/load-estate.ts';
import { estateSchema } from './estate-schema.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = join(root, 'packages/estate/fixtures');
const read = (kind: string): readonly { name: string; text: string }[] =>
  readdirSync(join(folder, kind)).map((name) => ({
    name,
    text: readFileSync(join(folder, kind, name), 'utf8'),
  }));

const compiled: ValidateFunction = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
}).compile(estateSchema());

/** An empty value is left out for the loader; for the schema it has to be. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)]])),
  );
}

describe('the JSON Schema of an estate', () => {
  test('is published as it is generated', async () => {
    // `npx vitest run packages/estate/src/schema -u` writes the file anew.
    await expect(`${JSON.stringify(estateSchema(), null, 2)}\n`).toMatchFileSnapshot(
      join(root, 'schemas/estate.schema.json'),
    );
  });

  test('stays small enough for editors', () => {
    expect(JSON.stringify(estateSchema(), null, 2).length).toBeLessThan(300_000);
  });

  test.each(read('valid'))('accepts $name', ({ text }) => {
    expect({ valid: compiled(parse(text)), errors: compiled.errors }).toEqual({ valid: true, errors: null });
  });

  // The second line of each invalid fixture says whether the schema can know. What is no YAML, an editor tells without it.
  test.each(read('invalid').filter(({ text }) => !text.includes('JSON Schema unread it')))(
    'knows of $name what it can know',
    ({ text }) => {
      expect(compiled(parse(text))).toBe(text.includes('JSON Schema accepts it'));
    },
  );

  // Values of these codes are of the wrong form within one file, so that the schema can know.
  const formal = new Set(['key-unknown', 'key-missing', 'type-mismatch', 'duration-invalid', 'id-invalid']);

  test('accepts what the loader accepts, and refuses what the loader finds of the wrong form', () => {
    const whole = parse(readFileSync(join(folder, 'valid/every-kind.yaml'), 'utf8')) as object;
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(jsonMutations(whole).map(withoutNulls), (changed) => {
        const loaded = loadEstate([{ name: 'a.yaml', text: JSON.stringify(changed) }]);
        const wrong = loaded.kind === 'error' ? loaded.error.filter(({ code }) => formal.has(code)) : [];
        const valid = compiled(changed);
        if (loaded.kind === 'ok') seen.accepted += 1;
        if (wrong.length > 0) seen.refused += 1;
        if (loaded.kind === 'ok' || wrong.length > 0)
          expect({ wrong, valid, errors: compiled.errors }).toMatchObject({ valid: loaded.kind === 'ok' });
      }),
      seeded(400),
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(20);
  }, 60_000);
});
