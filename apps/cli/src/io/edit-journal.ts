import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, problem } from '@holdfast/kernel';
import { stage, writeWhole, type Staged } from './write-file.ts';

/** The files of one edit as they are to be; there only while an edit is being written. */
interface Journal {
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

const folderOf = async (path: string): Promise<string> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true ? path : dirname(path);

const journalOf = (folder: string): string => join(folder, '.holdfast-edit.json');

/**
 * Writes the files of one edit all or none: should this process be killed, `finishEdit` completes them; should there be
 * no room for one of them, none is touched and nothing is left to complete.
 */
export async function writeEdit(estate: string, files: Journal['files']): Promise<void> {
  const [only] = files;
  if (files.length === 1 && only) return writeWhole(only.path, only.text);
  const staged: Staged[] = [];
  const journal = journalOf(await folderOf(estate));
  try {
    for (const { path, text } of files) staged.push(await stage(path, text));
    await writeWhole(journal, JSON.stringify({ files } satisfies Journal));
  } catch (error) {
    for (const each of staged) await each.discard();
    throw error;
  }
  for (const each of staged) await each.place();
  await rm(journal, { force: true });
}

/** Completes an edit that was cut off, and clears away what it left. Says whether there was one. */
export async function finishEdit(estate: string): Promise<boolean> {
  const folder = await folderOf(estate);
  const journal = journalOf(folder);
  await clearLeftovers(folder);
  if (!existsSync(journal)) return false;
  const { files } = await readJournal(journal);
  for (const { path, text } of files) await writeWhole(path, text);
  await rm(journal, { force: true });
  return true;
}

async function readJournal(path: string): Promise<Journal> {
  try {
    // Written by `writeEdit`, whole or not at all.
    return JSON.parse(await readFile(path, 'utf8')) as Journal;
  } catch (error) {
    throw new Failure(
      [
        problem('file-unreadable', `an edit was cut off, and ${path} cannot be read`, {
          hint: 'look at the files, then remove it',
        }),
      ],
      { cause: error },
    );
  }
}

/** Files that a killed edit had begun beside those it was to replace. */
async function clearLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = /^\.(\d+)\.\d+\.holdfast$/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
