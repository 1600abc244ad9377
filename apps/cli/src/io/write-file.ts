import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file whole or not at all: beside it first, to disk, then in its place. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${process.pid}.${Date.now()}.holdfast`);
  try {
    const file = await open(beside, 'wx');
    await file.writeFile(text, 'utf8');
    await file.sync();
    await file.close();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
