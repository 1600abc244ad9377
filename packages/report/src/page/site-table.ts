import type { AuditDocument } from '@holdfast/audit';
import type { Headline, ThemeReading } from '../reading/headline.ts';
import { readThemes } from '../reading/headline.ts';
import { count } from '../reading/names.ts';
import type { Ranking } from '../reading/ranking.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { markup, name, when, type Markup } from './markup.ts';

const sitesAtOnce = 8;
const sitesAtAll = 200;

interface Row {
  readonly title: string;
  readonly themes: readonly ThemeReading[];
  readonly critical: number;
  readonly findings: number;
}

/** The sites of a portfolio, the worst first: how each function fares in the scenario of the answer, and what was found in all. */
export function siteTable(
  document: AuditDocument,
  { scenario, readings }: Headline,
  ranking: Ranking,
): Markup {
  const clock = new ScenarioClock(scenario);
  const bySite = Map.groupBy(readings, ({ place }) => place.site);
  const found = Map.groupBy(document.findings, ({ site }) => site);
  const ordered = document.estate.sites.toSorted((a, b) => ranking.site(b.id) - ranking.site(a.id));
  const rows = ordered.slice(0, sitesAtAll).map((site): Row => ({
    title: site.name,
    themes: readThemes(bySite.get(site.id) ?? [], scenario),
    critical: (found.get(site.id) ?? []).filter(({ severity }) => severity === 'critical').length,
    findings: (found.get(site.id) ?? []).length,
  }));
  const titles = [...new Set(rows.flatMap(({ themes }) => themes.map(({ title }) => title)))];
  const more = rows.slice(sitesAtOnce);
  return markup`<section class="part sites-part"><h2>Sites, the worst first</h2>${table(clock, titles, rows.slice(0, sitesAtOnce))}
${when(more.length > 0, () => markup`<details class="more-sites"><summary>${count(more.length, 'more site')}</summary>${table(clock, titles, more)}</details>`)}
${when(ordered.length > sitesAtAll, () => markup`<p class="note">${count(ordered.length - sitesAtAll, 'more site')}, each better than these, in <code>holdfast audit --format json</code>.</p>`)}</section>`;
}

function table(clock: ScenarioClock, titles: readonly string[], rows: readonly Row[]): Markup {
  return markup`<table class="sites"><thead><tr><th scope="col">Site</th>${titles.map((title) => markup`<th scope="col">${title}</th>`)}<th scope="col" class="num">Findings</th></tr></thead><tbody>
${rows.map(
  ({ title, themes, critical, findings }) =>
    markup`<tr><th scope="row">${name(title)}</th>${titles.map((each) =>
      siteCell(
        clock,
        each,
        themes.find((theme) => theme.title === each),
      ),
    )}<td class="num" data-label="Findings">${findings}${when(critical > 0, () => markup`, <b class="bad">${critical} critical</b>`)}</td></tr>
`,
)}</tbody></table>`;
}

function siteCell(clock: ScenarioClock, title: string, theme: ThemeReading | undefined): Markup {
  if (!theme) return markup`<td class="none" data-label="${title}">none</td>`;
  const { failsFrom, unknownFrom } = theme;
  if (failsFrom === undefined && unknownFrom === undefined)
    return markup`<td class="holds" data-label="${title}">hold</td>`;
  const said =
    failsFrom === undefined
      ? `unknown ${clock.after(unknownFrom ?? 0)}`
      : `fail ${clock.after(failsFrom)}${unknownFrom === undefined ? '' : ', part unknown'}`;
  return markup`<td class="${failsFrom === undefined ? 'unknown' : 'fails'}" data-label="${title}">${said}</td>`;
}
