import type { Estate } from '@holdfast/estate';
import { checkEstate, Matcher, type Exposure } from '@holdfast/exposure';
import { readAliases } from '../io/read-devices.ts';
import { openEstate } from '../io/read-estate.ts';
import { today } from '../io/scenario-start.ts';
import { dataFolder } from './data-folder.ts';
import { FeedStore } from './feed-store.ts';
import { loadFeeds, type LoadedFeeds } from './load-feeds.ts';

/** What an estate exposes against the feeds in force on this machine. */
export async function exposureOf(
  path: string,
  call: { readonly store?: string; readonly aliases?: string },
): Promise<{ readonly estate: Estate; readonly feeds: LoadedFeeds; readonly exposure: Exposure }> {
  const estate = await openEstate(path);
  const feeds = await feedsIn(call.store ?? dataFolder());
  const aliases = call.aliases === undefined ? [] : await readAliases(call.aliases);
  const exposure = checkEstate(estate, {
    matcher: new Matcher(feeds.advisories, aliases),
    facts: feeds.facts,
    logins: feeds.logins,
    aliases,
    today: today(),
  });
  return { estate, feeds, exposure };
}

async function feedsIn(dir: string): Promise<LoadedFeeds> {
  const store = new FeedStore(dir);
  try {
    return await loadFeeds(store);
  } finally {
    store.close();
  }
}
