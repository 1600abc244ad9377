import { roughly } from './roughly.ts';
import type { TrialCell, TrialDocument } from './trial-document.ts';

type Steps = TrialCell['steps'];

/** A cell in a word or two: `yes`, `no`, `?`, `30d` (until then), `1d..30d`, `from 6m` (again). */
function sayCell(steps: Steps): string {
  const say = roughly;
  const [a, b, c] = steps.map(([at]) => at);
  const form = steps.map(([, verdict]) => letters[verdict]).join('');
  switch (form) {
    case 'h':
      return 'yes';
    case 'f':
      return 'no';
    case 'u':
      return '?';
    case 'hf':
      return `for ${say(b ?? 0)}`;
    case 'hu':
      return `for ${say(b ?? 0)}, then ?`;
    case 'huf':
      return `for ${say(b ?? 0)}..${say(c ?? 0)}`;
    case 'uf':
      return `? until ${say(b ?? 0)}`;
    case 'uh':
      return `from 0..${say(b ?? 0)}`;
    case 'fh':
      return `from ${say(b ?? 0)}`;
    case 'fu':
      return a === undefined || b === undefined ? 'no' : `no, ? from ${say(b)}`;
    case 'fuh':
      return `from ${say(b ?? 0)}..${say(c ?? 0)}`;
    default:
      return steps.map(([at, verdict]) => `${words[verdict]}${at === 0 ? '' : ` ${roughly(at)}`}`).join(', ');
  }
}

const letters = { holds: 'h', fails: 'f', unknown: 'u' } as const;
const words = { holds: 'yes', fails: 'no', unknown: '?' } as const;

/** The table of a trial: a head and its rows. Scenarios that do the same are one column; unknowns carry the letters of `asks`. */
export interface TrialTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The facts behind the letters. */
  readonly notes: readonly { readonly letter: string; readonly fact: string; readonly text: string }[];
}

/** Lays a trial out for people. */
export function trialTable({ scenarios, rows, asks }: TrialDocument): TrialTable {
  const letterOf = new Map(asks.map(({ fact }, index) => [fact, letter(index)]));
  const texts = scenarios.map((_, column) =>
    rows.map(({ cells }) => {
      const cell = cells[column];
      if (!cell) return '';
      const marks = cell.asks.map((fact) => letterOf.get(fact) ?? '').toSorted();
      return `${sayCell(cell.steps)}${marks.length === 0 ? '' : ` [${marks.join('')}]`}`;
    }),
  );
  const columns: { heads: string[]; cells: readonly string[] }[] = [];
  for (const [index, cells] of texts.entries()) {
    const head = scenarios[index]?.head ?? '';
    const same = index === 0 ? undefined : columns.slice(1).find((each) => isSame(each.cells, cells));
    if (same && !same.heads.includes(head)) same.heads.push(head);
    else if (!same) columns.push({ heads: [head], cells });
  }
  return {
    head: ['', ...columns.map(({ heads }) => heads.join(', '))],
    rows: rows.map(({ title }, index) => [title, ...columns.map(({ cells }) => cells[index] ?? '')]),
    notes: asks.map(({ fact, value, note }, index) => ({
      letter: letter(index),
      fact,
      text: [value, note].filter((each) => each !== undefined).join('. '),
    })),
  };
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((each, index) => each === b[index]);

const letter = (index: number): string =>
  index < 26
    ? String.fromCodePoint(97 + index)
    : `${letter(Math.floor(index / 26) - 1)}${letter(index % 26)}`;
