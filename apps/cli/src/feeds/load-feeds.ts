import { decodeText, type SourceFile } from '@holdfast/estate';
import {
  readAdvisory,
  readCredentials,
  readEpss,
  readKev,
  type Advisory,
  type Against,
  type DefaultLogin,
  type EpssScores,
  type KevCatalogue,
} from '@holdfast/exposure';
import { readSheets } from '@holdfast/importers';
import { Failure, type Problem, type Result } from '@holdfast/kernel';
import type { FeedStore, Snapshot } from './feed-store.ts';
import type { Packed } from './unzip.ts';

/** What the feeds in force say together. */
export interface LoadedFeeds {
  readonly snapshots: readonly Snapshot[];
  readonly advisories: readonly Advisory[];
  readonly logins: readonly DefaultLogin[];
  readonly facts: Against['facts'];
}

/** Reads the feeds in force. Of two advisories with one id, from two feeds, both are asked. */
export async function loadFeeds(store: FeedStore): Promise<LoadedFeeds> {
  const snapshots = store.current();
  const advisories: Advisory[] = [];
  const logins: DefaultLogin[] = [];
  const published = new Map<string, string>();
  const scores = new Map<string, number>();
  let kev: KevCatalogue | undefined;
  let epss: EpssScores | undefined;
  for (const { id, kind } of snapshots)
    for (const file of store.files(id)) {
      const source = must(textOf(file));
      if (kind === 'kev') kev = must(readKev(source));
      else if (kind === 'epss') epss = must(readEpss(source));
      else if (kind === 'credentials') logins.push(...(await readLogins(file)));
      else {
        const read = must(readAdvisory(source));
        if (read.kind === 'other') continue;
        advisories.push(read.advisory);
        note(read.advisory, source.text, published, scores);
      }
    }
  const urgency = { ...(kev === undefined ? {} : { kev }), ...(epss === undefined ? {} : { epss }) };
  return { snapshots, advisories, logins, facts: { ...urgency, published, scores } };
}

/** When an advisory was published, and how bad its vulnerabilities are. */
function note(
  advisory: Advisory,
  text: string,
  published: Map<string, string>,
  scores: Map<string, number>,
): void {
  const day = /"(?:initial_release_date|datePublished)"\s*:\s*"(\d{4}-\d\d-\d\d)/.exec(text)?.[1];
  if (day !== undefined) published.set(advisory.id, day);
  for (const { cve, score } of advisory.vulnerabilities)
    if (score !== undefined) scores.set(`${advisory.id} ${cve ?? ''}`, score);
}

async function readLogins({ name, bytes }: Packed): Promise<readonly DefaultLogin[]> {
  const sheets = must(await readSheets({ name, bytes }));
  return must(readCredentials(name, sheets[0]?.rows ?? []));
}

function textOf({ name, bytes }: Packed): Result<SourceFile, readonly Problem[]> {
  const text = decodeText(name, bytes);
  return text.kind === 'error' ? { kind: 'error', error: [text.error] } : text;
}

/** What was read when it was imported is read again; where this program reads it otherwise, that is told. */
function must<T>(read: Result<T, readonly Problem[]>): T {
  if (read.kind === 'error') throw new Failure(read.error);
  return read.value;
}
