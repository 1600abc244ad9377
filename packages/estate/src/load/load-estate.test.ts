import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@holdfast/kernel';
import { seeded, styledYaml } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Estate } from '../estate.ts';
import { collections } from '../language/kinds.ts';
import { loadEstate } from './load-estate.ts';
import type { SourceFile } from './source.ts';

const every = readFileSync(join(import.meta.dirname, '../../fixtures/valid/every-kind.yaml'), 'utf8');
const yaml = (text: string, name = 'a.yaml'): SourceFile => ({ name, text });

function loaded(...files: readonly SourceFile[]): Estate {
  const result = loadEstate(files);
  if (result.kind === 'ok') return result.value;
  throw new Error(result.error.map(({ message, at }) => `${at?.file}:${at?.line} ${message}`).join('\n'));
}

function problems(...files: readonly SourceFile[]): readonly Problem[] {
  const result = loadEstate(files);
  return result.kind === 'error' ? result.error : [];
}

const told = (found: readonly Problem[]): readonly string[] =>
  found.map(({ code, at }) => `${at?.file}:${at?.line}:${at?.column} ${code}`);
const ndjson = (estate: Estate): SourceFile => ({
  name: 'a.ndjson',
  text: [...estate.canonicalLines(), ''].join('\n'),
});

describe('the canonical form', () => {
  const whole = loaded(yaml(every));

  test('loads as the same estate', () => {
    const again = loaded(ndjson(whole));
    expect(again.hash).toBe(whole.hash);
    expect([...again.canonicalLines()]).toEqual([...whole.canonicalLines()]);
    expect([...whole.canonicalLines()].slice(0, 2)).toEqual([
      '{"holdfast":1}',
      expect.stringMatching(/^\{"data":\{.*\},"id":"riverside","kind":"site"\}$/) as string,
    ]);
  });

  test('is the same from any split into files, any order, any style', () => {
    const entities = [...whole.entities()].map(
      ({ kind, id, data }) => [collections[kind], id, data] as const,
    );
    const { sites } = parse(every) as { readonly sites: unknown };
    fc.assert(
      fc.property(
        fc.shuffledSubarray(entities, { minLength: entities.length }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(5), { minLength: entities.length, maxLength: entities.length }),
        fc.integer(),
        (order, count, places, seed) => {
          const files = Array.from({ length: count }, (): Record<string, unknown> => ({ holdfast: 1 }));
          for (const [index, [key, id, each]] of order.entries()) {
            const file = files[(places[index] ?? 0) % count] ?? {};
            file[key] = { ...(file[key] as object | undefined), [id]: each };
          }
          const estate = loaded(
            ...files.map((file, index) =>
              index % 2 === 0
                ? yaml(JSON.stringify(file), `${index}.yaml`)
                : yaml(JSON.stringify(file, null, 2), `${index}.yml`),
            ),
          );
          expect(estate.hash).toBe(whole.hash);
          const styled = loaded(
            yaml(styledYaml({ holdfast: 1, ...files[0], sites }, seed), 'x.yaml'),
            ...files
              .slice(1)
              .map((file, index) => yaml(JSON.stringify({ ...file, sites: null }), `${index}.yaml`)),
          );
          expect(styled.hash).toBe(whole.hash);
        },
      ),
      seeded(60),
    );
  }, 60_000);

  test('goes by id, also where the file goes the other way', () => {
    const site = (id: string): string => `  ${id}: { name: ${id.toUpperCase()}, timeZone: UTC }\n`;
    const ids = ['c', 'b', 'a'];
    const backwards = loaded(yaml(`holdfast: 1\nsites:\n${ids.map(site).join('')}`));
    expect([...backwards.all('site').keys()]).toEqual(['a', 'b', 'c']);
    expect(backwards.hash).toBe(
      loaded(yaml(`holdfast: 1\nsites:\n${ids.toReversed().map(site).join('')}`)).hash,
    );
  });

  test('another value is another hash', () => {
    expect(loaded(yaml(every.replace('outage: 4h', 'outage: 5h'))).hash).not.toBe(whole.hash);
    expect(loaded(yaml(every.replace('outage: 4h', 'outage: 240m'))).hash).toBe(whole.hash);
  });

  test('leaves the library out, of YAML and of NDJSON', () => {
    const site = yaml('holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\n');
    const library = yaml('holdfast: 1\nprofiles: { c/x: { class: camera, name: X } }\n', 'library.yaml');
    const lines = {
      name: 'library.ndjson',
      text: '{"holdfast":1}\n{"kind":"profile","id":"c/x","data":{"class":"camera","name":"X"}}\n',
    };
    for (const each of [library, lines]) {
      const result = loadEstate([site], [each]);
      expect(result.kind === 'ok' && result.value.get('profile', 'c/x')?.name).toBe('X');
      expect(result.kind === 'ok' && result.value.hash).toBe(loaded(site).hash);
    }
  });

  test('hashes more entities than a call has room for', () => {
    const lines = Array.from(
      { length: 150_000 },
      (_each, index) => `{"kind":"path","id":"p${index}","data":{"kind":"duct"}}`,
    );
    expect(
      loaded({
        name: 'a.ndjson',
        text: [
          '{"holdfast":1}',
          '{"kind":"site","id":"h","data":{"name":"H","timeZone":"UTC"}}',
          ...lines,
        ].join('\n'),
      }).hash,
    ).toMatch(/^sha256:[0-9a-f]{64}$/);
  }, 30_000);
});

