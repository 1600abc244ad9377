import type { Problem } from '@holdfast/kernel';
import type { Clause } from '../../model/firewall.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import type { ConfigLine } from '../text/config-lines.ts';
import type { Dialect } from '../text/dialect.ts';
import { ipv4Of } from '../text/wildcard.ts';
import { only } from '../../model/interval.ts';
import { anyOf, readAddressRange } from './addresses.ts';
import { readConditions, type Conditions } from './conditions.ts';
import { notNew } from './flags.ts';
import { conjunction, product, type Known, type Matched, type Services } from './matching.ts';
import type { Objects } from './objects.ts';
import { isPortOperator, readPorts } from './ports.ts';
import { protocolClause, readIcmp, readProtocol, type Protocol } from './services.ts';

/** An entry of an access list. */
export interface AccessEntry extends Matched {
  readonly permits: boolean;
  /** Conditions that are not modelled, of the whole entry. */
  readonly unmodelled: readonly Problem[];
  readonly line: ConfigLine;
  readonly sequence: number | undefined;
}

/** What entries of one list have in common. */
export interface EntryContext {
  readonly reading: Reading;
  readonly objects: Objects;
  readonly dialect: Dialect;
  readonly family: 'ipv4' | 'ipv6' | 'both';
  /** The addresses of an interface of ASA by its name. */
  readonly interfaceAddresses?: (name: string) => Known | undefined;
}

/** Reads an entry of a standard list, which names sources alone. A source without a mask is one host. */
export function readStandardEntry(
  cursor: Cursor,
  context: EntryContext,
  permits: boolean,
): AccessEntry | undefined {
  const { reading, objects } = context;
  const word = cursor.peek();
  const isBare = word !== undefined && ipv4Of(word) !== undefined && ipv4Of(cursor.peek(1)) === undefined;
  const src = isBare
    ? { set: only(ipv4Of(cursor.next()) ?? 0n), unknown: [] }
    : readAddressRange(cursor, reading, objects, context.dialect === 'ios' ? 'wildcard' : 'mask');
  if (src === undefined) return undefined;
  return entryOf(cursor, context, permits, conjunction({ clauses: [{}], unknown: [] }, { src }), false);
}

/** Reads an entry of an extended list, from its protocol on. Undefined where it is broken or switched off. */
export function readExtendedEntry(
  cursor: Cursor,
  context: EntryContext,
  permits: boolean,
): AccessEntry | undefined {
  const { reading } = context;
  const unmodelled: Problem[] = [];
  if (cursor.take('dynamic') !== undefined) {
    unmodelled.push(reading.note(cursor.at(), 'an entry that a login switches on is not modelled'));
    cursor.next();
    if (cursor.take('timeout') !== undefined) cursor.next();
  }
  const kind = cursor.take('object', 'object-group');
  const at = cursor.at();
  const protocol = kind === undefined ? readProtocol(cursor, reading, context.family === 'ipv6') : undefined;
  const named =
    kind === undefined
      ? protocol && { clauses: [protocolClause(protocol)], unknown: [] }
      : context.objects.services(asKind(kind), cursor.next() ?? '', at);
  if (named === undefined) return undefined;
  const src = readEnd(cursor, context, unmodelled);
  const sport = src && readEndPorts(cursor, context, protocol);
  const dst = sport && readEnd(cursor, context, unmodelled);
  const dport = dst && readEndPorts(cursor, context, protocol);
  if (src === undefined || sport === undefined || dst === undefined || dport === undefined) return undefined;
  const icmp = readMessage(cursor, context, protocol);
  const isTcp = protocol?.name === 'tcp';
  const clauses = product(
    product(named.clauses, sources(sport.clauses)),
    product(dport.clauses, icmp.clauses),
  );
  const unknown = [named, sport, dport, icmp].flatMap((each) => each.unknown);
  const matched = conjunction({ clauses, unknown }, { src, dst });
  // What only the ports leave open is at least of that protocol.
  const ofProtocol =
    protocol && unknown.length > 0 ? product(matched.maybe, [protocolClause(protocol)]) : matched.maybe;
  return entryOf(cursor, context, permits, { ...matched, maybe: ofProtocol }, isTcp, unmodelled);
}

const asKind = (word: string): 'object' | 'object-group' => (word === 'object' ? 'object' : 'object-group');

