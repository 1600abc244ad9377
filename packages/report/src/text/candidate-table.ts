import { saySettles, type CandidateDocument } from '@holdfast/audit';
import { visibleText } from '../reading/visible-text.ts';
import type { TerminalOptions } from './audit-table.ts';
import { sayJudgement, sayNeed, sayOutcome, sayScenarios } from './candidate-lines.ts';
import { hang, wrap } from './columns.ts';
import { paintOf } from './paint.ts';

/** The judgement of a candidate for a terminal. */
export function candidateTable(document: CandidateDocument, { width, colour }: TerminalOptions): string {
  const paint = paintOf(colour);
  const tones = { fails: paint.bad, unknown: paint.doubt, holds: paint.good };
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', paint.strong(title), ...lines];
  return [
    ...wrap(visibleText(sayJudgement(document)), width).map(paint.strong),
    ...section(
      'What it needs',
      document.needs.flatMap((need) =>
        hang(need.by === 'nobody' || need.by === 'new' ? '! ' : '  ', visibleText(sayNeed(need)), width),
      ),
    ),
    ...section(
      'What it does here, and what is there today',
      document.checks.flatMap((check) => [
        ...hang(
          '  ',
          visibleText(
            `${check.capability}, for ${check.target}${check.declared === undefined ? '' : ` (${check.declared})`}: ${sayOutcome(check.withIt)}; today ${sayOutcome(check.today)}`,
          ),
          width,
        ).map(tones[check.withIt.verdict]),
        ...hang('      ', visibleText(sayScenarios(check)), width).map(paint.soft),
      ]),
    ),
    ...section(
      'Not public: ask before anything is signed',
      document.questions.flatMap(({ whom, questions }) => [
        `  ${visibleText(whom)}`,
        ...questions.flatMap((each) => [
          ...hang(`    ${each.id}  `, visibleText(each.question), width),
          ...hang(' '.repeat(16), visibleText(saySettles(each)), width).map(paint.soft),
        ]),
      ]),
    ),
  ].join('\n');
}
