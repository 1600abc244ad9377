import { basename } from 'node:path';
import { decodeText } from '@holdfast/estate';
import { readAdvisory, reviewOf } from '@holdfast/exposure';
import { Failure, nearestName, problem } from '@holdfast/kernel';
import { checkSignature } from '../feeds/check-signature.ts';
import { dataFolder } from '../feeds/data-folder.ts';
import { FeedStore, type Snapshot } from '../feeds/feed-store.ts';
import { openSource, type Source } from '../feeds/gather.ts';
import { importFeed } from '../feeds/import-feed.ts';
import { today, usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';

/** Where the feeds lie. */
export interface StoreCall {
  readonly store?: string;
  readonly format?: string;
}

/** What `feeds import` is asked. */
export interface FeedImportCall extends StoreCall {
  readonly name?: string;
  readonly source?: string;
  readonly licence?: string;
  readonly key?: string;
  readonly signature?: string;
}

/** Imports a feed whole, or tells what is wrong with it and leaves the one before. */
export async function runFeedImport(path: string, call: FeedImportCall): Promise<number> {
  const source = await openSource(path);
  const feed = call.name ?? nameOf(source);
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(feed))
    throw usage(`'${feed}' is no name for a feed`, 'give --name, in lower-case letters, digits and hyphens');
  return withStore(call, async (store) => {
    const signer = await signerOf(store, feed, source, call);
    const [before] = store.history(feed);
    const now = await importFeed(store, source, feed, {
      source: call.source ?? path,
      licence: call.licence ?? '',
      signer,
      now: new Date().toISOString(),
    });
    print(feedSentence(now));
    if (before?.hash === now.hash) talk('It is the same as the one before.');
    return 0;
  });
}

/** Lists the feeds in force. */
export async function runFeedList(call: StoreCall): Promise<number> {
  checkFormat(call);
  return withStore(call, (store) => {
    const feeds = store.current();
    if (call.format === 'json') print(JSON.stringify(feeds, undefined, 2));
    else if (feeds.length === 0) talk('There are no feeds yet: holdfast feeds import FILE');
    else print(feeds.map(feedSentence).join('\n'));
    return 0;
  });
}

/** Shows a feed: what is kept of it, and every product that a person has to read. */
export async function runFeedShow(feed: string, call: StoreCall): Promise<number> {
  checkFormat(call);
  return withStore(call, (store) => {
    const [now, ...before] = found(store, feed);
    const review = now === undefined || now.kind !== 'advisories' ? [] : [...reviewed(store, now)];
    if (call.format === 'json') print(JSON.stringify({ now, before, review }, undefined, 2));
    else if (now !== undefined) print(said(now, before, review));
    return 0;
  });
}

/** Takes the last import of a feed back. */
export async function runFeedRollback(feed: string, call: StoreCall): Promise<number> {
  return withStore(call, (store) => {
    const [now, before] = found(store, feed);
    store.rollback(feed);
    print(
      before === undefined
        ? `${feed}: the import of ${now?.imported ?? ''} is taken back, and there is none before it.`
        : `In force again: ${feedSentence(before)}`,
    );
    return 0;
  });
}

async function withStore(
  { store: dir }: StoreCall,
  work: (store: FeedStore) => number | Promise<number>,
): Promise<number> {
  const store = new FeedStore(dir ?? dataFolder());
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

function checkFormat({ format }: StoreCall): void {
  if (format !== 'table' && format !== 'json')
    throw usage(`there is no format '${String(format)}'`, 'one of table, json');
}

/** The name of a feed where the user gives none: that of its file or folder, without what publishers append of days. */
const nameOf = ({ path }: Source): string =>
  basename(path)
    .toLowerCase()
    .replace(/\.(?:zip|json|csv)(?:\.gz)?$/, '')
    .replaceAll(/[-_.]?\d{4}-?\d\d-?\d\d/g, '')
    .replaceAll(/[^a-z0-9._-]+/g, '-');

/** A feed that was signed once has to be signed with that key ever after. */
async function signerOf(
  store: FeedStore,
  feed: string,
  source: Source,
  { key, signature }: FeedImportCall,
): Promise<string> {
  const wanted = store.signerOf(feed);
  if (key === undefined) {
    if (signature !== undefined) throw usage('a signature needs the key that it was made with', 'give --key');
    if (wanted === undefined) return '';
    throw unsigned(source, `the feed '${feed}' has to be signed`, 'give --key and --signature');
  }
  const signer = await checkSignature(source, key, signature);
  if (wanted === undefined || wanted === signer) return signer;
  throw unsigned(source, `the feed '${feed}' was signed with another key`, 'import it under another --name');
}

const unsigned = ({ path }: Source, message: string, hint: string): Failure =>
  new Failure([problem('value-invalid', message, { hint, at: { file: path, line: 1, column: 1 } })]);

function found(store: FeedStore, feed: string): readonly Snapshot[] {
  const history = store.history(feed);
  if (history.length > 0) return history;
  const names = store.current().map((each) => each.feed);
  const near = nearestName(feed, names);
  throw new Failure([
    problem('file-missing', `there is no feed '${feed}'`, {
      hint: near === undefined ? `there are ${names.join(', ') || 'none'}` : `did you mean '${near}'?`,
    }),
  ]);
}

interface Review {
  readonly file: string;
  readonly pointer: string;
  readonly product: string;
  readonly why: string;
}

function* reviewed(store: FeedStore, { id }: Snapshot): Generator<Review> {
  for (const { name, bytes } of store.files(id)) {
    const text = decodeText(name, bytes);
    const read = text.kind === 'ok' ? readAdvisory(text.value) : text;
    if (read.kind === 'error' || read.value.kind === 'other') continue;
    for (const entry of read.value.advisory.entries) {
      const why = entry.authority === 'title' ? undefined : reviewOf(entry);
      if (why !== undefined) yield { file: name, pointer: entry.pointer, product: entry.matched, why };
    }
  }
}

function said(now: Snapshot, before: readonly Snapshot[], review: readonly Review[]): string {
  return [
    feedSentence(now),
    `  source    ${now.source}`,
    `  licence   ${now.licence || 'not said'}`,
    `  hash      ${now.hash}`,
    `  signed    ${now.signer || 'no'}`,
    `  parsed    ${now.entries - now.review} of ${now.entries}, ${now.review} for review`,
    ...before.map((each) => `  before    ${each.imported}  ${each.hash}`),
    ...review.flatMap(({ file, pointer, product, why }) => [
      `  review    ${file}#${pointer}  ${product}`,
      `            ${why}`,
    ]),
  ].join('\n');
}

/** A feed in one line, with its age. */
export function feedSentence({ feed, kind, files, entries, review, dated, imported }: Snapshot): string {
  const age = dated === '' ? 'of no date' : `of ${dated} (${daysSince(dated)} days old)`;
  const open = review > 0 ? `, ${review} for review` : '';
  return `${feed}: ${kind} ${age}, ${files} files, ${entries} entries${open}; imported ${imported.slice(0, 16)}Z`;
}

const daysSince = (date: string): number =>
  Math.max(0, Math.round((Date.parse(today()) - Date.parse(date)) / 86_400_000));
