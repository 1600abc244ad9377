import { formatPosition, type Json, type Position } from '@holdfast/kernel';
import { plain } from '../reconcile/at-path.ts';
import type {
  ChangedEntry,
  Entry,
  GoneEntry,
  MatchConflict,
  NewEntry,
  Review,
  ValueConflict,
} from './review.ts';

/** A value on one line. */
function valueText(value: Json | undefined): string {
  const bare = plain(value);
  if (bare === undefined) return 'nothing';
  const text =
    typeof bare === 'string'
      ? bare
      : Array.isArray(bare)
        ? bare.map((each: Json) => valueText(each)).join(', ')
        : JSON.stringify(bare);
  const clean = text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ');
  return clean.length > 100 ? `${clean.slice(0, 97)}...` : clean;
}

const titles = {
  new: 'New',
  changed: 'Changed',
  gone: 'Not seen any more',
  conflict: 'In conflict',
} as const;

/** A review for a terminal: what there is to decide, by kind, each with its key. */
export function reviewText(review: Review): string {
  const sections = (['new', 'changed', 'gone', 'conflict'] as const).flatMap((kind) => {
    const entries = review.entries.filter((each) => each.kind === kind);
    return entries.length === 0 ? [] : [`${titles[kind]} (${entries.length})`, ...entries.flatMap(lines), ''];
  });
  return [...sections, ...problemLines(review), summary(review)].join('\n');
}

/** One line on what a review holds. */
export function summary({ entries, same, problems }: Review): string {
  const count = (kind: Entry['kind']): number => entries.filter((each) => each.kind === kind).length;
  const wrong =
    problems.length === 0
      ? ''
      : ` ${problems.length} ${problems.length === 1 ? 'value was' : 'values were'} not taken over.`;
  return `${count('new')} new, ${count('changed')} changed, ${count('gone')} gone, ${count('conflict')} in conflict, ${same} as declared.${wrong}`;
}

function lines(entry: Entry): readonly string[] {
  switch (entry.kind) {
    case 'new':
      return newLines(entry);
    case 'changed':
      return [`  ${entry.key}`, `      ${changeText(entry)}`];
    case 'gone':
      return [`  ${entry.key}`, `      ${goneText(entry)}`];
    case 'conflict':
      return entry.about === 'match' ? matchLines(entry) : conflictLines(entry);
    default:
      return entry satisfies never;
  }
}

const newLines = (entry: NewEntry): readonly string[] => [
  `  ${entry.key}  ${entry.entity}, seen at ${entry.seen.slice(0, 3).map(formatPosition).join(', ')}`,
  ...(entry.missing.length > 0 ? [`      missing: ${entry.missing.join(', ')}`] : []),
  ...entry.notes.map((note) => `      ${note}`),
];

const changeText = ({ declared, seen, by }: ChangedEntry): string =>
  `${valueText(declared?.value)}${declared?.at ? ` (${formatPosition(declared.at)})` : ''} -> ${valueText(seen.value)} (${formatPosition(seen.at)}); the same by its ${by}`;

const goneText = ({ at, sources, entity }: GoneEntry): string =>
  `the ${entity}${at ? ` at ${formatPosition(at)}` : ''} is not in ${sources.join(', ')}`;

const matchLines = ({ key, candidates, seen }: MatchConflict): readonly string[] => [
  `  ${key}`,
  `      what is seen at ${formatPosition(seen)} may be several things:`,
  ...candidates.map(({ id, by }) => `      ${key}=${id}   by its ${by}`),
  `      ${key}=new   none of these`,
];

const conflictLines = ({ key, declared, choices }: ValueConflict): readonly string[] => [
  `  ${key}`,
  ...choices.map(
    ({ value, at }, index) => `      ${key}=${index + 1}   ${valueText(value)} (${formatPosition(at)})`,
  ),
  `      ${key}=keep   ${valueText(declared?.value)}${declared?.at ? ` (${formatPosition(declared.at)})` : ''}`,
];

const problemLines = ({ problems }: Review): readonly string[] => {
  if (problems.length === 0) return [];
  const alike = grouped(problems);
  const shown = alike
    .slice(0, 50)
    .flatMap((group) => [
      `  ${groupText(group)}`,
      ...(group.hint === undefined ? [] : [`      ${group.hint}`]),
    ]);
  const rest = alike.slice(50).reduce((sum, { at }) => sum + at.length, 0);
  return [
    `Not taken over (${problems.length})`,
    ...shown,
    ...(rest > 0 ? [`  ... and ${rest} more`] : []),
    '',
  ];
};

/** A problem with every place that has it. */
interface Alike {
  readonly message: string;
  readonly hint: string | undefined;
  readonly at: (Position | undefined)[];
}

/** Problems that differ only in where they are, and so in the cell that their message names, are told once. */
function grouped(problems: Review['problems']): readonly Alike[] {
  const groups = new Map<string, Alike>();
  for (const { message, hint, at } of problems) {
    const key = JSON.stringify([message.replace(/^(?:[^:]*!)?[A-Z]{1,3}\d+ /, ''), hint]);
    const group = groups.get(key) ?? { message, hint, at: [] };
    group.at.push(at);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function groupText({ message, at }: Alike): string {
  const [first, ...others] = at.flatMap((each) => (each ? [each] : []));
  const where = first ? `${formatPosition(first)}: ` : '';
  if (at.length === 1) return `${where}${message}`;
  const next = others.slice(0, 2).map((each) => formatPosition(each));
  const more = at.length - 1 - next.length;
  return `${where}${message}; ${at.length} times, also at ${next.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** A review as Markdown tables. */
export function reviewMarkdown(review: Review): string {
  const sections = (['new', 'changed', 'gone', 'conflict'] as const).flatMap((kind) => {
    const entries = review.entries.filter((each) => each.kind === kind);
    if (entries.length === 0) return [];
    return [
      `## ${titles[kind]}`,
      '',
      row('key', 'what', 'where'),
      '|---|---|---|',
      ...entries.map(markdownRow),
      '',
    ];
  });
  const wrong = grouped(review.problems).map((group) => `- ${cell(groupText(group))}`);
  return [
    '# Import review',
    '',
    ...review.inputs.map(
      ({ file, format, observations }) => `- \`${file}\`: ${format}, ${observations} observations`,
    ),
    '',
    ...sections,
    ...(wrong.length > 0 ? ['## Not taken over', '', ...wrong, ''] : []),
    summary(review),
  ].join('\n');
}

function markdownRow(entry: Entry): string {
  const key = `\`${entry.key}\``;
  switch (entry.kind) {
    case 'new':
      return row(
        key,
        [entry.entity, ...entry.missing.map((each) => `missing: ${each}`), ...entry.notes].join('; '),
        entry.seen.map(formatPosition).join(', '),
      );
    case 'changed':
      return row(
        key,
        `${valueText(entry.declared?.value)} → ${valueText(entry.seen.value)}`,
        formatPosition(entry.seen.at),
      );
    case 'gone':
      return row(key, goneText(entry), entry.at ? formatPosition(entry.at) : '');
    case 'conflict':
      return entry.about === 'match'
        ? row(key, `may be ${entry.candidates.map(({ id }) => id).join(' or ')}`, formatPosition(entry.seen))
        : row(
            key,
            entry.choices.map(({ value }) => valueText(value)).join(' or '),
            entry.choices.map(({ at }) => formatPosition(at)).join(', '),
          );
    default:
      return entry satisfies never;
  }
}
