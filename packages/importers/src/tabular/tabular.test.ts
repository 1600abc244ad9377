import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Import } from '../observation.ts';
import { writeWorkbook } from '../sheet/write-sheets.ts';
import type { Mapping } from './mapping.ts';
import { proposeMapping } from './propose-mapping.ts';
import { readMapping } from './read-mapping.ts';
import { readTables } from './read-tables.ts';
import { slugOf } from './slug.ts';
import { writeTemplate } from './template.ts';

const folder = join(import.meta.dirname, '..', '..', 'mappings');
const names = readdirSync(folder);

function mapping(text: string): Mapping {
  const read = readMapping({ name: 'mapping.yaml', text });
  if (read.kind === 'error') throw new Error(JSON.stringify(read.error, undefined, 1));
  return read.value;
}
const shipped = names.map((name) => mapping(readFileSync(join(folder, name), 'utf8')));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
async function read(text: string | Uint8Array, mappings = shipped, name = 'doors.csv'): Promise<Import> {
  const result = await readTables({ name, bytes: typeof text === 'string' ? bytes(text) : text }, mappings);
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}
const saidOf = ({ observations }: Import, index = 0) =>
  Object.fromEntries(
    (observations[index]?.says ?? []).map((each) => [
      each.path.join('.'),
      each.kind === 'value' ? each.value : each.to,
    ]),
  );

describe('the templates', () => {
  it.each(['devices', 'doors', 'wiring'])(
    '%s: notes and the example are read past, in both formats',
    async (what) => {
      const own = shipped.find(({ name }) => name === `${what} template`);
      if (!own) throw new Error('no such template');
      for (const format of ['csv', 'xlsx'] as const) {
        const written = await writeTemplate(own, format);
        if (written.kind === 'error') throw new Error('not written');
        const back = await read(written.value);
        expect(back).toMatchObject({ tool: own.name, observations: [], problems: [], format });
      }
    },
  );

  it('are told apart by their headers, in German too', async () => {
    const table = await read(
      'Bezeichnung;Von;Nach;Schloss;Ohne Strom;Ausgang;Notausgang\nTür Süd;Straße;Halle;Haftmagnet;offen;Taster;nein\n',
    );
    expect(table).toMatchObject({ tool: 'doors template', basis: 'declared', problems: [] });
    expect(table.observations[0]).toMatchObject({
      kind: 'door',
      id: 'tuer-sued',
      marks: { name: 'Tür Süd' },
    });
    expect(saidOf(table)).toMatchObject({
      'lock.kind': 'maglock',
      'lock.onPowerLoss': 'fail-safe',
      'exit.kind': 'button',
      emergencyExit: false,
      from: { kind: 'area', id: 'strasse' },
    });
    expect(table.observations.slice(1)).toMatchObject([
      { kind: 'area', id: 'strasse', marks: { name: 'Straße' } },
      { kind: 'area', id: 'halle' },
    ]);
  });
});

describe('bad cells', () => {
  const doors = 'Name,From,To,Lock,Way out,Emergency exit\n';

  it('are told all at once, with address, column and what was expected, and the rest of the row is taken', async () => {
    const table = await read(
      `${doors}A,Street,Hall,magnetik,lever,perhaps\nB,Street,Hall,strike,ladder,no\n`,
    );
    expect(table.problems).toMatchObject([
      {
        at: { file: 'doors.csv', line: 2, column: 4 },
        message: "D2 (Lock): expected one of maglock, strike, motor, mechanical, found 'magnetik'",
        hint: expect.stringContaining('magnet'),
      },
      { at: { line: 2, column: 6 }, message: "F2 (Emergency exit): expected true or false, found 'perhaps'" },
      { at: { line: 3, column: 5 }, message: expect.stringContaining('E3 (Way out): expected one of lever') },
    ]);
    expect(saidOf(table)).toMatchObject({ name: 'A', 'exit.kind': 'lever' });
    expect(saidOf(table)).not.toHaveProperty('lock.kind');
  });

  it('name the cell of a workbook as it does', async () => {
    const book = await writeWorkbook([
      {
        name: 'Doors',
        rows: [
          ['List of doors', '', ''],
          ['Name', 'From', 'To', 'Lock'],
          ['A', 'x', 'y', 'glue'],
        ],
      },
    ]);
    const table = await read(book, shipped, 'site.xlsx');
    expect(table.problems).toMatchObject([
      {
        at: { file: 'site.xlsx!Doors', line: 3, column: 4 },
        message: expect.stringMatching(/^Doors!D3 \(Lock\)/),
      },
    ]);
  });

  it('leave out a row that says not which thing it is, and one that stands twice', async () => {
    const table = await read(
      `${doors},Street,Hall,strike,lever,no\nA,Street,Hall,strike,lever,no\na,Street,Hall,strike,lever,no\n`,
    );
    expect(table.problems).toMatchObject([
      { at: { line: 2 }, message: expect.stringContaining('does not say which thing') },
      { at: { line: 4 }, code: 'id-duplicate', message: expect.stringContaining('row 3') },
    ]);
    expect(table.observations.filter(({ kind }) => kind === 'door')).toHaveLength(1);
  });

  it('say unknown, and nothing', async () => {
    const table = await read(`${doors}A,Street,Hall,unknown,-,\n`);
    expect(saidOf(table)).toMatchObject({ 'lock.kind': 'unknown' });
    expect(Object.keys(saidOf(table))).not.toContain('exit.kind');
  });
});

