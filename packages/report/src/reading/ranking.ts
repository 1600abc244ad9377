import type { AuditDocument, FindingRow, ScenarioRow, Severity } from '@holdfast/audit';

const weights: Readonly<Record<Severity, number>> = { critical: 1000, high: 100, medium: 10, low: 1 };
/** What is not known to hold weighs less than what is known to fail. */
const doubt = 0.3;

/** How much a finding weighs: its severity, for each place that it concerns. */
export const weightOf = ({ severity, verdict, places }: FindingRow): number =>
  weights[severity] * Math.max(1, places.length) * (verdict === 'unknown' ? doubt : 1);

/** How bad scenarios and sites are, by the findings about them. */
export interface Ranking {
  readonly scenario: (key: string) => number;
  readonly site: (id: string) => number;
  /** A scenario at one site. */
  readonly at: (scenario: string, site: string) => number;
}

/** Weighs all scenarios and sites of a document once. */
export function rank({ findings }: AuditDocument): Ranking {
  const sums = new Map<string, number>();
  const add = (key: string, weight: number): unknown => sums.set(key, (sums.get(key) ?? 0) + weight);
  for (const each of findings) {
    const weight = weightOf(each);
    add(`site ${each.site}`, weight);
    if (each.scenario === undefined) continue;
    add(`scenario ${each.scenario}`, weight);
    add(`at ${each.scenario} ${each.site}`, weight);
  }
  const sum = (key: string): number => sums.get(key) ?? 0;
  return {
    scenario: (key) => sum(`scenario ${key}`),
    site: (id) => sum(`site ${id}`),
    at: (scenario, site) => sum(`at ${scenario} ${site}`),
  };
}

/** Scenarios that people know by name come before single devices that weigh the same. */
const kindOrder = [
  'own',
  'internet',
  'cloud',
  'power',
  'line',
  'identity',
  'dns',
  'network',
  'server',
  'fire',
];

/** The worst scenarios first, whole or at one site. */
export function worstFirst(
  scenarios: readonly ScenarioRow[],
  weigh: (scenario: ScenarioRow) => number,
): readonly ScenarioRow[] {
  const order = new Map(scenarios.map((each) => [each, weigh(each)]));
  return scenarios.toSorted(
    (a, b) =>
      (order.get(b) ?? 0) - (order.get(a) ?? 0) || kindRank(a) - kindRank(b) || (a.key < b.key ? -1 : 1),
  );
}

function kindRank({ kind }: ScenarioRow): number {
  const found = kindOrder.indexOf(kind);
  return found < 0 ? kindOrder.length : found;
}
