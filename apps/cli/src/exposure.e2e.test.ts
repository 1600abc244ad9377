import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-exposure-'));
  await mkdir(join(folder, 'advisories', 'cve'), { recursive: true });
  await write('advisories/a.json', csaf);
  await write('advisories/cve/b.json', cve);
  await write('advisories/provider-metadata.json', { metadata_version: '2.0', publisher: {} });
  await write(
    'devices.csv',
    'vendor,model,firmware,site\nAcme,Panel 100,2.4,hq\nAcme,Panel 100,2.6,hq\nAcme,Panel 100,,branch\nOther,Thing,1,hq\n',
  );
  await write('kev.json', {
    catalogVersion: '1',
    vulnerabilities: [{ cveID: 'CVE-2026-1000', dateAdded: '2026-01-01', dueDate: '2026-01-22' }],
  });
  await write('epss.csv', 'cve,epss,percentile\nCVE-2026-2000,0.25,0.9\n');
});
afterAll(() => rm(folder, { recursive: true }));

const csaf = {
  document: { csaf_version: '2.0', title: 'Acme Panel 100', tracking: { id: 'ACME-1' } },
  product_tree: {
    branches: [
      {
        category: 'vendor',
        name: 'Acme Systems Inc.',
        branches: [
          {
            category: 'product_name',
            name: 'Panel 100',
            branches: [
              {
                category: 'product_version_range',
                name: '<= 2.5',
                product: { name: 'Panel 100: 2.5 and prior', product_id: 'A' },
              },
            ],
          },
        ],
      },
    ],
  },
  vulnerabilities: [{ cve: 'CVE-2026-1000', product_status: { known_affected: ['A'] } }],
};
const cve = {
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: 'CVE-2026-2000', state: 'PUBLISHED' },
  containers: {
    cna: {
      affected: [
        {
          vendor: 'Acme',
          product: 'Panel 100',
          defaultStatus: 'unaffected',
          versions: [{ version: '0', lessThan: '2.0', status: 'affected' }],
        },
      ],
    },
  },
};

async function write(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const match = (...words: readonly string[]): ReturnType<typeof runHoldfast> =>
  runHoldfast([
    'exposure',
    'match',
    '--devices',
    join(folder, 'devices.csv'),
    '--advisories',
    join(folder, 'advisories'),
    ...words,
  ]);

const linesOf = (text: string): readonly Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('holdfast exposure match', () => {
  it('prints a line for each device, advisory and vulnerability', async () => {
    const { code, stdout, stderr } = await match('--format', 'jsonl');
    expect(code).toBe(1);
    expect(
      linesOf(stdout).map(({ row, advisory, cve: id, verdict, site }) => [row, advisory, id, verdict, site]),
    ).toEqual([
      [1, 'ACME-1', 'CVE-2026-1000', 'affected', 'hq'],
      [1, 'CVE-2026-2000', 'CVE-2026-2000', 'not_affected', 'hq'],
      [2, 'ACME-1', 'CVE-2026-1000', 'not_affected', 'hq'],
      [2, 'CVE-2026-2000', 'CVE-2026-2000', 'not_affected', 'hq'],
      [3, 'ACME-1', 'CVE-2026-1000', 'needs_review', 'branch'],
      [3, 'CVE-2026-2000', 'CVE-2026-2000', 'needs_review', 'branch'],
    ]);
    expect(stderr).toContain('1 CSAF documents and 1 CVE records with 2 products, 0 of them for review.');
    expect(stderr).toContain('metadata of a CSAF provider');
    expect(linesOf((await match('--format', 'jsonl', '--all')).stdout)).toHaveLength(8);
  });

  it('says what is exploited, and prints a table', async () => {
    const feeds = ['--kev', join(folder, 'kev.json'), '--epss', join(folder, 'epss.csv')];
    const [first, second] = linesOf((await match('--format', 'jsonl', ...feeds)).stdout);
    expect(first).toMatchObject({ kev: { due: '2026-01-22' }, epss: null });
    expect(second).toMatchObject({ kev: null, epss: 0.25 });
    const { stdout } = await match(...feeds);
    expect(stdout).toContain('affected      ACME-1  CVE-2026-1000  (exploited)');
    expect(stdout).toContain('no advisory names it');
  });

  it('tells a broken advisory with its place, judges the others, and exits 2', async () => {
    const path = await write('advisories/broken.json', '{\n "document": {,\n');
    const { code, stdout, stderr } = await match('--format', 'jsonl');
    await rm(path);
    expect(code).toBe(2);
    expect(linesOf(stdout)).toHaveLength(6);
    expect(stderr).toMatch(/broken\.json:2:\d+: this is not valid JSON here/);
    expect(stderr).toContain('the answer is not whole');
  });

  it('refuses hostile files, and goes on', async () => {
    const paths = [
      await write('advisories/deep.json', '['.repeat(3_000_000)),
      await write('advisories/latin.json', 'x'),
      await write('advisories/twin.json', csaf),
    ];
    await writeFile(join(folder, 'advisories/latin.json'), Buffer.from([0x7b, 0xfc, 0x7d]));
    const { code, stdout, stderr } = await match('--format', 'jsonl');
    await Promise.all(paths.map((path) => rm(path)));
    expect(code).toBe(2);
    expect(linesOf(stdout)).toHaveLength(6);
    for (const said of ['deep.json:1:', 'latin.json is not UTF-8', 'ACME-1 stands in'])
      expect(stderr).toContain(said);
  });

  it('asks under the names of the user', async () => {
    const devices = await write('brand.csv', 'Vendor,Model,Firmware\nOwn Brand,OB-1,2.4\n');
    const aliases = await write(
      'aliases.csv',
      'vendor,model,asVendor,asModel\nOwn Brand,OB-1,Acme,Panel 100\n',
    );
    const call = [
      'exposure',
      'match',
      '--devices',
      devices,
      '--advisories',
      join(folder, 'advisories'),
      '--format',
      'jsonl',
    ];
    expect((await runHoldfast(call)).stdout).toBe('');
    expect(linesOf((await runHoldfast([...call, '--aliases', aliases])).stdout)[0]).toMatchObject({
      verdict: 'affected',
    });
  });

  it('says what is wrong with the call', async () => {
    const headless = await write('headless.csv', 'maker,model,firmware\nA,B,1\n');
    const call = ['exposure', 'match', '--advisories', join(folder, 'advisories')];
    const missing = await runHoldfast([...call, '--devices', headless]);
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.stderr).toContain("headless.csv:1:1: there is no column 'vendor'");
    const taken = await write('taken.csv', 'vendor,model,firmware,verdict\nA,B,1,x\n');
    expect((await runHoldfast([...call, '--devices', taken])).stderr).toContain("the column 'verdict'");
    expect((await match('--format', 'xml')).code).toBe(2);
    expect(
      (await runHoldfast(['exposure', 'match', '--devices', headless, '--advisories', join(folder, 'none')]))
        .code,
    ).toBe(2);
    expect((await runHoldfast(['exposure', 'schema'])).stdout).toContain('"verdict"');
  });
});
