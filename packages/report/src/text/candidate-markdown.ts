import { saySettles, type CandidateDocument } from '@holdfast/audit';
import { sayJudgement, sayNeed, sayOutcome, sayScenarios } from './candidate-lines.ts';
import { md, mdTable } from './markdown-text.ts';

/** The judgement of a candidate as Markdown. */
export function candidateMarkdown(document: CandidateDocument): string {
  const { profile, place, needs, checks, questions } = document;
  return [
    `# ${md(profile.name)} at ${md(place.name)}`,
    '',
    md(sayJudgement(document)),
    '',
    '## What it needs',
    '',
    ...needs.map(
      (need) =>
        `- ${need.by === 'nobody' || need.by === 'new' ? '**' : ''}${md(sayNeed(need))}${need.by === 'nobody' || need.by === 'new' ? '**' : ''}`,
    ),
    '',
    '## What it does here',
    '',
    ...mdTable(
      ['capability', 'for', 'without', 'with it', 'today'],
      checks.map((check) => [
        md(check.capability),
        `${check.target}${check.declared === undefined ? '' : ` (${md(check.declared)})`}`,
        md(sayScenarios(check)),
        sayOutcome(check.withIt),
        sayOutcome(check.today),
      ]),
    ),
    '',
    '## Not public: ask before anything is signed',
    ...questions.flatMap(({ whom, questions: asked }) => [
      '',
      `### ${md(whom)}`,
      '',
      ...asked.map((each) => `- ${each.id} ${md(each.question)} Settles: ${md(saySettles(each))}`),
    ]),
    ...(questions.length === 0 ? ['', 'Nothing.'] : []),
  ].join('\n');
}
