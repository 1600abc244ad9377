import { describe, expect, test } from 'vitest';
import { entityKinds } from '../language/kinds.ts';
import { shapes } from '../language/language.ts';
import { facts } from '../language/profile.ts';
import { isCidr, isIpv4, isIpv6 } from './address.ts';
import { listOf, mapOf, object, oneOrMany, required } from './composites.ts';
import { bases, fact, known, provenanceOf, range } from './fact.ts';
import { isId, isProfileId, namesOf, port, ref } from './ids.ts';
import { bitsPerSecondOf, bytesOf } from './quantity.ts';
import { emptyRecord } from './record.ts';
import {
  address,
  dataRate,
  dataSize,
  date,
  duration,
  flag,
  number,
  oneOf,
  text,
  timeOfDay,
  timeZone,
} from './scalars.ts';
import { clip, pathOf, quote, type JsonSchema, type Shape } from './shape.ts';

/** What a shape reads, what it reports, and what it refers to. */
function read(
  shape: Shape<unknown>,
  value: unknown,
): { readonly read?: unknown; readonly told: readonly string[]; readonly refers: readonly string[] } {
  const told: string[] = [];
  const refers: string[] = [];
  const result = shape.read(value, undefined, {
    report: (trail, code, message, hint, on) =>
      told.push(
        `${[...pathOf(trail), ''].join('.')}${on === 'key' ? 'key ' : ''}${code}: ${message}${hint === undefined ? '' : ` | ${typeof hint === 'function' ? hint() : hint}`}`,
      ),
    reference: (trail, id, kinds, within = 0) =>
      refers.push(`${pathOf(trail).join('.')} ${id} ${within} ${kinds.join('|')}`),
    spelling: (_trail, each) => `spelt ${each}`,
  });
  return { read: result, told, refers };
}

const accepts = (shape: Shape<unknown>, value: unknown): boolean => read(shape, value).told.length === 0;

