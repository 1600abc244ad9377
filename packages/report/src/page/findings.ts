import { severities, type AuditDocument, type FindingRow, type ScenarioRow } from '@holdfast/audit';
import { formatPosition } from '@holdfast/kernel';
import { phrases } from '@holdfast/outage';
import { standardTitles } from '../reading/standards.ts';
import { messageParts } from '../reading/message-parts.ts';
import { foldFindings } from '../reading/alike-findings.ts';
import { count, joinNames } from '../reading/names.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { breakpoints, spansOf, verdictOf } from '../reading/timeline.ts';
import { axis, bar, rulings } from './bar.ts';
import { scenarioHash } from './chooser.ts';
import { markup, name, when, type Markup } from './markup.ts';
import { whyList } from './why.ts';

type Evidence = FindingRow['evidence'][number];

const witnessesShown = 8;
const placesShown = 40;
/** Of a kind so many findings stand open to the eye; the rest unfolds. */
const shownAtOnce = 25;
/** Past this many, a finding is told without its witness, to keep the page readable and small. */
const toldInFull = 250;

/** All findings, by what mends them: the kind with the worst first. */
export function findingsSection(document: AuditDocument, nameOf: (id: string) => string): Markup {
  const { findings } = document;
  const scenarios = new Map(document.scenarios.map((each) => [each.key, each]));
  const full = new Set(findings.slice(0, toldInFull));
  const kinds = [...Map.groupBy(findings, ({ id }) => id).values()];
  return markup`<section id="findings"><h2>What was found</h2>
${findings.length === 0 ? markup`<p class="lead">Nothing: every place does in every scenario what is asked of it.</p>` : markup`<p class="lead">${count(findings.length, 'finding')} of ${count(kinds.length, 'kind')}. What mends one of a kind often mends all of it.</p>${filters(findings)}`}
${kinds.map((members) => kindBlock(members, nameOf, scenarios, full))}
</section>`;
}

function filters(findings: readonly FindingRow[]): Markup {
  const box = (group: string, value: string, of: readonly FindingRow[]): Markup =>
    markup`<label><input type="checkbox" name="${group}" value="${value}" checked> ${value} <span class="n">${of.length}</span></label>`;
  return markup`<form class="filters js-only" aria-label="Show findings"><fieldset><legend>Severity</legend>${severities.map(
    (each) =>
      box(
        'severity',
        each,
        findings.filter(({ severity }) => severity === each),
      ),
  )}</fieldset>
<fieldset><legend>Verdict</legend>${(['fails', 'unknown'] as const).map((each) =>
    box(
      'verdict',
      each,
      findings.filter(({ verdict }) => verdict === each),
    ),
  )}</fieldset>
<p role="status" class="shown">${findings.length} of ${findings.length} shown</p></form>`;
}

function kindBlock(
  members: readonly FindingRow[],
  nameOf: (id: string) => string,
  scenarios: ReadonlyMap<string, ScenarioRow>,
  full: ReadonlySet<FindingRow>,
): Markup {
  const [first] = members as [FindingRow];
  const told = foldFindings(members, scenarios, nameOf).map(({ all }) => {
    const rows = all.map((each) => finding(each, nameOf, scenarios, first.remedy, full.has(each)));
    return all.length === 1 ? rows : alikeBlock(all, rows, scenarios, nameOf);
  });
  return markup`<section class="kind" id="kind-${first.id}" aria-label="${first.id}"><div class="about"><h3>${first.title}</h3><p class="id"><code>${first.id}</code> <span class="n">${count(members.length, 'finding')}</span></p>
<p class="remedy"><b>What mends it.</b> ${first.remedy}</p>${when(!first.acceptable, () => markup`<p class="never"><b>This cannot be accepted as a risk.</b></p>`)}
<details class="controls"><summary>Controls it bears on</summary><dl>${Object.entries(first.controls).map(([standard, ids]) => markup`<dt>${standardTitles[standard] ?? standard}</dt><dd>${ids.join(', ')}</dd>`)}</dl></details></div>
<div class="list">${told.slice(0, shownAtOnce)}${when(told.length > shownAtOnce, () => markup`<details class="rest"><summary>${count(told.length - shownAtOnce, 'more line')}</summary>${told.slice(shownAtOnce)}</details>`)}</div></section>
`;
}

