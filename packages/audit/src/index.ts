export { audit, type Audit, type AuditOptions } from './audit.ts';
export type {
  AuditDocument,
  CallRow,
  ChangeRow,
  FindingRow,
  InputRow,
  PlaceRow,
  QuestionRow,
  ScenarioRow,
  StepRow,
  UsualRow,
} from './audit-document.ts';
export { auditDocument, spellSpan } from './document.ts';
export { compareFindings, type Comparison, type Known } from './compare.ts';
export { severities, type Evidence, type Finding, type Severity } from './finding.ts';
export { findingKinds, type Controls, type FindingId, type FindingKind } from './finding-kinds.ts';
export { bySeverity, classOf } from './severity.ts';
