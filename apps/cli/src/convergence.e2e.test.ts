import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast } from '@holdfast/testing';
import { describe, expect, it } from 'vitest';

const outage = (...words: readonly string[]): ReturnType<typeof runHoldfast> =>
  runHoldfast(['outage', ...words]);

describe('holdfast outage convergence', () => {
  it('tells faults and pairs with how soon each function falls, and exits 1', async () => {
    const { code, stdout, stderr } = await outage('convergence', 'samples/campus', '--list', '1');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('Data hall generator [d-genset]  +  Data hall feed [d-feed]');
    expect(stdout).toMatch(/intrusion alarm +after 20 minutes +9 places, 4 critical/);
  });

  it('says what it does not ask', async () => {
    const { stdout } = await outage('convergence', 'samples/branch', '--order', '1', '--format', 'json');
    expect((JSON.parse(stdout) as { unasked: unknown }).unasked).toContain('access@front-door');
  });

  it('refuses an order that it does not take, with exit code 2', async () => {
    const { code, stderr } = await outage('convergence', 'samples/branch', '--order', '4');
    expect(code).toBe(2);
    expect(stderr).toContain('--order 4');
  });
});

describe('holdfast outage export', () => {
  it('writes a tree that faulttree cuts reads back to the same sets', async () => {
    const top = 'kinds@moosbach';
    const { stdout } = await outage('export', 'samples/branch', '--top', top);
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-export-'));
    await writeFile(join(folder, 'tree.xml'), stdout);
    const cuts = await runHoldfast([
      'faulttree',
      'cuts',
      join(folder, 'tree.xml'),
      '--order',
      '2',
      '--format',
      'json',
    ]);
    await rm(folder, { recursive: true });
    const asked = await outage('convergence', 'samples/branch', '--top', top, '--format', 'json');
    const counts = (text: string): readonly number[] =>
      Object.values((JSON.parse(text) as { byOrder: Record<string, string | number> }).byOrder).map(Number);
    expect(counts(cuts.stdout)).toEqual(counts(asked.stdout));
  });
});

describe('holdfast outage maintenance', () => {
  it('says which works are not for the same night', async () => {
    const { code, stdout } = await outage(
      'maintenance',
      'samples/campus',
      '--take',
      'core-trunk',
      '--take',
      'n-ups',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('Not on the same night: core-trunk and North UPS.');
  });
});
