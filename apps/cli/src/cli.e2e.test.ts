import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdfastBinary, runHoldfast, type Ran } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const sample = join(root, 'samples', 'branch');

/** Runs the command line as a user does, without a terminal. */
const holdfast = (...words: readonly string[]): Promise<Ran> => runHoldfast(words);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

const fresh = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  return path;
};

describe('holdfast audit', () => {
  it('prints the findings of the sample, and exits 1', async () => {
    const { code, stdout, stderr } = await holdfast('audit', sample);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('Moosbach');
    expect(stdout).toContain('OUT-ALARM-PATH');
    expect(stdout).not.toContain('\u001B[');
  });

  it('exits 0 where nothing reaches the severity asked for', async () => {
    expect((await holdfast('audit', sample, '--fail-on', 'never')).code).toBe(0);
  });

  it.each(['json', 'sarif'])('prints %s that parses', async (format) => {
    const { stdout } = await holdfast('audit', sample, '--format', format);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });

  it.each([
    ['markdown', '# '],
    ['html', '<!doctype html>'],
  ])('prints %s', async (format, begin) => {
    expect(
      (await holdfast('audit', sample, '--format', format)).stdout.slice(0, 200).toLowerCase(),
    ).toContain(begin);
  });

  it('counts only what a baseline does not have', async () => {
    const baseline = join(folder, 'baseline.json');
    await writeFile(baseline, (await holdfast('audit', sample, '--format', 'json')).stdout);
    const { code, stderr } = await holdfast('audit', sample, '--baseline', baseline);
    expect(stderr).toMatch(/0 new, \d+ known, 0 gone/);
    expect(code).toBe(0);
  });

  it('says what a change makes different', async () => {
    const change = join(folder, 'change.yaml');
    await writeFile(change, 'holdfast: 1\ndevices:\n  branch-switch: {power: [ups]}\n');
    const { stderr } = await holdfast('audit', sample, '--with', change);
    expect(stderr).toMatch(/takes away \d+ findings/);
  });
});