/** Findings that say the same are one line, with the list inside. */
function alikeBlock(
  all: readonly FindingRow[],
  rows: readonly Markup[],
  scenarios: ReadonlyMap<string, ScenarioRow>,
  nameOf: (id: string) => string,
): Markup {
  const [first] = all as [FindingRow];
  const scenario = scenarios.get(first.scenario ?? '');
  const { lines } = messageParts(first, scenario);
  const of = scenario
    ? all.map((each) => scenarios.get(each.scenario ?? '')?.name ?? '')
    : all.map((each) => nameOf(each.places[0] ?? each.subject));
  const said = scenario ? lines : [`for example: ${first.message}`];
  return markup`<details class="alike"><summary class="head">${tags(first)}<span class="msg"><b>${name(joinNames(of))}</b>${said.map((line) => markup`<span class="line">${line}</span>`)}<span class="line n">${all.length} alike</span></span></summary><div class="inside">${rows}</div></details>
`;
}

const tags = ({ severity, verdict }: FindingRow): Markup =>
  markup`<span class="tags"><span class="sev ${severity}">${severity}</span>${when(verdict === 'unknown', () => markup`<span class="q">unknown</span>`)}</span>`;

function finding(
  each: FindingRow,
  nameOf: (id: string) => string,
  scenarios: ReadonlyMap<string, ScenarioRow>,
  remedy: string,
  full: boolean,
): Markup {
  const scenario = each.scenario === undefined ? undefined : scenarios.get(each.scenario);
  const { lead, lines } = messageParts(each, scenario);
  const head = markup`${tags(each)}<span class="msg">${when(lead, () => markup`<b>${name(lead)}</b>`)}${lines.map((line) => markup`<span class="line">${line}</span>`)}</span>`;
  const attributes = markup`class="finding" id="finding-${short(each.fingerprint)}" data-severity="${each.severity}" data-verdict="${each.verdict}"`;
  if (!full) return markup`<div ${attributes}><p class="head">${head}</p></div>`;
  return markup`<details ${attributes}><summary class="head">${head}</summary><div class="body">
${when(scenario && each.evidence.length > 0, () => witness(each.evidence, scenario as ScenarioRow, nameOf))}
${when(each.why.length > 0, () => markup`<h4>Why</h4>${whyList(each.why)}`)}
${when(each.remedy !== remedy, () => markup`<h4>What mends this one</h4><p>${each.remedy}</p>`)}
<dl class="facts"><dt>Places</dt><dd>${each.places.slice(0, placesShown).map((place, index) => markup`${index === 0 ? '' : ', '}${name(nameOf(place))}`)}${when(each.places.length > placesShown, () => markup` and ${each.places.length - placesShown} more`)}</dd>
${when(each.at, () => markup`<dt>Stands at</dt><dd><code>${each.at ? formatPosition(each.at) : ''}</code></dd>`)}
<dt>Fingerprint</dt><dd><code title="${each.fingerprint}">${short(each.fingerprint)}</code></dd>${when(scenario, () => markup`<dt>Scenario</dt><dd><a href="${scenarioHash(scenario?.key ?? '')}">see all that it does</a></dd>`)}</dl>
</div></details>
`;
}

const short = (fingerprint: string): string => fingerprint.replace(/^sha256:/u, '').slice(0, 12);

/** What a person can replay: the timelines of the capabilities that the finding is about, alike ones once. */
function witness(
  evidence: readonly Evidence[],
  scenario: ScenarioRow,
  nameOf: (id: string) => string,
): Markup {
  const clock = new ScenarioClock(scenario);
  const alike = [
    ...Map.groupBy(evidence, ({ capability, steps }) => JSON.stringify([capability, steps])).values(),
  ];
  return markup`<h4>Witness</h4><table class="witness" ${rulings(clock)}><thead><tr><th scope="col"><span class="sr">What</span></th><th scope="col"><span class="sr">Time</span>${axis(clock)}</th></tr></thead><tbody>
${alike.slice(0, witnessesShown).map((members) => witnessRow(clock, members, nameOf))}</tbody></table>${when(alike.length > witnessesShown, () => markup`<p class="note">and ${alike.length - witnessesShown} more timelines in the scenario.</p>`)}`;
}

function witnessRow(
  clock: ScenarioClock,
  members: readonly Evidence[],
  nameOf: (id: string) => string,
): Markup {
  const [first] = members as [Evidence];
  const spans = spansOf(
    breakpoints([first.steps], clock.horizon),
    clock.horizon,
    (at) => verdictOf(first.steps, at) ?? 'holds',
  );
  const stretches = spans.map(({ from, until, value }) => ({
    from,
    until,
    value: { fare: value, label: value },
  }));
  return markup`<tr><th scope="row">${phrases[first.capability].title}<span class="where">${name(nameOf(first.place))}${when(members.length > 1, () => markup` and ${members.length - 1} more`)}</span></th><td>${bar(clock, stretches)}</td></tr>
`;
}
