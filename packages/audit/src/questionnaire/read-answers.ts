import { bases, provenanceOf, range, type Edit, type Estate } from '@holdfast/estate';
import {
  canonicalJson,
  fail,
  nearestName,
  ok,
  problem,
  type Json,
  type Problem,
  type Result,
} from '@holdfast/kernel';
import type { AnswerColumn, AnswerRow } from './answer-row.ts';
import { expectationOf } from './expectation-of.ts';
import { sayAllowed, type Expectation } from './expectation.ts';
import { readAnswer, type Answered } from './read-answer.ts';
import { Askables, type Askable } from './askable.ts';
import type { QuestionGroup } from './questionnaire-document.ts';

/** What an answer changes: the edits of one row, and where they come from. */
export interface AcceptedAnswer {
  readonly id: string;
  readonly row: AnswerRow;
  readonly edits: readonly Edit[];
}

export interface AnswerContext {
  readonly estate: Estate;
  /** Whether the user's own files hold a profile, so that an answer may go into it. */
  readonly isOwn: (profile: string) => boolean;
  /** For answers without a date. */
  readonly today: string;
  readonly groups: readonly QuestionGroup[];
}

/**
 * Reads filled-in answers into edits. Unanswered questions stay unknown, and an answer that the estate has already is
 * no edit. Every bad answer is told at its cell: `question-unknown`, `answer-invalid`, `answer-conflict`.
 */
export function readAnswers(
  rows: readonly AnswerRow[],
  context: AnswerContext,
): Result<readonly AcceptedAnswer[], readonly Problem[]> {
  const all = new Askables(context.estate, context.groups);
  const said = new Map<string, { readonly value: string; readonly row: AnswerRow }>();
  const problems: Problem[] = [];
  const accepted: AcceptedAnswer[] = [];
  for (const row of rows) {
    const read = one(row, all, said, context);
    if (read.kind === 'error') problems.push(...read.error);
    else if (read.value) accepted.push(read.value);
  }
  return problems.length > 0 ? fail(problems) : ok(accepted);
}

const unanswered = new Set(['', '?', '-', 'unknown']);

function one(
  row: AnswerRow,
  all: Askables,
  said: Map<string, { readonly value: string; readonly row: AnswerRow }>,
  context: AnswerContext,
): Result<AcceptedAnswer | undefined, readonly Problem[]> {
  const id = row.cells.id ?? '';
  const text = row.cells.answer ?? '';
  if (id === '' && text === '') return ok(undefined);
  const question = all.get(id);
  if (!question) {
    const near = nearestName(id, all.ids());
    const hint = near ? `did you mean ${near}?` : 'take the id from the questionnaire';
    return fail([
      problem('question-unknown', `there is no question '${id}' of this estate`, { at: row.at('id'), hint }),
    ]);
  }
  if (unanswered.has(text.toLowerCase())) return ok(undefined);
  const { estate } = context;
  const expected = expectationOf(estate, question.fact);
  const value = readAnswer(text, expected, estate);
  const problems: Problem[] = [];
  const bad = (column: AnswerColumn, message: string, hint: string): void => {
    problems.push(problem('answer-invalid', `${id}: ${message}`, { at: row.at(column), hint }));
  };
  if (value.kind === 'error') bad('answer', value.error, sayAllowed(expected));
  const devices = devicesOf(row, question, bad);
  const origin = originOf(row, question, context, bad);
  if (value.kind === 'error' || problems.length > 0) return fail(problems);
  const spelt = canonicalJson(value.value);
  const differing = conflicts(row, question, devices, { spelt, value: value.value, expected }, said, estate);
  if (differing.length > 0) return fail(differing);
  const fact = { ...value.value, ...origin };
  const edits = editsOf(question, devices, expected, fact, context);
  return ok(edits.length === 0 ? undefined : { id, row, edits });
}

type Bad = (column: AnswerColumn, message: string, hint: string) => void;

