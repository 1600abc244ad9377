import type { AuditDocument } from '@holdfast/audit';
import { count } from '../reading/names.ts';
import { outageCards, type OutageCard } from '../reading/outage-card.ts';
import type { PlaceReader } from '../reading/place-reading.ts';
import { cardSheet } from './card.ts';
import { markup, name, when, type Markup } from './markup.ts';

/** The cards for the guard desks, by site: folded on a screen, a sheet each on paper. */
export function cardsSection(
  document: AuditDocument,
  reader: PlaceReader,
  { folded, inReport }: { readonly folded: boolean; readonly inReport: boolean },
): Markup {
  const cards = outageCards(document, reader);
  const sites = [...Map.groupBy(cards, ({ site }) => site).values()];
  const without = document.estate.sites.length - sites.length;
  return markup`<section id="cards">${inReport ? markup`<h2>Outage cards</h2>` : markup`<h1>Outage cards</h1>`}
${cards.length === 0 ? markup`<p class="lead">No scenario asks anything of a guard desk.</p>` : markup`<p class="lead">A sheet for the guard desk: which doors, from when, who goes where, whom to call. The worst scenarios of each site; those that ask the same are one card.</p><p class="tools js-only"><button type="button" class="all print-cards">Print ${count(cards.length, 'card')}</button></p>`}
<div class="cards">${sites.map((own) => siteCards(document, own, folded, inReport ? when(sites.length > 1, () => markup`<h3>${siteName(own)}</h3>`) : markup`<h2>${siteName(own)}</h2>`))}</div>
${when(cards.length > 0 && without > 0, () => markup`<p class="note">${count(without, 'site')} ${without === 1 ? 'has' : 'have'} no card here: nothing is found there, or others are worse. An audit of one site alone has its cards.</p>`)}</section>`;
}

const siteName = (own: readonly OutageCard[]): Markup => name(own[0]?.site.name ?? '');

function siteCards(
  document: AuditDocument,
  own: readonly OutageCard[],
  folded: boolean,
  title: Markup,
): Markup {
  return markup`${title}${own.map((card) =>
    folded
      ? markup`<details><summary><b>${name(card.scenario.name)}</b>${when(card.same.length > 0, () => markup`<span class="n">and ${count(card.same.length, 'scenario')} alike</span>`)}</summary>${cardSheet(document, card)}</details>`
      : cardSheet(document, card),
  )}`;
}