describe('a supply that a column names', () => {
  it('is what its name says, else what the column is for', async () => {
    const table = await read('Door,Decided by,Lock power\nD1,Ctl,UPS 1\nD2,Ctl,Lock power 2\n');
    const kinds = table.observations.flatMap((each, index) =>
      each.kind === 'supply' ? [saidOf(table, index)['kind']] : [],
    );
    expect(kinds).toEqual(['ups', 'psu']);
  });
});

describe('mappings', () => {
  const own = (columns: string, more = ''): Mapping =>
    mapping(`holdfastMapping: 1\nname: own\ntables:\n  - rows: device\n${more}    columns:\n${columns}`);

  it('translate words, add units, split lists, follow patterns and add constants', async () => {
    const mine = own(
      `      Name: name
      Type: { class: true, words: { Kamera: camera } }
      Battery: { path: battery, unit: h }
      Storage: { path: storage, unit: GB }
      Addresses: { path: address, split: ';' }
      Installed: installed
      Url: { path: mac, pattern: '^mac=(.*)$' }
      Switch: { path: uplink, ref: device, port: Port }
      Port: { mark: none }
`,
      '    constants: { addressing: static }\n',
    );
    const table = await read(
      'Name,Type,Battery,Storage,Addresses,Installed,Url,Switch,Port\nC,Kamera,"1,5",256,10.0.0.1; 10.0.0.2,03.02.2024,mac=aa:bb:cc:dd:ee:ff,SW 1,12\n',
      [mine],
    );
    expect(table.problems).toEqual([]);
    expect(table.observations[0]).toMatchObject({
      deviceClass: 'camera',
      marks: { name: 'C', addresses: ['10.0.0.1', '10.0.0.2'], macs: ['aa:bb:cc:dd:ee:ff'] },
    });
    expect(saidOf(table)).toMatchObject({
      battery: '1.5h',
      storage: '256GB',
      address: ['10.0.0.1', '10.0.0.2'],
      installed: '2024-02-03',
      mac: 'aa:bb:cc:dd:ee:ff',
      uplink: { kind: 'device', id: 'SW 1', port: '12' },
      addressing: 'static',
    });
  });

  it('refuse a date that may be two', async () => {
    const table = await read('Name,Installed\nC,03/02/2024\n', [
      own('      Name: name\n      Installed: installed\n'),
    ]);
    expect(table.problems).toMatchObject([
      { message: expect.stringContaining("expected a date, found '03/02/2024'") },
    ]);
  });

  it('read only the rows that they ask for', async () => {
    const mine = own('      Name: name\n      Model: model\n', '    where: { State: [Enabled] }\n');
    const table = await read('Name,Model,State\nA,x,enabled\nB,x,Disabled\n', [mine]);
    expect(table.observations.map(({ id }) => id)).toEqual(['a']);
  });

  it.each([
    ['a path that the language does not have', '      Name: nmae\n', /has no key 'nmae'/],
    ['a kind of column that there is not', '      Name: { paht: name }\n', /has no key 'paht'/],
    [
      'a pattern without a group',
      "      Name: { path: name, pattern: '^a$' }\n",
      /regular expression with one group/,
    ],
    [
      'a pattern that could take for ever',
      "      Name: { path: name, pattern: '^((a+)+)$' }\n",
      /regular expression/,
    ],
  ])('refuse %s at its line', (_what, columns, message) => {
    const result = readMapping({
      name: 'm.yaml',
      text: `holdfastMapping: 1\nname: m\ntables:\n  - rows: device\n    columns:\n${columns}`,
    });
    expect(result).toMatchObject({
      kind: 'error',
      error: [{ message: expect.stringMatching(message), at: { file: 'm.yaml', line: 6 } }],
    });
  });

  it('that do not fit are told, with the way out', async () => {
    const result = await readTables({ name: 'x.csv', bytes: bytes('Colour,Size\nred,1\n') }, shipped);
    expect(result).toMatchObject({
      kind: 'error',
      error: [
        {
          message: expect.stringContaining('Colour, Size'),
          hint: expect.stringContaining('import map x.csv'),
        },
      ],
    });
  });

  it('for Milestone read the camera report, and no password', async () => {
    const table = await read(
      'Name,State,HardwareName,Model,Address,MAC,Firmware,RecorderName,Id,Password\nLobby,Responding,AXIS (10.1.20.31),AXIS P3265-LV,http://10.1.20.31/,ACCC8E012345,11.8.1,REC-1,4f0c,secret\n',
    );
    expect(table).toMatchObject({
      tool: 'Milestone XProtect camera report',
      basis: 'export',
      problems: [],
      scopes: [{ classes: ['camera'] }],
    });
    expect(table.observations[0]).toMatchObject({
      deviceClass: 'camera',
      marks: { key: '4f0c', addresses: ['10.1.20.31'] },
    });
    expect(JSON.stringify(table)).not.toContain('secret');
    const list = await read(
      'HardwareAddress,HardwareUsername,HardwarePassword,HardwareDriverID\n10.1.20.31,root,secret,105\n',
    );
    expect(list.observations).toMatchObject([{ id: '10.1.20.31' }]);
    expect(JSON.stringify(list)).not.toMatch(/secret|root/);
  });
});

