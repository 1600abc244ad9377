import type { TrialDocument } from '@holdfast/audit';

/** A profile in one line. */
export interface ListedProfile {
  readonly id: string;
  readonly name: string;
  readonly class: string;
  readonly vendor?: string;
  readonly managed: TrialDocument['managed'];
  readonly manager?: string;
  readonly without: string;
  readonly facts: number;
  readonly known: number;
  readonly sourced: number;
}

const head = [
  'product',
  'class',
  'vendor',
  'managed',
  'without its host or cloud',
  'known',
  'profile',
] as const;

const cells = (row: ListedProfile): readonly string[] => [
  row.name,
  row.class,
  row.vendor ?? '',
  row.managed === 'through'
    ? `by its ${row.manager ?? 'controller'}`
    : row.managed === 'nobody'
      ? ''
      : row.managed,
  row.without,
  row.facts === 0 ? '' : `${Math.round((100 * row.known) / row.facts)}%`,
  row.id,
];

/** The profiles in columns. */
export function listAsTable(rows: readonly ListedProfile[]): string {
  const all = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The profiles as a Markdown table. */
export function listAsMarkdown(rows: readonly ListedProfile[]): string {
  const line = (row: readonly string[]): string =>
    `| ${row.map((each) => each.replaceAll(/[\\|*_<>[\]]/g, String.raw`\$&`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('\n');
}
