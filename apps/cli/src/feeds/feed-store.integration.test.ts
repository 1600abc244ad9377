import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FeedStore } from './feed-store.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-feeds-'));
});
afterEach(() => rm(dir, { recursive: true }));

const words = { kind: 'kev', source: 's', licence: '', dated: '', imported: 'i', signer: '' } as const;
const counts = { files: 1, entries: 1, review: 0 };

const take = (store: FeedStore, text: string) =>
  store.replace('kev', async (put) => {
    put({ name: 'kev.json', bytes: Buffer.from(text) });
    return { ...words, ...counts, hash: text };
  });

const contents = (store: FeedStore): readonly string[] =>
  store.current().flatMap(({ id }) => [...store.files(id)].map(({ bytes }) => Buffer.from(bytes).toString()));

it('leaves the feed before whole when it is killed in the middle', async () => {
  const store = new FeedStore(dir);
  await take(store, 'first');
  store.close();
  const killed = spawnSync(process.execPath, [
    '--input-type=module',
    '-e',
    `import { FeedStore } from ${JSON.stringify(join(import.meta.dirname, 'feed-store.ts'))};
     await new FeedStore(${JSON.stringify(dir)}).replace('kev', async (put) => {
       for (let each = 0; each < 2000; each += 1) put({ name: String(each), bytes: new Uint8Array(5000).map(Math.random) });
       process.kill(process.pid, 'SIGKILL');
       await new Promise(() => {});
     });`,
  ]);
  expect(killed.signal).toBe('SIGKILL');
  const after = new FeedStore(dir);
  expect(contents(after)).toEqual(['first']);
  await take(after, 'second');
  expect(contents(after)).toEqual(['second']);
  after.close();
});

it('leaves the feed before whole when what fills it throws', async () => {
  const store = new FeedStore(dir);
  await take(store, 'first');
  const broken = store.replace('kev', (put) => {
    put({ name: 'kev.json', bytes: Buffer.from('half') });
    return Promise.reject(new Error('broken'));
  });
  await expect(broken).rejects.toThrow('broken');
  expect(contents(store)).toEqual(['first']);
  store.close();
});

it('goes back as often as it keeps snapshots', async () => {
  const store = new FeedStore(dir);
  for (const each of ['first', 'second', 'third', 'fourth']) await take(store, each);
  expect(store.history('kev').map(({ hash }) => hash)).toEqual(['fourth', 'third', 'second']);
  store.rollback('kev');
  expect(contents(store)).toEqual(['third']);
  store.rollback('kev');
  store.rollback('kev');
  expect(contents(store)).toEqual([]);
  store.close();
});
