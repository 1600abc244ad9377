import type { AuditDocument } from '@holdfast/audit';
import { count, joinWords } from '../reading/names.ts';
import { markup, name, when, type Markup } from './markup.ts';

type Segmentation = NonNullable<AuditDocument['segmentation']>;
type Cell = Segmentation['cells'][number];
type Flow = Cell['flows'][number];
type Verdict = Cell['verdict'];

/** Of one pair of zones so many flows are told; the JSON has all. */
const flowsShown = 12;
/** Pairs that are fine are told in full up to so many. */
const allowedShown = 60;
/** A larger matrix is left to the terminal and the JSON: nobody reads it on a page. */
const zonesShown = 40;

/** Each verdict with a sign of its own, so that it is told without colour. */
const signs = {
  violating: ['\u2715', 'open and should not be'],
  blocked: ['\u2298', 'shut and should be open'],
  unknown: ['?', 'not known'],
  allowed: ['\u2713', 'open as agreed'],
  closed: ['\u00b7', 'shut'],
  unjudged: ['\u2013', 'nobody judges it'],
  same: ['', 'the zone itself'],
} as const satisfies Readonly<Record<Verdict, readonly [string, string]>>;

const told: readonly Verdict[] = ['violating', 'blocked', 'unknown', 'allowed'];

/** Who may open connections to whom: zones down and across, and below it what passes between each pair, with packet and rule. */
export function zoneMatrix(document: AuditDocument, nameOf: (id: string) => string): Markup {
  const { segmentation } = document;
  if (segmentation === undefined || segmentation.zones.length < 2) return markup``;
  const { zones, cells, notes } = segmentation;
  const byPair = new Map(cells.map((each) => [pair(each), each] as const));
  const zoneName = new Map(zones.map(({ id, name: called }) => [id, called]));
  const of = (id: string): string => zoneName.get(id) ?? id;
  return markup`<section id="zones"><h2>Who may open connections to whom</h2>
<p class="lead">${headline(segmentation)}</p>
${when(zones.length <= zonesShown, () => matrix(zones, byPair))}
${when(zones.length > zonesShown, () => markup`<p class="note">${count(zones.length, 'zone')} are too many for a table: <code>holdfast segmentation check</code> prints it.</p>`)}
${legend(cells)}
${told.map((verdict) => group(verdict, cells, of, nameOf))}
${notes.map((each) => markup`<p class="note">${each}</p>`)}
${sources(segmentation, nameOf)}
</section>`;
}

const pair = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from} ${to}`;
const anchor = ({ from, to }: Cell): string => `zones-${slug(from)}--${slug(to)}`;
const slug = (id: string): string => id.replaceAll(/[^\w-]/gu, '_');

function headline({ cells, policy, zones }: Segmentation): Markup {
  const number = (verdict: Verdict): number => cells.filter((each) => each.verdict === verdict).length;
  const [open, shut, doubt] = [number('violating'), number('blocked'), number('unknown')];
  const whose =
    policy === 'declared'
      ? markup`by the conduits that the estate declares`
      : markup`by the policy of the product, since the estate declares no conduits`;
  const parts = [
    ...(open > 0
      ? [markup`<strong class="fails">${count(open, 'pair')} of zones open that should be shut</strong>`]
      : []),
    ...(shut > 0
      ? [markup`<strong class="fails">${count(shut, 'pair')} shut that should be open</strong>`]
      : []),
    ...(doubt > 0
      ? [markup`<strong class="unknown">${count(doubt, 'pair')} of which nobody can tell</strong>`]
      : []),
  ];
  const judged = markup`${count(zones.length, 'zone')}, judged ${whose}: `;
  if (parts.length === 0) return markup`${judged}everything is as it should be.`;
  return markup`${judged}${parts.map((each, index) => markup`${index === 0 ? '' : index === parts.length - 1 ? ' and ' : ', '}${each}`)}.`;
}

function matrix(zones: Segmentation['zones'], byPair: ReadonlyMap<string, Cell>): Markup {
  return markup`<div class="zones" tabindex="0" role="region" aria-label="Table of zones"><table><thead><tr><th scope="col"><span class="sr">From</span></th>${zones.map(({ name: called }) => markup`<th scope="col"><span>${name(called)}</span></th>`)}</tr></thead><tbody>
