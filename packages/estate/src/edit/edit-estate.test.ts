import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import { loadEstate } from '../load/load-estate.ts';
import { editEstate } from './edit-estate.ts';
import type { Edit } from './edit.ts';

const every = readFileSync(join(import.meta.dirname, '../../fixtures/valid/every-kind.yaml'), 'utf8');

/** The lines that an edit takes away and puts in their place, or what refused it. */
function changed(text: string, ...edits: readonly Edit[]): string {
  const result = editEstate([{ name: 'site.yaml', text }], edits);
  if (result.kind === 'error') return told(result.error);
  const [file] = result.value;
  return file === undefined ? 'nothing' : difference(text, file.text);
}

const told = (problems: readonly Problem[]): string =>
  problems
    .map(({ code, message, at }) => `${code}${at ? ` ${at.line}:${at.column}` : ''} ${message}`)
    .join('\n');

function difference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  while (old.length > 0 && now.length > 0 && old.at(-1) === now.at(-1)) {
    old.pop();
    now.pop();
  }
  while (old.length > 0 && now.length > 0 && old[0] === now[0]) {
    old.shift();
    now.shift();
  }
  return [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)].join('\n');
}

const small = `# the estate
holdfast: 1   # the version

sites:
  home:   # where we are
    name: Home
    timeZone: UTC
    address: "1 High St"

# people
parties:
  a: { name: A, kind: team }   # first
  # the second
  b: { name: B, kind: team, in: a }

  c:
    name: 'C'
    kind: team
    # told by phone
    phone: 0301
`;

describe('set', () => {
  test.each<[string, Edit, string]>([
    [
      'keeps quotes and the comment behind',
      { kind: 'set', id: 'c', path: 'name', value: "it's" },
      "-    name: 'C'\n+    name: 'it''s'",
    ],
    [
      'keeps double quotes',
      { kind: 'set', id: 'home', path: 'address', value: 'a "b"' },
      '-    address: "1 High St"\n+    address: "a \\"b\\""',
    ],
    [
      'writes plain where nothing else would be read',
      { kind: 'set', id: 'home', path: 'name', value: 'New: home' },
      "-    name: Home\n+    name: 'New: home'",
    ],
    [
      'quotes what YAML would read as a number',
      { kind: 'set', id: 'a', path: 'name', value: '1.10' },
      "-  a: { name: A, kind: team }   # first\n+  a: { name: '1.10', kind: team }   # first",
    ],
    [
      'quotes what YAML would read as a truth',
      { kind: 'set', id: 'a', path: 'name', value: 'no' },
      "-  a: { name: A, kind: team }   # first\n+  a: { name: 'no', kind: team }   # first",
    ],
    [
      'adds a key to braces',
      { kind: 'set', id: 'b', path: 'phone', value: '+49 30' },
      '-  b: { name: B, kind: team, in: a }\n+  b: { name: B, kind: team, in: a, phone: +49 30 }',
    ],
    ['adds a key behind the last', { kind: 'set', id: 'c', path: 'in', value: 'a' }, '+    in: a'],
    [
      'adds a mapping',
      { kind: 'set', id: 'home', path: 'uses.dns', value: 'x' },
      "edit-refused the estate would then have a problem that it had not before\nreference-unknown 9:18 site home: there is no device 'x'",
    ],
    [
      'touches nothing where the value is the same',
      { kind: 'set', id: 'c', path: 'name', value: 'C' },
      'nothing',
    ],
    [
      'refuses an entity that is not there',
      { kind: 'set', id: 'nobody', path: 'name', value: 'x' },
      "edit-refused set nobody name: there is no 'nobody' in these files",
    ],
    [
      'refuses what the language refuses',
      { kind: 'set', id: 'c', path: 'kind', value: 'taem' },
      "edit-refused the estate would then have a problem that it had not before\nvalue-invalid 18:11 party c: expected one of team, person, vendor, provider, landlord, authority, monitoring-centre, found 'taem'",
    ],
    [
      'refuses an item beyond the end',
      { kind: 'set', id: 'c', path: 'phone.0', value: 'x' },
      "edit-refused set c phone.0: 'c.phone' has no '0' to set",
    ],
  ])('%s', (_name, edit, expected) => {
    expect(changed(small, edit)).toBe(expected);
  });

  test('changes only the items of a list that differ', () => {
    expect(
      changed(every, { kind: 'set', id: 'front', path: 'unlocked.1.days', value: ['sat', 'sun', 'mon'] }),
    ).toBe('-      - days: [sat, sun]\n+      - days: [sat, sun, mon]');
  });

  test('changes only the members of a mapping that differ', () => {
    const edit: Edit = {
      kind: 'set',
      id: 'home',
      path: [],
      value: { name: 'Home', timeZone: 'UTC', people: 5 },
    };
    expect(changed(small, edit)).toBe('-    address: "1 High St"\n+    people: 5');
  });

  test('makes one line of a block, and a block of one line', () => {
    const one = changed(every, {
      kind: 'set',
      id: 'test/controller',
      path: ['provides', 'decides'],
      value: 'running',
    });
    expect(one.split('\n').at(-1)).toBe('+      decides: running');
    const long = Object.fromEntries(
      Array.from({ length: 9 }, (_each, index) => [`fact-number-${index}`, index]),
    );
    expect(changed(every, { kind: 'set', id: 'test/host', path: 'facts', value: long })).toContain(
      '"fact-number-1": 1'.replaceAll('"', ''),
    );
  });
});

