import type { Interval } from '../../model/interval.ts';
import type { Problem } from '@holdfast/kernel';
import { readAddress } from '../access/addresses.ts';
import type { Objects } from '../access/objects.ts';
import { portNamed } from '../names/port-names.ts';
import type { ConfigLine } from '../text/config-lines.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import { ipv4Of, maskedSet } from '../text/wildcard.ts';

/** Addresses as one side of a translation has them: a range, or the address of an interface. */
type Outer =
  | { readonly kind: 'range'; readonly range: Interval }
  | { readonly kind: 'interface'; readonly name: string };

/** One address, or one network, for another; in both directions. */
export interface StaticStatement {
  readonly kind: 'static';
  /** Whose side the hosts stand on. */
  readonly side: 'inside' | 'outside';
  readonly line: ConfigLine;
  readonly local: Interval;
  readonly global: Outer;
  readonly port:
    | { readonly protocol: 'tcp' | 'udp'; readonly local: bigint; readonly global: bigint }
    | undefined;
  readonly unmodelled: readonly Problem[];
}

/** What a list or route map picks, for addresses of a pool or an interface. */
export interface DynamicStatement {
  readonly kind: 'dynamic';
  readonly line: ConfigLine;
  readonly picks: { readonly kind: 'list' | 'route-map'; readonly name: string };
  readonly to: { readonly kind: 'pool' | 'interface'; readonly name: string };
  readonly overload: boolean;
  readonly unmodelled: readonly Problem[];
}

/** What is not modelled, and may rewrite whatever passes between inside and outside. */
interface OpaqueStatement {
  readonly kind: 'opaque';
  readonly line: ConfigLine;
  readonly why: Problem;
}

export type TranslationStatement = StaticStatement | DynamicStatement | OpaqueStatement;

/** Reads an `ip nat inside|outside source` statement. Undefined, and told, where it is broken. */
export function readTranslation(
  line: ConfigLine,
  reading: Reading,
  objects: Objects,
): TranslationStatement | undefined {
  const cursor = reading.cursor(line, 2);
  const side = cursor.take('inside', 'outside');
  const isSource = cursor.take('source') !== undefined;
  if (isSource && side !== undefined && cursor.take('static') !== undefined)
    return readStatic(cursor, reading, objects, side === 'inside' ? 'inside' : 'outside');
  const picks = side === 'inside' && isSource ? cursor.take('list', 'route-map') : undefined;
  if (picks !== undefined) return readDynamic(cursor, reading, picks === 'list' ? 'list' : 'route-map');
  return {
    kind: 'opaque',
    line,
    why: reading.note(reading.at(line), `'${line.text}' is not modelled: it rewrites packets`),
  };
}

function readStatic(
  cursor: Cursor,
  reading: Reading,
  objects: Objects,
  side: 'inside' | 'outside',
): StaticStatement | undefined {
  const network = cursor.take('network') !== undefined;
  const protocol = network ? undefined : cursor.take('tcp', 'udp');
  const [from, fromPort] = [
    readAddress(cursor, reading, objects),
    protocol === undefined ? undefined : readPort(cursor, reading, protocol),
  ];
  const isInterface = cursor.take('interface') !== undefined;
  const to: Outer | undefined = isInterface
    ? { kind: 'interface', name: interfaceName(cursor) }
    : single(readAddress(cursor, reading, objects));
  const toPort = protocol === undefined ? undefined : readPort(cursor, reading, protocol);
  if (from === undefined || to === undefined) return undefined;
  if (protocol !== undefined && (fromPort === undefined || toPort === undefined)) return undefined;
  const size = network ? networkSize(cursor, reading) : 0n;
  if (size === undefined) return undefined;
  const widened = (range: Interval): Interval => ({ low: range.low, high: range.low + size });
  // An outside statement names the global address first.
  const isOutside = side === 'outside' && to.kind === 'range';
  const local = isOutside ? to.range : { low: from, high: from };
  const global: Outer = isOutside ? { kind: 'range', range: { low: from, high: from } } : to;
  const ports =
    fromPort === undefined || toPort === undefined
      ? undefined
      : isOutside
        ? [toPort, fromPort]
        : [fromPort, toPort];
  return {
    kind: 'static',
    side,
    line: cursor.line,
    local: widened(local),
    global: global.kind === 'range' ? { kind: 'range', range: widened(global.range) } : global,
    port:
      ports === undefined
        ? undefined
        : { protocol: protocol === 'udp' ? 'udp' : 'tcp', local: ports[0] ?? 0n, global: ports[1] ?? 0n },
    unmodelled: readOptions(cursor, reading),
  };
}

const single = (value: bigint | undefined): Outer | undefined =>
  value === undefined ? undefined : { kind: 'range', range: { low: value, high: value } };

const interfaceName = (cursor: Cursor): string => {
  const name = cursor.next() ?? '';
  // `interface Dialer 1` has its number apart.
  return /\d$/.test(name) || !/^\d/.test(cursor.peek() ?? '') ? name : `${name}${cursor.next() ?? ''}`;
};

function readPort(cursor: Cursor, reading: Reading, protocol: string): bigint | undefined {
  const at = cursor.at();
  const word = cursor.next() ?? '';
  const number = /^\d{1,5}$/.test(word) ? Number(word) : portNamed('ios', protocol, word);
  return number === undefined || number > 65_535 ? reading.error(at, `'${word}' is no port`) : BigInt(number);
}

/** One less than the number of addresses of the network, from `/LENGTH` or a netmask. */
function networkSize(cursor: Cursor, reading: Reading): bigint | undefined {
  const at = cursor.at();
  const word = cursor.next() ?? '';
  const length = /^\/(\d{1,2})$/.exec(word)?.[1];
  if (length !== undefined && Number(length) <= 32) return (1n << BigInt(32 - Number(length))) - 1n;
  const mask = ipv4Of(word);
  const [only, ...others] = mask === undefined ? [] : (maskedSet(0n, mask) ?? []);
  return only === undefined || others.length > 0 ? reading.error(at, `'${word}' is no netmask`) : only.high;
}

function readDynamic(
  cursor: Cursor,
  reading: Reading,
  picks: 'list' | 'route-map',
): DynamicStatement | undefined {
  const name = cursor.next();
  const to = cursor.take('pool', 'interface');
  const target = to === 'interface' ? interfaceName(cursor) : cursor.next();
  if (name === undefined || to === undefined || target === undefined || target === '')
    return reading.error(
      cursor.at(),
      'the translation names no pool and no interface',
      'for example: ip nat inside source list 1 pool POOL',
    );
  const overload = cursor.take('overload') !== undefined;
  return {
    kind: 'dynamic',
    line: cursor.line,
    picks: { kind: picks, name },
    to: { kind: to === 'pool' ? 'pool' : 'interface', name: target },
    overload,
    unmodelled: readOptions(cursor, reading),
  };
}

/** Options that change nothing about which addresses become which; any other is a condition. */
function readOptions(cursor: Cursor, reading: Reading): readonly Problem[] {
  const unmodelled: Problem[] = [];
  while (!cursor.isDone) {
    if (
      cursor.take('extendable', 'no-alias', 'no-payload', 'add-route', 'overload', 'forced', 'reversible') !==
      undefined
    )
      continue;
    const at = cursor.at();
    const word = cursor.next() ?? '';
    unmodelled.push(reading.note(at, `the option '${word}' of a translation is not modelled`));
    if (word === 'vrf' || word === 'route-map' || word === 'redundancy') cursor.next();
  }
  return unmodelled;
}