${zones.map(
  (from) =>
    markup`<tr><th scope="row">${name(from.name)}<span class="what">${about(from)}</span></th>${zones.map((to) => cell(byPair.get(pair({ from: from.id, to: to.id })), from.name, to.name))}</tr>
`,
)}</tbody></table></div>`;
}

const about = ({ function: what, riskClass }: Segmentation['zones'][number]): string =>
  [what.replaceAll('-', ' '), ...(riskClass === undefined ? [] : [`${riskClass} risk`])].join(', ');

function cell(of: Cell | undefined, from: string, to: string): Markup {
  const verdict = of?.verdict ?? 'unjudged';
  const [sign, words] = signs[verdict];
  const said = `${from} to ${to}: ${words}`;
  if (of === undefined || !told.includes(verdict))
    return markup`<td class="z ${verdict}"><span aria-hidden="true" title="${said}">${sign}</span><span class="sr">${words}</span></td>`;
  return markup`<td class="z ${verdict}"><a href="#${anchor(of)}" title="${said}" aria-label="${said}">${sign}</a></td>`;
}

function legend(cells: readonly Cell[]): Markup {
  const present = Object.entries(signs).filter(
    ([verdict]) => verdict !== 'same' && cells.some((each) => each.verdict === verdict),
  );
  return markup`<ul class="legend zlegend">${present.map(([verdict, [sign, words]]) => markup`<li><span class="z ${verdict}" aria-hidden="true">${sign}</span>${words}</li>`)}</ul>`;
}

const titles = {
  violating: 'Open and should not be',
  blocked: 'Shut and should be open',
  unknown: 'Not known',
  allowed: 'Open as agreed',
} as const;

function group(
  verdict: Verdict,
  cells: readonly Cell[],
  of: (id: string) => string,
  nameOf: (id: string) => string,
): Markup {
  const own = cells.filter((each) => each.verdict === verdict);
  if (own.length === 0) return markup``;
  const shown = verdict === 'allowed' ? own.slice(0, allowedShown) : own;
  // Of the told verdicts each has a title.
  const title = titles[verdict as keyof typeof titles];
  const body = markup`${shown.map((each) => pairBlock(each, of, nameOf))}${when(shown.length < own.length, () => markup`<p class="note">and ${own.length - shown.length} more in the JSON.</p>`)}`;
  if (verdict === 'allowed')
    return markup`<details class="pairs"><summary><h3>${title} <span class="n">${own.length}</span></h3></summary>${body}</details>`;
  return markup`<div class="pairs"><h3>${title} <span class="n">${own.length}</span></h3>${body}</div>`;
}

function pairBlock(each: Cell, of: (id: string) => string, nameOf: (id: string) => string): Markup {
  const { from, to, verdict, flows, denial, notes } = each;
  // A pair is judged by its worst flow; what is in order beside it is no part of the reproach.
  const own = flows.filter(({ kind }) => kind === verdict);
  const rest = own.length - flowsShown;
  return markup`<details class="pair ${verdict}" id="${anchor(each)}"><summary><span class="z ${verdict}" aria-hidden="true">${signs[verdict][0]}</span><span><b>${name(of(from))} <span class="to">to</span> ${name(of(to))}</b><span class="line">${summary(own, nameOf)}</span></span></summary>
