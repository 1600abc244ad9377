import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import { loadEstate } from './load-estate.ts';

const folder = join(import.meta.dirname, '../../fixtures');
const read = (kind: string): readonly { name: string; text: string }[] =>
  readdirSync(join(folder, kind)).map((name) => ({
    name,
    text: readFileSync(join(folder, kind, name), 'utf8'),
  }));

const told = ({ code, at }: Problem): string => `${code} ${at?.line}:${at?.column}`;

describe('valid fixtures', () => {
  test.each(read('valid'))('$name loads', (file) => {
    expect(loadEstate([file])).toMatchObject({ kind: 'ok' });
  });
});

describe('invalid fixtures', () => {
  // The first line of each says what must be told: code, line and column, and words of the message or the hint.
  test.each(read('invalid'))('$name is refused, each problem at its line and column', (file) => {
    const expected = (file.text.split('\n', 1)[0] ?? '').slice(2).split('; ');
    const loaded = loadEstate([file]);
    const problems = loaded.kind === 'error' ? loaded.error : [];
    expect(problems.map(told)).toEqual(expected.map((each) => each.split(' ', 2).join(' ')));
    for (const [index, each] of expected.entries()) {
      const words = each.split(' ').slice(2).join(' ');
      expect(`${problems[index]?.message} | ${problems[index]?.hint}`).toContain(words);
    }
  });
});