describe('unset', () => {
  test.each<[string, Edit, string]>([
    [
      'takes the line, with the comment behind',
      { kind: 'unset', id: 'home', path: 'address' },
      '-    address: "1 High St"',
    ],
    [
      'takes the first of braces',
      { kind: 'set', id: 'b', path: [], value: { kind: 'team', name: 'B' } },
      '-  b: { name: B, kind: team, in: a }\n+  b: { name: B, kind: team }',
    ],
    [
      'leaves an empty mapping where nothing is left',
      { kind: 'unset', id: 'c', path: 'nothing' },
      "edit-refused unset c nothing: 'nothing' is not set",
    ],
    [
      'refuses to take an entity',
      { kind: 'unset', id: 'c', path: '' },
      'edit-refused unset c : no path is given',
    ],
  ])('%s', (_name, edit, expected) => {
    expect(changed(small, edit)).toBe(expected);
  });

  test('the first pair of an item makes room for the next', () => {
    expect(changed(every, { kind: 'unset', id: 'front', path: 'unlocked.1.days' })).toContain(
      '+      - from: 10:00',
    );
  });

  test('the last item leaves an empty list', () => {
    expect(changed(every, { kind: 'unset', id: 'line-1', path: 'paths.0' })).toBe(
      '-    paths: [duct-1]\n+    paths: []',
    );
  });
});

