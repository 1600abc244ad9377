import type { Problem } from '@holdfast/kernel';
import { family } from '../../model/address.ts';
import type { Clause } from '../../model/firewall.ts';
import type { Interval, IntervalSet } from '../../model/interval.ts';
import { anyOf } from '../access/addresses.ts';
import type { Known } from '../access/matching.ts';
import { portNamed } from '../names/port-names.ts';
import type { ConfigLine } from '../text/config-lines.ts';
import type { Cursor } from '../text/reading.ts';
import { sizeOf } from '../text/wildcard.ts';
import type { AsaConfig } from './asa-config.ts';

/** Ports on both sides of a translation; the real one is what the host has. */
interface PortPair {
  readonly axis: 'source' | 'destination';
  readonly protocol: IntervalSet;
  readonly real: Interval;
  readonly mapped: Interval;
}

/** A translation: of the sources that come in by `from` and leave by `to`, and of the destinations besides. */
export interface AsaTranslation {
  readonly line: ConfigLine;
  readonly from: string;
  readonly to: string;
  readonly isStatic: boolean;
  readonly real: Known;
  readonly mapped: Known;
  /** How the destination is known before, and what it becomes. */
  readonly destination: { readonly mapped: Known; readonly real: Known } | undefined;
  readonly ports: PortPair | undefined;
  readonly isOneWay: boolean;
  readonly unmodelled: readonly Problem[];
}

/**
 * The translations of an ASA in the order in which they are tried: those of their own, those of objects (static first,
 * fewest addresses first, lowest first, by name), those marked after-auto.
 * @see https://manualsdump.com/en/manuals/cisco_systems-asa_5500-asa5515k9/121452/574 NAT Rule Order
 */
export function translationRules(config: AsaConfig): readonly AsaTranslation[] {
  const isLate = ({ words }: ConfigLine): boolean => words.some(({ text }) => text === 'after-auto');
  const ofObjects = config.ofObjects.flatMap(({ name, line }) => {
    const translation = readTranslation(config, line, name);
    return translation === undefined ? [] : [{ name, translation }];
  });
  const sorted = ofObjects.toSorted((a, b) => {
    const [one, other] = [a.translation, b.translation];
    if (one.isStatic !== other.isStatic) return one.isStatic ? -1 : 1;
    const sizes = sizeOf(one.real.set) - sizeOf(other.real.set);
    const lows = (one.real.set[0]?.low ?? 0n) - (other.real.set[0]?.low ?? 0n);
    const order = sizes === 0n ? lows : sizes;
    return order === 0n ? (a.name < b.name ? -1 : 1) : order < 0n ? -1 : 1;
  });
  return [
    ...config.twice.filter((line) => !isLate(line)).flatMap((line) => readTranslation(config, line) ?? []),
    ...sorted.map(({ translation }) => translation),
    ...config.twice.filter(isLate).flatMap((line) => readTranslation(config, line) ?? []),
  ];
}

function readTranslation(config: AsaConfig, line: ConfigLine, object?: string): AsaTranslation | undefined {
  const { reading } = config;
  const cursor = reading.cursor(line, 1);
  const [, from, to] = /^\(([\w.-]+),([\w.-]+)\)$/.exec(cursor.peek() ?? '') ?? [];
  const named = new Set(['any', ...config.interfaces.map(({ name }) => name.toLowerCase())]);
  if (from === undefined || to === undefined || [from, to].some((each) => !named.has(each)))
    return reading.error(
      cursor.at(),
      `'${cursor.peek() ?? ''}' names no two interfaces`,
      'for example (inside,outside)',
    );
  const [, realName = '', mappedName = ''] = /^\((.*),(.*)\)$/.exec(cursor.next() ?? '') ?? [];
  cursor.take('after-auto');
  if (/^\d+$/.test(cursor.peek() ?? '')) cursor.next();
  if (object === undefined && cursor.take('source') === undefined)
    return reading.error(
      cursor.at(),
      'the translation does not begin with its source',
      'nat (a,b) source static|dynamic ...',
    );
  const how = cursor.take('static', 'dynamic');
  if (how === undefined) return reading.error(cursor.at(), 'the translation is neither static nor dynamic');
  const unmodelled: Problem[] = [];
  const real =
    object === undefined
      ? ends(config, cursor, realName)
      : config.objects.network('object', object, reading.at(line));
  const mapped = ends(config, cursor, mappedName);
  if (real === undefined || mapped === undefined) return undefined;
  const made = { line, from: realName, to: mappedName, isStatic: how === 'static', real, mapped };
  const rest = readRest(config, cursor, { ...made, isObject: object !== undefined }, unmodelled);
  return rest === undefined ? undefined : { ...made, ...rest, unmodelled };
}

