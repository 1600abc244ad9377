import type { Command } from 'commander';
import type { FeedImportCall, StoreCall } from './commands/feeds.ts';
import type { Run } from './run.ts';

const load = () => import('./commands/feeds.ts');

const help = `
A feed is told by what it holds: CSAF documents and CVE records (one file, a folder, a ZIP archive, the folder of a provider), the KEV
catalogue, EPSS scores, a list of default logins. It is taken whole or not at all. With --key it must bear an Ed25519 signature beside it
(FILE.sig, or --signature), and every later import of this feed must bear one of the same key.

Examples
  $ holdfast feeds import csaf.zip --source https://example.org/csaf --licence CC0-1.0
  $ holdfast feeds import epss_scores-2026-11-23.csv.gz --name epss
  $ holdfast feeds import advisories.zip --key vendor.pem`;

/** What others know of products, kept on this machine. */
export function feedsCommands(root: Command, run: Run): void {
  const feeds = root.command('feeds').description('advisories and lists of others, kept on this machine');
  const stored = (name: string, about: string): Command =>
    feeds
      .command(name)
      .description(about)
      .option('--store <dir>', "where feeds lie; the user's data folder where not said");
  stored('import', 'take a feed from a file, a folder or an archive')
    .argument('<path>', 'what to import')
    .option('--name <name>', 'the name of the feed; from the path where not said')
    .option('--source <text>', 'where it was fetched from; the path where not said')
    .option('--licence <text>', 'its licence')
    .option('--key <file>', 'the public key (Ed25519, PEM) that it has to be signed with')
    .option('--signature <file>', 'the signature; FILE.sig where not said')
    .addHelpText('after', help)
    .action((path: string, call: FeedImportCall) =>
      run(async () => (await load()).runFeedImport(path, call))(),
    );
  stored('list', 'list the feeds and how old they are')
    .option('--format <format>', 'table, json', 'table')
    .action((call: StoreCall) => run(async () => (await load()).runFeedList(call))());
  stored('show', 'show a feed, what is kept of it, and what a person has to read')
    .argument('<feed>', 'its name')
    .option('--format <format>', 'table, json', 'table')
    .action((feed: string, call: StoreCall) => run(async () => (await load()).runFeedShow(feed, call))());
  stored('rollback', 'take the last import of a feed back')
    .argument('<feed>', 'its name')
    .action((feed: string, call: StoreCall) => run(async () => (await load()).runFeedRollback(feed, call))());
}