describe('scalars', () => {
  test.each<[string, Shape<unknown>, readonly unknown[], readonly unknown[]]>([
    ['text', text, ['', 'a', 5, 1.5], [true, null, [], {}, 'a'.repeat(4001)]],
    ['flag', flag, [true, false], ['yes', 'true', 0, 1, null]],
    [
      'number',
      number('n', { min: 0, max: 9 }),
      [0, 9, 0.5],
      [-1, 10, NaN, Infinity, -Infinity, '5', true, null],
    ],
    ['whole number', number('n', { whole: true }), [0, -5], [0.5, 2 ** 53, 1e300]],
    ['word', oneOf('a', 'b'), ['a'], ['c', 'A', '', 1, null, 'constructor']],
    [
      'date',
      date,
      ['2026-11-22', '2024-02-29', '2000-02-29', '0001-01-01'],
      [
        '2026-02-29',
        '1900-02-29',
        '2026-13-01',
        '2026-00-10',
        '2026-04-31',
        '2026-1-1',
        '22.11.2026',
        20261122,
        '2026-11-22T00:00:00Z',
        ' 2026-11-22',
      ],
    ],
    ['time of day', timeOfDay, ['00:00', '23:59', '24:00'], ['24:01', '8:00', '08:60', 480, '0800']],
    [
      'time zone',
      timeZone,
      ['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'],
      ['Berlin', '', 'Europe/Berln', 1, 'a'.repeat(100_000)],
    ],
    ['duration', duration, ['4h', 0, 'forever', '1h 30m'], [1, '4', 4.5, '4 hors', null, true, []]],
    [
      'size',
      dataSize,
      ['256GB', '1.5 TiB', '0B'],
      ['256', 'GB', '5constructor', '5 __proto__', '-1GB', '1e3GB', 5, `${'1'.repeat(400)}GB`],
    ],
    ['rate', dataRate, ['4Mbit/s', '64 kbit/s'], ['4MB', '4mbit/s', '4Mbit/s ', 4]],
    [
      'address',
      address,
      ['10.1.20.31', '::1', '2001:DB8::1', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8'],
      [
        '256.1.1.1',
        '1.2.3',
        '1.2.3.4.5',
        '01.2.3.4',
        ':::',
        '1::2::3',
        '1:2:3:4:5:6:7',
        '1:2:3:4:5:6:7:8:9',
        'fe80::1%eth0',
        'g::',
        '',
        '1:2:3:4:5:6:7:8::',
      ],
    ],
  ])('%s', (_name, shape, good, bad) => {
    for (const each of good) expect([each, accepts(shape, each)]).toEqual([each, true]);
    for (const each of bad) expect([each, accepts(shape, each)]).toEqual([each, false]);
  });

  test('are read into one spelling', () => {
    expect(read(duration, '90 min').read).toBe('1h30m');
    expect(read(duration, 0).read).toBe('0');
    expect(read(dataSize, '1 TB').read).toBe('1TB');
    expect(read(text, 1.5).read).toBe('spelt 1.5');
  });

  test('hints say what was meant', () => {
    expect(read(flag, 'yes').told[0]).toContain('| write true');
    expect(read(oneOf('door', 'gate'), 'gaet').told[0]).toContain("| did you mean 'gate'?");
    expect(read(duration, 30).told[0]).toContain('30m');
  });

  test('networks need a length that their addresses have', () => {
    for (const each of ['10.0.0.0/0', '10.0.0.0/32', '::/0', '2001:db8::/128'])
      expect([each, isCidr(each)]).toEqual([each, true]);
    for (const each of [
      '10.0.0.0/33',
      '10.0.0.0/',
      '10.0.0.0',
      '::/129',
      '10.0.0.0/08',
      '/8',
      '10.0.0.0/8/8',
    ])
      expect([each, isCidr(each)]).toEqual([each, false]);
    expect([isIpv4('1.2.3.4'), isIpv6('1.2.3.4')]).toEqual([true, false]);
  });

  test('quantities in their base units', () => {
    expect([bytesOf('1.5kB'), bytesOf('2 KiB'), bitsPerSecondOf('4Mbit/s')]).toEqual([1500, 2048, 4e6]);
    expect([bytesOf('4h'), bitsPerSecondOf('4MB')]).toEqual([NaN, NaN]);
  });
});

describe('ids', () => {
  test.each([
    ['a', true],
    ['a.b-c_d', true],
    ['0', true],
    ['a'.repeat(64), true],
    ['', false],
    ['A', false],
    ['-a', false],
    ['a-', false],
    ['a b', false],
    ['a'.repeat(65), false],
    ['a/b', false],
    ['__proto__', false],
    ['ä', false],
    ['a\n', false],
  ])('%j: %s', (value, expected) => {
    expect(isId(value)).toBe(expected);
  });

  test('of profiles have a class and a name', () => {
    expect(['a/b', 'cameras/x-1'].every(isProfileId)).toBe(true);
    expect(['a', '/a', 'a/', 'a/b/c', 'A/b'].some(isProfileId)).toBe(false);
  });

  test('are told to be checked, with where they stand in the text', () => {
    expect(read(ref('site', 'area'), 'x').refers).toEqual([' x 0 site|area']);
    expect(read(port, 'sw-1:24').refers).toEqual([' sw-1 0 device']);
    expect(read(port, 'sw-1').refers).toEqual([' sw-1 0 device']);
    expect(read(ref('site'), ['x']).told).toEqual(['type-mismatch: expected the id of a site, found a list']);
  });
});

describe('composites', () => {
  const shape = object('a thing', {
    name: required(text),
    of: oneOrMany(ref('site')),
    more: listOf(number('n')),
  });

  test('read what they know and report the rest, each at its path', () => {
    expect(read(shape, { name: 'a', of: 'x', more: [1, 2] })).toEqual({
      read: { name: 'a', of: ['x'], more: [1, 2] },
      told: [],
      refers: ['of x 0 site'],
    });
    expect(read(shape, { nam: 'a', of: ['x', 5, null], more: [1, 'b'] }).told).toEqual([
      "nam.key key-unknown: a thing has no key 'nam' | did you mean 'name'?",
      'of.2.type-mismatch: expected the id of a site, found nothing | put it in quotes'.replace(
        ' | put it in quotes',
        '',
      ),
      "more.1.type-mismatch: expected n, found 'b'",
      "key-missing: a thing needs 'name' | add 'name': text",
    ]);
  });

  test('an empty value is left out, and does not stand for a required one', () => {
    expect(read(shape, { name: 'a', of: null })).toMatchObject({ read: { name: 'a' }, told: [] });
    expect(read(shape, { name: null }).told).toEqual([
      "key-missing: a thing needs 'name' | add 'name': text",
    ]);
  });

  test.each([[[]], ['a'], [5], [null], [true]])('%j is no object', (value) => {
    expect(read(shape, value).told).toHaveLength(1);
  });

  test('maps check their keys, and inherit none', () => {
    const map = mapOf('things', number('n'), namesOf('a name'));
    const result = read(map, JSON.parse('{"a":1,"constructor":2,"A b":3,"__proto__":4}') as unknown);
    expect(result.told).toEqual([
      "A b.key id-invalid: 'A b' is not a name | a name",
      "__proto__.key id-invalid: '__proto__' is not a name | a name",
    ]);
    expect(Object.entries(result.read as object)).toEqual([
      ['a', 1],
      ['constructor', 2],
    ]);
    expect('toString' in (result.read as object)).toBe(false);
    const empty = emptyRecord<number>();
    empty['__proto__'] = 5;
    expect([Object.keys(empty), Object.getPrototypeOf(Object.getPrototypeOf(empty))]).toEqual([
      ['__proto__'],
      null,
    ]);
  });
});

describe('facts', () => {
  const lasting = fact(duration, { range: true });

  test.each<[unknown, unknown, readonly [unknown, unknown] | undefined, string]>([
    ['4h', '4h', ['4h', '4h'], 'declared'],
    ['unknown', undefined, undefined, 'declared'],
    [{ value: '240m', basis: 'drilled' }, '4h', ['4h', '4h'], 'drilled'],
    [{ value: 'unknown', basis: 'vendor' }, undefined, undefined, 'vendor'],
    [{ between: ['2h', '240m'], basis: 'datasheet' }, undefined, ['2h', '4h'], 'datasheet'],
    [{ value: '1h' }, '1h', ['1h', '1h'], 'declared'],
  ])('%j', (value, expected, limits, basis) => {
    const result = read(lasting, value);
    expect(result.told).toEqual([]);
    // What was read without a problem is a fact.
    const each = result.read as string;
    expect([known(each), range(each), provenanceOf(each).basis]).toEqual([expected, limits, basis]);
  });

  test('nothing said is nothing known', () => {
    expect([known(undefined), range(undefined), provenanceOf(undefined)]).toEqual([
      undefined,
      undefined,
      { basis: 'declared' },
    ]);
    expect(provenanceOf({ value: 1, basis: 'export', source: 's', asOf: '2026-01-01', note: 'n' })).toEqual({
      basis: 'export',
      source: 's',
      asOf: '2026-01-01',
    });
  });

  test.each<[unknown, string]>([
    [{ basis: 'vendor' }, 'key-missing: the fact has no value'],
    [{ value: null, basis: 'vendor' }, 'key-missing: the fact has no value'],
    [{ value: '1h', between: ['1h', '2h'] }, "value-invalid: the fact has both 'value' and 'between'"],
    [{ between: ['2h', '30m'] }, "between.value-invalid: '2h' is more than '30m'"],
    [{ between: ['2h'] }, 'between.type-mismatch: expected two of a duration such as 4h'],
    [{ between: ['2h', 'unknown'] }, "between.1.duration-invalid: 'unknown' is not a duration"],
    [
      { value: '1h', bassis: 'vendor' },
      "bassis.key key-unknown: a duration such as 4h has no key 'bassis' | did you mean 'basis'?",
    ],
    [{ value: '1h', basis: 'hearsay' }, 'basis.value-invalid: expected one of drilled'],
    [{ value: '1h', asOf: 'today' }, 'asOf.value-invalid: expected a date'],
    [{}, 'type-mismatch: expected a duration such as 4h, found a mapping'],
    [['1h'], 'type-mismatch: expected a duration such as 4h, found a list'],
    ['soon', "duration-invalid: 'soon' is not a duration"],
  ])('%j is refused', (value, expected) => {
    expect(read(lasting, value).told[0]).toContain(expected);
  });

  test('a range is only where it has a meaning', () => {
    expect(read(fact(date), { between: ['2026-01-01', '2026-02-01'] }).told[0]).toContain('key-unknown');
    expect(
      read(facts, {
        size: { between: ['2GB', '1TB'] },
        rate: { between: ['1Mbit/s', '2kbit/s'] },
        word: { between: ['b', 'a'] },
      }).told,
    ).toEqual(["rate.between.value-invalid: '1Mbit/s' is more than '2kbit/s' | write the least first"]);
  });

  test('no object of the language has a key of its own that facts use', () => {
    const clashes: string[] = [];
    const visit = (schema: JsonSchema, path: string): void => {
      const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
      const isSourced = 'basis' in properties && 'note' in properties;
      for (const [key, each] of Object.entries(properties)) {
        if (!isSourced && ['value', 'between', 'basis', 'source', 'asOf', 'note'].includes(key))
          clashes.push(`${path}.${key}`);
        visit(each, `${path}.${key}`);
      }
      for (const each of [
        schema['items'],
        schema['additionalProperties'],
        ...((schema['anyOf'] ?? []) as readonly JsonSchema[]),
      ])
        if (typeof each === 'object' && each !== null) visit(each as JsonSchema, path);
    };
    for (const kind of entityKinds) visit(shapes[kind].schema(), kind);
    expect(clashes).toEqual([]);
    expect(bases).toHaveLength(7);
  });
});

test('messages show values shortly, on one line, without what moves the cursor', () => {
  expect([quote('a'), quote(5), quote(null), quote([]), quote([1]), quote({}), quote(true)]).toEqual([
    "'a'",
    '5',
    'nothing',
    'an empty list',
    'a list',
    'a mapping',
    'true',
  ]);
  expect(clip('x'.repeat(100))).toBe(`${'x'.repeat(57)}...`);
  expect(quote('a\n\u001b[31mb\u202e')).toBe("'a  [31mb '");
});
