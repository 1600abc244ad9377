import type { Clause } from '../../model/firewall.ts';
import { intervalSet, only, type IntervalSet } from '../../model/interval.ts';
import { icmpNamed } from '../names/icmp-names.ts';
import { protocolNamed } from '../names/protocol-names.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import type { Dialect } from '../text/dialect.ts';
import type { Known, Services } from './matching.ts';
import { isPortOperator, readPorts } from './ports.ts';

/** A protocol as it is written in a rule; its `set` is undefined where it stands for all. */
export interface Protocol {
  readonly name: string;
  readonly set: IntervalSet | undefined;
  readonly hasPorts: boolean;
  readonly icmp: 'icmp' | 'icmp6' | undefined;
}

/** Reads a protocol. In an IPv6 list of IOS, `icmp` is ICMPv6. */
export function readProtocol(cursor: Cursor, reading: Reading, isIpv6 = false): Protocol | undefined {
  const at = cursor.at();
  const word = cursor.next()?.toLowerCase() ?? '';
  if (word === 'tcp-udp')
    return { name: word, set: intervalSet([...only(6n), ...only(17n)]), hasPorts: true, icmp: undefined };
  const found = word === 'icmp' && isIpv6 ? 58n : protocolNamed(word);
  if (found === undefined)
    return reading.error(
      at,
      word === '' ? 'a protocol is missing' : `'${word}' is no protocol`,
      'tcp, udp, icmp, ip or another name, or a number from 0 to 255',
    );
  if (found === 'any') return { name: word, set: undefined, hasPorts: false, icmp: undefined };
  const name = found === 6n ? 'tcp' : found === 17n ? 'udp' : word;
  const icmp = found === 1n ? 'icmp' : found === 58n ? 'icmp6' : undefined;
  return { name, set: only(found), hasPorts: ['tcp', 'udp', 'sctp'].includes(name), icmp };
}

export const protocolClause = ({ set }: Protocol): Clause => (set === undefined ? {} : { protocol: set });

/** Reads an ICMP message where one stands; `{}` where none does. A name that the tables do not have is `undefined`, and not taken. */
export function readIcmp(cursor: Cursor, reading: Reading, family: 'icmp' | 'icmp6'): Clause | undefined {
  const word = cursor.peek();
  if (word === undefined) return {};
  const named = icmpNamed(family, word);
  if (named !== undefined) {
    cursor.next();
    const code = named.code ?? numberIn(cursor, reading);
    return message(named.type, code);
  }
  if (!/^\d+$/.test(word)) return undefined;
  const type = numberIn(cursor, reading);
  return type === undefined ? undefined : message(type, numberIn(cursor, reading));
}

const message = (type: number, code: number | undefined): Clause => ({
  icmpType: only(BigInt(type)),
  ...(code === undefined ? {} : { icmpCode: only(BigInt(code)) }),
});

function numberIn(cursor: Cursor, reading: Reading): number | undefined {
  const word = cursor.peek() ?? '';
  if (!/^\d+$/.test(word)) return undefined;
  const at = cursor.at();
  cursor.next();
  return Number(word) <= 255 ? Number(word) : reading.error(at, `${word} is above 255`);
}

/** Reads a service as object groups have it: a protocol, ports or an ICMP message. */
export function readService(cursor: Cursor, reading: Reading, dialect: Dialect): Services | undefined {
  const protocol = readProtocol(cursor, reading);
  if (protocol === undefined) return undefined;
  const base = protocolClause(protocol);
  if (protocol.icmp !== undefined) {
    const at = cursor.at();
    const icmp = readIcmp(cursor, reading, protocol.icmp);
    if (icmp === undefined && !cursor.isDone)
      return {
        clauses: [],
        unknown: [reading.note(at, `the ICMP message '${cursor.next() ?? ''}' is not known`)],
      };
    return ended(cursor, reading, { clauses: [{ ...base, ...icmp }], unknown: [] });
  }
  const ports: { readonly sport?: Known; readonly dport?: Known }[] = [];
  if (cursor.take('source') !== undefined) {
    const sport = readPorts(cursor, reading, dialect, protocol.name);
    if (sport === undefined) return undefined;
    ports.push({ sport });
  }
  cursor.take('destination');
  if (isPortOperator(cursor.peek()) || /^(\d+|[a-z][a-z-]+)$/.test(cursor.peek() ?? '')) {
    const dport = isPortOperator(cursor.peek())
      ? readPorts(cursor, reading, dialect, protocol.name)
      : bare(cursor, reading);
    if (dport === undefined) return undefined;
    ports.push({ dport });
  }
  if (ports.length > 0 && !protocol.hasPorts)
    return reading.error(cursor.at(), `${protocol.name} has no ports`, 'tcp, udp or tcp-udp');
  const { sport, dport } = { ...ports[0], ...ports[1] };
  const unknown = [...(sport?.unknown ?? []), ...(dport?.unknown ?? [])];
  const clause = { ...base, ...(sport && { sport: sport.set }), ...(dport && { dport: dport.set }) };
  const isEmpty = [sport, dport].some((each) => each !== undefined && each.set.length === 0);
  return ended(cursor, reading, { clauses: isEmpty ? [] : [clause], unknown });
}

/** A word where ports should stand, as very old configurations have it. */
function bare(cursor: Cursor, reading: Reading): undefined {
  return reading.error(
    cursor.at(),
    `'${cursor.peek() ?? ''}' is no port operator`,
    'eq, neq, lt, gt or range',
  );
}

function ended(cursor: Cursor, reading: Reading, services: Services): Services | undefined {
  return cursor.isDone
    ? services
    : reading.error(cursor.at(), `'${cursor.peek() ?? ''}' is one word too many`);
}
