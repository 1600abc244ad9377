import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes, type Problem, type Result } from '@holdfast/kernel';
import { jsonMutations, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Estate } from '../estate.ts';
import { loadEstate } from './load-estate.ts';
import { problemLimit } from './problem-list.ts';
import { decodeText } from './source.ts';

const every = readFileSync(join(import.meta.dirname, '../../fixtures/valid/every-kind.yaml'), 'utf8');
const whole = loadEstate([{ name: 'a.yaml', text: every }]);
const lines = whole.kind === 'ok' ? [...whole.value.canonicalLines(), ''].join('\n') : '';

/** Whatever is loaded, there is an estate or there are located problems, soon, and in words that fit on a screen. */
function judge(text: string, name = 'a.yaml', limit = 2000): Result<Estate, readonly Problem[]> {
  const started = performance.now();
  const result = loadEstate([{ name, text }]);
  const took = performance.now() - started;
  expect(took).toBeLessThan(limit);
  if (result.kind === 'ok') expect(result.value).toBeInstanceOf(Estate);
  else {
    expect(result.error.length).toBeGreaterThan(0);
    expect(result.error.length).toBeLessThanOrEqual(problemLimit);
    const rows = text.split('\n').length;
    for (const { code, message, hint = '', at } of result.error) {
      expect(Object.hasOwn(problemCodes, code)).toBe(true);
      expect(at?.file).toBe(name);
      expect(at?.line).toBeGreaterThanOrEqual(1);
      expect(at?.line).toBeLessThanOrEqual(rows);
      expect(at?.column).toBeGreaterThanOrEqual(1);
      expect(message.length + hint.length).toBeLessThan(3000);
      expect(/\p{Cc}/u.test(message + hint)).toBe(false);
    }
  }
  return result;
}

const codes = (result: Result<Estate, readonly Problem[]>): readonly string[] =>
  result.kind === 'ok' ? ['ok'] : [...new Set(result.error.map(({ code }) => code))];

describe('a thousand hostile estates', { timeout: 120_000 }, () => {
  test('bytes flipped, cut and put in', () => {
    const seen = new Set<string>();
    const change = fc.tuple(
      fc.nat(every.length - 1),
      fc.constantFrom('flip', 'cut', 'insert', 'double', 'truncate'),
      fc.nat(255),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = changes.reduce(
          (all, [at, kind, byte]) => damaged(all, at % Math.max(1, all.length), kind, byte),
          new TextEncoder().encode(every),
        );
        const decoded = decodeText('a.yaml', bytes);
        if (decoded.kind === 'error') seen.add(decoded.error.code);
        else for (const code of codes(judge(decoded.value.text))) seen.add(code);
      }),
      seeded(500),
    );
    for (const code of ['ok', 'yaml-syntax', 'file-unreadable', 'reference-unknown', 'key-unknown'])
      expect(seen).toContain(code);
  });

  test('other types at every path, in YAML and in NDJSON', () => {
    const seen = new Set<string>();
    const data = parse(every) as object;
    fc.assert(
      fc.property(jsonMutations(data), fc.boolean(), (changed, indented) => {
        for (const code of codes(judge(JSON.stringify(changed, null, indented ? 1 : 0) ?? 'null')))
          seen.add(code);
      }),
      seeded(500),
    );
    const canonical = lines.split('\n').filter((line) => line !== '');
    fc.assert(
      fc.property(fc.nat(canonical.length - 1), fc.nat(), (index, seed) => {
        const [changed] = fc.sample(jsonMutations(JSON.parse(canonical[index] ?? '')), { numRuns: 1, seed });
        for (const code of codes(
          judge(canonical.with(index, JSON.stringify(changed)).join('\n'), 'a.ndjson'),
        ))
          seen.add(code);
      }),
      seeded(300),
    );
    for (const code of [
      'ok',
      'type-mismatch',
      'value-invalid',
      'key-missing',
      'key-unknown',
      'id-invalid',
      'duration-invalid',
      'profile-invalid',
      'json-syntax',
      'version-unsupported',
    ])
      expect(seen).toContain(code);
  });

  test('noise of what YAML is made of', () => {
    const token = fc.constantFrom(
      'holdfast: 1\n',
      'sites:\n',
      'doors:',
      ' ',
      '  ',
      '\n',
      '\r\n',
      '\t',
      '- ',
      '? ',
      ': ',
      ', ',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '!x ',
      '!!set ',
      '|\n',
      '>-\n',
      '"',
      "'",
      '#',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '<<: ',
      'x',
      '1',
      'null',
      '\uFEFF',
      '\\',
      '@',
      '`',
      '\u0085',
      '\u0007',
      '💥',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), fc.boolean(), (tokens, headed) => {
        judge(`${headed ? 'holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\n' : ''}${tokens.join('')}`);
      }),
      seeded(1000),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        judge(text);
        judge(text, 'a.ndjson');
      }),
      seeded(300),
    );
  });
});

