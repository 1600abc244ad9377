import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEstate, type Profile } from '@holdfast/estate';
import { expect, it } from 'vitest';
import { expressionsIn } from './expressions-in.ts';
import { sayManaged, trialLines } from './trial-lines.ts';
import { trial } from './trial.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'estate', 'profiles');

function library(): ReadonlyMap<string, Profile> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const bare = { name: 'bare.yaml', text: 'holdfast: 1\nsites: {none: {name: None, timeZone: UTC}}\n' };
  const loaded = loadEstate([bare], files);
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error, undefined, 1));
  return loaded.value.all('profile');
}

const profiles = library();
const introduction = `What each profile does when it is cut off, in the standard estate that \`holdfast profiles show\` tries it in.
Every block was read against the claims of its profile on 2026-11-24, once, by a reviewer who had written none of them; the pages behind the claims were not opened again.
\`npm run reference\` writes it anew; read the difference line by line before you commit it.
`;

it('does what the reviewed reference says, profile by profile', async () => {
  const blocks = [...profiles].map(([id, profile]) => {
    const done = trial(id, profile);
    return ['', `== ${id} (${profile.class})`, sayManaged(done), '', ...trialLines(done)].join('\n');
  });
  await expect(`${introduction}${blocks.join('\n')}\n`).toMatchFileSnapshot(join(folder, 'reference.txt'));
});

it.each([...profiles])('%s works in the standard estate while nothing fails', (id, profile) => {
  const usual = trial(id, profile).rows.map(({ title, cells }) => ({
    title,
    last: cells[0]?.steps.at(-1)?.[1],
  }));
  expect(usual.length).toBeGreaterThan(0);
  const mayFail = [...expressionsIn(profile)].includes('never');
  if (!mayFail) expect(usual.filter(({ last }) => last === 'fails')).toEqual([]);
});
