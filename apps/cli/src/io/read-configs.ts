import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { decodeText, type Estate } from '@holdfast/estate';
import { Failure, problem, type Problem } from '@holdfast/kernel';
import {
  namedConfigs,
  readDeviceConfigs,
  type DeviceConfig,
  type HashedFile,
  type NamedConfig,
} from '@holdfast/segmentation';

const configLimit = 100 * 2 ** 20;

/** Reads the configurations that the devices of an estate name, from beside it. Throws Failure with every problem at its place. */
export async function readConfigs(path: string, estate: Estate): Promise<ReadonlyMap<string, DeviceConfig>> {
  const named = namedConfigs(estate);
  if (named.length === 0) return new Map();
  const folder = (await stat(path)).isDirectory() ? path : dirname(path);
  const read = await Promise.all(named.map(async (each) => readOne(folder, each)));
  const problems = read.flatMap((each) => ('code' in each ? [each] : []));
  if (problems.length > 0) throw new Failure(problems);
  const files = new Map(
    read.flatMap((each, index) => {
      const file = named[index]?.file;
      return 'code' in each || file === undefined ? [] : [[file, each] as const];
    }),
  );
  const configs = readDeviceConfigs(estate, files);
  if (configs.kind === 'error') throw new Failure(configs.error);
  return configs.value;
}

async function readOne(folder: string, { device, file, at }: NamedConfig): Promise<HashedFile | Problem> {
  const name = relative(process.cwd(), join(folder, file)) || file;
  try {
    const [base, real] = [await realpath(folder), await realpath(join(folder, file))];
    const inside = relative(base, real);
    if (isAbsolute(file) || inside.startsWith('..') || isAbsolute(inside))
      return problem('value-invalid', `device ${device}: ${file} does not lie in the folder of the estate`, {
        at,
        hint: 'copy it there, for example to networks/ID/',
      });
    const info = await stat(real);
    if (!info.isFile())
      return problem('file-unreadable', `${name} is not a regular file`, { at, hint: 'name a file' });
    if (info.size > configLimit)
      return problem('file-too-large', `${name} has ${Math.round(info.size / 2 ** 20)} MiB`, {
        at,
        hint: 'a configuration may have 100 MiB',
      });
    const bytes = await readFile(real);
    const decoded = decodeText(name, bytes);
    if (decoded.kind === 'error') return decoded.error;
    return {
      name,
      text: decoded.value.text.replace(/^\uFEFF/, ''),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  } catch (error) {
    return problem('file-missing', `device ${device}: ${name} cannot be read`, {
      at,
      hint: error instanceof Error ? error.message : 'check the path',
    });
  }
}
