import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import { asMillis, spellDuration } from '@holdfast/kernel';
import { phrases } from '@holdfast/outage';
import type { Headline, Loss, ThemeReading } from '../reading/headline.ts';
import { readThemes } from '../reading/headline.ts';
import {
  answerSentence,
  anywaySentence,
  auditSentence,
  unknownSentence,
  type Sentence,
} from '../reading/sentences.ts';
import { joinNames, joinWords, tellOf } from '../reading/names.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { fares, type PlaceReading } from '../reading/place-reading.ts';
import { axis, bar, fareWords, legend, rulings } from './bar.ts';
import { scenarioHash } from './chooser.ts';
import { markup, name, when, type Markup } from './markup.ts';

const lossesShown = 4;

/** The first thing to read: what holds, what gives way and when, in the scenario that people ask for first. */
export function answerSection(document: AuditDocument, headline: Headline | undefined): Markup {
  const { sites } = document.estate;
  const title = sites.length === 1 ? (sites[0]?.name ?? '') : `${sites.length} sites`;
  return markup`<header class="top"><p class="kicker">Holdfast audit <span>${document.today}</span></p>
<h1>${name(title)}</h1>
${when(sites.length > 1 || sites[0]?.address, () => markup`<p class="address">${name(sites.length > 1 ? joinNames(sites.map((each) => each.name)) : (sites[0]?.address ?? ''))}</p>`)}
${headline ? answer(document, headline) : markup`<p class="lede">No scenario was asked.</p>`}
</header>`;
}

function answer(document: AuditDocument, { scenario, readings, themes }: Headline): Markup {
  const clock = new ScenarioClock(scenario);
  const shown = fares
    .filter(
      (fare) => fare === 'holds' || themes.some(({ spans }) => spans.some(({ value }) => value === fare)),
    )
    .toReversed();
  return markup`<p class="lede">${sentence(answerSentence(scenario, themes, clock))}</p>
<p class="lede second">${sentence(anywaySentence(document))}${sentence(unknownSentence(document, themes))} ${sentence(auditSentence(document))}</p>
<section class="answer" aria-labelledby="matrix-title">
<h2 id="matrix-title">${name(scenario.name)}, ${spellDuration(asMillis(scenario.length))} from ${clock.time(0)} on ${clock.date}</h2>
<table class="matrix" ${rulings(clock)}>
<thead><tr><th scope="col"><span class="sr">Function</span></th><th scope="col"><span class="sr">Time</span>${axis(clock)}</th><th scope="col"><span class="sr">In words</span></th></tr></thead>
<tbody>${themes.map((theme) => themeRow(clock, theme))}</tbody></table>
<div class="tools">${legend(shown)}<a class="more" href="${scenarioHash(scenario.key)}">Place by place</a></div>
${when(document.estate.sites.length > 1, () => siteTable(document, scenario, readings))}
</section>`;
}

/** The parts of a sentence that carry the answer are strong. */
const sentence = (parts: Sentence): Markup =>
  markup`${parts.map((part) => (typeof part === 'string' ? part : markup`<strong class="${part.fare}">${part.text}</strong>`))}`;

function themeRow(clock: ScenarioClock, theme: ThemeReading): Markup {
  const spans = theme.spans.map(({ from, until, value }) => ({
    from,
    until,
    value: { fare: value, label: fareWords[value].short },
  }));
  const matter = theme.losses.filter(({ comfort }) => !comfort);
  const comforts = theme.losses.filter(({ comfort }) => comfort);
  return markup`<tr><th scope="row">${theme.title}<span class="n">${theme.worse === 0 ? '' : `${theme.worse} of `}${theme.places}</span></th><td>${bar(clock, spans)}</td><td class="w">
${matter.length === 0 ? markup`<p class="good">${comforts.length === 0 ? 'hold throughout' : 'hold in all that matters'}</p>` : markup`<ul>${matter.slice(0, lossesShown).map((each) => lossLine(clock, each))}</ul>`}
${when(matter.length > lossesShown, () => markup`<p class="note">and ${matter.length - lossesShown} more</p>`)}
${when(comforts.length > 0, () => markup`<p class="note">Conveniences lost as well: ${joinWords([...new Set(comforts.map(({ capability }) => phrases[capability].title.toLowerCase()))])}.</p>`)}
</td></tr>
`;
}

function lossLine(clock: ScenarioClock, loss: Loss): Markup {
  const { capability, verdict, places } = loss;
  return markup`<li class="${verdict}"><time>${clock.times(loss)}</time><span>${when(verdict === 'unknown', () => markup`<b class="q">unknown</b> `)}${name(tellOf(places, capability, verdict))}</span></li>`;
}

/** With several sites: each site with each theme, in words. */
function siteTable(
  document: AuditDocument,
  scenario: ScenarioRow,
  readings: readonly PlaceReading[],
): Markup {
  const clock = new ScenarioClock(scenario);
  const rows = document.estate.sites.map((site) => ({
    site,
    themes: readThemes(
      readings.filter(({ place }) => place.site === site.id),
      scenario,
    ),
  }));
  const titles = [...new Set(rows.flatMap(({ themes }) => themes.map(({ title }) => title)))];
  return markup`<table class="sites"><caption>Site by site</caption><thead><tr><th scope="col">Site</th>${titles.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead><tbody>
${rows.map(
  ({ site, themes }) => markup`<tr><th scope="row">${name(site.name)}</th>${titles.map((title) =>
    siteCell(
      clock,
      themes.find((each) => each.title === title),
    ),
  )}</tr>
`,
)}</tbody></table>`;
}

function siteCell(clock: ScenarioClock, theme: ThemeReading | undefined): Markup {
  if (!theme) return markup`<td class="none">none</td>`;
  const { failsFrom, unknownFrom } = theme;
  if (failsFrom === undefined && unknownFrom === undefined) return markup`<td class="holds">hold</td>`;
  const parts = [
    failsFrom === undefined ? '' : `fail ${clock.after(failsFrom)}`,
    unknownFrom === undefined ? '' : `unknown ${clock.after(unknownFrom)}`,
  ];
  return markup`<td class="${failsFrom === undefined ? 'unknown' : 'fails'}">${parts.filter((part) => part !== '').join(', ')}</td>`;
}
