import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Failure, problem } from '@holdfast/kernel';
import { feedLimits } from './feed-limits.ts';
import { feedKinds, type FeedKind } from './read-feed.ts';
import type { Packed } from './unzip.ts';

/** A feed as it was imported once. */
export interface Snapshot {
  readonly id: number;
  readonly feed: string;
  readonly kind: FeedKind;
  readonly source: string;
  readonly licence: string;
  readonly hash: string;
  /** The newest day that its files speak of; empty where they say none. */
  readonly dated: string;
  /** When it was imported, ISO 8601 in UTC. */
  readonly imported: string;
  /** The fingerprint of the key that signed it; empty where it is not signed. */
  readonly signer: string;
  readonly files: number;
  readonly entries: number;
  readonly review: number;
}

const version = 1;
const schema = `
  create table snapshot (
    id integer primary key autoincrement, feed text not null, kind text not null, source text not null, licence text not null,
    hash text not null, dated text not null, imported text not null, signer text not null,
    files integer not null, entries integer not null, review integer not null
  ) strict;
  create index snapshot_feed on snapshot (feed, id);
  create table file (
    snapshot integer not null references snapshot (id) on delete cascade, name text not null, body blob not null,
    primary key (snapshot, name)
  ) strict;
  create table signer (feed text primary key, fingerprint text not null) strict;
  pragma user_version = ${version};`;

/**
 * The feeds of a user, in one SQLite file. A change is one transaction that is on the disk before it is told to be done:
 * a process that dies in the middle leaves what was before.
 */
export class FeedStore {
  readonly #db: DatabaseSync;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const path = join(dir, 'feeds.sqlite');
    this.#db = opened(path);
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    this.#within(() => {
      const [found] = this.#rows('pragma user_version');
      const has = Number(found?.['user_version']);
      if (has === 0) this.#db.exec(schema);
      else if (has !== version)
        throw new Failure([
          problem('version-unsupported', `${path} is of version ${has}, this program knows ${version}`, {
            hint: 'use the program that wrote it, or another --store',
          }),
        ]);
    });
  }

  close(): void {
    this.#db.close();
  }

  /** The snapshots in force, by feed. */
  current(): readonly Snapshot[] {
    return this.#snapshots('where id in (select max(id) from snapshot group by feed) order by feed');
  }

  /** The snapshots that are kept of a feed, the one in force first. */
  history(feed: string): readonly Snapshot[] {
    return this.#snapshots('where feed = ? order by id desc', feed);
  }

  /** The files of a snapshot, one after the other. */
  *files(snapshot: number): Generator<Packed> {
    const rows = this.#db
      .prepare('select name, body from file where snapshot = ? order by name')
      .iterate(snapshot);
    for (const { name, body } of rows)
      if (typeof name === 'string' && body instanceof Uint8Array) yield { name, bytes: gunzipSync(body) };
  }

  /** The fingerprint of the key that a feed must be signed with; undefined where it need not be. */
  signerOf(feed: string): string | undefined {
    const [row] = this.#rows('select fingerprint from signer where feed = ?', feed);
    return row === undefined ? undefined : String(row['fingerprint']);
  }

  /**
   * Takes a new snapshot whole or not at all. `fill` is given where to put the files, and returns what they are;
   * whatever it throws leaves the feed as it was.
   */
  async replace(
    feed: string,
    fill: (put: (file: Packed) => void) => Promise<Omit<Snapshot, 'id' | 'feed'>>,
  ): Promise<Snapshot> {
    this.#begin();
    try {
      const id = this.#emptySnapshot(feed);
      const insert = this.#db.prepare('insert into file values (?, ?, ?)');
      const said = await fill(({ name, bytes }) => insert.run(id, name, gzipSync(bytes, { level: 3 })));
      this.#complete(id, said);
      if (said.signer !== '')
        this.#db.prepare('insert or replace into signer values (?, ?)').run(feed, said.signer);
      this.#forget(feed);
      this.#db.exec('commit');
      return { ...said, id, feed };
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }

  /** Takes the snapshot in force away; the one before it is in force again. */
  rollback(feed: string): void {
    this.#within(() => {
      this.#db
        .prepare('delete from snapshot where id = (select max(id) from snapshot where feed = ?)')
        .run(feed);
    });
  }

  #emptySnapshot(feed: string): number {
    const made = this.#db
      .prepare("insert into snapshot values (null, ?, '', '', '', '', '', '', '', 0, 0, 0)")
      .run(feed);
    return Number(made.lastInsertRowid);
  }

  #complete(id: number, said: Omit<Snapshot, 'id' | 'feed'>): void {
    this.#db
      .prepare(
        `update snapshot set kind = :kind, source = :source, licence = :licence, hash = :hash, dated = :dated, imported = :imported,
         signer = :signer, files = :files, entries = :entries, review = :review where id = :id`,
      )
      .run({ ...said, id });
  }

  #forget(feed: string): void {
    this.#db
      .prepare(
        'delete from snapshot where feed = :feed and id not in (select id from snapshot where feed = :feed order by id desc limit :keep)',
      )
      .run({ feed, keep: feedLimits.snapshots });
  }

  #snapshots(where: string, ...values: readonly string[]): readonly Snapshot[] {
    return this.#rows(`select * from snapshot ${where}`, ...values).map((row) => ({
      id: Number(row['id']),
      feed: String(row['feed']),
      kind: kindOf(row['kind']),
      source: String(row['source']),
      licence: String(row['licence']),
      hash: String(row['hash']),
      dated: String(row['dated']),
      imported: String(row['imported']),
      signer: String(row['signer']),
      files: Number(row['files']),
      entries: Number(row['entries']),
      review: Number(row['review']),
    }));
  }

  #rows(sql: string, ...values: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
    return this.#db.prepare(sql).all(...values);
  }

  #within(work: () => void): void {
    this.#begin();
    try {
      work();
      this.#db.exec('commit');
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }

  #begin(): void {
    try {
      this.#db.exec('begin immediate');
    } catch (error) {
      throw new Failure(
        [
          problem('file-unreadable', 'the store of feeds cannot be written', {
            hint: 'is another import running? Wait for it, and check the disk',
          }),
        ],
        { cause: error },
      );
    }
  }
}

function kindOf(value: unknown): FeedKind {
  const found = feedKinds.find((each) => each === value);
  if (found !== undefined) return found;
  throw new Failure([
    problem('version-unsupported', `the store has a feed of the kind '${String(value)}'`, {
      hint: 'use the program that wrote it',
    }),
  ]);
}

function opened(path: string): DatabaseSync {
  try {
    const db = new DatabaseSync(path, { timeout: 5000 });
    db.exec('select count(*) from sqlite_schema');
    return db;
  } catch (error) {
    throw new Failure(
      [
        problem('file-unreadable', `${path} cannot be opened as a store of feeds`, {
          hint: 'move it away, and import the feeds again',
        }),
      ],
      { cause: error },
    );
  }
}
