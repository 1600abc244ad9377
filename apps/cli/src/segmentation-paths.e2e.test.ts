import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast } from '@holdfast/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-paths-'));
  await mkdir(join(folder, 'networks'));
  await writeFile(join(folder, 'estate.yaml'), estate);
  await writeFile(join(folder, 'networks', 'fw.nft'), rules);
});
afterEach(() => rm(folder, { recursive: true }));

const estate = `holdfast: 1
sites: { h: { name: Hall, timeZone: UTC } }
areas: { in: { name: Inside, in: h, class: staff } }
networks:
  cams: { name: Cameras, site: h, cidr: 10.0.1.0/24, gateways: fw }
  srv: { name: Servers, site: h, cidr: 10.0.2.0/24, gateways: fw }
  pay: { name: Payroll net, site: h, cidr: 10.0.4.0/24, gateways: fw }
devices:
  fw:
    profile: firewalls/generic
    at: in
    interfaces:
      eth1: { network: cams, address: 10.0.1.1 }
      eth2: { network: srv, address: 10.0.2.1 }
      eth4: { network: pay, address: 10.0.4.1 }
    configurations: { file: networks/fw.nft, captured: 2026-11-01 }
  cam: { name: Gate camera, profile: cameras/generic-ip, at: in, network: cams, address: 10.0.1.9, uses: { recorder: nvr } }
  nvr: { name: Recorder, profile: recorders/generic-nvr, at: in, network: srv, address: 10.0.2.10, listens: { tcp/554: { service: rtsp } } }
  payroll: { name: Payroll server, profile: servers/generic, at: in, network: pay, address: 10.0.4.5, holds: payroll }
`;
const rules = `table inet f {
  chain fwd {
    type filter hook forward priority 0; policy drop;
    ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 tcp dport 554 accept
    ip saddr 10.0.2.10 ip daddr 10.0.4.5 accept comment "migration 2021"
  }
  chain inp { type filter hook input priority 0; policy drop; }
}
`;

const paths = (...words: readonly string[]): ReturnType<typeof runHoldfast> =>
  runHoldfast(['segmentation', 'paths', folder, '--from', 'class:camera', '--to', 'holds:payroll', ...words]);

async function schema(name: string): Promise<(value: unknown) => boolean> {
  const text = await readFile(
    join(import.meta.dirname, '../../../schemas/segmentation-answers.schema.json'),
    'utf8',
  );
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addSchema(JSON.parse(text) as object, 'segmentation');
  const validate = ajv.compile({ $ref: `segmentation#/$defs/${name}` });
  return (value) => validate(value);
}

describe('holdfast segmentation paths', () => {
  it('shows each step with its packet and rule, and the rule that would end it', async () => {
    const { code, stdout } = await paths();
    expect(code).toBe(1);
    expect(stdout).toContain('From class:camera to holds:payroll: yes, 1 path.');
    expect(stdout).toContain('fw: 10.0.1.9 to 10.0.2.10, tcp port 554, by f/fwd/4');
    expect(stdout).toContain('fw: 10.0.2.10 to 10.0.4.5, tcp port 443, by f/fwd/5');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'fw.nft:5 ip saddr 10.0.2.10 ip daddr 10.0.4.5 accept comment "migration 2021"',
    );
    expect(stdout).toContain('add 1 rule');
    expect(stdout).toMatch(/at fw: deny what opens a connection from Servers \(srv\)/);
    expect(stdout).toContain('nothing that the estate names needs it');
  });

  it('prints JSON as the schema says', async () => {
    const { stdout } = await paths('--format', 'json');
    const document: unknown = JSON.parse(stdout);
    expect((await schema('paths'))(document)).toBe(true);
    expect(document).toMatchObject({
      verdict: 'yes',
      closing: {
        isLeast: true,
        rules: [{ at: { id: 'fw' }, source: ['10.0.2.10'], destination: ['10.0.4.0/24'] }],
      },
      configurations: [{ device: 'fw', captured: '2026-11-01' }],
    });
    expect((await schema('paths'))({ ...(document as object), verdict: 'maybe' })).toBe(false);
  });

  it('says no where every packet is stopped, with exit 0', async () => {
    await writeFile(join(folder, 'networks', 'fw.nft'), rules.replace(/.*migration.*\n/, ''));
    const { code, stdout } = await paths();
    expect(code).toBe(0);
    expect(stdout).toContain('no. Every packet that would open one is stopped.');
  });

  it('also with single things down', async () => {
    const { stdout } = await paths('--any-single-fault', '--format', 'json');
    expect(JSON.parse(stdout)).toHaveLength(1);
    const under = await paths('--under', 'fw');
    expect(under.code).toBe(0);
  });

  it.each([
    ['a configuration that is missing', 'networks/fw.nft', undefined, 'networks/fw.nft cannot be read'],
    ['a broken one', 'networks/fw.nft', 'table inet f { chain x {', 'networks/fw.nft:1'],
    [
      'one outside the folder',
      'estate.yaml',
      estate.replace('networks/fw.nft', '../../etc/hosts'),
      'does not lie in the folder',
    ],
    [
      'one whose hash is another',
      'estate.yaml',
      estate.replace('captured:', `sha256: ${'0'.repeat(64)}, captured:`),
      'is not the file whose hash stands here',
    ],
  ])('%s is refused at its place, with exit 2', async (_, name, text, said) => {
    if (text === undefined) await rm(join(folder, name));
    else await writeFile(join(folder, name), text);
    const { code, stderr, stdout } = await paths();
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(stdout).toBe('');
  });

  it.each([
    [['--under', 'fww'], "did you mean 'fw'?"],
    [['--limit', 'x'], "'x' is no limit"],
    [['--format', 'xml'], "there is no format 'xml'"],
    [['--to', 'holds:payrol'], "did you mean 'holds:payroll'?"],
  ])('%s', async (words, said) => {
    const { code, stderr } = await paths(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});
