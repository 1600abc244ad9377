import type { AuditDocument } from '@holdfast/audit';
import { asMillis, spellDuration } from '@holdfast/kernel';
import { doorStates, type DoorState } from '@holdfast/outage';
import { becauseWords, untilOf } from '../reading/guard-words.ts';
import { count, joinNames, namesOf } from '../reading/names.ts';
import type { OutageCard } from '../reading/outage-card.ts';
import { roomOf, statesShown, type CardRoom } from '../reading/card-fit.ts';
import { markup, name, when, type Markup } from './markup.ts';

/** One sheet for the guard desk: what to do, at which doors, whom to call, in which order. */
export function cardSheet(document: AuditDocument, card: OutageCard): Markup {
  const { site, scenario, clock, same } = card;
  const room = roomOf(card, namesOf(document));
  return markup`<article class="sheet" aria-label="Outage card: ${scenario.name}, ${site.name}">
<header><p class="kicker"><span>Outage card</span><span>${name(site.name)}</span></p>
<h3>${name(scenario.name)}</h3>
${when(same.length > 0, () => markup`<p class="also">The same card holds for: ${name(joinNames(same.map((each) => each.name)))}.</p>`)}
<p class="began"><span>It began at</span><span class="blank"></span><span>Times are told for a start at ${clock.time(0)}${scenario.kind === 'none' ? '' : `, and ${spellDuration(asMillis(scenario.length))} without it`}. For another start add what stands after the plus.</span></p></header>
<section><h4>1. Do first</h4>${toDo(document, card, room)}</section>
<section><h4>2. At the doors</h4>${doors(card, room)}</section>
${when(card.losses.length > 0, () => markup`<section><h4>3. What else does not work</h4>${losses(card, room)}</section>`)}
<section><h4>${card.losses.length > 0 ? 4 : 3}. Call, in this order</h4>${calls(card, room)}</section>
<section class="after"><h4>When it is over</h4><ul class="ticks"><li><span class="box"></span><span>Try each door, with a badge and from inside. In order again at <span class="blank"></span></span></li><li><span class="box"></span><span>Call back everyone above, and write the times down.</span></li></ul></section>
<footer><span>Estate <code>${document.estate.hash.replace(/^sha256:/u, '').slice(0, 12)}</code>, ${document.today}</span><span>Print it again when the estate changes.</span></footer>
</article>
`;
}

function toDo(document: AuditDocument, { clock, orders, unmet }: OutageCard, room: CardRoom): Markup {
  if (orders.length + unmet.length === 0) return markup`<p>No place wants a guard because of this.</p>`;
  const nameOf = namesOf(document);
  const phoneOf = (post: string): string | undefined => document.contacts[post]?.phone;
  return markup`<ol class="ticks">${orders
    .slice(0, room.orders)
    .map(
      ({ place, post, guard, because, from, until, arrives }) =>
        markup`<li><span class="box"></span>${moment(clock, from)}<span><b>${name(nameOf(post))}${guard > 1 ? `, guard ${guard}` : ''}</b>${when(phoneOf(post), () => markup` <span class="tel">${phoneOf(post)}</span>`)} to <b>${name(nameOf(place))}</b>: it ${becauseWords[because] ?? because}. There by ${clock.time(arrives)}, until ${untilOf(clock, until)}.</span></li>`,
    )}${unmet
    .slice(0, room.unmet)
    .map(
      ({ place, because, from }) =>
        markup`<li><span class="box"></span>${moment(clock, from)}<span><b>Nobody is left for ${name(nameOf(place))}</b>, which ${becauseWords[because] ?? because}. Decide who goes: <span class="blank"></span></span></li>`,
    )}</ol>${leftOut([
    [orders.length - room.orders, 'more order'],
    [unmet.length - room.unmet, 'more place without a guard', 'more places without a guard'],
  ])}`;
}

const moment = (clock: OutageCard['clock'], at: number): Markup =>
  markup`<time>${clock.time(at)}<small>${clock.since(at)}</small></time>`;

function doors({ clock, doors: all }: OutageCard, room: CardRoom): Markup {
  if (all.length === 0) return markup`<p>Every door opens for those who may, and for nobody else.</p>`;
  const told = new Set<string>();
  // What a state means is said once.
  const meaning = (state: DoorState): Markup => {
    if (told.has(state)) return markup``;
    told.add(state);
    return markup`: ${doorStates[state]}`;
  };
  return markup`<table><thead><tr><th scope="col">Door</th><th scope="col">From</th><th scope="col">What you find</th></tr></thead>${all
    .slice(0, room.doors)
    .map(({ names, states }) => {
      const shown = states.slice(0, statesShown);
      const later = states.length - shown.length;
      return markup`<tbody>${shown.map(([at, state], index) => markup`<tr>${when(index === 0, () => markup`<th scope="rowgroup" rowspan="${shown.length}">${name(joinNames(names))}${when(names.length > 4, () => markup` <span class="n">(${names.length} doors)</span>`)}</th>`)}<td>${moment(clock, at)}</td><td><b>${state}</b>${meaning(state)}${when(later > 0 && index === shown.length - 1, () => markup` <span class="n">(then ${count(later, 'more change')})</span>`)}</td></tr>`)}</tbody>`;
    })}</table>${leftOut([[all.slice(room.doors).reduce((sum, { names }) => sum + names.length, 0), 'more door']])}`;
}

const losses = ({ clock, losses: all }: OutageCard, room: CardRoom): Markup =>
  markup`<ul class="lost">${all.slice(0, room.losses).map(({ at, text, unknown }) => markup`<li>${moment(clock, at)}<span>${when(unknown, () => markup`<b class="q">unknown</b> `)}${name(text)}</span></li>`)}</ul>${leftOut([[all.length - room.losses, 'more loss', 'more losses']])}`;

function calls({ calls: all }: OutageCard, room: CardRoom): Markup {
  if (all.length === 0)
    return markup`<p>Nobody is written down. Give the site an owner, and its lines, services and devices whoever answers for them.</p>`;
  return markup`<ol class="ticks calls">${all
    .slice(0, room.calls)
    .map(
      ({ name: called, role, phone, why }) =>
        markup`<li><span class="box"></span><span><b>${name(called)}</b>${when(role, () => markup`, ${role}`)}<small>${why}</small></span>${phone === undefined ? markup`<span class="tel none">no number written down <span class="blank"></span></span>` : markup`<span class="tel">${phone}</span>`}</li>`,
    )}</ol>${leftOut([[all.length - room.calls, 'more party', 'more parties']])}`;
}

/** What does not fit is counted, and where it stands. */
function leftOut(counts: readonly (readonly [number: number, one: string, many?: string])[]): Markup {
  const left = counts.filter(([number]) => number > 0);
  return when(
    left.length > 0,
    () =>
      markup`<p class="left-out">and ${left.map(([number, one, many], index) => `${index === 0 ? '' : ' and '}${count(number, one, many)}`)} in the report</p>`,
  );
}
