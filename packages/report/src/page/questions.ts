import type { AuditDocument, QuestionRow } from '@holdfast/audit';
import { formatPosition } from '@holdfast/kernel';
import { count } from '../reading/names.ts';
import { settles } from '../reading/settles.ts';
import { sayTried } from '../reading/tried.ts';
import { markup, name, when, type Markup } from './markup.ts';

const shownAtOnce = 40;
const shownAtAll = 1000;

/** What nobody has said yet, whom to ask, and how much each answer settles. */
export function questionsSection({ questions, tried }: AuditDocument): Markup {
  return markup`<section id="unknown"><h2>What is unknown, and whom to ask</h2>
${
  questions.length === 0
    ? markup`<p class="lead">No verdict hangs on a fact that is missing.</p>`
    : markup`<p class="lead">${count(questions.length, 'fact')} that nobody has written down. The first settle the most; each belongs into the estate with its basis and its source.${when(tried !== undefined, () => markup` ${sayTried(tried ?? 0)}`)}</p>
${table(questions.slice(0, shownAtOnce))}
${when(questions.length > shownAtOnce, () => markup`<details><summary>${count(Math.min(questions.length, shownAtAll) - shownAtOnce, 'more question')}</summary>${table(questions.slice(shownAtOnce, shownAtAll))}</details>`)}
${when(questions.length > shownAtAll, () => markup`<p class="note">and ${questions.length - shownAtAll} in <code>holdfast audit --format json</code>.</p>`)}`
}
</section>`;
}

function table(questions: readonly QuestionRow[]): Markup {
  return markup`<table class="questions"><thead><tr><th scope="col">Ask</th><th scope="col">For</th><th scope="col" class="num">Verdicts it settles</th><th scope="col">Unknown at</th></tr></thead><tbody>
${questions.map(
  (
    each,
  ) => markup`<tr><td>${each.whom === undefined ? markup`<span class="nobody">whoever installed it</span>` : name(each.whom)}</td><th scope="row">${name(each.what)}${when(each.note, () => markup`<span class="about-fact">${each.note}</span>`)}</th><td class="num" data-label="Verdicts it settles:">${settles(each)}</td><td class="at"><code>${each.at ? formatPosition(each.at) : each.subject}</code></td></tr>
`,
)}</tbody></table>`;
}
