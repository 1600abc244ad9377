import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheets, writeWorkbook } from '@holdfast/importers';
import { runHoldfast, type Ran } from '@holdfast/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const sample = join(root, 'samples', 'branch');

const holdfast = (...words: readonly string[]): Promise<Ran> => runHoldfast(words);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-procurement-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function copyOfSample(name: string): Promise<string> {
  const path = join(folder, name);
  await cp(sample, path, { recursive: true });
  return path;
}

async function textsOf(path: string): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return (await Promise.all(files.toSorted().map((name) => readFile(name, 'utf8')))).join('\n');
}

describe('holdfast profiles', () => {
  it('lists what each product does alone', async () => {
    const { stdout } = await holdfast('profiles', 'list');
    expect(stdout).toMatch(/Verkada AC42 +controller +Verkada +cloud +keeps admitting +\d+%/);
  });

  it('shows what a product does when it is cut off, and how much is known', async () => {
    const { stdout } = await holdfast('profiles', 'show', 'controllers/avigilon-alta-smart-hub');
    expect(stdout).toMatch(/Admits known badges +yes +for 1d\.\.30d \[a\]/);
    expect(stdout).toMatch(/\d+\s+of\s+\d+\s+facts\s+known,\s+\d+\s+with\s+a\s+source/);
    expect(stdout).toContain('https://openpath.atlassian.net/');
  });

  it('shows it as JSON and Markdown too', async () => {
    const json = await holdfast('profiles', 'show', 'locks/salto-ks', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({ holdfast: { kind: 'trial', version: 1 } });
    const markdown = await holdfast('profiles', 'show', 'locks/salto-ks', '--format', 'markdown');
    expect(markdown.stdout).toContain('| Admits known badges | yes |');
  });
});

describe('holdfast profiles candidate', () => {
  it('exits 1 where a target fails or nobody can tell', async () => {
    const call = ['profiles', 'candidate', 'controllers/verkada-ac42', sample, '--at', 'front-door'];
    const { code, stdout } = await holdfast(...call);
    expect(code).toBe(1);
    expect(stdout).toContain('the cloud of Verkada, which would be new');
    expect(stdout).toContain('ask before anything is signed');
  });

  it('exits 2 at a place that does not exist', async () => {
    const { code, stderr } = await holdfast(
      'profiles',
      'candidate',
      'locks/salto-ks',
      sample,
      '--at',
      'back-dor',
    );
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean 'back-door'?");
  });
});

/** An answer of the kind that is asked for. */
const plausible = (allowed: string): string =>
  allowed.startsWith('yes') ? 'no' : allowed.startsWith('a time') ? '30s' : 'none';

describe('holdfast outage questions', () => {
  it('goes out as Markdown, comes back filled, and settles what it said', async () => {
    const estate = await copyOfSample('markdown');
    const file = join(folder, 'questions.md');
    await holdfast(
      'outage',
      'questions',
      estate,
      '--to',
      'integrator',
      '--format',
      'markdown',
      '--out',
      file,
    );
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('SALTO');
    await writeFile(file, text.replace('- Answer:', '- Answer: none').replace('- Basis:', '- Basis: export'));
    const { code, stdout } = await holdfast('outage', 'questions', estate, '--answers', file);
    expect(code).toBe(0);
    expect(stdout).toContain('1 answer settled 18 of 353 open verdicts.');
    expect(await textsOf(estate)).toMatch(/offline-mode:\n\s+value: none\n\s+basis: export/);
  });

  it('goes out as a workbook and comes back filled', async () => {
    const estate = await copyOfSample('workbook');
    const file = join(folder, 'questions.xlsx');
    await holdfast('outage', 'questions', estate, '--format', 'xlsx', '--out', file);
    const sheets = await readSheets({ name: file, bytes: await readFile(file) });
    if (sheets.kind === 'error') throw new Error(sheets.error[0]?.message);
    const filled = sheets.value.map(({ name = '', rows }) => {
      const answer = rows[0]?.cells.indexOf('Answer') ?? -1;
      return {
        name,
        rows: rows.map(({ cells }, index) =>
          cells.map((cell, column) => (index > 0 && column === answer ? plausible(cells[2] ?? '') : cell)),
        ),
      };
    });
    await writeFile(file, await writeWorkbook(filled));
    const { stdout } = await holdfast('outage', 'questions', estate, '--answers', file);
    expect(stdout).toContain('3 answers settled');
    expect(stdout).toContain('Nothing more is asked.');
    expect((await holdfast('outage', 'questions', estate)).stdout).toContain('Nothing is asked');
    expect((await holdfast('outage', 'questions', estate, '--answers', file)).stdout).toContain(
      'the estate is as it was',
    );
  });

  it('tells every bad answer at its line, and changes nothing', async () => {
    const estate = await copyOfSample('bad');
    const before = await textsOf(estate);
    const file = join(folder, 'bad.md');
    await holdfast('outage', 'questions', estate, '--format', 'markdown', '--out', file);
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace('- Answer:', '- Answer: none').replaceAll('- Answer:\n', '- Answer: perhaps\n'),
    );
    const { code, stderr } = await holdfast('outage', 'questions', estate, '--answers', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /bad\.md:\d+:\d+: Q-[0-9a-f]{8}: 'perhaps' is not what is asked for\n\s+yes or no/,
    );
    expect(await textsOf(estate)).toBe(before);
  });

  it('tells what the editor refuses at the answer', async () => {
    const estate = await copyOfSample('alias');
    const devices = join(estate, 'devices.yaml');
    const text = await readFile(devices, 'utf8');
    const [before, after = ''] = text.split('  vault-module:');
    const shared = after.replace('    facts:\n', '    facts: &module\n');
    const twin = '\n  twin:\n    profile: modules/mercury-mr52\n    at: tech-room\n    facts: *module\n';
    await writeFile(devices, `${before}  vault-module:${shared}${twin}`);
    const file = join(folder, 'alias.md');
    await holdfast(
      'outage',
      'questions',
      estate,
      '--to',
      'integrator',
      '--format',
      'markdown',
      '--out',
      file,
    );
    await writeFile(file, (await readFile(file, 'utf8')).replace('- Answer:', '- Answer: none'));
    const { code, stderr } = await holdfast('outage', 'questions', estate, '--answers', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(/alias\.md:\d+:\d+: Q-bafb31e7: .*\*module/);
  });

  it.each([
    [['--to', 'integrater'], "did you mean 'integrator'?"],
    [['--format', 'xlsx'], 'add --out'],
    [['--answers', 'nowhere.md'], 'nowhere.md cannot be read'],
  ])('%j is called wrongly', async (words, hint) => {
    const { code, stderr } = await holdfast('outage', 'questions', sample, ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
  });
});
