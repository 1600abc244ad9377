import type { FindingRow, ScenarioRow } from '@holdfast/audit';
import { messageParts } from './message-parts.ts';

/** Findings that say the same: of several scenarios that do one thing, or of several things of one kind. */
export interface AlikeFindings {
  readonly first: FindingRow;
  readonly all: readonly FindingRow[];
}

/** Fewer than this many things alike are told each by itself. */
const fewThings = 4;

/** The findings of a kind, those that are alike as one, in the order of the first of each. */
export function foldFindings(
  members: readonly FindingRow[],
  scenarios: ReadonlyMap<string, ScenarioRow>,
  nameOf: (id: string) => string,
): readonly AlikeFindings[] {
  const groups = Map.groupBy(members, (each) => likeness(each, scenarios.get(each.scenario ?? ''), nameOf));
  return [...groups.values()].flatMap((all) => {
    const [first] = all as [FindingRow];
    return first.scenario === undefined && all.length < fewThings
      ? all.map((each) => ({ first: each, all: [each] }))
      : [{ first, all }];
  });
}

/** What findings alike have in common: all that they say but for the scenario, or but for the thing that they are about. */
function likeness(
  each: FindingRow,
  scenario: ScenarioRow | undefined,
  nameOf: (id: string) => string,
): string {
  const common = [each.id, each.severity, each.verdict, each.site, each.remedy];
  if (scenario) return JSON.stringify([...common, messageParts(each, scenario).lines]);
  const ids = [each.subject, ...each.subject.split('+'), ...each.places];
  const text = ids.reduce((message, id) => message.replaceAll(nameOf(id), ' '), each.message);
  return JSON.stringify([...common, text.replaceAll(/\d+/gu, ' ')]);
}