describe('add', () => {
  test('in the style of its neighbours, set off as they are', () => {
    expect(changed(small, { kind: 'add', entity: 'party', id: 'd', data: { name: 'D', kind: 'team' } })).toBe(
      '+\n+  d:\n+    name: D\n+    kind: team',
    );
  });

  test('begins a collection', () => {
    const edit: Edit = { kind: 'add', entity: 'path', id: 'duct-1', data: { kind: 'duct' } };
    expect(changed(small, edit)).toBe('+\n+paths:\n+  duct-1: { kind: duct }');
    expect(changed('holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\npaths: {}   # none\n', edit)).toBe(
      '-paths: {}   # none\n+paths:   # none\n+  duct-1: { kind: duct }',
    );
  });

  test('begins a file, of YAML and of NDJSON', () => {
    const edit: Edit = { kind: 'add', entity: 'site', id: 'h', data: { name: 'H', timeZone: 'UTC' } };
    expect(editEstate([], [edit])).toEqual({
      kind: 'ok',
      value: [{ name: 'estate.yaml', text: 'holdfast: 1\n\nsites:\n  h: { name: H, timeZone: UTC }\n' }],
    });
    expect(editEstate([], [{ ...edit, file: 'a.ndjson' }])).toEqual({
      kind: 'ok',
      value: [
        {
          name: 'a.ndjson',
          text: '{"holdfast":1}\n{"data":{"name":"H","timeZone":"UTC"},"id":"h","kind":"site"}\n',
        },
      ],
    });
    expect(editEstate([], [{ ...edit, file: 'a.txt' }])).toMatchObject({
      kind: 'error',
      error: [{ code: 'edit-refused', message: 'add h: a.txt is no name of an estate file' }],
    });
  });

  test('several at once, and into the file that was named', () => {
    const files = [
      { name: 'a.yaml', text: 'holdfast: 1\nsites:\n  h: { name: H, timeZone: UTC }\n' },
      { name: 'b.yaml', text: 'holdfast: 1\r\nareas:\r\n  x: { name: X, in: h, class: staff }\r\n' },
    ];
    const add = (id: string, more: object = {}): Edit => ({
      kind: 'add',
      entity: 'area',
      id,
      data: { name: id, in: 'h', class: 'staff' },
      ...more,
    });
    const result = editEstate(files, [add('p'), add('q'), add('r', { file: 'a.yaml' })]);
    expect(result).toEqual({
      kind: 'ok',
      value: [
        {
          name: 'a.yaml',
          text: 'holdfast: 1\nsites:\n  h: { name: H, timeZone: UTC }\n\nareas:\n  r: { name: r, in: h, class: staff }\n',
        },
        {
          name: 'b.yaml',
          text: 'holdfast: 1\r\nareas:\r\n  x: { name: X, in: h, class: staff }\r\n  p: { name: p, in: h, class: staff }\r\n  q: { name: q, in: h, class: staff }\r\n',
        },
      ],
    });
  });

  test('refuses an id that is taken', () => {
    expect(changed(small, { kind: 'add', entity: 'path', id: 'a', data: { kind: 'duct' } })).toBe(
      "edit-refused add a: 'a' is there already, a party in site.yaml",
    );
  });

  test.each([
    ['path', 'Bad Id!'],
    ['profile', 'no-slash'],
    ['path', 'a'.repeat(65)],
  ] as const)('refuses what is no id of a %s: %s', (entity, id) => {
    expect(changed(small, { kind: 'add', entity, id, data: {} })).toMatch(/' is not an id$/);
  });
});

describe('rename', () => {
  test('changes every reference, in every form and every file', () => {
    const renames: readonly Edit[] = [
      { kind: 'rename', from: 'vault', to: 'safe' },
      { kind: 'rename', from: 'sw-1', to: 'switch.a' },
      { kind: 'rename', from: 'fire-1', to: 'fire-2' },
      { kind: 'rename', from: 'vendor-1', to: 'null' },
      { kind: 'rename', from: 'test/controller', to: 'own/lp' },
      { kind: 'rename', from: 'lan', to: '20' },
    ];
    const result = editEstate([{ name: 'a.yaml', text: every }], renames);
    expect(result).toMatchObject({ kind: 'ok' });
    const text = result.kind === 'ok' ? (result.value[0]?.text ?? '') : '';
    for (const part of [
      '  safe:\n',
      'to: safe',
      'safe: 2m',
      'switch.a:24',
      '  switch.a: {',
      'fire:fire-2',
      'region:null/eu-1',
      '"null": {',
      'provider: "null"',
      'profile: own/lp',
      'module-1, own/lp]',
      "'network:20'",
      'network: "20"',
      '  20:\n',
    ])
      expect(text).toContain(part);
    expect(loadEstate([{ name: 'a.yaml', text }])).toMatchObject({ kind: 'ok' });
    // Words of comments and names stay.
    expect(text).toContain('name: Vault');
  });

  test('a port or a prefix that is spelt like the id stays', () => {
    const text =
      'holdfast: 1\nsites:\n  h: { name: H, timeZone: UTC }\ndevices:\n  fire: { profile: p/f, at: h }\n  x: { profile: p/f, at: h, uplink: "fire:fire" }\nprofiles:\n  p/f: { class: switch, name: F }\nscenarios:\n  s: { name: S, faults: [{ at: fire:fire }] }\n';
    expect(changed(text, { kind: 'rename', from: 'fire', to: 'f2' })).toContain(
      '+  x: { profile: p/f, at: h, uplink: "f2:fire" }',
    );
    expect(changed(text, { kind: 'rename', from: 'fire', to: 'f2' })).toContain('at: fire:f2');
  });

  test('refuses a name that is taken, and one that is no id', () => {
    expect(changed(small, { kind: 'rename', from: 'a', to: 'b' })).toBe(
      "edit-refused rename a to b: 'b' is there already, a party in site.yaml",
    );
    expect(changed(small, { kind: 'rename', from: 'a', to: 'A b' })).toContain(
      "id-invalid 12:3 'A b' is not an id",
    );
  });
});

describe('remove', () => {
  test('takes the comments right above, and one of the empty lines around', () => {
    expect(changed(small, { kind: 'remove', id: 'b' })).toBe(
      '-  # the second\n-  b: { name: B, kind: team, in: a }\n-',
    );
    expect(changed(small, { kind: 'remove', id: 'c' })).toBe(
      "-\n-  c:\n-    name: 'C'\n-    kind: team\n-    # told by phone\n-    phone: 0301",
    );
  });

  test('is refused while something refers to it, with the place of each', () => {
    expect(changed(small, { kind: 'remove', id: 'a' })).toBe(
      "edit-refused 14:33 remove a: party b refers to it in 'in'",
    );
    expect(changed(every, { kind: 'remove', id: 'duct-1' })).toBe(
      "edit-refused 190:13 remove duct-1: circuit line-1 refers to it in 'paths.0'\nedit-refused 223:13 remove duct-1: transmission alarm-path refers to it in 'paths.0'",
    );
  });

  test('takes the references with it where that is asked, unless they must stand', () => {
    expect(changed(small, { kind: 'remove', id: 'a', cascade: true })).toBe(
      '-  a: { name: A, kind: team }   # first\n-  # the second\n-  b: { name: B, kind: team, in: a }\n+  # the second\n+  b: { name: B, kind: team }',
    );
    expect(changed(every, { kind: 'remove', id: 'street', cascade: true })).toContain(
      "key-missing 36:3 door front: a door needs 'from'",
    );
  });

  test('of the last entity leaves an empty collection', () => {
    expect(changed(every, { kind: 'remove', id: 'maintenance' })).toContain('+contracts: {}');
  });
});

describe('what the editor refuses', () => {
  const anchored =
    'holdfast: 1\nsites:\n  h: { name: &n Home, timeZone: UTC }\n  g: { name: *n, timeZone: UTC }\n  k: &k { name: K, timeZone: UTC }\n  l: *k\n';

  test.each<[string, Edit, string]>([
    [
      'an alias',
      { kind: 'set', id: 'g', path: 'name', value: 'x' },
      'the value is the alias *n, which stands for a value elsewhere',
    ],
    [
      'below an alias',
      { kind: 'set', id: 'l', path: 'name', value: 'x' },
      'the value is the alias *k, which stands for a value elsewhere',
    ],
    [
      'what an alias means',
      { kind: 'set', id: 'h', path: 'name', value: 'x' },
      'the value is shared with every *n',
    ],
    [
      'within what an alias means',
      { kind: 'set', id: 'k', path: 'name', value: 'x' },
      'the value is shared with every *k',
    ],
  ])('%s', (_name, edit, expected) => {
    expect(changed(anchored, edit)).toContain(expected);
  });

  test('an anchor that nothing means is kept', () => {
    expect(
      changed('holdfast: 1\nsites:\n  h: { name: &n Home, timeZone: UTC }\n', {
        kind: 'set',
        id: 'h',
        path: 'name',
        value: 'x',
      }),
    ).toBe('-  h: { name: &n Home, timeZone: UTC }\n+  h: { name: &n x, timeZone: UTC }');
  });

  test('a file that cannot be read, and renames past it', () => {
    const files = [
      { name: 'a.yaml', text: small },
      { name: 'b.yaml', text: 'holdfast: 1\nareas: [\n' },
    ];
    expect(editEstate(files, [{ kind: 'rename', from: 'a', to: 'z' }])).toMatchObject({
      kind: 'error',
      error: [{ code: 'edit-refused' }],
    });
    expect(editEstate(files, [{ kind: 'set', id: 'a', path: 'name', value: 'z' }])).toMatchObject({
      kind: 'ok',
      value: [{ name: 'a.yaml' }],
    });
  });

  test('what comes with the product', () => {
    const library = [
      { name: 'library.yaml', text: 'holdfast: 1\nprofiles: { c/x: { class: camera, name: X } }\n' },
    ];
    expect(
      editEstate(
        [{ name: 'a.yaml', text: small }],
        [{ kind: 'set', id: 'c/x', path: 'name', value: 'z' }],
        library,
      ),
    ).toMatchObject({
      kind: 'error',
      error: [{ code: 'edit-refused', hint: expect.stringContaining('comes with the product') as string }],
    });
  });

  test('nothing is returned of edits of which one is refused', () => {
    expect(
      changed(small, { kind: 'set', id: 'a', path: 'name', value: 'z' }, { kind: 'remove', id: 'a' }),
    ).toContain('edit-refused');
  });

  test('an estate that is broken already may be edited, and mended', () => {
    const broken = small.replace('in: a', 'in: aa');
    expect(changed(broken, { kind: 'set', id: 'c', path: 'name', value: 'Z' })).toBe(
      "-    name: 'C'\n+    name: 'Z'",
    );
    expect(changed(broken, { kind: 'set', id: 'b', path: 'in', value: 'a' })).toContain('in: a }');
    expect(changed(broken, { kind: 'rename', from: 'b', to: 'bb' })).toContain(
      '+  bb: { name: B, kind: team, in: aa }',
    );
  });
});

describe('NDJSON', () => {
  const lines =
    '{"holdfast":1}\n{"kind":"site","id":"h","data":{"name":"H","timeZone":"UTC"}}\n{"kind":"area","id":"x","data":{"name":"X","in":"h","class":"staff"}}\n';
  const edited = (...edits: readonly Edit[]): unknown => {
    const result = editEstate([{ name: 'a.ndjson', text: lines }], edits);
    return result.kind === 'ok' ? result.value[0]?.text : told(result.error);
  };

  test('only the lines of changed entities are written anew', () => {
    expect(edited({ kind: 'set', id: 'x', path: 'name', value: 'Y' })).toBe(
      lines.replace(
        '{"kind":"area","id":"x","data":{"name":"X","in":"h","class":"staff"}}',
        '{"data":{"class":"staff","in":"h","name":"Y"},"id":"x","kind":"area"}',
      ),
    );
    expect(edited({ kind: 'unset', id: 'x', path: 'nothing' })).toContain("'nothing' is not set");
    expect(edited({ kind: 'rename', from: 'h', to: 'g' })).toContain('"in":"g"');
    expect(edited({ kind: 'add', entity: 'building', id: 'b', data: { name: 'B', in: 'h' } })).toContain(
      '"id":"b","kind":"building"}\n{"kind":"area"',
    );
    expect(edited({ kind: 'remove', id: 'x' })).toBe(lines.split('\n').toSpliced(2, 1).join('\n'));
    expect(edited({ kind: 'remove', id: 'h' })).toBe(
      "edit-refused 3:1 remove h: area x refers to it in 'in'",
    );
  });
});
