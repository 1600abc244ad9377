import type { FindingRow } from './audit-document.ts';
import type { Finding } from './finding.ts';
import { findingKinds } from './finding-kinds.ts';

/** A finding as plain data, with what its kind says; its evidence comes from who has the timelines, where it is read. */
export function findingRow(finding: Finding, readEvidence: () => FindingRow['evidence']): FindingRow {
  const { evidence: _kept, ...rest } = finding;
  const { title, acceptable, controls } = findingKinds[finding.id];
  return {
    ...rest,
    title,
    acceptable,
    controls,
    get evidence() {
      return readEvidence();
    },
  };
}
