import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { pageWith } from './console-page.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const binary = join(root, 'apps', 'cli', 'bin', 'holdfast.mjs');
const roads = (await readdir(join(root, 'docs', 'roads'))).map((name) => join('docs', 'roads', name));
const pages = [
  'README.md',
  'docs/getting-started.md',
  'docs/importing.md',
  'docs/procurement.md',
  'docs/segmentation.md',
  ...roads,
];

/** A page has up to ten commands, and the machine may be busy. */
const patience = { timeout: 180_000 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-pages-'));
  await mkdir(join(folder, 'bin'));
  const npx = join(folder, 'bin', 'npx');
  await writeFile(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${binary}' "$@"\n`);
  await chmod(npx, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

/** What a reader has who stands in a fresh clone, as far as the pages name it. */
async function clone(page: string): Promise<string> {
  const place = join(folder, page.replaceAll('/', '-'));
  await mkdir(join(place, 'docs'), { recursive: true });
  await cp(join(root, 'samples'), join(place, 'samples'), { recursive: true });
  await cp(join(root, 'docs', 'examples'), join(place, 'docs', 'examples'), { recursive: true });
  await symlink(join(root, 'packages'), join(place, 'packages'));
  return place;
}

/** What a command prints, errors among it, as on a screen of 100 columns in Berlin. */
function printedBy(command: string, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', `exec 2>&1; ${command}`], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NO_COLOR: '1',
        TZ: 'Europe/Berlin',
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      },
    });
    let printed = '';
    child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(printed));
  });
}

describe('the pages', () => {
  it.concurrent.for(pages)('%s shows what its commands print', patience, async (page, { expect }) => {
    const place = await clone(page);
    const path = join(root, page);
    const told = await pageWith(await readFile(path, 'utf8'), (command) => printedBy(command, place));
    await expect(told).toMatchFileSnapshot(path);
  });
});
