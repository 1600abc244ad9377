import { fold } from './fold.ts';
import type { TrialDocument } from './trial-document.ts';
import { trialTable } from './trial-text.ts';

const gap = '  ';

/** The table of a trial in plain lines of at most `width` columns, where it can: too many scenarios go on in a table below. */
export function trialLines(trial: TrialDocument, width = Infinity): readonly string[] {
  const { head, rows, notes } = trialTable(trial);
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const tables = partition(widths, width).map((columns) =>
    all.map((row) =>
      columns
        .map((column) => (row[column] ?? '').padEnd(widths[column] ?? 0))
        .join(gap)
        .trimEnd(),
    ),
  );
  return [
    ...tables.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    ...(notes.length === 0 ? [] : ['']),
    ...notes.flatMap(({ letter, fact, text }) =>
      fold(`[${letter}] ${fact}${text === '' ? '' : `: ${text}`}`, width, 4),
    ),
  ];
}

/** The first column with as many of the others as fit, then with the next. */
function partition(widths: readonly number[], width: number): readonly (readonly number[])[] {
  const tables: number[][] = [[0]];
  let used = widths[0] ?? 0;
  for (let column = 1; column < widths.length; column += 1) {
    const own = gap.length + (widths[column] ?? 0);
    const last = tables.at(-1) ?? [];
    if (used + own > width && last.length > 1) {
      tables.push([0, column]);
      used = (widths[0] ?? 0) + own;
    } else {
      last.push(column);
      used += own;
    }
  }
  return tables;
}

/** A line about who manages a product, and how much of it is known. */
export function sayManaged({ managed, without, knowledge }: TrialDocument): string {
  if (managed === 'nobody') return `${without.says}; ${sayKnowledge(knowledge)}`;
  const from = {
    cloud: 'managed from a cloud',
    site: 'managed on the site',
    through: `managed through its ${without.role ?? 'controller'}`,
  }[managed];
  return `${from}; without its ${without.role ?? 'host'}: ${without.says}; ${sayKnowledge(knowledge)}`;
}

/** `12 of 19 facts known, 9 with a source`. */
export const sayKnowledge = ({ facts, known, sourced }: TrialDocument['knowledge']): string =>
  `${known} of ${facts} facts known, ${sourced} with a source`;
