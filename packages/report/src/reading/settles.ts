import type { QuestionRow } from '@holdfast/audit';

/** How many unknown verdicts an answer settles: at least and at most. */
export const settles = ({ settlesAtLeast, settlesAtMost }: QuestionRow): string =>
  settlesAtLeast === settlesAtMost ? `${settlesAtMost}` : `${settlesAtLeast} to ${settlesAtMost}`;
