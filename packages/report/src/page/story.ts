import type { ScenarioRow } from '@holdfast/audit';
import type { ScenarioClock } from '../reading/scenario-clock.ts';
import { markup, type Markup } from './markup.ts';

type Line = ScenarioRow['story'][number];

const kindWords: Readonly<Record<string, string>> = {
  fault: 'Fault',
  cause: 'Cause',
  effect: 'Effect',
  recovery: 'Recovery',
};

/** The story of a scenario: each moment once, with what happens then. */
export function story(clock: ScenarioClock, lines: readonly Line[], shown: number): Markup {
  if (lines.length === 0) return markup`<p>Nothing happens that would not happen anyway.</p>`;
  const moments = [...Map.groupBy(lines.slice(0, shown), ({ at }) => at).values()];
  return markup`<ol class="story">${moments.map((each) => moment(clock, each))}</ol>${lines.length > shown ? markup`<p class="note">${lines.length - shown} more lines are in <code>holdfast audit --format json</code>.</p>` : ''}`;
}

function moment(clock: ScenarioClock, lines: readonly Line[]): Markup {
  return markup`<li><time>${clock.time(lines[0]?.at ?? 0)}</time><ul>${lines.map(({ kind, text }) => markup`<li class="${kind}"><svg aria-hidden="true"><use href="#i-${kind}"/></svg><span><span class="sr">${kindWords[kind] ?? kind}: </span>${text}</span></li>`)}</ul></li>`;
}

/** What the signs of a story mean. */
export const storyLegend: Markup = markup`<ul class="legend signs">${Object.entries(kindWords).map(([kind, word]) => markup`<li class="${kind}"><svg aria-hidden="true"><use href="#i-${kind}"/></svg>${word.toLowerCase()}</li>`)}</ul>`;

/** The signs, to be used by all stories of a page. Shapes differ as well as colours. */
export const signs: Markup = markup`<svg width="0" height="0" aria-hidden="true" class="defs"><symbol id="i-fault" viewBox="0 0 16 16"><path d="M3 3l10 10M13 3L3 13" fill="none" stroke="currentColor" stroke-width="2.6"/></symbol><symbol id="i-cause" viewBox="0 0 16 16"><path d="M3 4.5h10L8 13z" fill="none" stroke="currentColor" stroke-width="1.8"/></symbol><symbol id="i-effect" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5" fill="currentColor"/></symbol><symbol id="i-recovery" viewBox="0 0 16 16"><path d="M8 13V4M4 8l4-4 4 4" fill="none" stroke="currentColor" stroke-width="2"/></symbol></svg>`;
