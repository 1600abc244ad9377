import type { AuditDocument } from '@holdfast/audit';
import { basesOf } from '../reading/bases-of.ts';
import type { Headline } from '../reading/headline.ts';
import { count, joinNames, joinWords } from '../reading/names.ts';
import type { Ranking } from '../reading/ranking.ts';
import { remediesOf, type Remedy } from '../reading/remedies.ts';
import { plainSentence, unknownSentence } from '../reading/sentences.ts';
import { answerHead, answerMatrix } from './answer.ts';
import { basisWords } from './basis.ts';
import { markup, name, when, type Markup } from './markup.ts';
import { siteTable } from './site-table.ts';

/** So much fits on one sheet: fewer where a table of sites stands on it. */
const remediesShown = (sites: number): number => (sites > 1 ? 3 : 4);

/** The page for the board, one sheet on paper: what holds and what does not, for how long; what to do first; how sure that is. */
export function boardSection(
  document: AuditDocument,
  headline: Headline | undefined,
  ranking: Ranking,
): Markup {
  const several = document.estate.sites.length > 1;
  return markup`<div class="board${several ? ' several' : ''}">${answerHead(document, headline)}
${headline ? answerMatrix(document, headline) : ''}
${headline && several ? siteTable(document, headline, ranking) : ''}
<div class="board-foot">${firstSteps(document)}${howSure(document, headline)}</div>
<p class="imprint"><span>Audited ${document.today}: ${count(document.estate.sites.length, 'site')}, ${count(document.places.length, 'place')}, ${count(document.scenarios.length, 'scenario')}</span><span>Estate <code>${document.estate.hash.replace(/^sha256:/u, '').slice(0, 16)}</code></span></p></div>`;
}

/** The few things that mend most. */
function firstSteps(document: AuditDocument): Markup {
  const remedies = remediesOf(document);
  const most = remediesShown(document.estate.sites.length);
  const siteNames = new Map(document.estate.sites.map(({ id, name: called }) => [id, called]));
  const where = ({ sites }: Remedy): string =>
    siteNames.size === 1
      ? ''
      : sites.length === siteNames.size
        ? ` At all ${sites.length} sites.`
        : ` At ${joinNames(sites.map(({ site }) => siteNames.get(site) ?? site))}.`;
  return markup`<section class="first"><h2>What to do first</h2>
${
  remedies.length === 0
    ? markup`<p>Nothing: no function fails that should hold.</p>`
    : markup`<ol>${remedies.slice(0, most).map((each) => markup`<li><a href="#kind-${each.id}">${each.remedy}</a><span class="mends">Mends ${count(each.findings, 'finding')}${when(each.critical > 0, () => markup`, <b class="bad">${each.critical} critical</b>`)}${each.scenarios > 1 ? ` in ${each.scenarios} scenarios` : ''}.${name(where(each))}${when(!each.acceptable, () => markup` <b>Cannot be accepted as a risk.</b>`)}</span></li>`)}</ol>${when(remedies.length > most, () => markup`<p class="note">and ${count(remedies.length - most, 'more kind')} of findings below.</p>`)}`
}</section>
`;
}

/** On what the answer rests, and what nobody knows. */
function howSure(document: AuditDocument, headline: Headline | undefined): Markup {
  const { verdicts, counts } = basesOf(document);
  const unknown = document.findings.filter(({ verdict }) => verdict === 'unknown').length;
  return markup`<section class="sure"><h2>How sure this is</h2>
${when(
  verdicts > 0,
  () =>
    markup`<p>Of ${count(verdicts, 'verdict')} that a fault changes the weakest fact behind it is ${joinWords(counts.map(({ basis, verdicts: own }) => `${basisWords[basis]} for ${own.toLocaleString('en-GB')}`))}.</p>`,
)}
<p>${headline ? plainSentence(unknownSentence(document, headline.themes)) : ''}${unknown === 0 ? '' : ` ${count(unknown, 'finding')} ${unknown === 1 ? 'stays' : 'stay'} open until then.`}</p>
<p class="note">It tells what the estate as declared would do. Drill the answers that matter.</p></section>`;
}
