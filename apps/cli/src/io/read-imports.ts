import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { decodeText } from '@holdfast/estate';
import {
  importFormats,
  readImports,
  readMapping,
  type Import,
  type ImportFile,
  type ImportFormat,
  type Mapping,
  type ReadOptions,
} from '@holdfast/importers';
import { Failure, nearestName, problem } from '@holdfast/kernel';
import { projectRoot } from './read-estate.ts';
import { usage } from './scenario-start.ts';

const limit = 128 * 2 ** 20;
const shipped = join(projectRoot, 'packages', 'importers', 'mappings');

/** The bytes of a file to be imported. One larger than the limit is refused before it is read. */
export async function readImportFile(path: string): Promise<ImportFile> {
  const name = relative(process.cwd(), path) || basename(path);
  const info = await stat(path).catch((error: unknown) => {
    throw new Failure([problem('file-missing', `there is no file ${name}`, { hint: 'check the path' })], {
      cause: error,
    });
  });
  if (!info.isFile()) throw usage(`${name} is not a file`, 'give the exported files one by one');
  if (info.size > limit)
    throw new Failure([
      problem('file-too-large', `${name} has ${Math.ceil(info.size / 2 ** 20)} MiB, the limit is 128`, {
        at: { file: name, line: 1, column: 1 },
        hint: 'split it, or export only what is needed',
      }),
    ]);
  return { name, bytes: await readFile(path) };
}

/** A mapping that comes with the product, by its file's name without the end: `template-doors`. */
export async function shippedMapping(name: string): Promise<Mapping> {
  return readMappingFile(join(shipped, `${name}.yaml`));
}

/** The names of the mappings that come with the product. */
export const shippedNames = async (): Promise<readonly string[]> =>
  (await readdir(shipped)).flatMap((each) => (each.endsWith('.yaml') ? [each.slice(0, -5)] : [])).toSorted();

async function readMappingFile(path: string): Promise<Mapping> {
  const { name, bytes } = await readImportFile(path);
  const text = decodeText(name, bytes);
  if (text.kind === 'error') throw new Failure([text.error]);
  const mapping = readMapping(text.value);
  if (mapping.kind === 'error') throw new Failure(mapping.error);
  return mapping.value;
}

/** The mappings to try: the one that is asked for, by its file or the name of a shipped one, else all that are shipped. */
export async function mappingsFor(asked: string | undefined): Promise<readonly Mapping[]> {
  const names = await shippedNames();
  if (asked === undefined) return Promise.all(names.map(shippedMapping));
  return [await (names.includes(asked) ? shippedMapping(asked) : readMappingFile(asked))];
}

/** The format of `--as`. */
export function formatOption(asked: string | undefined): ImportFormat | undefined {
  if (asked === undefined) return undefined;
  const format = importFormats.find((each) => each === asked);
  if (format) return format;
  const near = nearestName(asked, importFormats);
  throw usage(
    `'${asked}' is no format`,
    near ? `did you mean '${near}'?` : `one of ${importFormats.join(', ')}`,
  );
}

/** Reads all files to be imported, or tells every problem of every file. */
export async function readFiles(
  paths: readonly string[],
  options: ReadOptions,
  asOf: string | undefined,
): Promise<readonly Import[]> {
  const files: ImportFile[] = [];
  for (const path of paths) files.push(await readImportFile(path));
  const read = await readImports(files, options);
  if (read.kind === 'error') throw new Failure(read.error);
  return asOf === undefined ? read.value : read.value.map((each) => ({ capturedAt: asOf, ...each }));
}
