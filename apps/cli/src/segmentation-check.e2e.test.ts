import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast } from '@holdfast/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from './io/read-estate.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-check-'));
  await mkdir(join(folder, 'networks'));
  await writeFile(
    join(folder, 'estate.yaml'),
    `holdfast: 1
sites: { h: { name: Harbour, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff } }
profiles: { t/firewall: { class: firewall, name: F }, t/camera: { class: camera, name: C }, t/pc: { class: workstation, name: W } }
networks:
  cams: { name: Cameras, site: h, cidr: 10.0.1.0/24, gateways: fw }
  office: { name: Office, site: h, cidr: 10.0.2.0/24, gateways: fw }
devices:
  fw: { profile: t/firewall, at: in, configurations: { file: networks/fw.nft, captured: 2026-11-01 }, interfaces: { cam0: { network: cams }, off0: { network: office } } }
  cam: { profile: t/camera, at: in, network: cams, address: 10.0.1.11 }
  pc: { profile: t/pc, at: in, network: office, address: 10.0.2.21 }
`,
  );
  await write('iifname "off0" tcp dport 443 accept');
});
afterAll(async () => rm(folder, { recursive: true }));

const write = async (rule: string): Promise<void> =>
  writeFile(
    join(folder, 'networks', 'fw.nft'),
    `table inet f {\n  chain fwd {\n    type filter hook forward priority 0; policy drop;\n    ${rule}\n  }\n}\n`,
  );

describe('holdfast segmentation check', () => {
  test('shows the matrix and each finding with its packet and rule, in 100 columns where there is no terminal', async () => {
    const { code, stdout } = await runHoldfast(['segmentation', 'check', folder]);
    expect(code).toBe(1);
    expect(stdout).toContain('  2  Office                   X');
    expect(stdout).toContain('Office may open connections to Cameras (tcp/443)');
    expect(stdout).toContain('10.0.2.21 -> 10.0.1.11 tcp/443');
    expect(stdout).toContain('iifname "off0" tcp dport 443 accept');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('prints JSON as its schema says, with the hash of the bytes that it was computed from', async () => {
    const { code, stdout } = await runHoldfast(['segmentation', 'check', folder, '--format', 'json']);
    expect(code).toBe(1);
    const schema = JSON.parse(
      await readFile(join(projectRoot, 'schemas', 'segmentation.schema.json'), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ formats: { date: true, 'date-time': true } }).compile(schema);
    const document: unknown = JSON.parse(stdout);
    expect(validate(document), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(document).toMatchObject({ segmentation: { sources: [{ device: 'fw', captured: '2026-11-01' }] } });
  });

  test('leaves with 0 where nothing counts, and 2 where it was called wrongly', async () => {
    await write('ct state established accept');
    expect((await runHoldfast(['segmentation', 'check', folder, '--fail-on', 'medium'])).code).toBe(0);
    expect((await runHoldfast(['segmentation', 'check', folder, '--format', 'html'])).code).toBe(2);
  });
});
