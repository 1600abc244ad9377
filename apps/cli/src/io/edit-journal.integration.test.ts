import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { finishEdit, writeEdit } from './edit-journal.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-edit-'));
  await writeFile(join(folder, 'a.yaml'), 'a: 1\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('touches no file and leaves nothing to complete where one of them cannot be written', async () => {
  const files = [
    { path: join(folder, 'a.yaml'), text: 'a: 2\n' },
    { path: join(folder, 'missing', 'b.yaml'), text: 'b: 2\n' },
  ];
  await expect(writeEdit(folder, files)).rejects.toThrow(/b\.yaml cannot be written/);
  expect(await readFile(join(folder, 'a.yaml'), 'utf8')).toBe('a: 1\n');
  expect(await readdir(folder)).toEqual(['a.yaml']);
  expect(await finishEdit(folder)).toBe(false);
});

it('writes all files of an edit, and nothing beside them', async () => {
  const files = ['a.yaml', 'b.yaml'].map((name) => ({ path: join(folder, name), text: `${name}: 2\n` }));
  await writeEdit(folder, files);
  expect(await readFile(join(folder, 'b.yaml'), 'utf8')).toBe('b.yaml: 2\n');
  expect((await readdir(folder)).toSorted()).toEqual(['a.yaml', 'b.yaml']);
});

it('completes an edit whose process was killed after it had decided', async () => {
  const files = [{ path: join(folder, 'a.yaml'), text: 'a: 3\n' }];
  await writeFile(join(folder, '.holdfast-edit.json'), JSON.stringify({ files }));
  expect(await finishEdit(folder)).toBe(true);
  expect(await readFile(join(folder, 'a.yaml'), 'utf8')).toBe('a: 3\n');
  expect(await readdir(folder)).toEqual(['a.yaml']);
});