<div class="flows">${when(verdict === 'violating' && denial !== undefined, () => markup`<p class="note">Why it should be shut: ${denial ?? ''}.</p>`)}
${own.slice(0, flowsShown).map((flow) => flowBlock(flow, nameOf))}
${when(rest > 0, () => markup`<p class="note">and ${rest} more in the JSON.</p>`)}${notes.map((note) => markup`<p class="note">${note}</p>`)}</div></details>
`;
}

function summary(flows: readonly Flow[], nameOf: (id: string) => string): string {
  const services = [
    ...new Set(flows.flatMap(({ services: own, service }) => (service === undefined ? own : [service]))),
  ];
  const named = services.length > 5 ? [...services.slice(0, 4), `${services.length - 4} more`] : services;
  const under = flows.length > 0 && flows.every(({ under: down }) => down !== undefined);
  const down = [...new Set(flows.flatMap(({ under: each }) => (each === undefined ? [] : [nameOf(each)])))];
  const why = flows[0]?.why[0];
  return [
    named.length > 0 ? joinWords(named) : (why ?? 'every packet'),
    ...(under ? [`only while ${joinWords(down)} is down`] : []),
  ].join(', ');
}

const listed = (all: readonly string[]): string =>
  all.length > 4 ? `${all.slice(0, 3).join(', ')} and ${all.length - 3} more` : joinWords(all);

function flowBlock(flow: Flow, nameOf: (id: string) => string): Markup {
  const place = (id: string): string => (id === 'internet' ? 'the internet' : nameOf(id));
  const all = (prefixes: readonly string[]): Markup =>
    prefixes.length === 0 || prefixes[0] === 'all'
      ? markup``
      : markup` <span class="n">(${listed(prefixes)})</span>`;
  return markup`<div class="flow"><p>${name(place(flow.from))}${all(flow.sources)} to ${name(place(flow.to))}${all(flow.destinations)}${when(flow.services.length > 0, () => markup`: ${listed(flow.services)}`)}${when(flow.conduit !== undefined, () => markup` <span class="n">conduit ${name(flow.conduit ?? '')}</span>`)}${when(flow.under !== undefined, () => markup` <span class="under">while ${name(nameOf(flow.under ?? ''))} is down</span>`)}${when(!flow.isWhole, () => markup` <span class="n">and more of it</span>`)}</p>
${flow.why.map((each) => markup`<p class="note">${each}</p>`)}${hops(flow, nameOf)}</div>
`;
}

function hops({ hops: passed }: Flow, nameOf: (id: string) => string): Markup {
  if (passed.length === 0) return markup``;
  return markup`<ol class="hops">${passed.map(
    ({ router, iif, oif, packet, rule }) =>
      markup`<li><span class="router">${name(nameOf(router))}</span> <span class="n">${[...(iif === undefined ? [] : [`in ${iif}`]), ...(oif === undefined ? [] : [`out ${oif}`])].join(', ')}</span><code class="packet">${packet.src} \u2192 ${packet.dst} ${packet.protocol}${packet.dport === undefined ? '' : `/${packet.dport}`}</code>${rule === null ? markup`<span class="q">its configuration is not known</span>` : markup`<code class="rule">${rule.text}</code><span class="n">${rule.id}, ${rule.at.file}:${rule.at.line}</span>`}</li>`,
  )}</ol>`;
}

function sources({ sources: files }: Segmentation, nameOf: (id: string) => string): Markup {
  if (files.length === 0)
    return markup`<p class="note">No configuration of a firewall or switch lies beside this estate, so that nothing of this is certain. Name them under <code>configurations</code> of their devices.</p>`;
  return markup`<details class="inputs"><summary>${count(files.length, 'configuration')} it was computed from</summary><table><thead><tr><th scope="col">Configuration</th><th scope="col">SHA-256</th></tr></thead><tbody>${files.map(({ device, file, captured, sha256 }) => markup`<tr><th scope="row">${name(nameOf(device))}: ${name(file)}<span class="about-fact">${captured === undefined ? 'nobody has said when it was captured' : `captured on ${captured}`}</span></th><td><code class="hash">${sha256}</code></td></tr>`)}</tbody></table></details>`;
}
