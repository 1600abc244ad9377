import type { AuditDocument } from '@holdfast/audit';
import { count, joinNames } from '../reading/names.ts';
import { markup, name, when, type Markup } from './markup.ts';

type Pivots = NonNullable<AuditDocument['pivots']>[number];
type Path = Pivots['paths'][number];
type Arrow = Path['arrows'][number];
type Passage = Arrow['passages'][number];
type Closing = NonNullable<Pivots['closing']>;

/** The page tells so many questions in full. */
const questionsShown = 40;

/** From whom to what an attacker gets, each chain drawn device by device with the rule on each arrow. */
export function pivotChains(document: AuditDocument, nameOf: (id: string) => string): Markup {
  const asked = document.pivots ?? [];
  if (asked.length === 0) return markup``;
  const reached = asked.filter(({ paths }) => paths.length > 0).toSorted((a, b) => badness(a) - badness(b));
  const never = asked.filter(({ paths }) => paths.length === 0);
  return markup`<section id="paths"><h2>Where an attacker gets to</h2>
<p class="lead">${count(asked.length, 'question')} asked of the rules: who holds a device speaks as it, and takes over what listens where its packets arrive. ${headline(reached)}</p>
${reached.slice(0, questionsShown).map((each) => question(each, nameOf))}
${when(reached.length > questionsShown, () => markup`<p class="note">and ${reached.length - questionsShown} more in the JSON.</p>`)}
${when(never.length > 0, () => markup`<details class="inputs"><summary>${count(never.length, 'question')} to which the answer is no</summary><ul class="never-list">${never.map((each) => markup`<li>${says(each, nameOf)}</li>`)}</ul></details>`)}
</section>`;
}

const badness = ({ verdict, paths }: Pivots): number =>
  verdict === 'yes' ? 0 : paths.every(({ reverse }) => reverse) ? 2 : 1;

function headline(reached: readonly Pivots[]): Markup {
  const sure = reached.filter(({ verdict }) => verdict === 'yes').length;
  const doubt = reached.length - sure;
  if (reached.length === 0) return markup`Nothing leads anywhere it should not.`;
  return markup`${when(sure > 0, () => markup`<strong class="fails">${sure} ${sure === 1 ? 'has' : 'have'} a way that is certain</strong>`)}${sure > 0 && doubt > 0 ? ', ' : ''}${when(doubt > 0, () => markup`<strong class="unknown">${doubt} a possible one</strong>`)}.`;
}

/** A selector in words: `any camera`, `what holds payroll`. */
function words(selector: string, nameOf: (id: string) => string): Markup {
  const cut = selector.indexOf(':');
  const [kind, rest] = [selector.slice(0, Math.max(0, cut)), selector.slice(cut + 1)];
  switch (kind) {
    case 'class':
      return markup`any ${rest.replaceAll('-', ' ')}`;
    case 'holds':
      return markup`${name(rest)}`;
    case 'party':
      return markup`${name(nameOf(rest))} by remote access`;
    default:
      return selector === 'internet' ? markup`the internet` : markup`${name(nameOf(rest))}`;
  }
}

const says = ({ from, to }: Pivots, nameOf: (id: string) => string): Markup =>
  markup`From ${words(from, nameOf)} to ${words(to, nameOf)}`;

function question(each: Pivots, nameOf: (id: string) => string): Markup {
  const [first, ...others] = each.paths;
  if (first === undefined) return markup``;
  const isSure = each.verdict === 'yes';
  const onlyBack = first.reverse;
  const tag = isSure
    ? markup`<span class="sev critical">certain</span>`
    : markup`<span class="q">${onlyBack ? 'over a session' : 'possible'}</span>`;
  return markup`<details class="pivot"${when(isSure, () => markup` open`)}><summary><span class="tags">${tag}</span><b>${says(each, nameOf)}</b> <span class="n">${count(first.arrows.length, 'step')}${when(each.found > 1, () => markup`, ${count(each.found, 'path')}`)}</span></summary>
${chain(first)}
${when(others.length > 0, () => markup`<details class="more"><summary>${count(others.length, 'other path')}</summary>${others.map(chain)}</details>`)}
${closing(each.closing ?? each.closingAll)}</details>
`;
}

function chain({ arrows, alike }: Path): Markup {
  const [first] = arrows;
  return markup`<ol class="chain">${when(first, () => markup`<li class="node"><span class="device">${name(first?.from.name ?? '')}</span></li>`)}${arrows.map((each) => markup`<li class="arrow${each.verdict === 'unknown' ? ' maybe' : ''}">${arrowBody(each)}</li><li class="node"><span class="device">${name(each.to.name)}</span>${when(each.service, () => markup`<span class="n">${each.service ?? ''}</span>`)}</li>`)}</ol>${when(alike.length > 0, () => markup`<p class="note">Just so: ${name(joinNames(alike.map(({ name: called }) => called)))}.</p>`)}`;
}

function arrowBody(each: Arrow): Markup {
  return markup`${when(each.kind === 'reverse', () => markup`<span>back over the session that ${name(each.to.name)} opened as its ${each.role ?? 'user'}</span>`)}${when(each.network, () => markup`<span>both on ${name(each.network?.name ?? '')}, where no firewall stands</span>`)}${each.passages.map(passage)}${when(each.verdict === 'unknown', () => markup`${each.why.map((line) => markup`<span class="n">${line}</span>`)}`)}`;
}

const passage = ({ router, packet, rule }: Passage): Markup =>
  markup`<span class="hop"><span class="router">${name(router.name)}</span> <code class="packet">${packet.src} \u2192 ${packet.dst} ${packet.protocol}${packet.dport === undefined ? '' : `/${packet.dport}`}</code>${rule === null ? markup` <span class="q">its configuration is not known</span>` : markup`<code class="rule">${rule.text}</code><span class="n">${rule.id}, ${rule.file}:${rule.line}</span>`}</span>`;

function closing(of: Closing | undefined): Markup {
  if (of === undefined) return markup``;
  if (of.rules === null) {
    const [arrow] = of.arrows;
    return markup`<p class="closing"><b>No rule can close it.</b> No firewall stands between ${name(arrow?.from.name ?? '')} and ${name(arrow?.to.name ?? '')}: move one of them to a network of its own, or let the switch isolate their ports.</p>`;
  }
  return markup`<div class="closing"><b>${of.isLeast ? 'The fewest rules that close it' : 'Rules that close it'}</b><ul>${of.rules.map(
    ({ at, from, to, source, destination, breaks }) =>
      markup`<li>At ${name(at.name)}, before all others: deny what opens a connection from ${name(from.name)}${when(source.length > 0, () => markup` <code>${source.join(', ')}</code>`)} to ${name(to.name)}${when(destination.length > 0, () => markup` <code>${destination.join(', ')}</code>`)}. <span class="n">${breaks.length === 0 ? 'Nothing that the estate names needs it.' : `It would break: ${breaks.slice(0, 6).map(broken).join('; ')}${breaks.length > 6 ? `; ${breaks.length - 6} more` : ''}.`}</span></li>`,
  )}</ul></div>`;
}

type Broken = NonNullable<Closing['rules']>[number]['breaks'][number];
const broken = (each: Broken): string =>
  each.kind === 'conduit'
    ? `the conduit ${each.conduit.name}`
    : `${each.device.name} needs ${each.target.name} as ${each.role}`;
