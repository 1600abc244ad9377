export { audit, type Audit, type AuditOptions } from './audit.ts';
export {
  auditDocument,
  spellSpan,
  type AuditDocument,
  type ChangeRow,
  type FindingRow,
  type PlaceRow,
  type QuestionRow,
  type ScenarioRow,
  type StepRow,
  type UsualRow,
} from './document.ts';
export { compareFindings, type Comparison, type Known } from './compare.ts';
export { severities, type Evidence, type Finding, type Severity } from './finding.ts';
export { findingKinds, type Controls, type FindingId, type FindingKind } from './finding-kinds.ts';
export { bySeverity, classOf } from './severity.ts';
