import type { Clause } from '../../model/firewall.ts';
import { intervalSet, type IntervalSet } from '../../model/interval.ts';
import type { Cursor, Reading } from '../text/reading.ts';

/** Every state but `new`: of what belongs to a connection that another packet opened. */
export const notNew: IntervalSet = [{ low: 1n, high: 4n }];

const bits: ReadonlyMap<string, number> = new Map([
  ['fin', 1],
  ['syn', 2],
  ['rst', 4],
  ['psh', 8],
  ['ack', 16],
  ['urg', 32],
]);

/**
 * The TCP packets with such flags. Where no opening packet (SYN without ACK and RST) is among them, they are replies and
 * of no new connection, so that `established` does not make every path look open.
 * @see SPEC.md P3
 */
function flagged(has: (flags: number) => boolean): Clause {
  const values = Array.from({ length: 256 }, (_, flags) => flags).filter(has);
  const flags = intervalSet(values.map((each) => ({ low: BigInt(each), high: BigInt(each) })));
  return values.some(opens) ? { flags } : { flags, state: notNew };
}

const opens = (flags: number): boolean => (flags & 2) !== 0 && (flags & 20) === 0;

/**
 * What the keyword `established` matches: ACK or RST is set.
 * @see http://www.manualowl.com/m/Cisco/CISCO876-SEC-I-K9/Manual/290416?page=175 Access Lists
 */
export const established: Clause = flagged((flags) => (flags & 20) !== 0);

/** Reads `match-any +x -y`, `match-all +x -y`, or flags by their bare names, of which any does. Undefined where none stand. */
export function readFlags(cursor: Cursor, reading: Reading): Clause | undefined {
  const how = cursor.take('match-any', 'match-all');
  if (how === undefined) {
    const names = [...namesIn(cursor)];
    return names.length === 0
      ? undefined
      : flagged((flags) => names.some((name) => (flags & (bits.get(name) ?? 0)) !== 0));
  }
  const tests: ((flags: number) => boolean)[] = [];
  for (;;) {
    const [, sign, name = ''] = /^([+-])([a-z]+)$/.exec(cursor.peek() ?? '') ?? [];
    const bit = bits.get(name);
    if (bit === undefined) break;
    tests.push((flags) => ((flags & bit) !== 0) === (sign === '+'));
    cursor.next();
  }
  if (tests.length === 0)
    reading.error(cursor.at(), `${how} without flags`, 'for example match-all +syn -ack');
  return flagged((flags) =>
    how === 'match-any' ? tests.some((test) => test(flags)) : tests.every((test) => test(flags)),
  );
}

function* namesIn(cursor: Cursor): Generator<string> {
  for (let name = cursor.take(...bits.keys()); name !== undefined; name = cursor.take(...bits.keys()))
    yield name;
}
