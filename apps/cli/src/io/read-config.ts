import { readFile } from 'node:fs/promises';
import { decodeText } from '@holdfast/estate';
import { Failure, problem } from '@holdfast/kernel';
import type { ConfigFile } from '@holdfast/segmentation';

/** Reads a text file that is no estate, without its byte order mark. Throws `file-missing`, `file-unreadable`. */
export async function readConfig(path: string): Promise<ConfigFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Failure(
      [
        problem('file-missing', `${path} cannot be read`, {
          hint: error instanceof Error ? error.message : 'check the path',
        }),
      ],
      { cause: error },
    );
  });
  const decoded = decodeText(path, bytes);
  if (decoded.kind === 'error') throw new Failure([decoded.error]);
  return { name: path, text: decoded.value.text.replace(/^\uFEFF/, '') };
}
