import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHoldfast, type Ran } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const campus = join(root, 'samples', 'campus');
const sources = join(root, 'samples', 'campus-sources');

const holdfast = (...words: readonly string[]): Promise<Ran> => runHoldfast(words);

const sourcesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(sources, folder))).toSorted().map((name) => join(sources, folder, name));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-campus-'));
});
afterAll(() => rm(folder, { recursive: true }));

const byHand = (name: string): Promise<void> => cp(join(sources, 'by-hand', name), join(folder, name));
const asItIs = (name: string): Promise<void> => cp(join(campus, name), join(folder, name));

describe('the campus', () => {
  const how = ['--mapping', join(sources, 'mapping.yaml'), '--as-of', '2026-11-16'];

  it('is built again from its sources, to the same hash', async () => {
    await byHand('site.yaml');
    await asItIs('people.yaml');
    const rooms = await holdfast('import', folder, join(sources, 'room-book.csv'), ...how, '--accept', 'all');
    expect(rooms.stderr).not.toContain('problem');
    await byHand('services.yaml');
    await byHand('devices.yaml');
    await asItIs('power.yaml');
    const files = [
      ...(await sourcesIn('netbox')),
      ...(await sourcesIn('lldp')),
      ...['nmap.xml', 'network-operations.xlsx', 'inventory.xlsx'].map((name) => join(sources, name)),
    ];
    await holdfast('import', folder, ...files, ...how, '--accept', 'all');
    for (const [leg, network] of [
      ['Ethernet', 'video-net'],
      ['Ethernet 2', 'office-south'],
    ] as const)
      await holdfast('estate', 'edit', 'set', folder, 'rec-2', `interfaces.${leg}.network`, network);
    for (const name of ['lines', 'agreements', 'intent', 'hours', 'segmentation'])
      await asItIs(`${name}.yaml`);
    const [built, shipped] = await Promise.all(
      [folder, campus].map((path) => holdfast('estate', 'check', path)),
    );
    expect(built?.stdout).toBe(shipped?.stdout);
    const again = await holdfast('import', campus, ...files, ...how);
    expect(again.stdout).toContain('0 new, 0 changed, 0 gone, 0 in conflict');
  }, 120_000);

  it('shows what its drawings do not: one tray takes recorders, failover, doors and cooling', async () => {
    const { stdout } = await holdfast('outage', 'run', campus, '--fault', 'd-tray', '--for', '4h');
    for (const place of ['Data hall', 'Customer cage', 'Cooling plant']) expect(stdout).toContain(place);
  });
});
