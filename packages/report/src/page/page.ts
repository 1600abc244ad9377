import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import { sha256 } from '@holdfast/kernel';
import { countHits } from '../reading/count-hits.ts';
import { readHeadline } from '../reading/headline.ts';
import { namesOf } from '../reading/names.ts';
import { PlaceReader } from '../reading/place-reading.ts';
import { answerSection } from './answer.ts';
import { chooser, type Choice } from './chooser.ts';
import { findingsSection } from './findings.ts';
import { markup, Markup, type Markup as Fragment } from './markup.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { quietPane, scenarioPane, type PaneNames } from './scenario-pane.ts';
import { scopeSection } from './scope.ts';
import { questionsSection } from './questions.ts';
import { signs } from './story.ts';

/** All panes together have room for this many characters; those past it are told in short. */
const paneRoom = 6_000_000;

/**
 * An audit as one self-contained HTML page: it loads nothing, works from a file, with and without scripts, on paper and on a phone.
 * Whatever the estate says is escaped. A large estate's page stays under 10 MB: places that fare alike are told once.
 */
export function auditHtml(document: AuditDocument): string {
  const reader = new PlaceReader(document);
  const headline = readHeadline(document, reader);
  const nameOf = namesOf(document);
  const siteNames = new Map(document.estate.sites.map(({ id, name }) => [id, name]));
  const names: PaneNames = { of: nameOf, site: (id) => siteNames.get(id) ?? id };
  const first = headline?.scenario;
  const { panes, choices } = panesOf(document, reader, first, names);
  const chosen = first && panes.get(first.key);
  const title = `${document.estate.sites.map(({ name }) => name).join(', ')}: Holdfast audit`;
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${new Markup(scriptHash())}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><link rel="icon" href="data:,">
<title>${title}</title><style>${new Markup(pageStyle)}</style></head>
<body><a class="skip" href="#main">To the answer</a>${signs}
<main id="main">${answerSection(document, headline)}
<nav class="contents" aria-label="On this page"><a href="#scenarios">Scenarios</a><a href="#findings">Findings</a><a href="#unknown">Unknown</a><a href="#scope">Scope</a></nav>
<section id="scenarios"><h2>Scenario by scenario</h2><div class="split">${chooser(choices, first?.key)}<div id="pane" data-key="${first?.key ?? ''}">${chosen ?? ''}</div></div><p class="sr" role="status" id="said"></p></section>
${findingsSection(document, nameOf)}
${questionsSection(document)}
${scopeSection(document)}
</main>
${[...panes]
  .filter(([key]) => key !== first?.key)
  .map(
    ([key, pane]) => markup`<template data-key="${key}">${pane}</template>
`,
  )}<script>${new Markup(pageScript)}</script></body></html>
`.text;
}

function panesOf(
  document: AuditDocument,
  reader: PlaceReader,
  first: ScenarioRow | undefined,
  names: PaneNames,
): { panes: ReadonlyMap<string, Fragment>; choices: readonly Choice[] } {
  const panes = new Map<string, Fragment>();
  const choices: Choice[] = [];
  let room = paneRoom;
  // The first scenario has the first claim on the room.
  const ordered = document.scenarios.toSorted((a, b) => Number(b === first) - Number(a === first));
  for (const [index, scenario] of ordered.entries()) {
    const readings = reader.read(scenario);
    choices.push({ scenario, ...countHits(readings) });
    const share = index === 0 ? room / 2 : Math.min(room, (4 * room) / (ordered.length - index));
    const pane =
      scenario.changes.length === 0 && scenario.kind !== 'none'
        ? quietPane(scenario)
        : scenarioPane(scenario, readings, names, share);
    room -= pane.text.length;
    panes.set(scenario.key, pane);
  }
  return { panes, choices };
}

/** The hash by which the page's own script, and no other, may run. */
function scriptHash(): string {
  const bytes = Uint8Array.from(sha256(pageScript).slice('sha256:'.length).match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
