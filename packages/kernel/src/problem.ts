import { comparePositions, type Position } from './position.ts';

/**
 * Every expected error of the product, in one catalogue.
 * The value says what the code means; `docs/errors.md` explains each and is checked against this table.
 */
export const problemCodes = {
  'file-missing': 'a file or folder does not exist',
  'file-unreadable': 'a file cannot be read, or its bytes are not UTF-8',
  'browser-missing': 'no browser could be started to print a PDF',
  'file-too-large': 'a file is larger than the limit',
  'estate-empty': 'a folder holds no estate',
  'yaml-syntax': 'a file is not valid YAML',
  'yaml-limit': 'a file nests too deeply, or repeats aliases beyond the limit',
  'json-syntax': 'a line is not valid JSON',
  'version-unsupported': 'the file is of another version of the language',
  'key-unknown': 'a key that the language does not have here',
  'key-missing': 'a required key is missing',
  'key-duplicate': 'a key stands twice',
  'type-mismatch': 'a value is of another type than expected',
  'value-invalid': 'a value is not one of those allowed',
  'duration-invalid': 'a duration cannot be read',
  'id-invalid': 'an id has characters that ids do not have',
  'id-duplicate': 'two entities have the same id',
  'reference-unknown': 'a reference to an entity that does not exist',
  'reference-kind': 'a reference to an entity of another kind than expected',
  'cycle-power': 'power supplies feed each other in a circle',
  'cycle-place': 'places lie inside each other in a circle',
  'cycle-service': 'a service runs on itself',
  'cycle-gate': 'a gate of a fault tree is needed for itself',
  'gate-not-monotone': 'a gate of a fault tree can turn off when more fails',
  'element-unread': 'an element of a file is not read, and may change the answer',
  'profile-invalid': 'a profile contradicts itself',
  'selector-unmatched': 'a selector matches nothing',
  'question-unknown': 'an answer to a question that this estate does not ask',
  'answer-invalid': 'an answer that does not fit its question',
  'answer-conflict': 'two answers to one question, or an answer and the estate, differ',
  'edit-refused': 'an edit would leave the estate broken',
  'xml-syntax': 'a file is not valid XML, or was cut off',
  'format-mismatch': 'a file is not in the format that it was given as',
  'import-partial': 'a part of an imported file could not be taken over',
  'not-answered': 'a question is beyond what the engine answers exactly',
  'policy-denied': 'a permission that the zone policy of an estate forbids',
  'rule-inexpressible': 'a permission that a rule format cannot say exactly',
  usage: 'the command was called wrongly',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** An expected error: what failed, how to mend it, and where. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Position;
}

/** Builds a problem, leaving out what is not known. */
export function problem(
  code: ProblemCode,
  message: string,
  more: { hint?: string | undefined; at?: Position | undefined } = {},
): Problem {
  return {
    code,
    message,
    ...(more.hint === undefined ? {} : { hint: more.hint }),
    ...(more.at === undefined ? {} : { at: more.at }),
  };
}

/** Orders problems by where they stand, then by their message; those without a position come first. */
export function compareProblems(a: Problem, b: Problem): number {
  if (a.at && b.at) return comparePositions(a.at, b.at) || compareTexts(a.message, b.message);
  return a.at ? 1 : b.at ? -1 : compareTexts(a.message, b.message);
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
