import type { Problem } from '@holdfast/kernel';
import type { Clause } from '../../model/firewall.ts';
import type { IntervalSet } from '../../model/interval.ts';
import type { Dimension } from '../../model/packet.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import { established, notNew, readFlags } from './flags.ts';

/** What stands behind the addresses and ports of a rule. */
export interface Conditions {
  /** What the packet has to be, besides. */
  readonly clause: Clause;
  readonly unmodelled: readonly Problem[];
  /** Whether the rule is switched off. */
  readonly isInactive: boolean;
  /** The place in its list, where the rule says it at its end. */
  readonly sequence: number | undefined;
}

/** Words of conditions that are not modelled, with how many words belong to each. */
const unmodelled: ReadonlyMap<string, number> = new Map([
  ...['dscp', 'precedence', 'tos', 'time-range', 'option', 'flow-label'].map((word) => [word, 1] as const),
  ...['routing-type', 'mobility-type', 'dest-option-type'].map((word) => [word, 1] as const),
  ...['routing', 'auth', 'mobility', 'dest-option', 'hbh', 'undetermined-transport'].map(
    (word) => [word, 0] as const,
  ),
]);

/** Reads the options of a rule up to the end of its line. What is not known becomes a condition that is not modelled. */
export function readConditions(cursor: Cursor, reading: Reading, isTcp: boolean): Conditions {
  const clause: Partial<Record<Dimension, IntervalSet>> = {};
  let isInactive = false;
  let sequence: number | undefined;
  const why: Problem[] = [];
  while (!cursor.isDone) {
    const at = cursor.at();
    const flags = isTcp ? readFlags(cursor, reading) : undefined;
    if (flags !== undefined) {
      Object.assign(clause, flags);
      continue;
    }
    const word = cursor.next()?.toLowerCase() ?? '';
    if (word === 'log' || word === 'log-input') skipLog(cursor);
    else if (word === 'inactive') isInactive = true;
    else if (word === 'sequence' && /^\d+$/.test(cursor.peek() ?? '')) sequence = Number(cursor.next());
    else if (word === 'established' && isTcp) Object.assign(clause, established);
    else if (word === 'reflect') skipReflect(cursor, reading);
    else if (word === 'fragments') {
      // What opens a connection is never a later fragment.
      clause.state = notNew;
      why.push(reading.note(at, 'fragments are not modelled'));
    } else why.push(skipUnmodelled(cursor, reading, at, word));
  }
  return { clause, unmodelled: why, isInactive, sequence };
}

function skipLog(cursor: Cursor): void {
  cursor.take('disable', 'default');
  if (/^[0-7]$/.test(cursor.peek() ?? '')) cursor.next();
  cursor.take(...levels);
  if (cursor.take('interval') !== undefined) cursor.next();
}

const levels = [
  'emergencies',
  'alerts',
  'critical',
  'errors',
  'warnings',
  'notifications',
  'informational',
  'debugging',
];

function skipReflect(cursor: Cursor, reading: Reading): void {
  reading.note(cursor.at(), `what the reflexive list '${cursor.next() ?? ''}' lets back in is not modelled`);
  if (cursor.take('timeout') !== undefined) cursor.next();
}

function skipUnmodelled(
  cursor: Cursor,
  reading: Reading,
  at: ReturnType<Cursor['at']>,
  word: string,
): Problem {
  const count = word === 'ttl' ? (cursor.peek() === 'range' ? 3 : 2) : unmodelled.get(word);
  for (let taken = 0; taken < (count ?? 0); taken += 1) cursor.next();
  // Behind a word that is not known, nothing can be told apart any more.
  if (count === undefined) while (!cursor.isDone) cursor.next();
  return reading.note(at, `the condition '${word}' is not modelled`);
}
