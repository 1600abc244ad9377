import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { runHoldfast, type Ran } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-import-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command line in the folder of the test, where its files lie. */
const holdfast = (...words: readonly string[]): Promise<Ran> => runHoldfast(words, { cwd: folder });

/** All bytes of a folder. */
async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  for (const name of files.toSorted()) hash.update(name).update(await readFile(name));
  return hash.digest('hex');
}

const put = (name: string, content: string | Uint8Array): Promise<void> =>
  writeFile(join(folder, name), content);

/** A template with rows under it. */
async function filled(what: string, rows: readonly string[]): Promise<void> {
  const { out } = await holdfast('import', 'template', what);
  await put(`${what}.csv`, `${out.toString()}${rows.join('\r\n')}\r\n`);
}

const doors = [
  'Main entrance,,Street,Lobby,door,magnet,fail-safe,button,cuts-lock-power,hardwired,no,yes,DESFire EV2',
  'Server room,,Lobby,Data hall,door,strike,fail secure,lever,mechanical,,no,yes,unknown',
];
const wiring = [
  'Main entrance,Controller 1,Reader main,osdp-secure,Lock supply,2,2026-05-12,inside,nc,Fire panel,yes,yes',
  'Server room,Controller 1,Reader server,wiegand,Lock supply,,,,,,,',
];
const devices = [
  'Controller 1,,controller,HID Mercury,LP1502,S1,1.29,00:0f:e5:01:02:03,10.1.20.11,Data hall,Security,sw-1:1,,,,',
  'Camera 1,cam-1,camera,Axis,P3265-LV,ACCC8E,11.1,ac:cc:8e:00:00:01,10.1.20.31,Lobby,Security,sw-1:2,,Recorder 1,,2024-03-09',
];

describe('from a spreadsheet to an answer', () => {
  const sheets = ['doors.csv', 'wiring.csv', 'devices.csv'];

  it('the templates are filled in, reviewed, accepted, audited, and then nothing differs', async () => {
    await filled('doors', doors);
    await filled('wiring', wiring);
    await filled('devices', devices);

    const first = await holdfast('import', 'site', ...sheets);
    expect(first).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('15 new, 0 changed, 0 gone, 0 in conflict'),
    });
    expect(first.stdout).toContain(
      'HID Mercury LP1502 is the product of the profile controllers/mercury-lp1502',
    );
    expect(await readdir(folder)).not.toContain('site');

    const accepted = await holdfast('import', 'site', ...sheets, '--accept', 'all', '--as-of', '2026-11-20');
    expect(accepted).toMatchObject({ code: 0, stderr: expect.stringContaining('0 new') });
    expect((await readdir(join(folder, 'site'))).toSorted()).toEqual([
      'areas.yaml',
      'devices.yaml',
      'doors.yaml',
      'networks.yaml',
      'power.yaml',
      'sites.yaml',
      'views.yaml',
    ]);
    expect(await readFile(join(folder, 'site', 'doors.yaml'), 'utf8')).toContain(
      'kind: { value: maglock, basis: declared, source: doors.csv:4:6, asOf: 2026-11-20 }',
    );

    expect(await holdfast('import', 'site', ...sheets)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('71 as declared'),
    });
    expect(await holdfast('estate', 'check', 'site')).toMatchObject({ code: 0 });
    const audit = await holdfast('audit', 'site');
    expect(audit.code).toBe(1);
    expect(audit.stdout).toContain('Lock supply');
  });

  it('a workbook is read as the same', async () => {
    await holdfast('import', 'template', 'doors', '--format', 'xlsx', '--output', 'doors.xlsx');
    expect((await readFile(join(folder, 'doors.xlsx'))).subarray(0, 2).toString()).toBe('PK');
    expect(await holdfast('import', 'site', 'doors.xlsx')).toMatchObject({ code: 0 });
    expect(await holdfast('import', 'template', 'doors', '--output', 'doors.xlsx')).toMatchObject({
      code: 2,
    });
  });

  it('what differs is accepted by its key, and the comments of the estate stay', async () => {
    const path = join(folder, 'site', 'doors.yaml');
    await writeFile(path, `# Walked on Monday.\n${await readFile(path, 'utf8')}`);
    await put(
      'doors.csv',
      (await readFile(join(folder, 'doors.csv'), 'utf8')).replace(
        'strike,fail secure',
        'maglock,fail secure',
      ),
    );
    const seen = await holdfast('import', 'site', 'doors.csv');
    expect(seen.code).toBe(1);
    expect(seen.stdout).toContain('changed/server-room/lock.kind');
    expect(seen.stdout).toContain('strike (site/doors.yaml:');
    expect(
      await holdfast('import', 'site', 'doors.csv', '--accept', 'changed/server-room/lock.kin'),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("did you mean 'changed/server-room/lock.kind'?"),
    });
    expect(
      await holdfast('import', 'site', 'doors.csv', '--accept', 'changed/server-room/lock.kind'),
    ).toMatchObject({ code: 0 });
    expect(await readFile(path, 'utf8')).toMatch(
      /^# Walked on Monday\.\n[^]*kind: \{ value: maglock, basis: declared, source: doors\.csv:5:6 \}/,
    );
  });
});

