import { saySettles, type QuestionnaireDocument } from '@holdfast/audit';
import { visibleText } from '../reading/visible-text.ts';
import type { TerminalOptions } from './audit-table.ts';
import { hang, wrap } from './columns.ts';
import { paintOf } from './paint.ts';

/** A questionnaire for a terminal. */
export function questionnaireTable(
  document: QuestionnaireDocument,
  { width, colour }: TerminalOptions,
): string {
  const paint = paintOf(colour);
  const count = document.groups.reduce((sum, { questions }) => sum + questions.length, 0);
  if (count === 0) return 'Nothing is asked: no verdict waits for a fact that somebody could say.';
  return [
    ...wrap(
      `${document.open} verdicts are open. ${count === 1 ? 'A question' : `${count} questions`}, the most telling first. What stays open whatever is answered, such as how soon a change arrives, is not counted as settled.`,
      width,
    ),
    ...document.groups.flatMap(({ whom, as, questions }) => [
      '',
      paint.strong(visibleText(`${whom}${as === 'site' ? '' : `, ${as}`}`)),
      ...questions.flatMap((each) => [
        ...hang(`  ${each.id}  `, visibleText(each.question), width),
        ...wrap(visibleText(`Allowed: ${each.allowed}`), width - 14).map(
          (line) => `${' '.repeat(14)}${line}`,
        ),
        ...wrap(visibleText(`Settles: ${saySettles(each)}`), width - 14).map((line) =>
          paint.soft(`${' '.repeat(14)}${line}`),
        ),
      ]),
    ]),
  ].join('\n');
}
