import type { AuditDocument, FindingRow } from '@holdfast/audit';
import { weightOf } from './ranking.ts';

/** One thing to do, and what it mends. */
export interface Remedy {
  readonly id: string;
  readonly title: string;
  readonly remedy: string;
  readonly acceptable: boolean;
  readonly findings: number;
  readonly critical: number;
  readonly scenarios: number;
  /** Where, the sites with the most findings first. */
  readonly sites: readonly { readonly site: string; readonly findings: number }[];
}

/** What to do, the most useful first: what cannot be accepted, then what takes away the most weight. What is only unknown is left to the questions. */
export function remediesOf({ findings }: Pick<AuditDocument, 'findings'>): readonly Remedy[] {
  const failing = findings.filter(({ verdict }) => verdict === 'fails');
  return [...Map.groupBy(failing, ({ id }) => id).values()]
    .map((members) => ({
      remedy: remedyOf(members),
      weight: members.reduce((sum, each) => sum + weightOf(each), 0),
    }))
    .toSorted((a, b) => Number(a.remedy.acceptable) - Number(b.remedy.acceptable) || b.weight - a.weight)
    .map(({ remedy }) => remedy);
}

function remedyOf(members: readonly FindingRow[]): Remedy {
  const [first] = members as [FindingRow];
  return {
    id: first.id,
    title: first.title,
    remedy: mostFrequent(members.map(({ remedy }) => remedy)),
    acceptable: first.acceptable,
    findings: members.length,
    critical: members.filter(({ severity }) => severity === 'critical').length,
    scenarios: new Set(members.flatMap(({ scenario }) => scenario ?? [])).size,
    sites: [...Map.groupBy(members, ({ site }) => site)]
      .map(([site, own]) => ({ site, findings: own.length }))
      .toSorted((a, b) => b.findings - a.findings || (a.site < b.site ? -1 : 1)),
  };
}

function mostFrequent(texts: readonly string[]): string {
  const groups = [...Map.groupBy(texts, (text) => text)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? '';
}
