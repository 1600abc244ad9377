import type { ScenarioRow } from '@holdfast/audit';
import { count, joinWords } from '../reading/names.ts';
import { markup, name, when, type Markup } from './markup.ts';

/** A scenario in the list to choose from. */
export interface Choice {
  readonly scenario: ScenarioRow;
  readonly hit: number;
  readonly unknown: number;
}

const kindTitles: readonly (readonly [kind: string, title: string])[] = [
  ['own', 'Scenarios of your own'],
  ['none', 'Without any fault'],
  ['cloud', 'Cloud'],
  ['internet', 'Internet'],
  ['line', 'Lines and shared paths'],
  ['identity', 'Login'],
  ['dns', 'Names'],
  ['power', 'Power'],
  ['network', 'Network'],
  ['server', 'Servers and controllers'],
  ['room', 'Rooms'],
  ['fire', 'Fire'],
  ['any', 'Other'],
];

/** The address of a scenario within the page. */
export const scenarioHash = (key: string): string => `#scenario=${encodeURIComponent(key)}`;

/** Of each kind so many scenarios stand open to the eye; the rest unfolds. */
const shownAtOnce = 12;
/** So many names of scenarios that change nothing. */
const quietShown = 200;
const briefShown = 400;

/** The scenarios to choose from, by kind, the worst first; then those that are not told here, and those that change nothing. */
export function chooser(
  choices: readonly Choice[],
  brief: readonly Choice[],
  quiet: readonly ScenarioRow[],
  chosen: string | undefined,
): Markup {
  const groups = kindTitles.flatMap(([kind, title]) => {
    const own = choices.filter(({ scenario }) => scenario.kind === kind);
    return own.length === 0 ? [] : [{ title, own }];
  });
  const asked = choices.length + brief.length + quiet.length;
  return markup`<nav class="chooser" aria-label="Scenarios"><details open><summary><span>Choose a scenario</span><span class="n">${asked.toLocaleString('en-GB')} asked</span></summary>
<p class="key" aria-hidden="true"><span>places worse</span><span>unknown</span></p>
${groups.map(({ title, own }) => group(title, own, chosen))}
${when(brief.length > 0, () => briefly(brief))}${when(quiet.length > 0, () => nothing(quiet))}</details></nav>`;
}

/** Those for which the page has no room: how bad they are, and how to read them. */
function briefly(brief: readonly Choice[]): Markup {
  const left = brief.length - briefShown;
  return markup`<details class="more-kinds"><summary>${count(brief.length, 'more scenario')} in brief</summary><p class="note">This page tells the worst of each site. The rest in full: <code>holdfast outage run DIR --fault …</code></p><ul>${brief.slice(0, briefShown).map(({ scenario, hit, unknown }) => markup`<li class="brief"><span>${name(scenario.name)}</span><span class="hits">${hit}</span><span class="unk">${unknown > 0 ? `${unknown}?` : ''}</span></li>`)}</ul>${when(left > 0, () => markup`<p class="note">and ${left} that weigh less.</p>`)}</details>`;
}

function nothing(quiet: readonly ScenarioRow[]): Markup {
  const left = quiet.length - quietShown;
  return markup`<details class="more-kinds"><summary>${count(quiet.length, 'scenario')} ${quiet.length === 1 ? 'changes' : 'change'} nothing</summary><p class="note">${name(
    joinWords([
      ...quiet.slice(0, quietShown).map((each) => each.name),
      ...(left > 0 ? [`${left} more`] : []),
    ]),
  )}.</p></details>`;
}

function group(title: string, own: readonly Choice[], chosen: string | undefined): Markup {
  const id = `k-${own[0]?.scenario.kind ?? ''}`;
  const links = own.map((each) => link(each, chosen));
  return markup`<h3 id="${id}">${title}</h3><ul aria-labelledby="${id}">${links.slice(0, shownAtOnce)}</ul>${when(links.length > shownAtOnce, () => markup`<details class="more-kinds"><summary>${links.length - shownAtOnce} more</summary><ul>${links.slice(shownAtOnce)}</ul></details>`)}
`;
}

function link({ scenario, hit, unknown }: Choice, chosen: string | undefined): Markup {
  return markup`<li><a href="${scenarioHash(scenario.key)}" data-key="${scenario.key}"${when(scenario.key === chosen, () => markup` aria-current="true"`)}><span>${name(shortName(scenario.name))}</span><span class="hits">${hit === 0 ? markup`<span class="sr">no place worse</span><span aria-hidden="true">–</span>` : markup`${hit}<span class="sr"> places worse</span>`}</span><span class="unk">${when(unknown > 0, () => markup`${unknown}<span aria-hidden="true">?</span><span class="sr"> unknown</span>`)}</span></a></li>`;
}

/** Under the heading of its kind a scenario needs no `Cloud:` before it and no `down` after it. */
const shortName = (text: string): string =>
  text.replace(/^(?:Cloud|Internet|Line|Power|Network|Server|Identity|DNS|Fault): (.+) down$/u, '$1');