type Rest = Pick<AsaTranslation, 'destination' | 'ports' | 'isOneWay'>;

function readRest(
  config: AsaConfig,
  cursor: Cursor,
  { from, to, isObject }: { readonly from: string; readonly to: string; readonly isObject: boolean },
  unmodelled: Problem[],
): Rest | undefined {
  const { reading } = config;
  const rest: { -readonly [K in keyof Rest]: Rest[K] } = {
    destination: undefined,
    ports: undefined,
    isOneWay: false,
  };
  while (!cursor.isDone) {
    const at = cursor.at();
    const word = cursor.next() ?? '';
    if (word === 'destination') {
      cursor.take('static');
      const [mapped, real] = [ends(config, cursor, from), ends(config, cursor, to)];
      if (mapped === undefined || real === undefined) return undefined;
      rest.destination = { mapped, real };
    } else if (word === 'service') {
      const ports = isObject ? objectPorts(cursor) : namedPorts(config, cursor);
      if (ports === undefined)
        unmodelled.push(reading.note(at, 'the services of the translation are not modelled'));
      rest.ports = ports;
    } else if (word === 'unidirectional') rest.isOneWay = true;
    else if (word === 'inactive') {
      reading.note(at, 'the translation is switched off: inactive');
      return undefined;
    } else if (word === 'description') return rest;
    else if (
      ![
        'dns',
        'no-proxy-arp',
        'route-lookup',
        'net-to-net',
        'interface',
        'round-robin',
        'extended',
        'flat',
        'include-reserve',
        'block-allocation',
        'ipv6',
      ].includes(word)
    )
      unmodelled.push(reading.note(at, `the option '${word}' of a translation is not modelled`));
  }
  return rest;
}

/** Reads one side: `any`, `interface`, an object, a group or an address. */
function ends(config: AsaConfig, cursor: Cursor, interfaceName: string): Known | undefined {
  const { objects, reading } = config;
  cursor.take('pat-pool');
  const at = cursor.at();
  const name = cursor.next() ?? '';
  if (name === 'any') return anyOf('both');
  if (name === 'interface')
    return (
      config.addressesOf(interfaceName) ?? reading.error(at, 'the interface whose address it is has no name')
    );
  for (const kind of ['object', 'object-group'] as const)
    if (objects.has(kind, name)) return objects.network(kind, name, at);
  const address = objects.address(name);
  return address ?? reading.error(at, `there is no object ${name}`, undefined, 'reference-unknown');
}

const protocols: Readonly<Record<string, bigint>> = { tcp: 6n, udp: 17n, sctp: 132n };

/** The ports of an object's translation: `service tcp REAL MAPPED`. */
function objectPorts(cursor: Cursor): PortPair | undefined {
  const name = cursor.next() ?? '';
  const number = (word: string): bigint | undefined => {
    const port = /^\d{1,5}$/.test(word) ? Number(word) : portNamed('asa', name, word);
    return port === undefined || port > 65_535 ? undefined : BigInt(port);
  };
  const [real, mapped, protocol] = [
    number(cursor.next() ?? ''),
    number(cursor.next() ?? ''),
    protocols[name],
  ];
  if (real === undefined || mapped === undefined || protocol === undefined) return undefined;
  return {
    axis: 'source',
    protocol: [{ low: protocol, high: protocol }],
    real: { low: real, high: real },
    mapped: { low: mapped, high: mapped },
  };
}

/** The ports of two service objects, where each has one range on the same side. */
function namedPorts(config: AsaConfig, cursor: Cursor): PortPair | undefined {
  const sides = [cursor, cursor].map((each) => {
    const at = each.at();
    const name = each.next() ?? '';
    const services = config.objects.services(
      config.objects.has('object', name) ? 'object' : 'object-group',
      name,
      at,
    );
    const [clause, ...others]: readonly Clause[] = services?.clauses ?? [];
    return others.length === 0 && services?.unknown.length === 0 ? clause : undefined;
  });
  const [one, other] = sides;
  for (const [axis, key] of [
    ['source', 'sport'],
    ['destination', 'dport'],
  ] as const) {
    const [[real, ...more] = [], [mapped, ...rest] = []] = [one?.[key], other?.[key]];
    const isAlone =
      more.length === 0 && rest.length === 0 && one?.[axis === 'source' ? 'dport' : 'sport'] === undefined;
    if (isAlone && real !== undefined && mapped !== undefined && one?.protocol !== undefined)
      return { axis, protocol: one.protocol, real, mapped };
  }
  return undefined;
}

/** The addresses of a family that a set of both is narrowed to where a translation needs one. */
export const hullOf = (set: IntervalSet): Interval =>
  set.length === 0 ? family.ipv4 : { low: set[0]?.low ?? 0n, high: set.at(-1)?.high ?? 0n };
