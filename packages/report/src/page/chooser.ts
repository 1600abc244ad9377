import type { ScenarioRow } from '@holdfast/audit';
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

/** All scenarios as links, by kind, with how many places each makes worse. */
export function chooser(choices: readonly Choice[], chosen: string | undefined): Markup {
  const groups = kindTitles.flatMap(([kind, title]) => {
    const own = choices.filter(({ scenario }) => scenario.kind === kind);
    return own.length === 0 ? [] : [{ title, own: own.toSorted((a, b) => b.hit - a.hit) }];
  });
  return markup`<nav class="chooser" aria-label="Scenarios"><details open><summary><span>Choose a scenario</span><span class="n">${choices.length} asked</span></summary>
<p class="key" aria-hidden="true"><span>places worse</span><span>unknown</span></p>
${groups.map(({ title, own }) => group(title, own, chosen))}</details></nav>`;
}

function group(title: string, own: readonly Choice[], chosen: string | undefined): Markup {
  const id = `k-${own[0]?.scenario.kind ?? ''}`;
  return markup`<h3 id="${id}">${title}</h3><ul aria-labelledby="${id}">${own.map((each) => link(each, chosen))}</ul>
`;
}

function link({ scenario, hit, unknown }: Choice, chosen: string | undefined): Markup {
  return markup`<li><a href="${scenarioHash(scenario.key)}" data-key="${scenario.key}"${when(scenario.key === chosen, () => markup` aria-current="true"`)}><span>${name(shortName(scenario.name))}</span><span class="hits">${hit === 0 ? markup`<span class="sr">no place worse</span><span aria-hidden="true">–</span>` : markup`${hit}<span class="sr"> places worse</span>`}</span><span class="unk">${when(unknown > 0, () => markup`${unknown}<span aria-hidden="true">?</span><span class="sr"> unknown</span>`)}</span></a></li>`;
}

/** Under the heading of its kind a scenario needs no `Cloud:` before it and no `down` after it. */
const shortName = (text: string): string =>
  text.replace(/^(?:Cloud|Internet|Line|Power|Network|Server|Identity|DNS|Fault): (.+) down$/u, '$1');
