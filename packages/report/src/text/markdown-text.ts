import { visibleText } from '../reading/visible-text.ts';

/** Text that Markdown shows as it is, in a paragraph, a list or a cell of a table. */
export const md = (text: string): string =>
  visibleText(text)
    .replaceAll(/[\\`*_{}[\]<>|#~&]/gu, (each) => `\\${each}`)
    .replaceAll(/(^|\s)(\d+)([.)])(?=\s)/gu, '$1$2\\$3');

/** Text as code. */
export function mdCode(text: string): string {
  const safe = visibleText(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...safe.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${safe}${fence}` : `${fence} ${safe} ${fence}`;
}

/** A table; cells are Markdown already. */
export function mdTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