/** The devices that a row speaks of: all that were asked for, or those that it names. */
function devicesOf({ cells }: AnswerRow, { devices }: Askable, bad: Bad): readonly string[] {
  const named = (cells.devices ?? '').split(/[,;\s]+/).filter((each) => each !== '');
  for (const each of named)
    if (!devices.includes(each))
      bad('devices', `'${each}' is none of those asked for`, `asked for ${devices.join(', ')}`);
  return named.length === 0 ? devices : named;
}

function originOf(
  row: AnswerRow,
  { as, whom }: Askable,
  { today }: AnswerContext,
  bad: Bad,
): Readonly<Record<string, string>> {
  const { id = '', basis = '', source = '', date = '', remark = '' } = row.cells;
  const word = basis.toLowerCase();
  if (word !== '' && !bases.some((each) => each === word)) {
    const near = nearestName(word, bases);
    bad('basis', `'${basis}' is no basis`, near ? `did you mean '${near}'?` : `one of ${bases.join(', ')}`);
  }
  const day = date === '' ? today : date;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
    bad('date', `'${date}' is not a date`, 'write the day as 2026-11-22');
  return {
    basis: word === '' ? (as === 'vendor' ? 'vendor' : 'declared') : word,
    source: source === '' ? `answer of ${whom} to ${id}` : source,
    asOf: day,
    ...(remark === '' ? {} : { note: remark }),
  };
}

interface Said {
  readonly spelt: string;
  readonly value: Answered;
  readonly expected: Expectation;
}

/** Two answers about one device must agree, and what the estate knows already is not overruled by an answer. */
function conflicts(
  row: AnswerRow,
  question: Askable,
  devices: readonly string[],
  { spelt, value }: Said,
  said: Map<string, { readonly value: string; readonly row: AnswerRow }>,
  estate: Estate,
): readonly Problem[] {
  const id = row.cells.id ?? '';
  return devices.flatMap((device) => {
    const key = `${id} ${device}`;
    const before = said.get(key);
    if (!before) said.set(key, { value: spelt, row });
    else if (before.value !== spelt) {
      const { file, line } = before.row.at('answer');
      return [
        problem('answer-conflict', `${id}: '${row.cells.answer}' contradicts the answer at ${file}:${line}`, {
          at: row.at('answer'),
          hint: 'keep one answer, or say under For which devices each is about',
        }),
      ];
    }
    const stated = question.stated(device);
    if (range(stated) === undefined || isSame(stated, value)) return [];
    const { basis, source } = provenanceOf(stated);
    return [
      problem(
        'answer-conflict',
        `${id}: '${row.cells.answer}' contradicts what the estate says of ${estate.nameOf(device)}: ${sayStated(stated)} (${[basis, source].filter((each) => each !== undefined).join(', ')})`,
        { at: row.at('answer'), hint: `\`holdfast estate edit set\` changes what is known` },
      ),
    ];
  });
}

const sayStated = (stated: unknown): string => [...new Set(range(stated))].map(String).join(' to ');

/** One id and a list of that one id say the same. */
function isSame(stated: unknown, value: Answered): boolean {
  const now = 'between' in value ? value.between : [value.value, value.value];
  const listed = (ends: readonly unknown[]): string => canonicalJson(ends.flat());
  return listed(range(stated) ?? []) === listed(now);
}

function editsOf(
  question: Askable,
  devices: readonly string[],
  expected: Expectation,
  fact: Readonly<Record<string, unknown>>,
  { isOwn }: AnswerContext,
): readonly Edit[] {
  const { kind, id, path } = question.fact;
  // An answer and where it comes from are plain JSON.
  const plain = (expected.isPlain ? fact['value'] : fact) as Json;
  const value = expected.member === undefined ? plain : { [expected.member]: plain };
  const open = devices.filter((each) => range(question.stated(each)) === undefined);
  if (kind !== 'profile') {
    const target = expected.member !== undefined && question.isObject ? [...path, expected.member] : path;
    return open.length === 0
      ? []
      : [{ kind: 'set', id, path: target, value: target === path ? value : plain }];
  }
  if (open.length === 0) return [];
  const isWhole = question.devices.every((each) => devices.includes(each));
  if (isOwn(id) && isWhole) return [{ kind: 'set', id, path, value }];
  return open.map((each): Edit => ({ kind: 'set', id: each, path, value }));
}
