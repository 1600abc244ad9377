import type { IntervalSet } from '../../model/interval.ts';
import { intervalSet } from '../../model/interval.ts';
import { portNamed } from '../names/port-names.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import type { Dialect } from '../text/dialect.ts';
import type { Known } from './matching.ts';

const operators = ['eq', 'neq', 'lt', 'gt', 'range'] as const;
export const isPortOperator = (word: string | undefined): boolean => operators.some((each) => each === word);

const greatest = 65_535n;
const between = (low: bigint, high: bigint): IntervalSet => intervalSet([{ low, high }]);

/** Reads a port operator and its ports. IOS takes several ports behind `eq` and `neq`. Undefined where that fails. */
export function readPorts(
  cursor: Cursor,
  reading: Reading,
  dialect: Dialect,
  protocol: string | undefined,
): Known | undefined {
  const at = cursor.at();
  const operator = cursor.next();
  const port = (): Known | undefined => readPort(cursor, reading, dialect, protocol);
  const first = port();
  if (first === undefined) return undefined;
  if (operator === 'range') {
    const last = port();
    if (last === undefined) return undefined;
    const [low, high] = [first.set[0]?.low, last.set[0]?.low];
    if (low === undefined || high === undefined)
      return { set: [], unknown: [...first.unknown, ...last.unknown] };
    return low <= high
      ? { set: between(low, high), unknown: [] }
      : reading.error(at, `the range of ports ends at ${high}, before it begins at ${low}`);
  }
  const ports = [first];
  const isList = dialect === 'ios' && (operator === 'eq' || operator === 'neq');
  for (
    let more = isList && isPort(cursor, dialect, protocol);
    more;
    more = isPort(cursor, dialect, protocol)
  ) {
    const another = port();
    if (another === undefined) return undefined;
    ports.push(another);
  }
  const unknown = ports.flatMap((each) => each.unknown);
  const set = intervalSet(ports.flatMap((each) => each.set));
  if (operator === 'eq') return { set, unknown };
  if (unknown.length > 0) return { set: [], unknown };
  const value = set[0]?.low ?? 0n;
  if (operator === 'lt') return { set: between(0n, value - 1n), unknown };
  if (operator === 'gt') return { set: between(value + 1n, greatest), unknown };
  return { set: complement(set), unknown };
}

const isPort = (cursor: Cursor, dialect: Dialect, protocol: string | undefined): boolean => {
  const word = cursor.peek() ?? '';
  return /^\d{1,5}$/.test(word) || portNamed(dialect, protocol, word) !== undefined;
};

function readPort(
  cursor: Cursor,
  reading: Reading,
  dialect: Dialect,
  protocol: string | undefined,
): Known | undefined {
  const at = cursor.at();
  const word = cursor.peek() ?? '';
  const number = /^\d{1,6}$/.test(word) ? Number(word) : portNamed(dialect, protocol, word);
  if (number === undefined && (!/^[a-z][a-z0-9-]+$/.test(word) || ['any', 'host', 'log'].includes(word)))
    return reading.error(at, `'${word}' is no port`, 'a number from 0 to 65535, or a name such as www');
  cursor.next();
  if (number === undefined)
    return { set: [], unknown: [reading.note(at, `the port '${word}' is not known by name`)] };
  if (BigInt(number) > greatest) return reading.error(at, `port ${number} is above 65535`);
  return { set: between(BigInt(number), BigInt(number)), unknown: [] };
}

function complement(set: IntervalSet): IntervalSet {
  let from = 0n;
  const rest = [];
  for (const { low, high } of set) {
    rest.push({ low: from, high: low - 1n });
    from = high + 1n;
  }
  return intervalSet([...rest, { low: from, high: greatest }]);
}
