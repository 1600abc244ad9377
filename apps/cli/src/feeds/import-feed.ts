import { createHash } from 'node:crypto';
import { Failure, problem, type Problem } from '@holdfast/kernel';
import { progress, progressEnds } from '../io/terminal.ts';
import type { FeedStore, Snapshot } from './feed-store.ts';
import type { Source } from './gather.ts';
import { readFeedFile, type FeedFile, type FeedKind } from './read-feed.ts';
import type { Packed } from './unzip.ts';

/** What the user says of a feed. */
export interface FeedWords {
  readonly source: string;
  readonly licence: string;
  readonly signer: string;
  readonly now: string;
}

const mostProblems = 500;

/**
 * Imports a feed whole, or throws every problem and leaves the feed as it was. A file that is broken refuses the feed:
 * what it would have said is not known, and a feed without it would look whole.
 */
export async function importFeed(
  store: FeedStore,
  source: Source,
  feed: string,
  words: FeedWords,
): Promise<Snapshot> {
  const [before] = store.history(feed);
  return store.replace(feed, async (put) => {
    const sum = new Sum(source);
    const show = progress('reading');
    let count = 0;
    for await (const file of source.files()) {
      show((count += 1), count);
      if (await sum.add(file)) put(file);
    }
    progressEnds();
    const { kind, ...rest } = sum.whole();
    if (before !== undefined && before.kind !== kind) throw otherKind(source.path, feed, before.kind, kind);
    const { source: from, licence, signer, now } = words;
    return { ...rest, kind, source: from, licence, signer, imported: now };
  });
}

const otherKind = (path: string, feed: string, before: FeedKind, now: FeedKind): Failure =>
  new Failure([
    problem('format-mismatch', `the feed '${feed}' holds ${before}, and this is ${now}`, {
      at: { file: path, line: 1, column: 1 },
      hint: 'import it under another --name',
    }),
  ]);

/** Adds up what the files of a feed are. */
class Sum {
  readonly #source: Source;
  readonly #problems: Problem[] = [];
  readonly #hash = createHash('sha256');
  readonly #fileOf = new Map<string, string>();
  #kind: FeedKind | undefined;
  #dated = '';
  #files = 0;
  #entries = 0;
  #review = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Whether the file is one to keep. */
  async add(file: Packed): Promise<boolean> {
    const read = await readFeedFile(file);
    if (read.kind === 'error') {
      this.#problems.push(...read.error);
      if (this.#problems.length >= mostProblems) throw new Failure(this.#problems.slice(0, mostProblems));
      return false;
    }
    if (read.value === undefined) return false;
    this.#hash.update(`${createHash('sha256').update(file.bytes).digest('hex')}  ${file.name}\n`);
    this.#take(read.value, file.name);
    return true;
  }

  #take(found: FeedFile, name: string): void {
    this.#kind ??= found.kind;
    if (found.kind !== this.#kind)
      this.#problems.push(
        problem('format-mismatch', `this is ${found.kind}, and the files before are ${this.#kind}`, {
          at: { file: name, line: 1, column: 1 },
          hint: 'import them as feeds of their own',
        }),
      );
    const twin = found.id === undefined ? undefined : this.#fileOf.get(found.id);
    if (found.id !== undefined && twin !== undefined)
      this.#problems.push(
        problem('id-duplicate', `${found.id} stands in ${twin} as well`, {
          at: { file: name, line: 1, column: 1 },
          hint: 'keep the newer one',
        }),
      );
    if (found.id !== undefined) this.#fileOf.set(found.id, name);
    this.#files += 1;
    this.#entries += found.entries;
    this.#review += found.review;
    if (found.dated > this.#dated) this.#dated = found.dated;
  }

  whole(): Pick<Snapshot, 'kind' | 'hash' | 'dated' | 'files' | 'entries' | 'review'> {
    const { path, bytes } = this.#source;
    if (this.#problems.length > 0) throw new Failure(this.#problems);
    if (this.#kind === undefined)
      throw new Failure([
        problem('format-mismatch', `${path} holds no feed`, {
          at: { file: path, line: 1, column: 1 },
          hint: 'expected CSAF, CVE records, KEV, EPSS or default logins',
        }),
      ]);
    const hash =
      bytes === undefined ? this.#hash.digest('hex') : createHash('sha256').update(bytes).digest('hex');
    return {
      kind: this.#kind,
      hash: `sha256:${hash}`,
      dated: this.#dated,
      files: this.#files,
      entries: this.#entries,
      review: this.#review,
    };
  }
}
