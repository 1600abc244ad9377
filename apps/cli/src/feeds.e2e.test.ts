import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { runHoldfast, type Ran } from '@holdfast/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-feeds-'));
});
afterEach(() => rm(folder, { recursive: true }));

const feeds = (...words: readonly string[]): Promise<Ran> =>
  runHoldfast(['feeds', ...words, '--store', join(folder, 'store')]);

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

const advisory = (id: string, range = '<= 2.5'): string =>
  JSON.stringify({
    document: {
      csaf_version: '2.0',
      title: 'Acme Panel 100',
      tracking: { id, current_release_date: '2026-03-04T00:00:00Z' },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Acme',
          branches: [
            {
              category: 'product_name',
              name: 'Panel 100',
              branches: [
                { category: 'product_version_range', name: range, product: { name: 'P', product_id: 'A' } },
              ],
            },
          ],
        },
      ],
    },
    vulnerabilities: [{ cve: 'CVE-2026-1000', product_status: { known_affected: ['A'] } }],
  });

/** The same, with the version that mends it. */
const mended = (id: string): string =>
  advisory(id).replace(
    '"product_status"',
    '"remediations":[{"category":"vendor_fix","details":"Update to version 2.6.","product_ids":["A"]}],"product_status"',
  );

const kev = (day: string): string =>
  JSON.stringify({
    catalogVersion: day,
    dateReleased: day,
    vulnerabilities: [{ cveID: 'CVE-2026-1000', dateAdded: day }],
  });

interface Part {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly external?: number;
}

/** A ZIP archive of deflated parts, as simple as the format allows. */
function zip(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const heads: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, external = 0 } of parts) {
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(external, 6);
    tail.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    heads.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0'), common, tail, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(heads).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...heads, end]);
}

describe('feeds', () => {
  it('takes a folder, an archive, KEV and EPSS, and lists them with their days', async () => {
    await write('csaf/2026/a.json', advisory('ACME-1'));
    await write('csaf/provider-metadata.json', '{"metadata_version":"2.0","publisher":{}}');
    await write('csaf/index.txt', '2026/a.json\n');
    expect(await feeds('import', join(folder, 'csaf'))).toMatchObject({ code: 0 });
    const archive = await write('b.zip', zip([{ name: 'x/b.json', bytes: Buffer.from(advisory('ACME-2')) }]));
    expect(await feeds('import', archive, '--licence', 'CC0-1.0')).toMatchObject({ code: 0 });
    await feeds('import', await write('kev.json', kev('2026-01-01')));
    await feeds('import', await write('epss-2026-01-02.csv', 'cve,epss,percentile\nCVE-2026-1000,0.5,0.9\n'));
    const { stdout } = await feeds('list', '--format', 'json');
    const listed: unknown = JSON.parse(stdout);
    expect(listed).toMatchObject([
      { feed: 'b', kind: 'advisories', dated: '2026-03-04', licence: 'CC0-1.0', files: 1, entries: 1 },
      { feed: 'csaf', kind: 'advisories', files: 1, entries: 1 },
      { feed: 'epss', kind: 'epss', entries: 1 },
      { feed: 'kev', kind: 'kev', dated: '2026-01-01' },
    ]);
  });

  it('shows what is for review, and goes back', async () => {
    await feeds('import', await write('acme.json', advisory('ACME-1')));
    await feeds('import', await write('acme.json', advisory('ACME-1', 'as told by telephone')));
    const { stdout } = await feeds('show', 'acme');
    expect(stdout).toContain('0 of 1, 1 for review');
    expect(stdout).toContain('acme.json#/product_tree/branches/0/branches/0/branches/0');
    expect(await feeds('rollback', 'acme')).toMatchObject({ code: 0 });
    expect((await feeds('show', 'acme')).stdout).toContain('1 of 1, 0 for review');
  });

  it('tells feeds that are not there', async () => {
    expect(await feeds('show', 'nothing')).toMatchObject({ code: 2 });
    expect(await feeds('rollback', 'nothing')).toMatchObject({ code: 2 });
  });
});

