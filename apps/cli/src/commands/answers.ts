import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  markdownAnswers,
  questionnaire,
  readAnswers,
  sheetAnswers,
  type AcceptedAnswer,
  type AnswerRow,
  type Audit,
} from '@holdfast/audit';
import { decodeText, editEstate, loadEstate, type Estate, type SourceFile } from '@holdfast/estate';
import { cellPosition, readSheets } from '@holdfast/importers';
import { Failure, problem, type Problem } from '@holdfast/kernel';
import { phrases } from '@holdfast/outage';
import { finishEdit, writeEdit } from '../io/edit-journal.ts';
import { whileLocked } from '../io/edit-lock.ts';
import { readEstateFiles, readLibrary } from '../io/read-estate.ts';
import { today } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';
import { auditNow } from './audit-now.ts';

/** Writes the answers of a filled questionnaire into the estate, all or none, and says what they settled. */
export async function takeAnswers(path: string, file: string): Promise<number> {
  const rows = await answerRows(file);
  return whileLocked(path, async () => {
    if (await finishEdit(path)) talk('Completed an earlier edit that had been cut off.');
    const [files, library] = await Promise.all([readEstateFiles(path), readLibrary()]);
    const estate = loaded(files, library);
    const before = await auditNow(path, estate);
    const own = new Set(files.map(({ name }) => name));
    const read = readAnswers(rows, {
      estate,
      isOwn: (profile) => own.has(estate.at('profile', profile)?.file ?? ''),
      today: today(),
      groups: questionnaire(before).groups,
    });
    if (read.kind === 'error') throw new Failure(read.error);
    const edits = read.value.flatMap((each) => each.edits);
    const edited = editEstate(files, edits, library);
    if (edited.kind === 'error') throw new Failure(atTheirRows(read.value, files, library, edited.error));
    if (edited.value.length === 0) {
      print('No answer says anything new: the estate is as it was.');
      return 0;
    }
    const changed = new Map(edited.value.map((each) => [each.name, each]));
    const after = await auditNow(
      path,
      loaded(
        files.map((each) => changed.get(each.name) ?? each),
        library,
      ),
    );
    await writeEdit(
      path,
      edited.value.map(({ name, text }) => ({ path: resolve(name), text })),
    );
    for (const { name } of edited.value) print(`Changed ${name}`);
    print(whatChanged(read.value.length, before, after));
    return 0;
  });
}

async function answerRows(file: string): Promise<readonly AnswerRow[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Failure(
      [problem('file-missing', `${file} cannot be read`, { hint: 'give the filled questionnaire' })],
      {
        cause: error,
      },
    );
  });
  const rows = /\.(?:md|markdown|txt)$/i.test(file)
    ? fromMarkdown(file, bytes)
    : await fromSheets(file, bytes);
  if (rows.length > 0) return rows;
  throw new Failure([
    problem('estate-empty', `${file} holds no answers`, {
      hint: 'it must be what `holdfast outage questions --out FILE` wrote, filled in',
      at: { file, line: 1, column: 1 },
    }),
  ]);
}

function fromMarkdown(file: string, bytes: Uint8Array): readonly AnswerRow[] {
  const text = decodeText(file, bytes);
  if (text.kind === 'error') throw new Failure([text.error]);
  return markdownAnswers(file, text.value.text);
}

async function fromSheets(file: string, bytes: Uint8Array): Promise<readonly AnswerRow[]> {
  const sheets = await readSheets({ name: file, bytes });
  if (sheets.kind === 'error') throw new Failure(sheets.error);
  return sheets.value.flatMap((sheet) =>
    sheetAnswers({ rows: sheet.rows, at: (line, column) => cellPosition(sheet, line, column) }),
  );
}

function loaded(files: readonly SourceFile[], library: readonly SourceFile[]): Estate {
  const estate = loadEstate(files, library);
  if (estate.kind === 'error') throw new Failure(estate.error);
  return estate.value;
}

/** What the editor refuses, told at the answer that asks for it; as the editor tells it where no answer alone is refused. */
function atTheirRows(
  answers: readonly AcceptedAnswer[],
  files: readonly SourceFile[],
  library: readonly SourceFile[],
  together: readonly Problem[],
): readonly Problem[] {
  const alone = answers.flatMap(({ id, row, edits }) => {
    const edited = editEstate(files, edits, library);
    if (edited.kind === 'ok') return [];
    const told = edited.error.find(({ code }) => code !== 'edit-refused') ?? edited.error[0];
    return [
      problem('answer-invalid', `${id}: ${told?.message ?? 'the estate cannot take it'}`, {
        at: row.at('answer'),
        hint: told?.hint,
      }),
    ];
  });
  return alone.length > 0 ? alone : together;
}

const shown = 12;

/** Which verdicts were open and are not any more. */
function whatChanged(answers: number, before: Audit, after: Audit): string {
  const was = openOf(before);
  const is = openOf(after);
  const settled = [...was].flatMap(([key, each]) => (is.has(key) ? [] : [each]));
  const opened = [...is].flatMap(([key, each]) => (was.has(key) ? [] : [each]));
  const groups = Map.groupBy(settled, ({ what }) => what);
  const lines = [...groups]
    .map(([what, each]) => [what, countOf(each)] as const)
    .toSorted(([, a], [, b]) => b - a)
    .map(([what, count]) => `  ${what}: ${count} ${count === 1 ? 'scenario' : 'scenarios'}`);
  const more = lines.length - shown;
  return [
    `${answers} ${answers === 1 ? 'answer' : 'answers'} settled ${countOf(settled)} of ${countOf(was.values())} open verdicts${opened.length === 0 ? '' : ` and opened ${countOf(opened)}`}.`,
    ...lines.slice(0, shown),
    ...(more > 0 ? [`  and ${more} more`] : []),
    after.questions.length === 0
      ? 'Nothing more is asked.'
      : `Still asked: ${after.questions.length} ${after.questions.length === 1 ? 'question' : 'questions'}.`,
  ].join('\n');
}

/** A verdict that nobody can tell, in words, and in how many scenarios it stands so. */
interface OpenVerdictWords {
  readonly what: string;
  readonly count: number;
}

const countOf = (open: Iterable<OpenVerdictWords>): number =>
  [...open].reduce((sum, { count }) => sum + count, 0);

/** The verdicts that nobody can tell, counted as the questionnaire counts them. */
function openOf({ open, model }: Audit): ReadonlyMap<string, OpenVerdictWords> {
  return new Map(
    open.map(({ scenario, capability, count }) => [
      `${scenario.key} ${scenario.horizon} ${capability.id}`,
      {
        what: `${model.estate.nameOf(capability.place)}, ${phrases[capability.name].title.toLowerCase()}`,
        count,
      },
    ]),
  );
}
