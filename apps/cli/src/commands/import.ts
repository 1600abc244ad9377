import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import {
  accept,
  noMarks,
  readMarks,
  reconcile,
  reviewDocument,
  reviewMarkdown,
  reviewText,
  reviewYaml,
  summary,
  type Import,
  type Review,
  type ReviewMarks,
} from '@holdfast/importers';
import { Failure, problem } from '@holdfast/kernel';
import { finishEdit, writeEdit } from '../io/edit-journal.ts';
import { whileLocked } from '../io/edit-lock.ts';
import { openForImport, type ImportEstate } from '../io/import-estate.ts';
import { formatOption, mappingsFor, readFiles } from '../io/read-imports.ts';
import { usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';
import { writeWhole } from '../io/write-file.ts';
import { reviewFormats, type ImportCall } from './import-call.ts';

/** Reads files of other tools and says what they make of the estate; writes what was accepted. */
export async function importFiles(dir: string, paths: readonly string[], call: ImportCall): Promise<number> {
  check(dir, call);
  const format = formatOption(call.as);
  const imports = await readFiles(
    [...new Map(paths.map((each) => [resolve(each), each])).values()],
    {
      mappings: await mappingsFor(call.mapping),
      ...(format === undefined ? {} : { format }),
      ...(call.device === undefined ? {} : { device: call.device }),
    },
    call.asOf,
  );
  const marks = await marksOf(call.review);
  const opened = await openForImport(dir, imports, call.site);
  const review = reviewOf(opened, imports, marks, call);
  const wanted = withAccepted(review, marks, call.accept);
  const isAccepting =
    wanted.accepted.size > 0 || [...wanted.choices.values()].some((each) => each !== 'keep');
  if (isAccepting) return write(dir, imports, wanted, call);
  print(render(review, call.format));
  if (call.review !== undefined) {
    await writeWhole(call.review, reviewYaml(review, marks));
    talk(`Wrote ${call.review}: mark what is to be written with 'accept: true', then run this again.`);
  } else if (review.entries.length > 0 && call.format === 'table')
    talk('Nothing is written. --accept new|changed|all|KEY writes, --review FILE keeps this to be marked.');
  return review.entries.length > 0 || review.problems.length > 0 ? 1 : 0;
}

function check(dir: string, { format, review, asOf, site }: ImportCall): void {
  if (!reviewFormats.some((each) => each === format))
    throw usage(`there is no format '${format}'`, `one of ${reviewFormats.join(', ')}`);
  if (asOf !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(asOf))
    throw usage(`'${asOf}' is not a date`, 'write it as 2026-11-24');
  if (site !== undefined && !/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/.test(site))
    throw usage(`'${site}' is not an id`, 'lower-case letters, digits, dot, underscore and hyphen');
  if (review !== undefined && !relative(resolve(dir), resolve(review)).startsWith('..'))
    throw usage(
      `${review} would lie in the estate's folder`,
      'keep it beside the folder: every YAML file in it is read as a part of the estate',
    );
}

async function marksOf(path: string | undefined): Promise<ReviewMarks> {
  if (path === undefined || !existsSync(path)) return noMarks;
  const marks = readMarks(path, await readFile(path, 'utf8'));
  if (marks.kind === 'error') throw new Failure(marks.error);
  return marks.value;
}

function reviewOf(
  opened: ImportEstate,
  imports: readonly Import[],
  marks: ReviewMarks,
  { site, accept, complete }: ImportCall,
): Review {
  const decisions = new Map([...marks.choices, ...choicesOf(accept)]);
  if (site !== undefined && !opened.begins && !opened.estate.get('site', site))
    throw usage(
      `the estate has no site '${site}'`,
      `one of ${[...opened.estate.all('site').keys()].join(', ')}`,
    );
  return reconcile(opened.estate, imports, {
    decisions,
    isComplete: complete === true,
    ...(site === undefined ? {} : { site }),
  });
}

const choicesOf = (accept: readonly string[]): readonly (readonly [string, string])[] =>
  accept.flatMap((each) => {
    const cut = each.lastIndexOf('=');
    return cut < 0 ? [] : [[each.slice(0, cut), each.slice(cut + 1)] as const];
  });

/** The marks of the review file with those of the command line. */
function withAccepted(review: Review, marks: ReviewMarks, accept: readonly string[]): ReviewMarks {
  const accepted = new Set(marks.accepted);
  for (const each of accept) {
    if (each.includes('=')) continue;
    const kinds = each === 'all' ? ['new', 'changed', 'gone'] : [each];
    if (['all', 'new', 'changed', 'gone'].includes(each)) {
      for (const entry of review.entries) if (kinds.includes(entry.kind)) accepted.add(entry.key);
    } else accepted.add(each);
  }
  const choices = new Map([...marks.choices, ...choicesOf(accept)]);
  const matches = new Set(
    review.entries.flatMap((each) => (each.kind === 'conflict' && each.about === 'match' ? [each.key] : [])),
  );
  const known = new Set(review.entries.map(({ key }) => key));
  const lost = choicesOf(accept).filter(([key]) => !known.has(key) && !key.startsWith('conflict/'));
  if (lost.length > 0)
    throw new Failure(
      lost.map(([key]) =>
        problem('selector-unmatched', `the review has no entry '${key}'`, {
          hint: 'run the import without --accept to see the keys',
        }),
      ),
    );
  return {
    ...marks,
    accepted,
    choices: new Map([...choices].filter(([key]) => !matches.has(key) && known.has(key))),
  };
}

/** Writes the accepted entries under the lock of the estate, from the estate as it is then. */
async function write(
  dir: string,
  imports: readonly Import[],
  marks: ReviewMarks,
  call: ImportCall,
): Promise<number> {
  if (existsSync(dir)) return writeLocked(dir, imports, marks, call);
  await mkdir(dir);
  try {
    return await writeLocked(dir, imports, marks, call);
  } catch (error) {
    // What was refused begins no estate. A folder that holds something by now stays.
    await rmdir(dir).catch(() => undefined);
    throw error;
  }
}

async function writeLocked(
  dir: string,
  imports: readonly Import[],
  marks: ReviewMarks,
  call: ImportCall,
): Promise<number> {
  return whileLocked(dir, async () => {
    if (await finishEdit(dir)) talk('Completed an earlier edit that had been cut off.');
    const opened = await openForImport(dir, imports, call.site);
    const review = reviewOf(opened, imports, marks, call);
    const written = accept(opened.estate, review, marks, opened);
    if (written.kind === 'error') throw new Failure(written.error);
    const changed = new Map(
      [...(opened.begins ? opened.files : []), ...written.value].map((each) => [each.name, each]),
    );
    await writeEdit(
      dir,
      [...changed.values()].map(({ name, text }) => ({ path: resolve(name), text })),
    );
    for (const name of changed.keys()) print(`Wrote ${name}`);
    if (changed.size === 0) print('Nothing to write: it is so already.');
    await rest(dir, imports, call);
    return 0;
  });
}

/** Says what is left to decide, and writes the review file anew. */
async function rest(dir: string, imports: readonly Import[], call: ImportCall): Promise<void> {
  const opened = await openForImport(dir, imports, call.site);
  const left = reviewOf(opened, imports, noMarks, { ...call, accept: [] });
  if (call.review !== undefined) await writeWhole(call.review, reviewYaml(left));
  talk(`Left: ${summary(left)}`);
}

function render(review: Review, format: string): string {
  if (format === 'json') return JSON.stringify(reviewDocument(review), undefined, 2);
  if (format === 'markdown') return reviewMarkdown(review);
  return format === 'yaml' ? reviewYaml(review) : reviewText(review);
}
