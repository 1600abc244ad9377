import type { AuditDocument } from '@holdfast/audit';
import { readHeadline } from '../reading/headline.ts';
import { namesOf } from '../reading/names.ts';
import { PlaceReader } from '../reading/place-reading.ts';
import { rank } from '../reading/ranking.ts';
import { boardSection } from './board.ts';
import { cardsSection } from './cards.ts';
import { chooser } from './chooser.ts';
import { findingsSection } from './findings.ts';
import { frame, titleOf } from './frame.ts';
import { markup, when } from './markup.ts';
import { panesOf } from './panes.ts';
import { questionsSection } from './questions.ts';
import type { PaneNames } from './scenario-pane.ts';
import { pivotChains } from './pivot-chains.ts';
import { scopeSection } from './scope.ts';
import { zoneMatrix } from './zone-matrix.ts';

/**
 * An audit as one self-contained HTML page: it loads nothing, works from a file, with and without scripts, on paper and on a phone.
 * Whatever the estate says is escaped. A large estate's page stays under 10 MB: places that fare alike are told once, and only
 * the worst scenarios of each site are told in full.
 */
export function auditHtml(document: AuditDocument): string {
  const reader = new PlaceReader(document);
  const ranking = rank(document);
  const headline = readHeadline(document, reader);
  const nameOf = namesOf(document);
  const first = headline?.scenario;
  const { panes, choices, brief, quiet } = panesOf(document, reader, ranking, first, paneNames(document));
  const body = markup`<main id="main">${boardSection(document, headline, ranking)}
<nav class="contents" aria-label="On this page"><a href="#scenarios">Scenarios</a><a href="#cards">Outage cards</a>${when((document.segmentation?.zones.length ?? 0) > 1, () => markup`<a href="#zones">Zones</a>`)}${when((document.pivots?.length ?? 0) > 0, () => markup`<a href="#paths">Attack paths</a>`)}<a href="#findings">Findings</a><a href="#unknown">Unknown</a><a href="#scope">Scope</a></nav>
<section id="scenarios"><h2>Scenario by scenario</h2><div class="split">${chooser(choices, brief, quiet, first?.key)}<div id="pane" data-key="${first?.key ?? ''}">${panes.get(first?.key ?? '') ?? ''}</div></div><p class="sr" role="status" id="said"></p></section>
${cardsSection(document, reader, { folded: true, inReport: true })}
${zoneMatrix(document, nameOf)}
${pivotChains(document, nameOf)}
${findingsSection(document, nameOf)}
${questionsSection(document)}
${scopeSection(document)}
</main>
${[...panes]
  .filter(([key]) => key !== first?.key)
  .map(
    ([key, pane]) => markup`<template data-key="${key}">${pane}</template>
`,
  )}`;
  return frame(body, { title: titleOf(document, 'Holdfast audit'), script: true });
}

/** The cards for the guard desks alone, as a page to print. */
export function auditCards(document: AuditDocument): string {
  const body = markup`<main id="main">${cardsSection(document, new PlaceReader(document), { folded: false, inReport: false })}</main>`;
  return frame(body, { title: titleOf(document, 'outage cards'), mode: 'cards-only', script: false });
}

/** How panes call things. */
export function paneNames(document: AuditDocument): PaneNames {
  const siteNames = new Map(document.estate.sites.map(({ id, name }) => [id, name]));
  return { of: namesOf(document), site: (id) => siteNames.get(id) ?? id };
}
