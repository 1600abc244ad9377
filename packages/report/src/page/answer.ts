import type { AuditDocument } from '@holdfast/audit';
import { asMillis, spellDuration } from '@holdfast/kernel';
import { phrases } from '@holdfast/outage';
import type { Headline, Loss, ThemeReading } from '../reading/headline.ts';
import { answerSentence, anywaySentence, auditSentence, type Sentence } from '../reading/sentences.ts';
import { joinNames, joinWords, tellOf } from '../reading/names.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { fares } from '../reading/place-reading.ts';
import { axis, bar, fareWords, legend, rulings } from './bar.ts';
import { scenarioHash } from './chooser.ts';
import { markup, name, when, type Markup } from './markup.ts';

/** So much fits on one sheet: fewer lines where a table of sites follows. */
const lossesShown = (sites: number): number => (sites > 1 ? 1 : 2);

/** The title, and the answer in a few sentences. */
export function answerHead(document: AuditDocument, headline: Headline | undefined): Markup {
  const { sites } = document.estate;
  const title = sites.length === 1 ? (sites[0]?.name ?? '') : `${sites.length} sites`;
  const address = sites.length > 1 ? joinNames(sites.map((each) => each.name)) : sites[0]?.address;
  return markup`<header class="top"><p class="kicker">Holdfast audit <span>${document.today}</span></p>
<h1>${name(title)}</h1>
${when(address, () => markup`<p class="address">${name(address ?? '')}</p>`)}
${headline ? lede(document, headline) : markup`<p class="lede">No scenario was asked.</p>`}
</header>`;
}

function lede(document: AuditDocument, { scenario, themes }: Headline): Markup {
  const clock = new ScenarioClock(scenario);
  return markup`<p class="lede">${sentence(answerSentence(scenario, themes, clock))}</p>
<p class="lede second">${sentence(anywaySentence(document))}${sentence(auditSentence(document))}</p>`;
}

/** What holds, what gives way and when, function by function, in the scenario that people ask for first. */
export function answerMatrix({ estate: { sites } }: AuditDocument, { scenario, themes }: Headline): Markup {
  const clock = new ScenarioClock(scenario);
  const shownLosses = lossesShown(sites.length);
  const shown = fares
    .filter(
      (fare) => fare === 'holds' || themes.some(({ spans }) => spans.some(({ value }) => value === fare)),
    )
    .toReversed();
  return markup`<section class="answer" aria-labelledby="matrix-title">
<h2 id="matrix-title">${name(scenario.name)}, ${spellDuration(asMillis(scenario.length))} from ${clock.time(0)} on ${clock.date}</h2>
<table class="matrix" ${rulings(clock)}>
<thead><tr><th scope="col"><span class="sr">Function</span></th><th scope="col"><span class="sr">Time</span>${axis(clock)}</th><th scope="col"><span class="sr">In words</span></th></tr></thead>
<tbody>${themes.map((theme) => themeRow(clock, theme, shownLosses))}</tbody></table>
<div class="tools">${legend(shown)}<a class="more" href="${scenarioHash(scenario.key)}">Place by place</a></div>
</section>`;
}

/** The parts of a sentence that carry the answer are strong. */
const sentence = (parts: Sentence): Markup =>
  markup`${parts.map((part) => (typeof part === 'string' ? part : markup`<strong class="${part.fare}">${part.text}</strong>`))}`;

function themeRow(clock: ScenarioClock, theme: ThemeReading, most: number): Markup {
  const spans = theme.spans.map(({ from, until, value }) => ({
    from,
    until,
    value: { fare: value, label: fareWords[value].short },
  }));
  const matter = theme.losses.filter(({ comfort }) => !comfort);
  const comforts = theme.losses.filter(({ comfort }) => comfort);
  return markup`<tr><th scope="row">${theme.title}<span class="n">${theme.worse === 0 ? '' : `${theme.worse} of `}${theme.places}</span></th><td>${bar(clock, spans)}</td><td class="w">
${matter.length === 0 ? markup`<p class="good">${comforts.length === 0 ? 'hold throughout' : 'hold in all that matters'}</p>` : markup`<ul>${matter.slice(0, most).map((each) => lossLine(clock, each))}</ul>`}
${when(matter.length > most, () => markup`<p class="note">and ${matter.length - most} more</p>`)}
${when(comforts.length > 0 && most > 1, () => markup`<p class="note">Conveniences lost as well: ${joinWords([...new Set(comforts.map(({ capability }) => phrases[capability].title.toLowerCase()))])}.</p>`)}
</td></tr>
`;
}

function lossLine(clock: ScenarioClock, loss: Loss): Markup {
  const { capability, verdict, places } = loss;
  return markup`<li class="${verdict}"><time>${clock.times(loss)}</time><span>${when(verdict === 'unknown', () => markup`<b class="q">unknown</b> `)}${name(tellOf(places, capability, verdict))}</span></li>`;
}