describe('a proposed mapping', () => {
  it('is a mapping that reads the file, with what it does not know as comments', async () => {
    const file = {
      name: 'list.csv',
      bytes: bytes(
        'Türname;Bereich;Schlosstyp;Ohne Strom;Farbe\nSüd;Halle;Haftmagnet;offen;rot\nNord;Halle;Klebeband;offen;blau\n',
      ),
    };
    const proposed = await proposeMapping(file);
    if (proposed.kind === 'error') throw new Error('not proposed');
    expect(proposed.value).toContain('rows: door');
    expect(proposed.value).toContain('# Farbe: left alone, for example rot; blau');
    expect(proposed.value).toContain("give 'words' for Klebeband");
    const table = await read(file.bytes, [mapping(proposed.value)]);
    expect(saidOf(table)).toMatchObject({
      name: 'Süd',
      'lock.kind': 'maglock',
      to: { kind: 'area', id: 'halle' },
    });
  });

  it('tells a file without rows', async () => {
    expect(await proposeMapping({ name: 'x.csv', bytes: bytes('') })).toMatchObject({ kind: 'error' });
  });
});

describe('ids from names', () => {
  it.each([
    ['Haupteingang Süd', 'haupteingang-sued'],
    ['Café №3 / Türe', 'cafe-3-tuere'],
    ['---', undefined],
    ['unknown', 'unknown-1'],
    ['x'.repeat(200), 'x'.repeat(60)],
  ])('%s', (name, id) => {
    expect(slugOf(name)).toBe(id);
  });
});

describe('any table', () => {
  it('is read or refused, never thrown at, and each observation has an id', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        'Name',
        'From',
        'To',
        'Lock',
        'Class',
        'IP address',
        'Switch port',
        'maglock',
        'unknown',
        '-',
        '#',
        '__proto__',
        'constructor',
        '10.0.0.1',
        'a:b:c',
        '',
      ),
      fc.string({ maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(word, { maxLength: 8 }), { maxLength: 8 }), async (cells) => {
        const rows = [['Name', 'From', 'To', 'Lock', 'Class', 'IP address', 'Switch port'], ...cells];
        const text = rows
          .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        const result = await readTables({ name: 'x.csv', bytes: bytes(text) }, shipped);
        if (result.kind === 'ok')
          for (const { id } of result.value.observations)
            expect(id).toMatch(/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/);
      }),
      { numRuns: 200 },
    );
  });
});
