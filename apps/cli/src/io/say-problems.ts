import { formatPosition, type Problem } from '@holdfast/kernel';

const shown = 50;

/** Problems as text: where, what, and how to mend it. */
export function sayProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, shown).map(({ at, message, hint }) => {
    const where = at ? `${formatPosition(at)}: ` : '';
    return `${where}${message}${hint === undefined ? '' : `\n    ${hint}`}`;
  });
  const rest = problems.length - shown;
  const more = rest > 0 ? [`... and ${rest} more`] : [];
  const count = problems.length === 1 ? [] : [`${problems.length} problems.`];
  return [...lines, ...more, ...count].join('\n');
}