describe('holdfast outage run', () => {
  it('tells a scenario in order', async () => {
    const { code, stdout } = await holdfast(
      'outage',
      'run',
      sample,
      '--fault',
      'mains:moosbach',
      '--for',
      '4h',
      '--on',
      '2026-11-23',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('08:30');
  });

  it('explains a verdict down to faults and facts, and what alone would change it', async () => {
    const { stdout } = await holdfast(
      'outage',
      'run',
      sample,
      '--fault',
      'mains:moosbach',
      '--why',
      'front-door/admits-known@31m',
    );
    expect(stdout).toContain('the mains of Moosbach branch has failed');
    expect(stdout).toContain('One fact alone would change it');
    expect(stdout).toMatch(/samples\/branch\/[a-z-]+\.yaml:\d+/);
  });

  it('proposes the nearest name of a fault that does not exist', async () => {
    const { code, stderr } = await holdfast('outage', 'run', sample, '--fault', 'main:moosbach');
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean 'mains:moosbach'?");
  });
});

describe('holdfast init and estate', () => {
  it('writes an estate that already gives an answer, and never overwrites one', async () => {
    const path = await fresh('first');
    expect((await holdfast('init', path, '--yes', '--access', 'site')).code).toBe(0);
    expect((await holdfast('audit', path)).code).toBe(1);
    const again = await holdfast('init', path, '--yes');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('exists already');
  });

  it('edits in place and keeps the comments', async () => {
    const path = await fresh('edited');
    await cp(sample, path, { recursive: true });
    const file = join(path, 'power-and-services.yaml');
    const before = await readFile(file, 'utf8');
    const { code } = await holdfast('estate', 'edit', 'set', path, 'ups', 'autonomy', '45m');
    expect(code).toBe(0);
    const after = await readFile(file, 'utf8');
    expect(after.split('\n').filter((line, index) => line !== before.split('\n')[index])).toHaveLength(1);
  });

  it('says what a fact rested on that a plain value replaces, and sets what the new one rests on', async () => {
    const path = await fresh('sourced');
    await cp(sample, path, { recursive: true });
    const set = (...more: readonly string[]): ReturnType<typeof holdfast> =>
      holdfast('estate', 'edit', 'set', path, 'door-controller', 'credentials', ...more);
    const plain = await set('1801');
    expect(plain).toMatchObject({ code: 0 });
    expect(plain.stderr).toContain('basis: export, source: host report, asOf: 2026-11-02');
    expect(plain.stderr).toContain('--basis');
    const rested = await set(
      '1802',
      '--basis',
      'export',
      '--source',
      'second report',
      '--as-of',
      '2026-11-20',
    );
    expect(rested).toMatchObject({ code: 0, stderr: '' });
    expect(await readFile(join(path, 'devices.yaml'), 'utf8')).toMatch(
      /credentials: \{ value: 1802, basis: export, source: second report, asOf: 2026-11-20 \}/u,
    );
    expect((await set('1803', '--basis', 'hearsay')).code).toBe(2);
  });

  it('loses nothing when several edit at once', async () => {
    const path = await fresh('together');
    await cp(sample, path, { recursive: true });
    const ids = ['one', 'two', 'three', 'four'];
    const ran = await Promise.all(
      ids.map((id) => holdfast('estate', 'edit', 'add', path, 'party', id, '{name: Somebody, kind: team}')),
    );
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    for (const id of ids) expect((await holdfast('estate', 'show', path, id)).code, id).toBe(0);
  });

  it('takes over the lock of an edit that was killed before it could sign it', async () => {
    const path = await fresh('unsigned');
    await cp(sample, path, { recursive: true });
    const lock = join(path, '.holdfast-edit.lock');
    await writeFile(lock, '');
    await utimes(lock, new Date(0), new Date(0));
    expect((await holdfast('estate', 'edit', 'set', path, 'ups', 'name', 'UPS')).code).toBe(0);
  });

  it('is whole after the next edit, however often a rename was killed', async () => {
    const path = await fresh('killed');
    await cp(sample, path, { recursive: true });
    let name = 'branch-switch';
    for (const [index, wait] of [250, 300, 350, 400, 450, 500].entries()) {
      const next = `switch-${index}`;
      const child = spawn(process.execPath, [holdfastBinary, 'estate', 'edit', 'rename', path, name, next], {
        cwd: root,
      });
      const ended = new Promise((resolve) => child.on('close', resolve));
      setTimeout(() => child.kill('SIGKILL'), wait);
      await ended;
      expect((await holdfast('estate', 'edit', 'set', path, 'ups', 'name', `UPS ${index}`)).code).toBe(0);
      expect((await holdfast('estate', 'check', path)).stderr).toBe('');
      if ((await holdfast('estate', 'show', path, next)).code === 0) name = next;
    }
    expect((await readdir(path)).filter((each) => each.startsWith('.'))).toEqual([]);
  });

  it('prints the canonical form, which reads back with the same hash', async () => {
    const path = await fresh('canonical');
    await writeFile(join(path, 'estate.ndjson'), (await holdfast('estate', 'show', sample)).stdout);
    const hash = async (dir: string): Promise<unknown> =>
      (
        JSON.parse((await holdfast('estate', 'check', dir, '--format', 'json')).stdout) as {
          readonly hash: unknown;
        }
      ).hash;
    expect(await hash(path)).toBe(await hash(sample));
  });

  it('prints the schema', async () => {
    expect(JSON.parse((await holdfast('estate', 'schema')).stdout)).toHaveProperty('$defs');
  });
});

describe('bad input', () => {
  const files: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    [
      'duration',
      'holdfast: 1\nsites: {a: {name: A, timeZone: UTC, outage: 4 hors}}\n',
      /estate\.yaml:2:\d+: .*'4 hors' is not a duration[\s\S]*4h/,
    ],
    [
      'nothing',
      'holdfast: 1\nsites: {a: {name: A, timeZone: UTC}}\nareas: {b: {name: B, in: c, class: staff}}\n',
      /estate\.yaml:3:\d+: .*no site 'c'/,
    ],
    [
      'circle',
      'holdfast: 1\nsites: {a: {name: A, timeZone: UTC}}\npower:\n  p: {kind: board, from: [q]}\n  q: {kind: board, from: [p]}\n',
      /in a circle/,
    ],
    ['utf16', Buffer.from('\uFEFFholdfast: 1\n', 'utf16le'), /UTF-16/],
    ['empty', '', /holdfast: 1/],
  ];

  it.each(files)('%s: says where, what and how to mend it, and exits 2', async (name, text, says) => {
    const path = await fresh(`bad-${name}`);
    await writeFile(join(path, 'estate.yaml'), text);
    const { code, stderr, stdout } = await holdfast('audit', path);
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('says that a folder holds no estate, and that a path does not exist', async () => {
    expect(await holdfast('audit', await fresh('bare'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no estate') as string,
    });
    expect(await holdfast('audit', join(folder, 'nowhere'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no file or folder') as string,
    });
  });

  it.each([
    [['audit']],
    [['audit', sample, '--format', 'docx']],
    [['audit', sample, '--fail-on', 'bad']],
    [['audit', sample, '--for', '0']],
    [['nonsense']],
    [['outage', 'run', sample, '--at', '25:00']],
  ])('%j is a wrong call: exit 2', async (words) => {
    const { code, stderr } = await holdfast(...words);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });
});

describe('holdfast start', () => {
  /** Starts the server; gives its address and what ends it. */
  async function serve(
    ...words: readonly string[]
  ): Promise<{ url: string; end: () => Promise<number | null> }> {
    const child = spawn(process.execPath, [holdfastBinary, 'start', ...words, '--port', '0'], { cwd: root });
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (data: Buffer) => {
        text += data.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(text);
        if (found) resolve(found[0]);
      });
      child.on('error', reject);
      child.on('exit', () => reject(new Error(`ended early: ${text}`)));
    });
    const end = async (): Promise<number | null> => {
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
      return ended;
    };
    return { url, end };
  }

  it('serves the page of the campus on loopback and ends when told', async () => {
    const { url, end } = await serve();
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Fairbrook Campus');
    expect((await fetch(`${url}nothing`)).status).toBe(404);
    expect(await end()).toBe(0);
  });

  it('serves cards and paper of an estate beside its page', async () => {
    const { url, end } = await serve(sample);
    expect(await (await fetch(`${url}cards`)).text()).toContain('Outage card');
    expect((await (await fetch(`${url}audit.pdf`)).text()).slice(0, 5)).toBe('%PDF-');
    expect(await end()).toBe(0);
  });
});
