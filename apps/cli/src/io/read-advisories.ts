import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { decodeText } from '@holdfast/estate';
import { readAdvisory, type Advisory } from '@holdfast/exposure';
import { Failure, problem, type Problem } from '@holdfast/kernel';
import { progress, progressEnds } from './terminal.ts';

/** The largest advisories have some ten megabytes. */
const byteLimit = 64 * 2 ** 20;

/** What a folder of advisories holds. */
export interface AdvisoryFolder {
  readonly advisories: readonly Advisory[];
  /** What is wrong with files that are advisories, or should be. */
  readonly problems: readonly Problem[];
  /** Files that are not advisories, with what they are. */
  readonly others: readonly string[];
}

/**
 * Reads every JSON file of a folder and the folders in it, one at a time: CSAF documents and CVE records, mixed.
 * A broken file is a problem at its place, and the others are read. Links are not followed.
 */
export async function readAdvisories(dir: string): Promise<AdvisoryFolder> {
  const paths = await filesIn(dir);
  const advisories: Advisory[] = [];
  const problems: Problem[] = [];
  const others: string[] = [];
  const show = progress('reading advisories');
  for (const [index, path] of paths.entries()) {
    show(index, paths.length);
    const name = relative(process.cwd(), path) || path;
    if (!path.toLowerCase().endsWith('.json')) {
      others.push(`${name}: no JSON`);
      continue;
    }
    const read = await readOne(path, name);
    if (read.kind === 'other') others.push(`${name}: ${read.name}`);
    problems.push(...read.problems);
    if (read.kind === 'advisory') advisories.push(read.advisory);
  }
  progressEnds();
  return { ...withoutTwins(advisories, problems), others };
}

type One =
  | { readonly kind: 'advisory'; readonly advisory: Advisory; readonly problems: readonly Problem[] }
  | { readonly kind: 'other'; readonly name: string; readonly problems: readonly Problem[] }
  | { readonly kind: 'broken'; readonly problems: readonly Problem[] };

async function readOne(path: string, name: string): Promise<One> {
  const at = { file: name, line: 1, column: 1 };
  const { size } = await stat(path);
  if (size > byteLimit)
    return broken([
      problem('file-too-large', `${name} has ${Math.ceil(size / 2 ** 20)} MiB, the limit is 64`, {
        at,
        hint: 'is it an advisory?',
      }),
    ]);
  const text = decodeText(name, await readFile(path));
  if (text.kind === 'error') return broken([text.error]);
  const read = readAdvisory(text.value);
  if (read.kind === 'error') return broken(read.error);
  return read.value.kind === 'other' ? { ...read.value, problems: [] } : read.value;
}

const broken = (problems: readonly Problem[]): One => ({ kind: 'broken', problems });

/** Of two files with one id the last counts, and both are told: which of them is newer, a folder does not say. */
function withoutTwins(
  advisories: readonly Advisory[],
  problems: readonly Problem[],
): { readonly advisories: readonly Advisory[]; readonly problems: readonly Problem[] } {
  const byId = new Map<string, Advisory>();
  const twins: Problem[] = [];
  for (const each of advisories) {
    const before = byId.get(each.id);
    if (before !== undefined)
      twins.push(
        problem('id-duplicate', `${each.id} stands in ${before.file} as well`, {
          at: { file: each.file, line: 1, column: 1 },
          hint: 'keep the newer one; this one was read',
        }),
      );
    byId.set(each.id, each);
  }
  return { advisories: [...byId.values()], problems: [...problems, ...twins] };
}

/** All files under a folder, in an order that does not depend on the machine. */
async function filesIn(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new Failure(
      [
        problem('file-missing', `there is no folder ${dir}`, {
          hint: 'give the folder that holds the advisories',
        }),
      ],
      { cause: error },
    );
  });
  return entries
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .toSorted();
}