/** Ports are read as those of the destination; at the source they are turned round. */
const sources = (clauses: readonly Clause[]): readonly Clause[] =>
  clauses.map(({ dport, ...rest }) => (dport === undefined ? rest : { ...rest, sport: dport }));

function entryOf(
  cursor: Cursor,
  context: EntryContext,
  permits: boolean,
  matched: Matched,
  isTcp: boolean,
  before: readonly Problem[] = [],
): AccessEntry | undefined {
  const conditions: Conditions = readConditions(cursor, context.reading, isTcp);
  if (conditions.isInactive) {
    context.reading.note(context.reading.at(cursor.line), 'the entry is switched off: inactive');
    return undefined;
  }
  return {
    permits,
    sure: product(matched.sure, [conditions.clause]),
    maybe: product(matched.maybe, [conditions.clause]),
    why: matched.why,
    unmodelled: [...before, ...conditions.unmodelled],
    line: cursor.line,
    sequence: conditions.sequence,
  };
}

/** Reads a source or a destination. Identities before it become conditions. */
function readEnd(cursor: Cursor, context: EntryContext, unmodelled: Problem[]): Known | undefined {
  const { reading, objects, dialect, family } = context;
  skipIdentity(cursor, reading, unmodelled);
  const kind = cursor.take('object', 'object-group');
  const at = cursor.at();
  if (kind !== undefined) return objects.network(asKind(kind), cursor.next() ?? '', at);
  if (dialect === 'asa' && cursor.take('interface') !== undefined) {
    const name = cursor.next() ?? '';
    return (
      context.interfaceAddresses?.(name) ??
      reading.error(at, `there is no interface ${name}`, undefined, 'reference-unknown')
    );
  }
  if (cursor.peek() === 'any' && family !== 'both') {
    cursor.next();
    return anyOf(family);
  }
  return readAddressRange(cursor, reading, objects, dialect === 'ios' ? 'wildcard' : 'mask');
}

const identities: ReadonlyMap<string, number> = new Map([
  ['user', 1],
  ['user-group', 1],
  ['object-group-user', 1],
  ['object-group-security', 1],
  ['security-group', 2],
]);

function skipIdentity(cursor: Cursor, reading: Reading, unmodelled: Problem[]): void {
  for (
    let count = identities.get(cursor.peek() ?? '');
    count !== undefined;
    count = identities.get(cursor.peek() ?? '')
  ) {
    unmodelled.push(reading.note(cursor.at(), `the condition '${cursor.next() ?? ''}' is not modelled`));
    for (let taken = 0; taken < count; taken += 1) cursor.next();
  }
}

const free: Services = { clauses: [{}], unknown: [] };

/** Reads the ports behind an address, or nothing. */
function readEndPorts(
  cursor: Cursor,
  context: EntryContext,
  protocol: Protocol | undefined,
): Services | undefined {
  const { reading, objects, dialect } = context;
  if (isPortOperator(cursor.peek())) {
    // Behind a group of protocols, the group says which they are.
    if (protocol?.hasPorts === false)
      return reading.error(cursor.at(), `${protocol.name} has no ports here`, 'tcp or udp have');
    const known = readPorts(cursor, reading, dialect, protocol?.name);
    return known && { clauses: known.set.length === 0 ? [] : [{ dport: known.set }], unknown: known.unknown };
  }
  const name = cursor.peek() === 'object-group' ? cursor.written(1) : undefined;
  if (protocol?.hasPorts === false || name === undefined || !objects.isService(name)) return free;
  cursor.next();
  const at = cursor.at();
  cursor.next();
  return objects.services('object-group', name, at);
}

function readMessage(
  cursor: Cursor,
  { reading, objects }: EntryContext,
  protocol: Protocol | undefined,
): Services {
  if (protocol?.icmp === undefined) return free;
  if (cursor.take('object-group') !== undefined) {
    const at = cursor.at();
    return objects.services('object-group', cursor.next() ?? '', at) ?? free;
  }
  const clause = readIcmp(cursor, reading, protocol.icmp);
  return clause === undefined ? free : { clauses: [clause], unknown: [] };
}

/** An entry of a reflexive list: what it lets in belongs to connections that went out. */
export function evaluateEntry(line: ConfigLine, why: Problem): AccessEntry {
  return {
    permits: true,
    sure: [{ state: notNew }],
    maybe: [],
    why: [],
    unmodelled: [why],
    line,
    sequence: undefined,
  };
}
