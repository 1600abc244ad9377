import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import { countHits } from '../reading/count-hits.ts';
import { readHeadline } from '../reading/headline.ts';
import { count, joinWords, namesOf } from '../reading/names.ts';
import { PlaceReader } from '../reading/place-reading.ts';
import { rank, worstFirst } from '../reading/ranking.ts';
import { boardSection } from './board.ts';
import { cardsSection } from './cards.ts';
import { findingsSection } from './findings.ts';
import { frame, titleOf } from './frame.ts';
import { markup, name, when, type Markup } from './markup.ts';
import { paneNames } from './page.ts';
import { questionsSection } from './questions.ts';
import { briefPane, paperPane } from './scenario-pane.ts';
import { scopeSection } from './scope.ts';

/** So many scenarios are told with their story; all others stand in the list. */
const storiesTold = 12;
const listed = 200;

/**
 * An audit for paper: the board's sheet first, then the worst sites in the scenario that people ask for first, the stories of the
 * worst scenarios, a sheet for each guard desk, findings, questions and inputs. No script, and nothing to unfold.
 */
export function auditPaper(document: AuditDocument): string {
  const reader = new PlaceReader(document);
  const ranking = rank(document);
  const headline = readHeadline(document, reader);
  const first = headline?.scenario;
  const names = paneNames(document);
  const loud = worstFirst(
    document.scenarios.filter(({ changes }) => changes.length > 0),
    ({ key }) => ranking.scenario(key),
  );
  const told = loud.filter((each) => each !== first).slice(0, storiesTold);
  const body = markup`<main id="main">${boardSection(document, headline, ranking)}
<section id="scenarios"><h2>Site by site</h2><div id="pane">${headline ? paperPane(headline.scenario, headline.readings, names) : ''}</div></section>
<section id="stories"><h2>The worst scenarios</h2>${told.map((each) => briefPane(each, reader.readTouched(each)))}</section>
<section id="asked"><h2>All that was asked</h2>${scenarioList(document, reader, loud)}</section>
${cardsSection(document, reader, { folded: false, inReport: true })}
${findingsSection(document, namesOf(document))}
${questionsSection(document)}
${scopeSection(document)}
</main>`;
  return frame(body, { title: titleOf(document, 'Holdfast audit'), mode: 'paper', script: false });
}

/** Every scenario with how many places it makes worse, the worst first; those that change nothing in one line. */
function scenarioList(document: AuditDocument, reader: PlaceReader, loud: readonly ScenarioRow[]): Markup {
  const quiet = document.scenarios.filter(({ changes, kind }) => changes.length === 0 && kind !== 'none');
  const rows = loud
    .slice(0, listed)
    .map((scenario) => ({ scenario, ...countHits(reader.readTouched(scenario)) }));
  return markup`<table class="asked"><thead><tr><th scope="col">Scenario</th><th scope="col" class="num">Places worse</th><th scope="col" class="num">of these unknown</th></tr></thead><tbody>${rows.map(({ scenario, hit, unknown }) => markup`<tr><th scope="row">${name(scenario.name)}</th><td class="num">${hit}</td><td class="num">${unknown}</td></tr>`)}</tbody></table>
${when(loud.length > listed, () => markup`<p class="note">and ${count(loud.length - listed, 'more scenario')} that weigh less: <code>holdfast audit --format json</code>.</p>`)}
${when(quiet.length > 0, () => markup`<p class="note">${count(quiet.length, 'scenario')} ${quiet.length === 1 ? 'changes' : 'change'} nothing: ${name(joinWords([...quiet.slice(0, listed).map((each) => each.name), ...(quiet.length > listed ? [`${quiet.length - listed} more`] : [])]))}.</p>`)}`;
}
