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
export { segmentationCheck, type SegmentationCheckDocument } from './segmentation/check-document.ts';
export { permitsOf } from './permits-of.ts';
export { auditDocument, spellSpan } from './document.ts';
export { compareFindings, type Comparison, type Known } from './compare.ts';
export { severities, type Evidence, type Finding, type Severity } from './finding.ts';
export type { Controls, FindingKind } from './finding-kind.ts';
export { findingKinds, type FindingId } from './finding-kinds.ts';
export { ScenarioRows } from './scenario-row.ts';
export { bySeverity, classOf } from './severity.ts';
export type { TrialDocument } from './trial/trial-document.ts';
export { fold } from './trial/fold.ts';
export { sayKnowledge, sayManaged, trialLines } from './trial/trial-lines.ts';
export { trialTable } from './trial/trial-text.ts';
export { trial } from './trial/trial.ts';
export { answerColumns, type AnswerRow } from './questionnaire/answer-row.ts';
export { markdownAnswers } from './questionnaire/markdown-answers.ts';
export type {
  AskedQuestion,
  QuestionGroup,
  QuestionnaireDocument,
} from './questionnaire/questionnaire-document.ts';
export { questionnaire } from './questionnaire/questionnaire.ts';
export { groupRows, questionCells, saySettles } from './questionnaire/questionnaire-rows.ts';
export { readAnswers, type AcceptedAnswer } from './questionnaire/read-answers.ts';
export { sheetAnswers } from './questionnaire/sheet-answers.ts';
export type { CandidateCheck, CandidateDocument, Outcome } from './candidate/candidate-document.ts';
export { candidate } from './candidate/candidate.ts';
