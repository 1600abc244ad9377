import type { Json } from '@holdfast/kernel';
import { seeded, styledYaml } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, LineCounter, parse, parseDocument, type Node } from 'yaml';
import { loadEstate } from '../load/load-estate.ts';
import { editEstate } from './edit-estate.ts';
import type { Edit } from './edit.ts';

const words = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('Home', 'North gate', 'plain', 'guards-two', 'Two\nlines\n', 'Ann'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      'true',
      'no',
      '1.10',
      '0x1F',
      '~',
      '- a',
      'a: b',
      'a #b',
      "it's",
      '"x"',
      '# x',
      '[a]',
      '{',
      '*a',
      '&a',
      '!x',
      '%x',
      '@x',
      '`',
      '|',
      '>',
      '?',
      '<<',
      '08:00',
      'a\tb',
      'Ünï',
      '💥',
      '\u2028',
      'x:',
      '...',
      '---',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: 'binary' }) },
);
const id = fc.stringMatching(/^[a-d][a-z0-9-]{3,6}[a-z]$/);

interface Generated {
  readonly data: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Estates of parties, power and contracts: texts, facts, lists, and references of each form. */
const estates: fc.Arbitrary<Generated> = fc
  .record({
    ids: fc.uniqueArray(id, { minLength: 5, maxLength: 9 }),
    names: fc.array(words, { minLength: 12, maxLength: 12 }),
    seed: fc.integer(),
    cut: fc.nat(3),
  })
  .map(({ ids, names, seed, cut }) => {
    const [site = '', first = '', ...others] = ids;
    const half = Math.max(1, others.length - 1 - cut);
    const parties = others.slice(0, half);
    const supplies = others.slice(half);
    const name = (index: number): string => names[index % names.length] ?? '';
    const data = {
      holdfast: 1,
      sites: {
        [site]: {
          name: name(0),
          timeZone: 'UTC',
          owner: first,
          people: { value: 5, basis: 'observed', note: name(1) },
        },
      },
      parties: Object.fromEntries(
        [first, ...parties].map((each, index) => [
          each,
          {
            name: name(index + 2),
            kind: 'team',
            phone: name(index + 3),
            ...(index > 0 ? { in: first } : {}),
          },
        ]),
      ),
      ...(supplies.length > 0
        ? {
            power: Object.fromEntries(
              supplies.map((each, index) => [
                each,
                {
                  kind: 'ups',
                  at: site,
                  provider: first,
                  autonomy:
                    index % 2 === 0 ? { between: ['30m', '2h'], basis: 'vendor', source: name(index) } : '4h',
                  ...(index > 0 ? { from: supplies.slice(0, index) } : {}),
                },
              ]),
            ),
          }
        : {}),
      contracts: {
        maintenance: { with: first, covers: [site, ...others], name: name(9) },
        cleaning: { with: first, covers: site },
      },
      posts: {
        guard: {
          name: name(10),
          at: site,
          guards: 2,
          reaches: { [site]: '5m' },
          shifts: [
            { days: ['mon', 'tue'], from: '06:00', to: '22:00' },
            { days: 'daily', from: '01:00', to: '02:00' },
          ],
        },
      },
    };
    return { data, text: styledYaml(data, seed) };
  });

const file = 'site.yaml';
const edit = (text: string, ...edits: readonly Edit[]): string => {
  const result = editEstate([{ name: file, text }], edits);
  if (result.kind === 'error')
    throw new Error(result.error.map(({ message, hint }) => `${message} (${hint})`).join('\n'));
  return result.value[0]?.text ?? text;
};

type Place = readonly [id: string, path: readonly (string | number)[]];
const collectionOf = (data: Generated['data'], entity: string): string =>
  Object.keys(data).find((key) => key !== 'holdfast' && Object.hasOwn(data[key] as object, entity)) ?? '';
const whole = (data: Generated['data'], [entity, path]: Place): readonly (string | number)[] => [
  collectionOf(data, entity),
  entity,
  ...path,
];
const at = (data: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce((here: unknown, step) => (here as Record<string | number, unknown>)[step], data);

/** Places where any text may stand. */
function texts(data: Generated['data']): readonly Place[] {
  const parties = Object.keys(data['parties'] as object).flatMap((each): Place[] => [
    [each, ['name']],
    [each, ['phone']],
  ]);
  const [site = ''] = Object.keys(data['sites'] as object);
  return [
    ...parties,
    [site, ['name']],
    [site, ['people', 'note']],
    ['maintenance', ['name']],
    ['guard', ['name']],
  ];
}

const drawn = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

describe('laws of the editor', { timeout: 60_000 }, () => {
  test('the generator writes what it was given, in YAML that loads', () => {
    fc.assert(
      fc.property(estates, ({ data, text }) => {
        expect(parse(text)).toEqual(data);
        expect(loadEstate([{ name: file, text }])).toMatchObject({ kind: 'ok' });
      }),
      seeded(200),
    );
  });

  test('a set changes the data at that place, and nothing else', () => {
    fc.assert(
      fc.property(estates, fc.nat(), words, ({ data, text }, pick, value) => {
        const place = drawn(texts(data), pick);
        const expected = structuredClone(data);
        const path = whole(data, place);
        (at(expected, path.slice(0, -1)) as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
        expect(parse(edit(text, { kind: 'set', id: place[0], path: place[1], value }))).toEqual(expected);
      }),
      seeded(200),
    );
  });

  test('a set touches only the lines of its value', () => {
    fc.assert(
      fc.property(estates, fc.nat(), words, ({ data, text }, pick, value) => {
        const place = drawn(texts(data), pick);
        const after = edit(text, { kind: 'set', id: place[0], path: place[1], value });
        const { first, last } = linesOf(text, whole(data, place));
        const [old, now] = [text.split('\n'), after.split('\n')];
        expect(now.slice(0, first)).toEqual(old.slice(0, first));
        const rest = old.slice(last + 1);
        expect(now.slice(now.length - rest.length)).toEqual(rest);
        // The comment behind a value on one line stays.
        if (first === last)
          expect(now[first]?.replace('\r', '').endsWith('# note: "x"') ?? false).toBe(
            old[first]?.replace('\r', '').endsWith('# note: "x"') ?? false,
          );
      }),
      seeded(200),
    );
  });

  test('set and set back restores every byte', () => {
    fc.assert(
      fc.property(estates, fc.nat(), words, ({ data, text }, pick, value) => {
        const place = drawn(texts(data), pick);
        const path = whole(data, place);
        const old = at(data, path);
        const node = nodeAt(text, path);
        // What had to be quoted otherwise in between comes back as another spelling of the same text.
        fc.pre(
          isScalar(node) &&
            (node.type === 'QUOTE_DOUBLE' ||
              (node.type === 'QUOTE_SINGLE' && /^[ -~]*$/.test(value)) ||
              (node.type === 'PLAIN' && /^(?!true|null)[A-Za-z]{4,}$/.test(value))),
        );
        const there = edit(text, { kind: 'set', id: place[0], path: place[1], value });
        expect(edit(there, { kind: 'set', id: place[0], path: place[1], value: old as Json })).toBe(text);
      }),
      seeded(200),
    );
  });

  test('setting what is there changes nothing', () => {
    fc.assert(
      fc.property(estates, fc.nat(), ({ data, text }, pick) => {
        const [entity] = drawn(texts(data), pick);
        expect(
          edit(text, {
            kind: 'set',
            id: entity,
            path: [],
            value: at(data, [collectionOf(data, entity), entity]) as Json,
          }),
        ).toBe(text);
      }),
      seeded(100),
    );
  });

  test('a new key and its unset, a new entity and its removal restore every byte', () => {
    fc.assert(
      fc.property(estates, words, ({ text }, value) => {
        const keyed = edit(text, { kind: 'set', id: 'cleaning', path: 'name', value });
        expect(at(parse(keyed), ['contracts', 'cleaning', 'name'])).toBe(value);
        expect(edit(keyed, { kind: 'unset', id: 'cleaning', path: 'name' })).toBe(text);
        const data = { name: value, kind: 'vendor' };
        const added = edit(text, { kind: 'add', entity: 'party', id: 'new-one', data });
        expect(at(parse(added), ['parties', 'new-one'])).toEqual(data);
        expect(edit(added, { kind: 'remove', id: 'new-one' })).toBe(text);
      }),
      seeded(80),
    );
  });

  test('rename and rename back restores every byte, and every reference follows', () => {
    fc.assert(
      fc.property(estates, fc.nat(), ({ data, text }, pick) => {
        const ids = Object.values(data).flatMap((each) =>
          typeof each === 'object' && each !== null ? Object.keys(each) : [],
        );
        const from = drawn(ids, pick);
        const renamed = edit(text, { kind: 'rename', from, to: 'zz.renamed' });
        const expected = JSON.stringify(data).replaceAll(`"${from}"`, '"zz.renamed"');
        expect(parse(renamed)).toEqual(JSON.parse(expected));
        expect(edit(renamed, { kind: 'rename', from: 'zz.renamed', to: from })).toBe(text);
      }),
      seeded(80),
    );
  });

  test('edits of a list give that list, and leave other lines alone', () => {
    fc.assert(
      fc.property(estates, fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }), ({ data, text }, picks) => {
        const ids = Object.values(data).flatMap((each) =>
          typeof each === 'object' && each !== null ? Object.keys(each) : [],
        );
        const covers = picks.map((pick) => drawn(ids, pick));
        const after = edit(text, { kind: 'set', id: 'maintenance', path: 'covers', value: covers });
        const expected = structuredClone(data) as { contracts: { maintenance: { covers: unknown } } };
        expected.contracts.maintenance.covers = covers;
        expect(parse(after)).toEqual(expected);
        const { first, last } = linesOf(text, ['contracts', 'maintenance', 'covers']);
        const [old, now] = [text.split('\n'), after.split('\n')];
        expect(now.slice(0, first)).toEqual(old.slice(0, first));
        const rest = old.slice(last + 1);
        expect(now.slice(now.length - rest.length)).toEqual(rest);
      }),
      seeded(80),
    );
  });

  test('many edits at once give what they give one by one', () => {
    fc.assert(
      fc.property(
        estates,
        fc.array(fc.tuple(fc.nat(), words), { minLength: 2, maxLength: 8 }),
        ({ data, text }, changes) => {
          const edits = changes.map(([pick, value], index): Edit => {
            const [entity, path] = drawn(texts(data), pick);
            if (index % 4 === 3)
              return {
                kind: 'add',
                entity: 'party',
                id: `new-${index}`,
                data: { name: value, kind: 'team' },
              };
            return { kind: 'set', id: entity, path, value };
          });
          expect(edit(text, ...edits)).toBe(edits.reduce((all, each) => edit(all, each), text));
        },
      ),
      seeded(80),
    );
  });
});

/** From the line of the key to the last line of the value, counted from 0. */
function linesOf(
  text: string,
  path: readonly (string | number)[],
): { readonly first: number; readonly last: number } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const parent = document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  const line = (offset: number): number => counter.linePos(offset).line - 1;
  const value = pair?.value as Node | undefined;
  const end = value?.range?.[1] ?? 0;
  return {
    first: line((pair?.key as Node | undefined)?.range?.[0] ?? 0),
    last: line(text.slice(0, end).trimEnd().length - 1),
  };
}

function nodeAt(text: string, path: readonly (string | number)[]): unknown {
  return parseDocument(text).getIn(path, true);
}
