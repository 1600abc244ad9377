import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Failure, problem } from '@holdfast/kernel';
import { feedLimits } from './feed-limits.ts';
import { unzip, type Packed } from './unzip.ts';

/** What the user gave to import. */
export interface Source {
  readonly path: string;
  /** Whether it may hold many files: a folder or an archive. */
  readonly isMany: boolean;
  /** The bytes of a file, as a signature covers them; a folder has none. */
  readonly bytes?: Uint8Array;
  readonly files: () => AsyncGenerator<Packed>;
}

/** Opens a file, a folder or a ZIP archive; links in a folder are not followed. */
export async function openSource(path: string): Promise<Source> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Failure(
      [problem('file-missing', `there is no ${path}`, { hint: 'give a file, a folder or a ZIP archive' })],
      { cause: error },
    );
  });
  if (found.isDirectory()) return { path, isMany: true, files: () => filesIn(path) };
  checkSize(path, found.size, feedLimits.packedBytes);
  const bytes = await readFile(path);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return { path, isMany: isZip, bytes, files: () => (isZip ? parts(path, bytes) : one(path, bytes)) };
}

function checkSize(path: string, size: number, limit: number): void {
  if (size <= limit) return;
  throw new Failure([
    problem(
      'file-too-large',
      `${path} has ${Math.ceil(size / 2 ** 20)} MiB, the limit is ${limit / 2 ** 20}`,
      {
        at: { file: path, line: 1, column: 1 },
        hint: 'is it a feed?',
      },
    ),
  ]);
}

async function* filesIn(dir: string): AsyncGenerator<Packed> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .toSorted();
  const names = new Set(paths);
  for (const path of paths) {
    checkSize(path, (await stat(path)).size, feedLimits.fileBytes);
    const bytes = await readFile(path);
    for (const kind of ['sha256', 'sha512'] as const)
      if (names.has(`${path}.${kind}`))
        checkHash(path, bytes, kind, await readFile(`${path}.${kind}`, 'utf8'));
    yield { name: relative(dir, path).split(sep).join('/'), bytes };
  }
}

/** The hashes that a CSAF provider lays beside its documents. @see CSAF 2.0, requirement 18 in section 7.1 */
function checkHash(path: string, bytes: Uint8Array, kind: 'sha256' | 'sha512', said: string): void {
  const hash = createHash(kind).update(bytes).digest('hex');
  if (said.trim().split(/\s/)[0]?.toLowerCase() === hash) return;
  throw new Failure([
    problem('file-unreadable', `${path} is not the document that ${path}.${kind} was made of`, {
      at: { file: path, line: 1, column: 1 },
      hint: 'fetch both again from the publisher',
    }),
  ]);
}

async function* parts(path: string, bytes: Uint8Array): AsyncGenerator<Packed> {
  yield* unzip(path, bytes);
}

async function* one(path: string, bytes: Uint8Array): AsyncGenerator<Packed> {
  const name = path.split(sep).at(-1) ?? path;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    checkSize(path, bytes.length, feedLimits.fileBytes);
    yield { name, bytes };
    return;
  }
  yield { name: name.replace(/\.gz$/, ''), bytes: gunzipped(path, bytes) };
}

function gunzipped(path: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: feedLimits.fileBytes });
  } catch (error) {
    const isLarge = error instanceof RangeError;
    throw new Failure(
      [
        problem(
          isLarge ? 'file-too-large' : 'file-unreadable',
          isLarge ? `unpacked, ${path} is larger than the limit` : `${path} cannot be unpacked`,
          { at: { file: path, line: 1, column: 1 }, hint: 'fetch it again from its publisher' },
        ),
      ],
      { cause: error },
    );
  }
}
