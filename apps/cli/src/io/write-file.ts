import { constants } from 'node:fs';
import { access, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Failure, problem } from '@holdfast/kernel';

/** A file that lies on the disk beside the one that it is to replace. */
export interface Staged {
  /** Puts it in its place. */
  readonly place: () => Promise<void>;
  /** Leaves all as it was. */
  readonly discard: () => Promise<void>;
}

/**
 * Writes a file whole or not at all: beside it first, to disk, then in its place.
 * A link is followed, the permissions of what was there stay, and what may not be written is not.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const staged = await stage(path, text);
  await staged.place();
}

/** Writes a file to disk beside the one that it is to replace. */
export async function stage(path: string, text: string): Promise<Staged> {
  const target = await realpath(path).catch(() => path);
  staged += 1;
  const beside = join(dirname(target), `.${process.pid}.${Date.now() * 1000 + (staged % 1000)}.holdfast`);
  const discard = (): Promise<void> => rm(beside, { force: true });
  const orRefuse = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await discard();
      throw refused(path, error);
    }
  };
  await orRefuse(async () => {
    const before = await stat(target).catch(() => undefined);
    if (before) await access(target, constants.W_OK);
    const file = await open(beside, 'wx', before ? before.mode & 0o777 : 0o644);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
  });
  return { place: () => orRefuse(() => rename(beside, target)), discard };
}

/** Tells the files apart that one process writes within a millisecond. */
let staged = 0;

function refused(path: string, cause: unknown): Failure {
  const code =
    cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause);
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new Failure(
    [
      problem('file-unreadable', `${relative(process.cwd(), path) || path} cannot be written (${code})`, {
        hint: isFull
          ? 'the disk is full: make room, then try again'
          : 'check the permissions of the file and its folder',
      }),
    ],
    { cause },
  );
}
