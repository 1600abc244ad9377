import type { ScenarioRow } from '@holdfast/audit';
import { html, type Markup } from './markup.ts';

type Line = ScenarioRow['story'][number];

const kindWords: Readonly<Record<string, string>> = { fault: 'Fault', cause: 'Cause', effect: 'Effect', recovery: 'Recovery' };
const linesShown = 400;

/** The story of a scenario: each moment once, with what happens then. */
export function story(lines: readonly Line[], shown = linesShown): Markup {
  if (lines.length === 0) return html`<p>Nothing happens that would not happen anyway.</p>`;
  const moments = [...Map.groupBy(lines.slice(0, shown), ({ at }) => at).values()];
  return html`<ol class="story">${moments.map(moment)}</ol>${lines.length > shown ? html`<p class="note">${lines.length - shown} more lines are in <code>holdfast audit --format json</code>.</p>` : ''}`;
}

function moment(lines: readonly Line[]): Markup {
  return html`<li><time>${lines[0]?.time}</time><ul>${lines.map(({ kind, text }) => html`<li class="${kind}"><svg aria-hidden="true"><use href="#i-${kind}"/></svg><span><span class="sr">${kindWords[kind] ?? kind}: </span>${text}</span></li>`)}</ul></li>`;
}

/** What the signs of a story mean. */
export const storyLegend: Markup = html`<ul class="legend signs">${Object.entries(kindWords).map(([kind, word]) => html`<li class="${kind}"><svg aria-hidden="true"><use href="#i-${kind}"/></svg>${word.toLowerCase()}</li>`)}</ul>`;

/** The signs, to be used by all stories of a page. Shapes differ as well as colours. */
export const signs: Markup = html`<svg width="0" height="0" aria-hidden="true" class="defs"><symbol id="i-fault" viewBox="0 0 16 16"><path d="M3 3l10 10M13 3L3 13" fill="none" stroke="currentColor" stroke-width="2.6"/></symbol><symbol id="i-cause" viewBox="0 0 16 16"><path d="M3 4.5h10L8 13z" fill="none" stroke="currentColor" stroke-width="1.8"/></symbol><symbol id="i-effect" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5" fill="currentColor"/></symbol><symbol id="i-recovery" viewBox="0 0 16 16"><path d="M8 13V4M4 8l4-4 4 4" fill="none" stroke="currentColor" stroke-width="2"/></symbol></svg>`;
