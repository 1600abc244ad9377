import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonMutations, seeded, styledYaml } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Path } from '../shape/shape.ts';
import { depthLimit } from './source.ts';
import { readAnyYaml, readYaml, type YamlSource } from './yaml-source.ts';
import { readSubset } from './yaml-subset.ts';

const folder = join(import.meta.dirname, '../../fixtures');
const fixtures = ['valid', 'invalid'].flatMap((kind) =>
  readdirSync(join(folder, kind)).map((name) => readFileSync(join(folder, kind, name), 'utf8')),
);
const text = readFileSync(join(folder, 'valid/every-kind.yaml'), 'utf8');
// Without the one text of several lines, which the subset leaves to the parser.
const every = text.replace(/ {4}about: \|\n(?: {6}.*\n)+/, '');
const whole = parse(every) as object;

/** Every place of a document: where its key and value stand, and how a number is written there. */
function places(source: YamlSource, data: unknown, path: Path = []): readonly unknown[] {
  const own = [
    path.join('/'),
    source.locate(path),
    source.locate(path, 'key'),
    ...(typeof data === 'number' ? [source.spelling(path, data)] : []),
  ];
  if (typeof data !== 'object' || data === null) return [own];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(data)
    ? [...data.entries()]
    : Object.entries(data);
  return [own, ...entries.flatMap(([key, each]) => places(source, each, [...path, key]))];
}

/** Whether the subset reads a text; if so, the parser of all of YAML must read the same at the same places. */
function agrees(text: string): boolean {
  if (readSubset(text, depthLimit) === undefined) return false;
  const file = { name: 'a.yaml', text };
  const [fast, slow] = [readYaml(file), readAnyYaml(file)];
  expect(slow.problems).toEqual([]);
  expect(JSON.stringify(fast.data)).toBe(JSON.stringify(slow.data));
  expect(places(fast, fast.data)).toEqual(places(slow, slow.data));
  return true;
}

describe('the reader of the subset agrees with the parser of all of YAML', { timeout: 120_000 }, () => {
  test('on all fixtures, and reads most of them', () => {
    expect(fixtures.filter(agrees).length).toBeGreaterThan(fixtures.length * 0.6);
  });

  test('on every style in which data may be written, and reads most of them', () => {
    let read = 0;
    fc.assert(
      fc.property(jsonMutations(whole), fc.integer(), (data, seed) => {
        if (
          typeof data === 'object' &&
          data !== null &&
          !Array.isArray(data) &&
          agrees(styledYaml(data, seed))
        )
          read += 1;
      }),
      seeded(150),
    );
    expect(read).toBeGreaterThan(20);
  });

  test('on damaged files', () => {
    expect(agrees(every)).toBe(true);
    let read = 0;
    const put = fc.constantFrom(
      '',
      ' ',
      '  ',
      '\n',
      ':',
      ': ',
      '- ',
      '-',
      '#',
      ' #',
      ',',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '\t',
      '\\',
      '?',
      '1',
      '.',
      'e',
      '~',
      '&a ',
      '*a',
      '!',
      '|',
      '>',
      '%',
      '@',
      '\r',
      '\r\n',
      '\u0085',
      '\u2028',
      '\u0000',
      'x: ',
    );
    fc.assert(
      fc.property(fc.nat(every.length - 1), put, fc.nat(3), (at, text, cut) => {
        if (agrees(every.slice(0, at) + text + every.slice(at + cut))) read += 1;
      }),
      seeded(500),
    );
    expect(read).toBeGreaterThan(50);
  });

  test('on noise', () => {
    let read = 0;
    const token = fc.constantFrom(
      'a',
      'b:',
      'c: ',
      'd: e\n',
      ' ',
      '  ',
      '\n',
      '\n  ',
      '\n- ',
      '- ',
      '-',
      '[',
      ']',
      ', ',
      ',',
      '{',
      '}',
      ': ',
      ':',
      '"x"',
      "'y'",
      "''",
      '"\\n"',
      '"\\u00e9"',
      ' # z\n',
      '#',
      '1',
      '1.50',
      '-0',
      '+1',
      '.5',
      '1e3',
      '0x1',
      '0o7',
      '.inf',
      '.',
      'null',
      '~',
      'True',
      'no',
      '\r\n',
      'ä',
      '\u2028',
      '\ufeff',
      '---\n',
      '...',
      '<<: ',
      '?',
      '|',
      '1_0',
      '12345678901234567890',
    );
    fc.assert(
      fc.property(fc.array(token, { minLength: 1, maxLength: 12 }), fc.boolean(), (tokens, headed) => {
        if (agrees(`${headed ? 'k: ' : ''}${tokens.join('')}`)) read += 1;
      }),
      seeded(8000),
    );
    expect(read).toBeGreaterThan(300);
  });
});

test.each([
  'a: &x 1',
  'a: *x',
  'a: !!str 1',
  'a: |\n  x',
  'a: >\n  x',
  '? a\n: b',
  '%YAML 1.2\n---\na: 1',
  '---\na: 1',
  'a: 1\n...',
  'a: b\n  c',
  'a: "b\n  c"',
  'a: [1,\n 2]',
  'a: 1\na: 2',
  '<<: 1',
  'null: 1',
  ': 1',
  'a:\tb',
  '\ta: b',
  'a: b: c',
  'a',
  '- a',
  '[a]',
  '',
  '# only',
  ' a: 1',
  'a: 0x1F',
  'a: .nan',
  'a: "\\q"',
  'a: [b: c]',
  'a: {b}',
  'a: [,]',
  'a: @x',
  'a: 1\rb: 2',
])('%j is left to the parser', (text) => {
  expect(readSubset(text, depthLimit)).toBeUndefined();
});

test('nesting is left to the parser, which says where it is too deep', () => {
  expect(readSubset(`a: ${'['.repeat(200_000)}`, depthLimit)).toBeUndefined();
  expect(
    readSubset(
      `a:\n${Array.from({ length: 2000 }, (_each, index) => `${' '.repeat(index + 1)}a:`).join('\n')}`,
      depthLimit,
    ),
  ).toBeUndefined();
});