describe('what is written stays what it is', () => {
  test('a text that looks like a number keeps its zeros', () => {
    const device = loaded(yaml(every)).get('device', 'ctrl-1');
    expect(device).toMatchObject({ firmware: '1.30', serial: '00421' });
    expect(
      loaded(
        yaml(
          'holdfast: 1\nsites: { 007: { name: 0x1F, timeZone: UTC, address: 1_000 } }\nareas: { a: { name: -0.0, in: 007, class: staff } }',
        ),
      ).get('area', 'a'),
    ).toEqual({ name: '-0.0', in: '007', class: 'staff' });
  });

  test('JSON keeps no spelling, so a fraction must be a text there', () => {
    const lines = (name: string): SourceFile => ({
      name: 'a.ndjson',
      text: `{"holdfast":1}\n{"kind":"site","id":"h","data":{"name":${name},"timeZone":"UTC"}}`,
    });
    expect(loaded(lines('12')).get('site', 'h')?.name).toBe('12');
    expect(problems(lines('1.30'))).toMatchObject([
      { code: 'type-mismatch', hint: 'put it in quotes', at: { line: 2 } },
    ]);
    expect(problems(lines('12345678901234567890'))).toHaveLength(1);
  });

  test('keys that objects inherit are names like others', () => {
    const text =
      'holdfast: 1\nsites: { constructor: { name: C, timeZone: UTC, uses: { tostring: d } } }\ndevices: { d: { profile: p/x, at: constructor, facts: { constructor: 1 } } }\nprofiles: { p/x: { class: camera, name: X, facts: { constructor: 2 } } }';
    const estate = loaded(yaml(text));
    expect(estate.kindOf('constructor')).toBe('site');
    expect(estate.kindOf('valueof')).toBeUndefined();
    expect(estate.get('device', 'd')?.facts?.['toString']).toBeUndefined();
    expect(told(problems(yaml(text.replace('facts: { constructor: 2 }', 'facts: { other: 2 }'))))).toEqual([
      'a.yaml:3:70 value-invalid',
    ]);
    expect(told(problems(yaml('holdfast: 1\nconstructor: {}\n__proto__: {}\ntoString: 1')))).toEqual([
      'a.yaml:2:1 key-unknown',
      'a.yaml:3:1 key-unknown',
      'a.yaml:4:1 key-unknown',
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('all problems are told at once', () => {
  test('over files, in their order, at most 500', () => {
    const found = problems(
      yaml(
        'holdfast: 1\nsites: { h: { name: H, timeZone: Europe/Berln } }\nbuildings: { b: { nam: B, in: hh } }',
        'b.yaml',
      ),
      yaml('areas: { a: { name: A, in: h, class: shiny }, b: { name: B } }', 'a.yaml'),
      yaml('holdfast: 1\npower: { p: { kind: ups, from: q }, q: { kind: ups, from: p } }', 'c.yaml'),
    );
    expect(told(found)).toEqual([
      'a.yaml:1:1 version-unsupported',
      'a.yaml:1:38 value-invalid',
      'a.yaml:1:47 id-duplicate',
      'b.yaml:2:34 value-invalid',
      'b.yaml:3:14 key-missing',
      'b.yaml:3:19 key-unknown',
      'b.yaml:3:31 reference-unknown',
      'c.yaml:2:32 cycle-power',
    ]);
    expect(found.find(({ code }) => code === 'id-duplicate')?.hint).toContain('the other is at b.yaml:3');
    expect(
      problems(
        yaml(
          `holdfast: 1\n${'x'.repeat(3)}: 1\n${Array.from({ length: 3000 }, (_each, index) => `y${index}: 1`).join('\n')}`,
        ),
      ),
    ).toHaveLength(500);
  });

  test('what could not be read is not reported as missing', () => {
    const site = yaml(
      'holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\nareas: { x: { name: X, in: g, class: staff } }',
    );
    expect(told(problems(site, yaml('holdfast: 1\nbuildings: [', 'b.yaml')))).toEqual([
      'b.yaml:2:13 yaml-syntax',
    ]);
    expect(told(problems(site, yaml('holdfast: 1\nbuildings: { g: { name: G, on: h } }', 'b.yaml')))).toEqual(
      ['b.yaml:2:14 key-missing', 'b.yaml:2:28 key-unknown'],
    );
    expect(told(problems(site))).toEqual(['a.yaml:3:28 reference-unknown']);
  });

  test('a wrong reference names what it may have meant, also in a large estate', () => {
    const many = Array.from(
      { length: 20_000 },
      (_each, index) => `  cam-${index}: { profile: c/x, at: Hall_1 }`,
    ).join('\n');
    const text = `holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\nareas:\n  hall-1: { name: A, in: h, class: staff }\n${Array.from({ length: 20_000 }, (_each, index) => `  a-${index}: { name: A, in: h, class: staff }`).join('\n')}\nprofiles: { c/x: { class: camera, name: X } }\ndevices:\n${many}`;
    const found = problems(yaml(text));
    expect(found).toHaveLength(500);
    expect(found.every(({ hint }) => hint === "did you mean 'hall-1'?")).toBe(true);
  }, 30_000);

  test('a large estate of wrong references takes no longer for it', () => {
    const lines = Array.from(
      { length: 50_000 },
      (_each, index) =>
        `{"kind":"device","id":"camera-${index}","data":{"profile":"c/x","at":"nowhere-${index}","uplink":["switch-${index}:1"]}}`,
    );
    const started = performance.now();
    expect(problems({ name: 'a.ndjson', text: ['{"holdfast":1}', ...lines].join('\n') })).toHaveLength(500);
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 30_000);
});

describe('positions', () => {
  test('of the first line do not count the byte order mark, and CRLF is one line end', () => {
    expect(
      told(problems(yaml('\uFEFFholdfst: 1\r\nsites: { h: { name: H, timeZone: UTC } }\r\nx: 1'))),
    ).toEqual(['a.yaml:1:1 key-unknown', 'a.yaml:1:1 version-unsupported', 'a.yaml:3:1 key-unknown']);
    expect(loaded(yaml('\uFEFFholdfast: 1\nsites: { h: { name: H, timeZone: UTC } }')).hash).toBe(
      loaded(yaml('holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }')).hash,
    );
  });

  test('lead to a value within an entity, through anchors too', () => {
    const estate = loaded(yaml(every));
    expect(estate.at('door', 'front', ['lock', 'battery', 'between', 1])).toEqual({
      file: 'a.yaml',
      line: 46,
      column: 33,
    });
    expect(estate.at('door', 'front')).toEqual({ file: 'a.yaml', line: 37, column: 3 });
    expect(estate.at('door', 'front', ['lock', 'nothing'])).toEqual({ file: 'a.yaml', line: 43, column: 7 });
    expect(estate.at('door', 'nobody')).toBeUndefined();
    const shared = loaded(
      yaml('holdfast: 1\nsites:\n  a: &site\n    name: A\n    timeZone: UTC\n  b: *site\n'),
    );
    expect(shared.get('site', 'b')).toEqual({ name: 'A', timeZone: 'UTC' });
    expect(shared.at('site', 'b', ['timeZone'])).toEqual({ file: 'a.yaml', line: 5, column: 15 });
  });

  test('an anchor that is set again is the later one only from there on', () => {
    const text =
      'holdfast: 1\nsites:\n  a: { name: &n One, timeZone: UTC }\n  b: &b { name: *n, timeZone: UTC }\n  c: { name: &n Two, timeZone: UTC }\n  d: { name: *n, timeZone: UTC }\n  e: *b\n';
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => loaded(yaml(text)).nameOf(id))).toEqual([
      'One',
      'One',
      'Two',
      'Two',
      'One',
    ]);
  });

  test('what an alias repeats sets no anchor again', () => {
    const text =
      'holdfast: 1\nsites:\n  a: &s { name: &n One, timeZone: UTC }\n  b: { name: &n Two, timeZone: UTC }\n  c: *s\n  d: { name: *n, timeZone: UTC }\n';
    expect(['a', 'b', 'c', 'd'].map((id) => loaded(yaml(text)).nameOf(id))).toEqual([
      'One',
      'Two',
      'One',
      'Two',
    ]);
  });

  test('in NDJSON are lines', () => {
    const text =
      '\uFEFF{"holdfast":1}\r\n\r\n{"kind":"site","id":"h","data":{"name":"H"}}\r\n{"kind":"sight"}\r\n{"kind":"site"}\r\n{"kind":"site","id":"g","extra":1}\r\n[1]\r\n{"kind":}\r\n{"code":"x","message":"y"}';
    expect(told(problems({ name: 'a.ndjson', text }))).toEqual(
      [
        '3:1 key-missing',
        '4:1 value-invalid',
        '5:1 key-missing',
        '6:1 key-unknown',
        '7:1 json-syntax',
        '8:1 json-syntax',
        '9:1 value-invalid',
      ].map((each) => `a.ndjson:${each}`),
    );
    expect(
      told(
        problems({ name: 'a.ndjson', text: '{"kind":"site","id":"h","data":{"name":"H","timeZone":"UTC"}}' }),
      ),
    ).toEqual(['a.ndjson:1:1 version-unsupported', 'a.ndjson:1:1 estate-empty'].slice(0, 1));
    expect(told(problems({ name: 'a.ndjson', text: '\n' }))).toEqual(['a.ndjson:1:1 version-unsupported']);
  });
});

test('no files are an empty estate', () => {
  expect(loadEstate([])).toMatchObject({ kind: 'error', error: [{ code: 'estate-empty' }] });
});
