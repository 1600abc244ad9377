import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemCodes } from './problem.ts';

it('docs/errors.md explains exactly the codes of the catalogue', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'errors.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| ([^|]+) \|/gm)].map(([, code, meaning]) => [
    code,
    meaning?.trim(),
  ]);
  expect(rows).toEqual(Object.entries(problemCodes));
});
