import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeText, isOtherDocument, loadEstate, type Estate, type SourceFile } from '@holdfast/estate';
import { Failure, problem, type Problem } from '@holdfast/kernel';
import { namedProfiles } from './named-profiles.ts';

/** The root of the project that this file is part of. */
export const projectRoot = dirname(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))));

const estateFile = /\.(?:ya?ml|ndjson|jsonl)$/i;
const skipped = new Set(['node_modules', '.git']);
const fileLimit = 450 * 2 ** 20;

/**
 * The files of an estate: one file, or all YAML and NDJSON files of a folder and its folders, but for mappings and reviews
 * that are kept beside them. Names are relative to where the user stands.
 */
export async function readEstateFiles(path: string): Promise<readonly SourceFile[]> {
  const names = await listFiles(path);
  const files: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const read = await readOne(name);
    if ('code' in read) problems.push(read);
    else if (name === path || !isOtherDocument(read)) files.push(read);
  }
  if (problems.length > 0) throw new Failure(problems);
  if (files.length === 0)
    throw new Failure([
      problem('estate-empty', `${path} holds no estate`, {
        hint: 'an estate is one or more .yaml or .ndjson files; `holdfast init` writes a first one, `holdfast import` begins one from files',
      }),
    ]);
  return files;
}

async function listFiles(path: string): Promise<readonly string[]> {
  const info = await inspect(path);
  if (info === 'file') return [path];
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new Failure([problem('file-unreadable', `${path} cannot be read`, { hint: reasonOf(error) })], {
      cause: error,
    });
  });
  const names = entries
    .filter((entry) => !skipped.has(entry.name) && !entry.name.startsWith('.'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const nested = await Promise.all(
    names.map(async (entry) => {
      const full = join(path, entry.name);
      if (entry.isDirectory()) return listFiles(full);
      return (entry.isFile() || entry.isSymbolicLink()) && estateFile.test(entry.name) ? [full] : [];
    }),
  );
  return nested.flat();
}

async function inspect(path: string): Promise<'file' | 'folder'> {
  try {
    const info = await stat(path);
    if (!info.isDirectory() && !info.isFile()) throw new TypeError('it is neither a file nor a folder');
    return info.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw new Failure(
      [
        problem(
          'file-missing',
          error instanceof TypeError
            ? `${path} is neither a file nor a folder`
            : `there is no file or folder ${path}`,
          {
            hint: 'give the folder that holds the estate, or `.`',
          },
        ),
      ],
      { cause: error },
    );
  }
}

async function readOne(path: string): Promise<SourceFile | Problem> {
  const name = relative(process.cwd(), path) || basename(path);
  try {
    const { size, ...info } = await stat(path).then((each) => ({ size: each.size, isFile: each.isFile() }));
    if (!info.isFile)
      return problem('file-unreadable', `${name} is not a regular file`, { hint: 'give a file or a folder' });
    if (size > fileLimit)
      return problem('file-too-large', `${name} has ${Math.round(size / 2 ** 20)} MiB`, {
        hint: 'split it into files of at most 450 MiB',
      });
    const decoded = decodeText(name, await readFile(path));
    return decoded.kind === 'ok' ? decoded.value : decoded.error;
  } catch (error) {
    return problem('file-unreadable', `${name} cannot be read`, {
      hint: reasonOf(error),
      at: { file: name, line: 1, column: 1 },
    });
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The profiles that come with the product. */
export async function readLibrary(): Promise<readonly SourceFile[]> {
  const folder = join(projectRoot, 'packages', 'estate', 'profiles');
  if (!existsSync(folder)) return [];
  return Promise.all(
    (await listFiles(folder)).map(async (path) => ({
      name: relative(projectRoot, path),
      text: await readFile(path, 'utf8'),
    })),
  );
}

/** An estate with the files that it was read from. */
export interface OpenedEstate {
  readonly estate: Estate;
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
}

/** Reads and loads an estate and the whole library, with a change laid over it where one is given. */
export async function openEstate(path: string, overlay?: string): Promise<Estate> {
  const { files, library, over } = await readAll(path, overlay);
  return loadedOf(loadEstate(files, library, over));
}

/** Reads and loads an estate for an audit, with the profiles that it names, and the hash of each file: of its bytes, as `sha256sum` prints it. */
export async function openInputs(path: string, overlay?: string): Promise<OpenedEstate> {
  const { files, library, over } = await readAll(path, overlay);
  const small = loadEstate(files, namedProfiles(library, [...files, ...over]), over);
  // What is wrong is told beside the whole library: of a profile that is not there, it has the nearest name.
  const estate = loadedOf(small.kind === 'ok' ? small : loadEstate(files, library, over));
  const inputs = [...files, ...over].map(({ name, text }) => ({
    file: name,
    // What is read is UTF-8, and its byte order mark is part of the text: these are the bytes.
    sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
  }));
  return { estate, inputs };
}

async function readAll(
  path: string,
  overlay: string | undefined,
): Promise<Readonly<Record<'files' | 'library' | 'over', readonly SourceFile[]>>> {
  const [files, library, over] = await Promise.all([
    readEstateFiles(path),
    readLibrary(),
    overlay === undefined ? [] : readEstateFiles(overlay),
  ]);
  return { files, library, over };
}

function loadedOf(loaded: ReturnType<typeof loadEstate>): Estate {
  if (loaded.kind === 'error') throw new Failure(loaded.error);
  return loaded.value;
}
