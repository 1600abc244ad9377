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

/** What a narrow terminal does without, first what the others tell too. */
const spared = ['class', 'vendor', 'managed', 'product'] as const;

/** The profiles in columns, as many as fit. */
export function listAsTable(rows: readonly ListedProfile[], width: number): string {
  const all = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const shown = columnsIn(width, widths);
  return all
    .map((row) =>
      shown
        .map((column) => (row[column] ?? '').padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function columnsIn(width: number, widths: readonly number[]): readonly number[] {
  const out = new Set<string>();
  const shown = (): readonly number[] => [...head.keys()].filter((column) => !out.has(head[column] ?? ''));
  const isTooWide = (): boolean =>
    shown().reduce((sum, column) => sum + (widths[column] ?? 0) + 2, -2) > width;
  for (const name of spared) if (isTooWide()) out.add(name);
  // Where a wide one had to go, a narrow one may have its room.
  for (const name of spared.toReversed()) {
    const had = out.delete(name);
    if (had && isTooWide()) out.add(name);
  }
  return shown();
}

/** The profiles as a Markdown table. */
export function listAsMarkdown(rows: readonly ListedProfile[]): string {
  const line = (row: readonly string[]): string =>
    `| ${row.map((each) => each.replaceAll(/[\\|*_<>[\]]/g, String.raw`\$&`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(cells(row)))].join('\n');
}