describe('a hostile or broken feed is refused, and the one before stays', () => {
  const bomb = new Uint8Array(65 * 2 ** 20);
  const good = Buffer.from(advisory('ACME-1'));
  const refused: readonly (readonly [string, string, string | Buffer, RegExp])[] = [
    ['a cut file', 'kev.json', '{"catalogVersion": "1", "vulner', /kev\.json:1:\d+: kev\.json ends/],
    ['UTF-16', 'kev.json', Buffer.from('\uFEFF{}', 'utf16le'), /kev\.json:1:1: kev\.json is UTF-16/],
    ['bytes that are no UTF-8', 'kev.json', Buffer.from('{"a": "\u00ff"}', 'latin1'), /kev\.json:1:8/],
    ['deep nesting', 'kev.json', '['.repeat(1_000_000), /kev\.json:1:201: kev\.json nests/],
    ['another kind of feed', 'kev.json', good, /holds kev, and this is advisories/],
    ['a bomb', 'kev.zip', zip([{ name: 'a.json', bytes: bomb }]), /larger than the limit/],
    ['a way out', 'kev.zip', zip([{ name: '../a.json', bytes: good }]), /leads out/],
    ['an absolute name', 'kev.zip', zip([{ name: '/a.json', bytes: good }]), /leads out/],
    ['a link', 'kev.zip', zip([{ name: 'a', bytes: good, external: 0o120777 * 65_536 }]), /is a link/],
    ['a cut archive', 'kev.zip', zip([{ name: 'a.json', bytes: good }]).subarray(0, 200), /directory/],
  ];
  it.each(refused)('%s', async (_, name, content, said) => {
    await feeds('import', await write('good.json', kev('2026-01-01')), '--name', 'kev');
    const ran = await feeds('import', await write(name, content), '--name', 'kev');
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(said);
    expect((await feeds('list')).stdout).toContain('kev of 2026-01-01');
  });

  it('a document that is not the one that its hash was made of', async () => {
    await write('csaf/a.json', advisory('ACME-1'));
    await write('csaf/a.json.sha256', `${'0'.repeat(64)}  a.json\n`);
    const ran = await feeds('import', join(folder, 'csaf'));
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.stderr).toContain('is not the document');
  });
});

describe('exposure check', () => {
  it('holds an estate against the feeds on this machine', async () => {
    const estate = await write(
      'estate/a.yaml',
      [
        'holdfast: 1',
        'sites: { hq: { name: HQ, timeZone: Europe/Berlin } }',
        'profiles: { own/panel: { class: controller, name: Panel, vendor: Acme, model: Panel 100 } }',
        'devices: { panel: { profile: own/panel, at: hq, firmware: "2.4", login: default, listens: { tcp/23: { service: telnet } } } }',
        '',
      ].join('\n'),
    );
    const check = (...words: readonly string[]): Promise<Ran> =>
      runHoldfast(['exposure', 'check', estate, '--store', join(folder, 'store'), ...words]);
    const without = await check();
    expect(without.code).toBe(1);
    expect(without.stderr).toContain('no advisories on this machine');
    await feeds('import', await write('acme.json', advisory('ACME-1')));
    await feeds('import', await write('kev.json', kev('2026-01-01')));
    const { code, stdout } = await check('--format', 'json');
    expect(code).toBe(1);
    const said: unknown = JSON.parse(stdout);
    expect(said).toMatchObject({
      feeds: [{ feed: 'acme' }, { feed: 'kev' }],
      matches: [{ device: 'panel', advisory: 'ACME-1', verdict: 'affected' }],
    });
    const text = (await check()).stdout;
    for (const each of ['PAT-KEV', 'EXP-CLEARTEXT', 'EXP-DEFAULT-CRED', 'PAT-NO-OWNER', 'kev of 2026-01-01'])
      expect(text).toContain(each);
    const plan = (...words: readonly string[]): Promise<Ran> =>
      runHoldfast(['patch', 'plan', estate, '--store', join(folder, 'store'), ...words]);
    const planned = await plan('--format', 'json');
    expect(planned.code).toBe(1);
    const none: unknown = JSON.parse(planned.stdout);
    expect(none).toMatchObject({ waves: [], unplanned: [{ device: 'panel' }] });
    await feeds('import', await write('acme.json', mended('ACME-1')));
    const calendar = await plan('--format', 'ics', '--from', '2026-12-01');
    expect(calendar.stdout).toContain('DTSTART;VALUE=DATE:20261201\r\n');
    expect(calendar.stdout.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const csv = await plan('--format', 'csv', '--from', '2026-12-01');
    expect(csv.stdout).toContain('1,test,2026-12-01,panel,panel,2.4,2.6,');
    expect((await plan()).stdout).toContain('panel: 2.4 to 2.6, mends 1, one that is exploited');
    expect(await plan('--from', 'soon')).toMatchObject({ code: 2 });
  });
});

describe('signatures', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' });

  it('takes what is signed, and from then on nothing else', async () => {
    const key = await write('key.pem', pem);
    const path = await write('kev.json', kev('2026-01-01'));
    await write('kev.json.sig', sign(null, Buffer.from(kev('2026-01-01')), privateKey).toString('base64'));
    expect(await feeds('import', path, '--key', key)).toMatchObject({ code: 0 });
    await write('kev.json', kev('2026-02-02'));
    const changed = await feeds('import', path, '--key', key);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toContain('the signature does not fit');
    expect((await feeds('import', path)).stderr).toContain('has to be signed');
    const other = generateKeyPairSync('ed25519');
    await write('kev.json.sig', sign(null, Buffer.from(kev('2026-02-02')), other.privateKey));
    await write('other.pem', other.publicKey.export({ type: 'spki', format: 'pem' }));
    expect((await feeds('import', path, '--key', join(folder, 'other.pem'))).stderr).toContain('another key');
    expect((await feeds('list')).stdout).toContain('kev of 2026-01-01');
  });
});
