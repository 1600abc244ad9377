import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import { countHits } from '../reading/count-hits.ts';
import type { PlaceReader } from '../reading/place-reading.ts';
import { worstFirst, type Ranking } from '../reading/ranking.ts';
import type { Choice } from './chooser.ts';
import type { Markup } from './markup.ts';
import { scenarioPane, type PaneNames } from './scenario-pane.ts';

/** All panes together have room for this many characters; those past it are told in short. */
const paneRoom = 4_000_000;
/** Of each site so many scenarios are told in full, the worst; over all sites not more than the second. */
const perSite = 40;
const inAll = 80;

/** The scenarios of a page: those that it tells in full, those that it only counts, and those that change nothing. */
export interface Panes {
  readonly panes: ReadonlyMap<string, Markup>;
  readonly choices: readonly Choice[];
  readonly brief: readonly Choice[];
  readonly quiet: readonly ScenarioRow[];
}

/** Draws the scenarios of a document, the one that the page opens with first. */
export function panesOf(
  document: AuditDocument,
  reader: PlaceReader,
  ranking: Ranking,
  first: ScenarioRow | undefined,
  names: PaneNames,
): Panes {
  const quiet = document.scenarios.filter(
    (each) => each.changes.length === 0 && each.kind !== 'none' && each !== first,
  );
  const loud = worstFirst(
    document.scenarios.filter((each) => !quiet.includes(each)),
    ({ key }) => ranking.scenario(key),
  );
  const chosen = chooseFull(document, loud, ranking, first);
  const panes = new Map<string, Markup>();
  const choices: Choice[] = [];
  let room = paneRoom;
  const ordered = loud
    .filter((each) => chosen.has(each))
    .toSorted((a, b) => Number(b === first) - Number(a === first));
  for (const [index, scenario] of ordered.entries()) {
    const readings = reader.read(scenario);
    choices.push({ scenario, ...countHits(readings) });
    // The first scenario has the first claim on the room.
    const share = index === 0 ? room / 2 : Math.min(room, (4 * room) / (ordered.length - index));
    const pane = scenarioPane(scenario, readings, names, share);
    room -= pane.text.length;
    panes.set(scenario.key, pane);
  }
  const brief = loud
    .filter((each) => !chosen.has(each))
    .map((scenario) => ({ scenario, ...countHits(reader.readTouched(scenario)) }));
  return { panes, choices: choices.toSorted((a, b) => b.hit - a.hit), brief, quiet };
}

/** The worst of each site, those of the user's own, the one without a fault, and the one that the page opens with. */
function chooseFull(
  { estate: { sites } }: AuditDocument,
  loud: readonly ScenarioRow[],
  ranking: Ranking,
  first: ScenarioRow | undefined,
): ReadonlySet<ScenarioRow> {
  const always = loud
    .filter((each) => each === first || each.kind === 'none' || each.kind === 'own')
    .slice(0, inAll);
  const chosen = new Set(always);
  if (sites.length === 1) return new Set([...chosen, ...loud.slice(0, inAll)]);
  const each = Math.max(1, Math.min(perSite, Math.ceil(inAll / sites.length)));
  for (const { id } of sites.toSorted((a, b) => ranking.site(b.id) - ranking.site(a.id))) {
    const worst = worstFirst(
      loud.filter(({ key }) => ranking.at(key, id) > 0),
      ({ key }) => ranking.at(key, id),
    );
    for (const scenario of worst.slice(0, each)) if (chosen.size < inAll) chosen.add(scenario);
  }
  for (const scenario of loud) if (chosen.size < inAll) chosen.add(scenario);
  return chosen;
}