describe('two files that disagree', () => {
  beforeAll(async () => {
    await cp(join(root, 'samples', 'branch'), join(folder, 'branch'), { recursive: true });
    await put('a.csv', 'Name,Firmware,IP address\nDoor controller,1.30,10.20.20.11\n');
    await put('b.csv', 'Name,Firmware,IP address\nDoor controller,1.31,10.20.20.11\n');
  });

  it('are in conflict, until one is chosen', async () => {
    const before = await hashOf(join(folder, 'branch'));
    const seen = await holdfast('import', 'branch', 'a.csv', 'b.csv');
    expect(seen.code).toBe(1);
    expect(seen.stdout).toContain('conflict/door-controller/firmware=2   1.31 (b.csv:2:2)');
    expect(
      await holdfast('import', 'branch', 'a.csv', 'b.csv', '--accept', 'conflict/door-controller/firmware'),
    ).toMatchObject({ code: 2 });
    expect(await hashOf(join(folder, 'branch'))).toBe(before);
    expect(
      await holdfast('import', 'branch', 'a.csv', 'b.csv', '--accept', 'conflict/door-controller/firmware=2'),
    ).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'branch', 'devices.yaml'), 'utf8')).toContain(
      'firmware: { value: "1.31",',
    );
  });

  it('go through a review file that is marked by hand', async () => {
    await put('c.csv', 'Name,Firmware,IP address\nDoor controller,1.32,10.20.20.11\n');
    expect(await holdfast('import', 'branch', 'c.csv', '--review', 'review.yaml')).toMatchObject({ code: 1 });
    const review = await readFile(join(folder, 'review.yaml'), 'utf8');
    await put('review.yaml', review.replace('accept: false', 'accept: true'));
    expect(await holdfast('import', 'branch', 'c.csv', '--review', 'review.yaml')).toMatchObject({ code: 0 });
    expect(await holdfast('import', 'branch', 'c.csv')).toMatchObject({ code: 0 });
    expect(await holdfast('import', 'branch', 'c.csv', '--review', 'branch/review.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('keep it beside the folder'),
    });
  });

  it.each(['json', 'markdown', 'yaml'])('are told as %s', async (format) => {
    const { code, stdout } = await holdfast('import', 'branch', 'a.csv', 'b.csv', '--format', format);
    expect(code).toBe(1);
    expect(stdout).toContain('conflict/door-controller/firmware');
    if (format === 'json') expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });
});

