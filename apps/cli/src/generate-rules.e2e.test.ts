import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast, type Ran } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const fixtures = join(import.meta.dirname, '..', '..', '..', 'packages', 'segmentation', 'fixtures', 'mud');

const estate = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff } }
networks:
  cams: { site: h, zone: cameras, cidr: 10.20.30.0/24 }
  srv: { site: h, zone: servers, cidr: 10.20.40.0/24 }
devices:
  fw:
    profile: firewalls/generic
    at: in
    interfaces:
      eth1: { network: cams, address: 10.20.30.1 }
      eth2: { network: srv, address: 10.20.40.1 }
conduits:
  video: { from: cameras, to: servers, services: rtsp, reason: recording }
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-generate-'));
  await writeFile(join(folder, 'site.yaml'), estate);
});
afterAll(() => rm(folder, { recursive: true }));

const generate = (...words: readonly string[]): Promise<Ran> =>
  runHoldfast(['segmentation', 'generate', ...words]);

describe('holdfast segmentation generate', () => {
  it('writes the conduits of an estate for one firewall, which other commands then read', async () => {
    const rules = join(folder, 'rules.nft');
    const { code, stdout, stderr } = await generate(folder, '--at', 'fw', '--as', 'nftables', '--out', rules);
    expect({ code, stdout }).toStrictEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('1 permission as nftables, read back and proved equal');
    expect(await readFile(rules, 'utf8')).toContain(
      'iifname "eth1" ip saddr 10.20.30.0/24 ip daddr 10.20.40.0/24 tcp dport 554 accept comment "video: recording"',
    );
    const asked = ['segmentation', 'permits', rules, '--from', '10.20.30.0/24', '--to', '10.20.40.0/24'];
    expect((await runHoldfast([...asked, '--protocol', 'tcp', '--port', '554'])).code).toBe(1);
    expect((await runHoldfast([...asked, '--protocol', 'tcp', '--port', '22'])).code).toBe(0);
  });

  it('takes the interfaces of the device where none are named', async () => {
    const { code, stdout } = await generate(folder, '--at', 'fw', '--as', 'cisco-ios');
    expect(code).toBe(0);
    expect(stdout).toContain('interface eth1\n ip access-group HOLDFAST-IN-1 in');
    expect(stdout).toContain('interface eth2\n ip access-group HOLDFAST-IN-2 in');
  });

  it('prints rules, permissions and proof as JSON', async () => {
    const { code, stdout } = await generate(folder, '--as', 'iptables', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'iptables',
      covers: 'ipv4',
      permissions: [{ id: 'video', src: ['10.20.30.0/24'], services: ['tcp/554', 'udp/554'] }],
      proof: { equal: true },
      broad: [],
    });
  });

  it('writes a MUD file for one device', async () => {
    const file = [
      '--mud',
      join(fixtures, 'lamp.mud.json'),
      '--bindings',
      join(fixtures, 'lamp.bindings.yaml'),
    ];
    const { code, stdout } = await generate(...file, '--device', '10.20.30.77', '--as', 'opnsense');
    expect(code).toBe(0);
    expect(stdout).toContain('<source><address>10.20.30.77</address></source>');
  });

  it('exits 1 where a MUD file is too broad to be a policy, and names the entries', async () => {
    await writeFile(join(folder, 'bindings.yml.txt'), 'holdfastBindings: 1\nlocalNetworks: 10.20.0.0/16\n');
    const file = [
      '--mud',
      join(fixtures, 'doorbell.mud.json'),
      '--bindings',
      join(folder, 'bindings.yml.txt'),
    ];
    const { code, stderr } = await generate(...file, '--device', '10.20.30.9', '--as', 'nftables');
    expect(code).toBe(1);
    expect(stderr).toContain('Too broad to be a policy: to-ipv4-doorbell/to-ipv4-doorbell-3');
    expect(stderr).toContain('To be looked at: from-ipv4-doorbell/from-ipv4-doorbell-3');
  });

  it.each([
    [['--as', 'nftables'], 'say what rules are written from'],
    [['samples/branch', '--mud', 'x.json', '--as', 'nftables'], 'say what rules are written from'],
    [['samples/branch'], 'the format of the rules is not said'],
    [['samples/branch', '--as', 'checkpoint'], "no rules are written as 'checkpoint'"],
    [['samples/branch', '--as', 'nftables', '--format', 'sarif'], "there is no format 'sarif'"],
    [['samples/branch', '--as', 'nftables', '--at', 'nobody'], "there is no device 'nobody'"],
    [['--mud', 'nowhere.json', '--device', '10.0.0.1', '--as', 'nftables'], 'nowhere.json cannot be read'],
    [['--mud', 'package.json', '--device', '10.0.0.1', '--as', 'nftables'], 'package.json:1'],
    [['--mud', 'package.json', '--as', 'nftables'], 'the address of the device is not known'],
  ])('%j is called wrongly: exit 2', async (words, message) => {
    const { code, stdout, stderr } = await generate(...words);
    expect({ code, stdout }).toStrictEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('writes nothing where a format cannot say what is meant', async () => {
    const { code, stdout, stderr } = await generate(folder, '--as', 'cisco-ios');
    expect({ code, stdout }).toStrictEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('access lists need the interfaces');
  });
});
