import { decodeText, type SourceFile } from '@holdfast/estate';
import {
  readAdvisory,
  readCredentials,
  readEpss,
  readKev,
  reviewOf,
  tooDeep,
  type Advisory,
} from '@holdfast/exposure';
import { readSheets } from '@holdfast/importers';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import type { Packed } from './unzip.ts';

export const feedKinds = ['advisories', 'kev', 'epss', 'credentials'] as const;
export type FeedKind = (typeof feedKinds)[number];

/** What one file of a feed holds. */
export interface FeedFile {
  readonly kind: FeedKind;
  /** The id of an advisory, by which two files may be twins. */
  readonly id?: string;
  /** The day it speaks of, `yyyy-mm-dd`; empty where it says none. */
  readonly dated: string;
  /** Products of an advisory, or rows of a list. */
  readonly entries: number;
  /** Those that a person has to read. */
  readonly review: number;
}

/** Reads a file of a feed; undefined for one that belongs to folders of advisories and is none. */
export async function readFeedFile({
  name,
  bytes,
}: Packed): Promise<Result<FeedFile | undefined, readonly Problem[]>> {
  if (/\.(?:sha256|sha512|asc|txt|html|md)$/i.test(name)) return ok(undefined);
  const text = decodeText(name, bytes);
  if (text.kind === 'error') return fail([text.error]);
  const file = text.value;
  if (/^[\uFEFF\s]*[{[]/.test(file.text)) return readJson(file);
  // The list of changes that a CSAF provider publishes beside its documents.
  if (/(?:^|\/)changes\.csv$/.test(name)) return ok(undefined);
  if (/^(?:\uFEFF)?(?:#[^\n]*\n)?\s*cve[,;]epss/.test(file.text)) return readScores(file);
  return readList(file, bytes);
}

function readJson(file: SourceFile): Result<FeedFile | undefined, readonly Problem[]> {
  const deep = tooDeep(file);
  if (deep !== undefined) return fail([deep]);
  const read = readAdvisory(file);
  if (read.kind === 'error') return read;
  if (read.value.kind === 'advisory') {
    const { advisory, problems } = read.value;
    return problems.length > 0 ? fail(problems) : ok(ofAdvisory(advisory, file.text));
  }
  if (!/"catalogVersion"/.test(file.text)) return ok(undefined);
  const kev = readKev(file);
  if (kev.kind === 'error') return kev;
  const { released, byCve } = kev.value;
  return ok({ kind: 'kev', dated: released.slice(0, 10), entries: byCve.size, review: 0 });
}

function ofAdvisory(advisory: Advisory, text: string): FeedFile {
  const entries = advisory.entries.filter(({ authority }) => authority !== 'title');
  const dated = /"(?:current_release_date|dateUpdated)"\s*:\s*"(\d{4}-\d\d-\d\d)/.exec(text)?.[1] ?? '';
  const review = entries.filter((each) => reviewOf(each) !== undefined).length;
  return { kind: 'advisories', id: advisory.id, dated, entries: entries.length, review };
}

function readScores(file: SourceFile): Result<FeedFile, readonly Problem[]> {
  const read = readEpss(file);
  if (read.kind === 'error') return read;
  return ok({ kind: 'epss', dated: read.value.date, entries: read.value.byCve.size, review: 0 });
}

async function readList(
  { name }: SourceFile,
  bytes: Uint8Array,
): Promise<Result<FeedFile, readonly Problem[]>> {
  if (!/\.csv$/i.test(name))
    return fail([
      problem('format-mismatch', 'this is no feed that is known', {
        at: { file: name, line: 1, column: 1 },
        hint: 'one of CSAF, CVE records, KEV as JSON; EPSS, default logins as CSV',
      }),
    ]);
  const sheets = await readSheets({ name, bytes });
  if (sheets.kind === 'error') return sheets;
  const rows = sheets.value[0]?.rows ?? [];
  const read = readCredentials(
    name,
    rows.map(({ line, cells }) => ({ line, cells })),
  );
  if (read.kind === 'error') return read;
  return ok({ kind: 'credentials', dated: '', entries: read.value.length, review: 0 });
}