describe('bad input', () => {
  /** A ZIP archive of one part that unpacks to far more than it says. */
  function bomb(): Buffer {
    const packed = deflateRawSync(Buffer.alloc(400 * 2 ** 20), { level: 9 });
    const name = Buffer.from('xl/workbook.xml');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(100, 24);
    entry.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(local.length + name.length + packed.length, 16);
    return Buffer.concat([local, name, packed, entry, name, end]);
  }

  beforeAll(async () => {
    await mkdir(join(folder, 'small'));
    await put('small/estate.yaml', 'holdfast: 1\nsites: { hq: { name: Headquarters, timeZone: UTC } }\n');
    await put('bomb.xlsx', bomb());
    const large = await open(join(folder, 'large.xlsx'), 'w');
    await large.truncate(200 * 2 ** 20);
    await large.close();
    const { out } = await holdfast('import', 'template', 'doors', '--format', 'xlsx');
    await put('cut.xlsx', out.subarray(0, out.length - 100));
    await put('old.xls', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
    await put('latin.csv', Uint8Array.from(Buffer.from('Name,From,To,Lock\nT\x81r,a,b,strike\n', 'latin1')));
    await put('colours.csv', 'Colour,Size\nred,1\n');
    await put('empty.csv', '');
    await put('wrong.yaml', 'holdfastMapping: 1\nname: x\ntables:\n  - {rows: dor, columns: {Name: nmae}}\n');
  });

  it.each([
    ['a zip bomb', ['bomb.xlsx'], /bomb\.xlsx:1:1: .*larger than the limit of 128 MiB/],
    ['a file of 200 MB', ['large.xlsx'], /large\.xlsx:1:1: .*has 200 MiB, the limit is 128/],
    ['a workbook that is cut off', ['cut.xlsx'], /cut\.xlsx:1:1: .*no whole ZIP archive/],
    ['a workbook of before 2007', ['old.xls'], /old\.xls:1:1: .*before 2007/],
    ['another encoding', ['latin.csv'], /latin\.csv:2:2: .*not UTF-8\n.*CSV UTF-8/],
    [
      'headers that nothing knows',
      ['colours.csv'],
      /colours\.csv:1:1: .*Colour, Size\n.*import map colours\.csv/,
    ],
    ['an empty file', ['empty.csv'], /empty\.csv has no rows/],
    ['a file that there is not', ['nowhere.csv'], /no file nowhere\.csv/],
    [
      'a mapping that is wrong',
      ['colours.csv', '--mapping', 'wrong.yaml'],
      /wrong\.yaml:4:\d+: expected one of [^]*did you mean 'door'/,
    ],
    ['a format that there is not', ['colours.csv', '--as', 'xslx'], /did you mean 'xlsx'/],
    [
      'a site that there is not',
      ['colours.csv', '--mapping', 'template-doors', '--site', 'x y'],
      /is not an id/,
    ],
    ['two files of which one is bad', ['doors.csv', 'cut.xlsx', '--accept', 'all'], /cut\.xlsx/],
  ])('%s is refused, and the estate stays as it is', async (_what, words, said) => {
    const before = await hashOf(join(folder, 'small'));
    const { code, stdout, stderr } = await holdfast('import', 'small', ...words);
    expect(stderr).toMatch(said);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(await hashOf(join(folder, 'small'))).toBe(before);
  });

  it('what would break the estate is told where it was seen, and nothing is written', async () => {
    await put('half.csv', 'Name,From,To,Lock\nGate,,Lobby,strike\n');
    const before = await hashOf(join(folder, 'small'));
    const { code, stderr } = await holdfast('import', 'small', 'half.csv', '--accept', 'new');
    expect(code).toBe(2);
    expect(stderr).toMatch(/half\.csv:2:1: door gate: a door needs 'from'/);
    expect(await hashOf(join(folder, 'small'))).toBe(before);
  });

  it('what is refused begins no estate', async () => {
    const { code, stderr } = await holdfast('import', 'fresh', 'half.csv', '--accept', 'new/nobody');
    expect(code).toBe(2);
    expect(stderr).toContain("the review has no entry 'new/nobody'");
    expect(await readdir(folder)).not.toContain('fresh');
  });

  it('cells that cannot be read are something to review', async () => {
    await put('cells.csv', 'Name,From,To,Lock\nGate,Lobby,Lobby,glue\n');
    const { code, stdout } = await holdfast('import', 'small', 'cells.csv');
    expect(code).toBe(1);
    expect(stdout).toContain(
      "cells.csv:2:4: D2 (Lock): expected one of maglock, strike, motor, mechanical, found 'glue'",
    );
  });
});

describe('a NetBox export', () => {
  it('begins an estate of its own, and then nothing differs', async () => {
    const file = join(root, 'packages', 'importers', 'fixtures', 'netbox', 'v4', 'export.json');
    expect(await holdfast('import', 'netbox-site', file, '--accept', 'all')).toMatchObject({ code: 0 });
    expect(await holdfast('estate', 'check', 'netbox-site')).toMatchObject({ code: 0 });
    const { code, stdout } = await holdfast('import', 'netbox-site', file);
    expect(stdout).toContain('0 new, 0 changed, 0 gone, 0 in conflict');
    // What could not be taken over is still told.
    expect(code).toBe(1);
  });
});

describe('mappings', () => {
  it('are proposed, edited and used', async () => {
    await put('list.csv', 'Türname;Bereich außen;Bereich;Schlosstyp\nSüd;Hof;Halle;Haftmagnet\n');
    const proposed = await holdfast('import', 'map', 'list.csv');
    expect(proposed.code).toBe(0);
    await put(
      'list.yaml',
      proposed.stdout.replace(
        'Bereich:',
        'Bereich außen: { path: from, ref: area, create: { kind: area } }\n      Bereich:',
      ),
    );
    const { code, stdout, stderr } = await holdfast(
      'import',
      'list-site',
      'list.csv',
      '--mapping',
      'list.yaml',
      '--site',
      'werk',
      '--accept',
      'all',
    );
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Left: 0 new') });
    expect(stdout).toContain('Wrote list-site/doors.yaml');
    expect(await readFile(join(folder, 'list-site', 'sites.yaml'), 'utf8')).toContain('werk: { name: "Werk"');
  });

  it('that come with the product are listed', async () => {
    const { stdout } = await holdfast('import', 'mappings');
    expect(stdout).toContain('template-doors');
    expect(stdout).toContain('milestone-camera-report');
  });
});
