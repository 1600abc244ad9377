import { answerColumns, type AnswerColumn } from './answer-row.ts';
import type { AskedQuestion, QuestionGroup } from './questionnaire-document.ts';

/** The parts of a question as text, by the columns of an answer sheet; those to be filled in are empty. */
export function questionCells(question: AskedQuestion): Readonly<Record<AnswerColumn, string>> {
  const { id, needed, allowed } = question;
  return {
    id,
    question: [question.question, ...(question.note === undefined ? [] : [`(${question.note})`])].join(' '),
    allowed,
    devices: needed.map((each) => each.id).join(', '),
    where: needed.map(({ name, at }) => (at === undefined ? name : `${name} (${at})`)).join('; '),
    settles: saySettles(question),
    answer: '',
    basis: '',
    source: '',
    date: '',
    remark: '',
  };
}

const placesShown = 4;

/** How much an answer settles, and where. */
export function saySettles({ settles, affects }: AskedQuestion): string {
  const [least, most] = settles.alone;
  const alone =
    most === 0
      ? 'nothing by itself'
      : least === most
        ? `${most} verdicts by itself`
        : `${least} to ${most} verdicts by itself`;
  const more = settles.waiting - most;
  const together =
    more <= 0 ? '' : `, ${more} more with ${settles.together.slice(0, placesShown).join(', ') || 'others'}`;
  const places = affects.slice(0, placesShown).map(({ place, capabilities }) => {
    const shown = capabilities.slice(0, 3).map((each) => each.toLowerCase());
    return `${place}: ${shown.join(', ')}${capabilities.length > 3 ? ', ...' : ''}`;
  });
  const rest = affects.length - placesShown;
  return [`${alone}${together}`, ...places, ...(rest > 0 ? [`and ${rest} more places`] : [])].join('; ');
}

/** The rows of a group's sheet: its heads, then a question a row. */
export function groupRows({ questions }: QuestionGroup): readonly (readonly string[])[] {
  return [
    answerColumns.map(({ head }) => head),
    ...questions.map((each) => {
      const cells = questionCells(each);
      return answerColumns.map(({ key }) => cells[key]);
    }),
  ];
}
