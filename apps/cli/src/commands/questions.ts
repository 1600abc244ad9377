import { writeFile } from 'node:fs/promises';
import { questionnaire, type QuestionnaireDocument } from '@holdfast/audit';
import { Failure, nearestName } from '@holdfast/kernel';
import { questionnaireMarkdown, questionnaireTable } from '@holdfast/report';
import { openEstate } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { mayColour, print, talk, terminalWidth } from '../io/terminal.ts';
import { takeAnswers } from './answers.ts';
import { auditNow } from './audit-now.ts';
import { questionWorkbook } from './question-workbook.ts';

/** What `holdfast outage questions` is called with. */
export interface QuestionsCall {
  readonly format: string;
  readonly to?: string;
  readonly out?: string;
  readonly answers?: string;
}

const formats = ['table', 'markdown', 'xlsx', 'json'] as const;

/** Asks what nobody knows yet; or, with answers, writes them into the estate. */
export async function runQuestions(path: string, call: QuestionsCall): Promise<number> {
  if (call.answers !== undefined) return takeAnswers(path, call.answers);
  if (!formats.some((each) => each === call.format))
    throw usage(`there is no format '${call.format}'`, `one of ${formats.join(', ')}`);
  if (call.format === 'xlsx' && call.out === undefined)
    throw usage('a workbook needs a file to be written to', 'add --out questions.xlsx');
  const document = addressedTo(questionnaire(await auditNow(path, await openEstate(path))), call.to);
  const out = call.format === 'xlsx' ? await questionWorkbook(document) : textOf(document, call.format);
  if (call.out === undefined) print(String(out));
  else {
    await save(call.out, out);
    talk(`Wrote ${call.out}. Read it back with \`holdfast outage questions ${path} --answers ${call.out}\`.`);
  }
  return 0;
}

function textOf(document: QuestionnaireDocument, format: string): string {
  if (format === 'json') return JSON.stringify(document, undefined, 1);
  if (format === 'markdown') return questionnaireMarkdown(document);
  return questionnaireTable(document, { width: terminalWidth(), colour: mayColour() });
}

async function save(path: string, out: string | Uint8Array): Promise<void> {
  await writeFile(path, out).catch((error: unknown) => {
    throw new Failure(usage(`${path} cannot be written`, 'check the folder and its permissions').problems, {
      cause: error,
    });
  });
}

/** Only the questions to one party, by its id or name. */
function addressedTo(document: QuestionnaireDocument, to: string | undefined): QuestionnaireDocument {
  if (to === undefined) return document;
  const wanted = to.toLowerCase();
  const groups = document.groups.filter(({ whom, party }) => party === to || whom.toLowerCase() === wanted);
  if (groups.length > 0) return { ...document, groups };
  const names = document.groups.map(({ whom, party }) => party ?? whom);
  const near = nearestName(to, names);
  const all = names.length === 0 ? 'nothing is asked of anybody' : `questions go to ${names.join(', ')}`;
  throw usage(`nothing is asked of '${to}'`, near ? `did you mean '${near}'?` : all);
}
