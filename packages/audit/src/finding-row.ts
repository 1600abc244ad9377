import type { FindingRow } from './audit-document.ts';
import type { Finding } from './finding.ts';
import { findingKinds } from './finding-kinds.ts';

/** A finding as plain data, with what its kind says; its evidence comes from who has the timelines. */
export function findingRow(finding: Finding, evidence: FindingRow['evidence']): FindingRow {
  const { title, acceptable, controls } = findingKinds[finding.id];
  return { ...finding, title, acceptable, controls, evidence };
}
