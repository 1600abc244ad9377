import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-segmentation-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const segmentation = (...words: readonly string[]): ReturnType<typeof runHoldfast> =>
  runHoldfast(['segmentation', ...words]);

const nft = `table inet fw {
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept
    iifname "cam" oifname "vms" tcp dport { 554, 443 } accept
    iifname "cam" udp dport 123 accept
    iifname "cam" tcp dport 443 oifname "vms" drop
  }
}
`;

describe('holdfast segmentation', () => {
  it('permits: yes with a witness and the rule, no, and what passes', async () => {
    const path = await file('core.nft', nft);
    const call = [
      'permits',
      path,
      '--from',
      '10.1.0.0/16',
      '--to',
      '10.2.0.9',
      '--protocol',
      'tcp',
      '--format',
      'json',
    ];
    const yes = await segmentation(...call, '--port', '554', '--set');
    expect(yes.code).toBe(1);
    expect(JSON.parse(yes.stdout)).toMatchObject({
      verdict: 'yes',
      rule: 'fw/forward/5',
      witness: { iif: 'cam', oif: 'vms', dport: 554 },
      set: [{ dport: ['554'] }],
    });
    const no = await segmentation(...call, '--port', '22');
    expect(no.code).toBe(0);
    expect(JSON.parse(no.stdout)).toEqual({ verdict: 'no', rule: 'fw/forward/policy' });
  });

  it('shadowed: in the neutral form by lines, else by rules', async () => {
    const list = await file(
      'list.txt',
      'permit 6 10.0.0.0/8 0-65535 10.1.2.0/24 443-443\ndeny any 0.0.0.0/0 0-65535 0.0.0.0/0 0-65535\npermit 6 10.0.0.0/8 0-65535 10.1.2.3/32 443-443\n',
    );
    const lines = await segmentation('shadowed', list, '--format', 'jsonl');
    expect(lines.stdout.trim()).toBe(
      '{"line":2,"blockers":[0,1],"differentAction":false}'.replace('[0,1]', '[0]'),
    );
    const rules = await segmentation('shadowed', await file('core.nft', nft), '--format', 'json');
    expect(JSON.parse(rules.stdout)).toEqual([
      { rule: 'fw/forward/7', blockers: ['fw/forward/5'], differentAction: true },
    ]);
  });

  it('trace: a line for each packet, in their order', async () => {
    const packets = await file(
      'packets.jsonl',
      '{"iif":"cam","oif":"vms","src":"10.1.0.5","dst":"10.2.0.9","protocol":"tcp","dport":554}\n{"iif":"cam","oif":"office","src":"10.1.0.5","dst":"10.9.0.1","protocol":"tcp","dport":22}\n',
    );
    const { stdout } = await segmentation('trace', await file('core.nft', nft), '--packets', packets);
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(first).toMatchObject({ verdict: 'accept', rule: 'fw/forward/5', dst: '10.2.0.9' });
    expect(second).toMatchObject({ verdict: 'drop', rule: null });
  });

  it('diff: what only one of two versions permits', async () => {
    const { code, stdout } = await segmentation(
      'diff',
      await file('core.nft', nft),
      await file('new.nft', nft.replace('udp dport 123', 'udp dport { 53, 123 }')),
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      onlyOld: [],
      onlyNew: ['0.0.0.0/0', '::/0'].map((each) => ({ dst: [each], protocol: ['udp'], dport: ['53'] })),
      unknownInBoth: { ipv4: 0, ipv6: 0 },
      isWhole: true,
    });
  });

  it.each([
    [['permits', 'nowhere.conf'], 'cannot be read'],
    [['permits', 'README.md'], 'looks like no configuration'],
    [['permits', 'README.md', '--as', 'nft-json'], 'README.md:1'],
    [['shadowed', 'README.md', '--as', 'checkpoint'], "there is no format 'checkpoint'"],
    [['trace', 'README.md'], 'no packets are given'],
  ])('%j is called wrongly: exit 2', async (words, message) => {
    const { code, stderr } = await segmentation(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
