/**
 * The page's own script: choosing a scenario, unfolding places, telling of a stretch of time, filtering findings, printing.
 * Everything can be read without it; it writes text only, never HTML.
 */
export const pageScript = `(() => {
'use strict';
const root = document.documentElement;
const pane = document.getElementById('pane');
const said = document.getElementById('said');
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
root.classList.add('js');

// --- scenarios: the address holds the choice
const templates = new Map(all('template').map((each) => [each.dataset.key, each]));
const first = document.createElement('template');
first.content.append(...[...pane.childNodes].map((each) => each.cloneNode(true)));
const home = pane.dataset.key;
templates.set(home, first);
const links = all('.chooser a');

function choose(key, asked) {
  const template = templates.get(key);
  if (!template) return;
  if (pane.dataset.key !== key) {
    pane.dataset.key = key;
    pane.replaceChildren(template.content.cloneNode(true));
    prepare(pane);
    said.textContent = 'Now showing: ' + pane.querySelector('h3').textContent;
  }
  for (const link of links) {
    if (link.dataset.key === key) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  if (!asked) return;
  const within = document.activeElement && document.activeElement.closest('.chooser');
  if (narrow.matches) document.querySelector('.chooser details').open = false;
  if (!within || narrow.matches) {
    document.getElementById('scenarios').scrollIntoView();
    pane.querySelector('h3').focus({ preventScroll: true });
  }
}

function follow(asked) {
  if (location.hash.startsWith('#scenario=')) {
    try { choose(decodeURIComponent(location.hash.slice(10)), asked); } catch { choose(home, asked); }
    return;
  }
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  for (let each = target; each; each = each.parentElement) if (each.matches('details')) each.open = true;
}

const narrow = matchMedia('(max-width: 60rem)');
if (narrow.matches) document.querySelector('.chooser details').open = false;
addEventListener('hashchange', () => follow(true));
document.querySelector('.chooser').addEventListener('keydown', (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1, Home: -links.length, End: links.length };
  const at = links.indexOf(document.activeElement);
  if (!(event.key in steps) || at < 0) return;
  event.preventDefault();
  links[Math.max(0, Math.min(links.length - 1, at + steps[event.key]))].focus();
});

// --- places unfold
function unfold(place, open) {
  place.classList.toggle('open', open);
  place.querySelector('.fold').setAttribute('aria-expanded', String(open));
}
pane.addEventListener('click', (event) => {
  const fold = event.target.closest('.fold');
  if (fold) unfold(fold.closest('.place'), fold.getAttribute('aria-expanded') !== 'true');
  const every = event.target.closest('.all');
  if (!every) return;
  const open = every.getAttribute('aria-expanded') !== 'true';
  every.setAttribute('aria-expanded', String(open));
  every.textContent = open ? 'Fold all places' : 'Unfold all places';
  for (const place of all('.place', pane)) unfold(place, open);
});

// --- a stretch of time tells what it is: by pointer, by touch, or by keys
const card = document.createElement('div');
card.className = 'card';
card.hidden = true;
card.setAttribute('role', 'status');
document.body.append(card);
let told = null;

function prepare(within) {
  for (const bar of all('.bar', within)) {
    all('.s', bar).forEach((each, index) => {
      each.dataset.say = each.title;
      each.setAttribute('aria-label', each.title);
      each.removeAttribute('title');
      each.tabIndex = index === 0 ? 0 : -1;
    });
  }
}

function line(tag, text, depth) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (depth) element.style.setProperty('--depth', depth);
  card.append(element);
}

function tell(stretch) {
  if (told === stretch) return;
  told = stretch;
  card.replaceChildren();
  const row = stretch.closest('tr');
  const place = stretch.closest('.place');
  const title = row.querySelector('th');
  const owner = place && !row.classList.contains('p') ? place.querySelector('.fold bdi').textContent + ': ' : '';
  line('b', owner + (title.querySelector('.fold') || title).textContent.trim());
  line('p', stretch.dataset.say);
  if (place && row.classList.contains('p')) tellParts(place, stretch);
  else if (place) tellWhy(place, title.textContent);
  card.hidden = false;
  const box = stretch.getBoundingClientRect();
  const own = card.getBoundingClientRect();
  const below = box.bottom + 8 + own.height < innerHeight;
  card.style.top = Math.max(8, below ? box.bottom + 8 : box.top - own.height - 8) + 'px';
  card.style.left = Math.max(8, Math.min(innerWidth - own.width - 8, box.left)) + 'px';
}

// What of a place is not well in a stretch of time: its capabilities that overlap it.
function tellParts(place, stretch) {
  const [from, to] = [parseFloat(stretch.style.left), parseFloat(stretch.style.left) + parseFloat(stretch.style.width)];
  for (const row of all('tr.c', place)) {
    const bad = all('.s', row).filter((each) => !each.classList.contains('holds') && parseFloat(each.style.left) < to - 0.001 && parseFloat(each.style.left) + parseFloat(each.style.width) > from + 0.001);
    if (bad.length > 0) line('span', row.querySelector('th').textContent + ': ' + bad.map((each) => each.dataset.say).join(', '));
  }
}

function tellWhy(place, title) {
  const why = all('.because details', place).find((each) => each.dataset.for.split('|').includes(title));
  if (!why) return;
  line('em', why.querySelector('.basis').textContent);
  const lines = all('li', why);
  for (const each of lines.slice(0, 9)) line('span', each.textContent, each.style.getPropertyValue('--depth'));
  if (lines.length > 9) line('em', lines.length - 9 + ' more lines under Why');
}

function hush() { card.hidden = true; told = null; }
document.addEventListener('pointerover', (event) => {
  const stretch = event.target.closest('.bar .s');
  if (stretch) tell(stretch);
  else if (!event.target.closest('.card') && !(told && told === document.activeElement)) hush();
});
document.addEventListener('focusin', (event) => (event.target.matches('.bar .s') ? tell(event.target) : hush()));
document.addEventListener('scroll', () => { if (told !== document.activeElement) hush(); else if (told) { const each = told; told = null; tell(each); } }, { passive: true });
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hush();
  const stretch = event.target.closest && event.target.closest('.bar .s');
  const next = stretch && { ArrowRight: stretch.nextElementSibling, ArrowLeft: stretch.previousElementSibling }[event.key];
  if (!next) return;
  event.preventDefault();
  stretch.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// --- findings are filtered by what is ticked
const filters = document.querySelector('.filters');
if (filters) {
  const findings = all('.finding');
  filters.addEventListener('change', () => {
    const ticked = (group) => new Set(all('input[name=' + group + ']:checked', filters).map((each) => each.value));
    const [severity, verdict] = [ticked('severity'), ticked('verdict')];
    for (const rest of all('.rest')) rest.open = rest.open || severity.size < 4 || verdict.size < 2;
    for (const each of findings) each.hidden = !severity.has(each.dataset.severity) || !verdict.has(each.dataset.verdict);
    for (const alike of all('.alike')) alike.hidden = !alike.querySelector('.finding:not([hidden])');
    for (const kind of all('.kind')) kind.hidden = !kind.querySelector('.finding:not([hidden])');
    filters.querySelector('.shown').textContent = findings.filter((each) => !each.hidden).length + ' of ' + findings.length + ' shown';
  });
}

// --- the cards alone on paper
const cardsButton = document.querySelector('.print-cards');
if (cardsButton) cardsButton.addEventListener('click', () => {
  root.classList.add('cards-only');
  print();
  root.classList.remove('cards-only');
});

// --- on paper what is folded by class is open, and the questions and controls are
let opened = [];
addEventListener('beforeprint', () => {
  opened = all('#pane .block, #pane .site, #unknown details, .controls, .inputs, .more-sites').filter((each) => !each.open);
  for (const each of opened) each.open = true;
});
addEventListener('afterprint', () => { for (const each of opened) each.open = false; opened = []; });

prepare(document);
follow(false);
})();`;