function damaged(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  kind: string,
  byte: number,
): Uint8Array<ArrayBuffer> {
  const parts = {
    flip: [at, at + 1, [byte]],
    cut: [at, at + byte, []],
    insert: [at, at, [byte, 10]],
    double: [at, at, bytes.subarray(at, at + byte)],
    truncate: [at, bytes.length, []],
  } as const;
  const [start, end, put] = parts[kind as keyof typeof parts];
  return new Uint8Array([...bytes.subarray(0, start), ...put, ...bytes.subarray(end)]);
}

const head = 'holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\n';

describe('estates that want to be too much', { timeout: 120_000 }, () => {
  const bomb = (width: number): string =>
    `${head}x0: &x0 [${'a,'.repeat(width)}]\n${Array.from({ length: 12 }, (_each, index) => `x${index + 1}: &x${index + 1} [${`*x${index},`.repeat(width)}]\n`).join('')}`;
  const nested = (depth: number): string =>
    Array.from({ length: depth }, (_each, index) => `${' '.repeat(index)}a:`).join('\n');

  test.each<[string, () => string, readonly string[]]>([
    ['a billion laughs', () => bomb(10), ['yaml-limit']],
    [
      'laughs that fit into an estate',
      () =>
        `${head}parties: { p: &p { name: P, kind: team } }\ncontracts:\n${Array.from({ length: 3000 }, (_each, index) => `  c${index}: { with: p, covers: ${index === 0 ? `&c [${'p,'.repeat(3000)}]` : '*c'} }`).join('\n')}`,
      ['yaml-limit'],
    ],
    ['100,000 brackets', () => `${head}x: ${'['.repeat(100_000)}`, ['yaml-limit']],
    [
      '100,000 brackets that close',
      () => `${head}x: ${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      ['yaml-limit'],
    ],
    ['900 brackets', () => `${head}x: ${'['.repeat(900)}${']'.repeat(900)}`, ['yaml-limit']],
    ['100,000 braces', () => `${head}x: ${'{a: '.repeat(100_000)}`, ['yaml-limit']],
    ['100,000 lists on one line', () => `${head}x:\n ${'- '.repeat(100_000)}`, ['yaml-limit']],
    ['100,000 keys on one line', () => `${head}x:\n ${'? '.repeat(100_000)}`, ['yaml-limit']],
    ['3,000 levels of indentation', () => `${head}x:\n${nested(3000)}`, ['yaml-limit']],
    ['110 levels of indentation', () => `${head}x:\n${nested(110)}`, ['yaml-limit']],
    ['20 MB', () => head + '# comment\n'.repeat(2_000_000), ['file-too-large']],
    ['two million values', () => `${head}x: [${'a,'.repeat(2_000_000)}]`, ['key-unknown']],
    ['two million values on lines', () => `${head}x: [${'a,\n'.repeat(2_000_000)}]`, ['yaml-limit']],
    ['two million lines', () => `${head}${'a: 1\n'.repeat(2_000_000)}`, ['yaml-limit']],
    ['a million anchors', () => `${head}x: [${'&a b,'.repeat(990_000)}]`, ['yaml-limit']],
    ['half a million anchors', () => `${head}x: [${'&a b,'.repeat(500_000)}]`, ['yaml-limit']],
    ['a hundred thousand anchors', () => `${head}x: [${'&a b,'.repeat(100_000)}]`, ['key-unknown']],
    ['five million ampersands', () => `${head}x: ${'& '.repeat(5_000_000)}`, ['yaml-limit']],
    ['three million wrong escapes', () => `${head}x: "${'\\q'.repeat(3_000_000)}"`, ['yaml-limit']],
    ['half a million tags', () => `${head}x: [${'!a b,'.repeat(500_000)}]`, ['yaml-limit']],
    ['a hundred thousand tags', () => `${head}x: [${'!a b,'.repeat(100_000)}]`, ['yaml-syntax']],
    ['a scalar of 15 MB', () => `${head}x: "${'a'.repeat(15_000_000)}"`, ['key-unknown']],
    ['a key of 5 MB', () => `${head}? ${'a'.repeat(5_000_000)}\n: 1`, ['key-unknown']],
    [
      'an id of 5 MB',
      () => `${head}areas:\n  ? ${'a'.repeat(5_000_000)}\n  : { name: A, in: h, class: staff }`,
      ['id-invalid'],
    ],
    [
      'a reference of 5 MB',
      () => `${head}areas: { a: { name: A, class: staff, in: "${'a'.repeat(5_000_000)}" } }`,
      ['reference-unknown'],
    ],
    ['a comment of 15 MB', () => `${head}# ${'[{a'.repeat(5_000_000)}`, ['ok']],
    ['a line of 15 MB of blanks', () => `${head}x:${' '.repeat(15_000_000)}1`, ['key-unknown']],
    ['15 MB of quotes', () => `${head}x: '${"''".repeat(7_500_000)}'`, ['key-unknown']],
    ['15 MB of quotes on two lines', () => `${head}x: '\n  ${"''".repeat(7_500_000)}'`, ['yaml-limit']],
    ['a million quotes', () => `${head}x: '${"''".repeat(500_000)}'`, ['key-unknown']],
    ['100,000 duplicate keys', () => `${head}${'x: 1\n'.repeat(100_000)}`, ['key-unknown', 'key-duplicate']],
    [
      '100,000 wrong keys',
      () => `${head}${Array.from({ length: 100_000 }, (_each, index) => `devicess${index}: 1\n`).join('')}`,
      ['key-unknown'],
    ],
    ['100,000 errors', () => `${head}${'@\n'.repeat(100_000)}`, ['yaml-syntax']],
    ['100,000 documents', () => `${head}${'---\n'.repeat(100_000)}`, ['yaml-syntax']],
    ['aliases of nothing', () => `${head}x: [${'*a,'.repeat(100_000)}]`, ['yaml-syntax']],
    ['a hundred thousand aliases', () => `${head}x: [&a b,${'*a,'.repeat(100_000)}]`, ['key-unknown']],
    ['lines that end with CR alone', () => head.replaceAll('\n', '\r'), ['yaml-syntax']],
  ])('%s', (_name, write, expected) => {
    // The largest of them are at the limits of size, where the parser needs seconds.
    expect(codes(judge(write(), 'a.yaml', 30_000))).toEqual(expected);
  });

  const ndjson = (data: string): string =>
    `{"holdfast":1}\n{"kind":"site","id":"h","data":{"name":"H","timeZone":"UTC"}}\n{"kind":"profile","id":"c/x","data":{"class":"camera","name":"X","provides":{"a":${data}}}}`;
  const deep = (levels: number): string => `${'{"all":['.repeat(levels)}"power"${']}'.repeat(levels)}`;

  test.each<[string, () => string, readonly string[]]>([
    ['30 levels are fine', () => ndjson(deep(30)), ['ok']],
    ['100 levels', () => ndjson(deep(100)), ['value-invalid']],
    ['100,000 levels', () => ndjson(deep(100_000)), ['value-invalid']],
    ['100,000 lists', () => ndjson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), ['type-mismatch']],
    ['a line of 20 MB', () => ndjson(`"${'a'.repeat(20_000_000)}"`), ['file-too-large']],
    [
      'an expression of a million parts',
      () => ndjson(`{"all":[${Array.from({ length: 1_000_000 }, () => '"pwer"').join()}]}`),
      ['value-invalid'],
    ],
    [
      'two million lines that are not JSON',
      () => `{"holdfast":1}\n${'x\n'.repeat(2_000_000)}`,
      ['json-syntax'],
    ],
    [
      'capabilities that double at each step',
      () =>
        ndjson(
          `"power"${Array.from({ length: 60 }, (_each, index) => `,"b${index}":{"all":[{"provides":"b${index + 1}"},{"provides":"b${index + 1}"}]}`).join('')},"b60":"power"`,
        ),
      ['ok'],
    ],
  ])('NDJSON: %s', (_name, write, expected) => {
    expect(codes(judge(write(), 'a.ndjson', 10_000))).toEqual(expected);
  });

  test('a power cycle of 100,000 is told on one line', () => {
    const text = Array.from(
      { length: 100_000 },
      (_each, index) =>
        `{"kind":"supply","id":"s${index}","data":{"kind":"ups","from":["s${(index + 1) % 100_000}"]}}`,
    ).join('\n');
    expect(
      codes(
        judge(
          `{"holdfast":1}\n{"kind":"site","id":"h","data":{"name":"H","timeZone":"UTC"}}\n${text}`,
          'a.ndjson',
          10_000,
        ),
      ),
    ).toEqual(['cycle-power']);
  });
});
