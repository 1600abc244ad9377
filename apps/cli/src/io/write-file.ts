import { constants } from 'node:fs';
import { access, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, problem } from '@holdfast/kernel';

/**
 * Writes a file whole or not at all: beside it first, to disk, then in its place.
 * A link is followed, the permissions of what was there stay, and what may not be written is not.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const beside = join(dirname(target), `.${process.pid}.${Date.now()}.holdfast`);
  try {
    const before = await stat(target).catch(() => undefined);
    if (before) await access(target, constants.W_OK);
    const file = await open(beside, 'wx', before ? before.mode & 0o777 : 0o644);
    await file.writeFile(text, 'utf8');
    await file.sync();
    await file.close();
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    const reason =
      error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
    throw new Failure(
      [
        problem('file-unreadable', `${path} cannot be written (${reason})`, {
          hint: 'check the permissions of the file and its folder',
        }),
      ],
      { cause: error },
    );
  }
}
