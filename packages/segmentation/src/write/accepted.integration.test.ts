import { execFileSync, spawnSync } from 'node:child_process';
import { randomIntent, type IntentTraits } from '@holdfast/testing';
import { describe, expect, test } from 'vitest';
import type { Intent } from '../intent/intent.ts';
import { intentFirewall } from '../intent/intent-firewall.ts';
import type { ConfigFile } from '../model/firewall.ts';
import { readIptablesSave } from '../netfilter/save/read-iptables-save.ts';
import { readNftJson } from '../netfilter/json/read-nft-json.ts';
import type { WritableFormat } from './formats.ts';
import { generate, type Generated } from './generate.ts';
import { prove } from './prove.ts';

/** Runs a command in a network namespace of its own. */
const apart = (
  command: string,
  args: readonly string[],
  input: string,
): { status: number | null; stderr: string } => {
  const { status, stderr } = spawnSync('unshare', ['-n', command, ...args], { input, encoding: 'utf8' });
  return { status, stderr };
};

function isReady(): boolean {
  try {
    execFileSync('unshare', ['-n', 'nft', '-c', '-f', '-'], {
      input: 'table inet x\n',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    execFileSync('unshare', ['-n', 'iptables-restore', '--test'], {
      input: '*filter\nCOMMIT\n',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    return true;
  } catch (error) {
    if (process.env['HOLDFAST_REQUIRE_SERVICES'] === '1') throw error;
    console.log('skipped: needs unshare, nft, iptables-restore and leave to make network namespaces');
    return false;
  }
}

const traits: IntentTraits = { interfacesOut: true, portsOf: [6, 17, 132], icmpCodes: true };
const written = (intent: Intent, format: WritableFormat): Generated => {
  const result = generate(intent, format);
  if (result.kind === 'error') throw new TypeError(JSON.stringify(result.error));
  return result.value;
};
const saved =
  (format: 'iptables-save' | 'ip6tables-save') =>
  (file: ConfigFile): ReturnType<typeof readIptablesSave> =>
    readIptablesSave(format, file);
const seeds = Array.from({ length: 30 }, (_, seed) => seed);

describe.skipIf(!isReady())('the tools of the kernel accept what is written', () => {
  test.each([
    ['nftables', 'nft', ['-c', '-f', '-']],
    ['iptables', 'iptables-restore', ['--test']],
    ['ip6tables', 'ip6tables-restore', ['--test']],
  ] as const)('%s', (format, command, args) => {
    for (const seed of seeds) {
      const { text } = written(randomIntent(seed, traits), format);
      expect({ seed, text, ...apart(command, args, text) }).toStrictEqual({
        seed,
        text,
        status: 0,
        stderr: '',
      });
    }
  });

  test.each([
    ['nftables', 'nft -f - && nft -j list ruleset', readNftJson],
    ['iptables', 'iptables-restore && iptables-save', saved('iptables-save')],
    ['ip6tables', 'ip6tables-restore && ip6tables-save', saved('ip6tables-save')],
  ] as const)('%s: what the kernel says it holds is what was meant', (format, script, read) => {
    for (const seed of seeds.slice(0, 15)) {
      const intent = randomIntent(seed, traits);
      const { stdout } = spawnSync('unshare', ['-n', 'sh', '-ec', script], {
        input: written(intent, format).text,
        encoding: 'utf8',
      });
      const held = read({ name: 'held', text: stdout });
      if (held.kind === 'error') throw new TypeError(JSON.stringify(held.error));
      const family =
        format === 'nftables' ? {} : ({ family: format === 'iptables' ? 'ipv4' : 'ipv6' } as const);
      expect(prove({ meant: intentFirewall(intent), written: held.value, ...family })).toMatchObject({
        equal: true,
      });
    }
  });

  test('nftables: loading a set again replaces the first', () => {
    const { text } = written(randomIntent(3, traits), 'nftables');
    const twice = `${text}\n${text}`;
    expect(apart('nft', ['-f', '-'], twice)).toStrictEqual({ status: 0, stderr: '' });
  });
});
