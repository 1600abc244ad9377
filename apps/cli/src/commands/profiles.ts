import { trial, type TrialDocument } from '@holdfast/audit';
import { loadEstate, type Estate } from '@holdfast/estate';
import { Failure, nearestName } from '@holdfast/kernel';
import { trialMarkdown } from '@holdfast/report';
import { openEstate, readLibrary } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { print, terminalWidth } from '../io/terminal.ts';
import { describeProfile } from './describe-profile.ts';
import { listAsMarkdown, listAsTable, type ListedProfile } from './profile-list.ts';

const formats = ['table', 'markdown', 'json'] as const;

async function profilesOf(path: string | undefined): Promise<Estate> {
  if (path !== undefined) return openEstate(path);
  const bare = { name: 'none.yaml', text: 'holdfast: 1\nsites: {none: {name: None, timeZone: UTC}}\n' };
  const loaded = loadEstate([bare], await readLibrary());
  if (loaded.kind === 'error') throw new Failure(loaded.error);
  return loaded.value;
}

function checkFormat(format: string): void {
  if (!formats.some((each) => each === format))
    throw usage(`there is no format '${format}'`, `one of ${formats.join(', ')}`);
}

/** Lists the product's profiles, and those of an estate where one is given, each with what it does alone. */
export async function listProfiles(path: string | undefined, format: string): Promise<number> {
  checkFormat(format);
  const estate = await profilesOf(path);
  const rows = [...estate.all('profile')].map(([id, profile]) => listed(trial(id, profile)));
  if (format === 'json') print(JSON.stringify(rows, undefined, 1));
  else
    print(
      format === 'markdown'
        ? listAsMarkdown(rows)
        : listAsTable(rows, process.stdout.isTTY ? terminalWidth() : Infinity),
    );
  return 0;
}

function listed({ profile, managed, without, knowledge }: TrialDocument): ListedProfile {
  return {
    id: profile.id,
    name: profile.name,
    class: profile.class,
    ...(profile.vendor === undefined ? {} : { vendor: profile.vendor }),
    managed,
    ...(without.role === undefined ? {} : { manager: without.role }),
    without: without.says,
    ...knowledge,
  };
}

/** Shows one profile: what it does when it is cut off, how it decides, and each claim with its source. */
export async function showProfile(id: string, path: string | undefined, format: string): Promise<number> {
  checkFormat(format);
  const estate = await profilesOf(path);
  const profile = estate.get('profile', id);
  if (!profile) {
    const near = nearestName(id, estate.all('profile').keys());
    throw usage(
      `there is no profile '${id}'`,
      near ? `did you mean '${near}'?` : '`holdfast profiles list` shows them',
    );
  }
  const done = trial(id, profile);
  if (format === 'json') print(JSON.stringify(done, undefined, 1));
  else print(format === 'markdown' ? trialMarkdown(done) : describeProfile(done, profile, terminalWidth()));
  return 0;
}
