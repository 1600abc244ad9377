import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { usage } from './scenario-start.ts';

const patience = 10_000;

/** Does some work on an estate while nobody else edits it. Waits for another edit; a lock whose owner is gone is taken over. */
export async function whileLocked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const folder = (await stat(path).catch(() => undefined))?.isDirectory() === true ? path : dirname(path);
  const lock = join(folder, '.holdfast-edit.lock');
  const until = Date.now() + patience;
  while (!(await take(lock))) {
    if (Date.now() > until)
      throw usage(`somebody else is editing ${folder}`, `try again; if nobody is, remove ${lock}`);
    await setTimeout(50);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    // A folder that cannot be written fails at the file itself, with a better message.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return true;
    if (!(await isAbandoned(lock))) return false;
    await rm(lock, { force: true });
    return false;
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  const text = await readFile(lock, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  // Whoever was killed between making the lock and writing into it never comes back to it.
  if (text === '')
    return Date.now() - ((await stat(lock).catch(() => undefined))?.mtimeMs ?? Infinity) > 2000;
  const owner = Number(text);
  if (!Number.isInteger(owner) || owner <= 0) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
