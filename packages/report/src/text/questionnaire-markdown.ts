import { bases } from '@holdfast/estate';
import {
  answerColumns,
  questionCells,
  saySettles,
  type AskedQuestion,
  type QuestionnaireDocument,
} from '@holdfast/audit';
import { md } from './markdown-text.ts';

/** A questionnaire to send: for each party its questions, each with lines to fill in. It reads back as answers. */
export function questionnaireMarkdown(document: QuestionnaireDocument): string {
  const { groups, estate, asked, open } = document;
  return [
    `# Questions about ${md(estate.sites.join(', '))}`,
    '',
    `Asked on ${asked}. ${open} verdicts are open: what a place does in an outage that nobody can tell yet. The first questions settle the most.`,
    '',
    `Please write behind *Answer* what is so, as *Allowed* says; leave empty what you do not know. *Basis* is how you know it: ${bases.join(', ')}. *Source* is the page, the export or the person. Where devices differ, copy the question and keep under *For* those that the answer is about.`,
    ...groups.flatMap(({ whom, as, questions }) => [
      '',
      `## ${md(whom)}${as === 'vendor' ? ' (vendor)' : ''}`,
      ...questions.flatMap((each, index) => block(each, index + 1)),
    ]),
    '',
  ].join('\n');
}

function block(question: AskedQuestion, number: number): readonly string[] {
  const cells = questionCells(question);
  const shown = [
    ['Where', cells.where],
    ['Settles', saySettles(question)],
    ['Allowed', cells.allowed],
    ['For', cells.devices],
  ] as const;
  return [
    '',
    `### ${number}. ${question.id}`,
    '',
    `**${md(question.question)}**${question.note === undefined ? '' : ` ${md(question.note)}`}`,
    '',
    ...shown.map(([head, text]) => `- ${head}: ${md(text)}`),
    ...answerColumns.flatMap((column) => ('isFilledIn' in column ? [`- ${column.head}:`] : [])),
  ];
}
