import type { Position, Problem } from '@holdfast/kernel';
import { prefixOf } from '../../model/address.ts';
import type { Interface } from '../../model/firewall.ts';
import type { Block, ConfigLine } from '../text/config-lines.ts';
import type { Cursor, Reading } from '../text/reading.ts';
import { ipv4Of, prefixLength } from '../text/wildcard.ts';
import { isInert, spoils, type Way } from './inert-interface-commands.ts';

/** An access list applied to an interface. */
export interface Applied {
  readonly list: string;
  readonly side: 'in' | 'out';
  readonly family: 'ipv4' | 'ipv6';
  readonly line: ConfigLine;
  readonly at: Position;
}

/** A line that may drop packets in a way that is not modelled. */
export interface Spoiler {
  readonly side: Way;
  readonly line: ConfigLine;
  readonly why: Problem;
}

/** An interface of a router, as far as it bears on which packets pass. */
export interface IosInterface {
  readonly block: Block;
  readonly name: string;
  readonly addresses: string[];
  /** Addresses that it shares with other routers, by HSRP, VRRP or GLBP. */
  readonly shared: string[];
  readonly applied: Applied[];
  readonly spoilers: Spoiler[];
  /** Policies that are applied; those that drop are spoilers. */
  readonly policies: { readonly name: string; readonly side: Spoiler['side']; readonly line: ConfigLine }[];
  /** Whether it has an address that the configuration does not say. */
  hasUnknownAddress: boolean;
  shutdown: ConfigLine | undefined;
  vrf: string | undefined;
  vlan: number | undefined;
  zone: { readonly name: string; readonly line: ConfigLine } | undefined;
  nat: 'inside' | 'outside' | undefined;
  isSwitchport: boolean;
}

/** Reads an `interface` block. */
export function readInterface(block: Block, reading: Reading): IosInterface | undefined {
  const name = block.words
    .slice(1, 3)
    .map(({ text }) => text)
    .filter((text) => !['point-to-point', 'multipoint', 'l2transport'].includes(text))
    .join('');
  if (name === '') return reading.error(reading.at(block), 'an interface without a name');
  const vlan = /^vlan(\d+)$/i.exec(name)?.[1];
  const made: IosInterface = {
    block,
    name,
    addresses: [],
    shared: [],
    applied: [],
    spoilers: [],
    policies: [],
    hasUnknownAddress: false,
    shutdown: undefined,
    vrf: undefined,
    vlan: vlan === undefined ? undefined : Number(vlan),
    zone: undefined,
    nat: undefined,
    isSwitchport: false,
  };
  for (const line of block.body) readCommand(made, line, reading);
  return made;
}

function readCommand(made: IosInterface, line: ConfigLine, reading: Reading): void {
  const cursor = reading.cursor(line);
  const at = cursor.at();
  if (cursor.take('no') !== undefined) return;
  if (cursor.take('shutdown') !== undefined) made.shutdown = line;
  else if (cursor.take('vrf') !== undefined) made.vrf = lastWord(cursor);
  else if (cursor.take('encapsulation') !== undefined) readEncapsulation(made, cursor, reading);
  else if (cursor.take('zone-member') !== undefined) made.zone = { name: lastWord(cursor) ?? '', line };
  else if (cursor.peek() === 'switchport') made.isSwitchport = true;
  else if (redundancies.has(cursor.peek() ?? '')) readShared(made, cursor);
  else if (cursor.take('ip') !== undefined) readIp(made, cursor, line, reading);
  else if (cursor.take('ipv6') !== undefined) readIpv6(made, cursor, line, reading);
  else readOther(made, cursor, line, reading, at);
}

/** What makes several routers one gateway. Which of them holds the address at a time is not in the configuration. */
const redundancies: ReadonlySet<string> = new Set(['standby', 'vrrp', 'glbp']);

/** `standby 30 ip 10.0.30.1`; every other command of these lets each packet pass as if it were not there. */
function readShared(made: IosInterface, { line: { words } }: Cursor): void {
  const at = words.findIndex(({ text }) => text === 'ip');
  const address = words[at + 1]?.text;
  if (at > 0 && at <= 2 && ipv4Of(address) !== undefined) made.shared.push(`${address}/32`);
}

const lastWord = (cursor: Cursor): string | undefined => cursor.line.words.at(-1)?.text;

function readEncapsulation(made: IosInterface, cursor: Cursor, reading: Reading): void {
  if (cursor.take('dot1q') === undefined) return;
  const at = cursor.at();
  const word = cursor.next() ?? '';
  if (!/^\d{1,4}$/.test(word)) reading.error(at, `'${word}' is no VLAN`, 'a number from 1 to 4094');
  else made.vlan = Number(word);
}

function readIp(made: IosInterface, cursor: Cursor, line: ConfigLine, reading: Reading): void {
  const at = cursor.at();
  if (cursor.take('address') !== undefined) readIpv4Address(made, cursor, reading);
  else if (cursor.take('unnumbered') !== undefined) made.hasUnknownAddress = true;
  else if (cursor.take('access-group') !== undefined) apply(made, 'ipv4', cursor, line, reading);
  else if (cursor.take('vrf') !== undefined) made.vrf = lastWord(cursor);
  else if (cursor.take('nat') !== undefined) readNatSide(made, cursor, line, reading);
  else readOther(made, cursor, line, reading, at, 'ip ');
}

function readIpv4Address(made: IosInterface, cursor: Cursor, reading: Reading): void {
  const at = cursor.at();
  const word = cursor.next() ?? '';
  if (['dhcp', 'negotiated', 'pool', 'autoconfig'].includes(word)) {
    made.hasUnknownAddress = true;
    return;
  }
  const mask = ipv4Of(cursor.next());
  const length = mask === undefined ? undefined : prefixLength(mask);
  if (ipv4Of(word) === undefined || length === undefined)
    reading.error(
      at,
      `'${word}' with its mask is no address of an interface`,
      'for example 10.0.0.1 255.255.255.0',
    );
  else made.addresses.push(`${word}/${length}`);
}

function readNatSide(made: IosInterface, cursor: Cursor, line: ConfigLine, reading: Reading): void {
  const side = cursor.take('inside', 'outside');
  if (side === 'inside' || side === 'outside') made.nat = side;
  else spoil(made, 'both', line, reading, cursor.at());
}

function readIpv6(made: IosInterface, cursor: Cursor, line: ConfigLine, reading: Reading): void {
  const at = cursor.at();
  if (cursor.take('traffic-filter') !== undefined) apply(made, 'ipv6', cursor, line, reading);
  else if (cursor.take('address') === undefined) readOther(made, cursor, line, reading, at, 'ipv6 ');
  else if (cursor.peek() === 'autoconfig' || cursor.peek() === 'dhcp') made.hasUnknownAddress = true;
  else readIpv6Address(made, cursor, reading);
}

function readIpv6Address(made: IosInterface, cursor: Cursor, reading: Reading): void {
  const at = cursor.at();
  const word = cursor.next() ?? '';
  if (prefixOf(word) !== undefined && word.includes(':')) {
    // A link-local address stands without a length.
    if (cursor.peek() !== 'eui-64') made.addresses.push(word.includes('/') ? word : `${word}/128`);
    else made.hasUnknownAddress = true;
  } else if (cursor.isDone) reading.error(at, `'${word}' is no IPv6 address`, 'for example 2001:db8::1/64');
  else made.hasUnknownAddress = true;
}

function apply(
  made: IosInterface,
  family: 'ipv4' | 'ipv6',
  cursor: Cursor,
  line: ConfigLine,
  reading: Reading,
): void {
  const at = cursor.at();
  const list = cursor.next();
  const side = cursor.take('in', 'out');
  if (list === undefined || (side !== 'in' && side !== 'out'))
    reading.error(
      cursor.at(),
      'the access list is applied neither in nor out',
      'for example: ip access-group NAME in',
    );
  else made.applied.push({ list, side, family, line, at });
}

function readOther(
  made: IosInterface,
  cursor: Cursor,
  line: ConfigLine,
  reading: Reading,
  at: Position,
  before = '',
): void {
  const command = `${before}${cursor.peek() ?? ''}`;
  const side = spoils(command);
  if (command === 'service-policy')
    made.policies.push({ name: lastWord(cursor) ?? '', side: sideOf(cursor.peek(1)), line });
  else if (command === 'ip inspect' || command === 'ipv6 inspect')
    reading.note(at, `'${line.text}' is not modelled: it lets the replies of what it inspects back in`);
  else if (side !== undefined) spoil(made, side, line, reading, at);
  else if (!isInert(command)) reading.note(at, `'${command}' is not known on an interface and was left out`);
}

const sideOf = (word: string | undefined): Spoiler['side'] =>
  word === 'input' ? 'in' : word === 'output' ? 'out' : 'both';

function spoil(
  made: IosInterface,
  side: Spoiler['side'],
  line: ConfigLine,
  reading: Reading,
  at: Position,
): void {
  made.spoilers.push({ side, line, why: spoiledBy(line, reading, at) });
}

/** Tells that a line may drop packets, but not which. */
export const spoiledBy = (line: ConfigLine, reading: Reading, at: Position): Problem =>
  reading.note(at, `'${line.text}' is not modelled: it may drop packets`);

/** The interface as the model has it. */
export function modelled(made: IosInterface, reading: Reading): Interface {
  const { name, addresses, shared, zone, vlan, vrf, shutdown, block } = made;
  return {
    name,
    addresses: [...addresses, ...shared],
    ...(zone === undefined ? {} : { zone: zone.name }),
    ...(vlan === undefined ? {} : { vlan }),
    ...(vrf === undefined ? {} : { vrf }),
    ...(shutdown === undefined ? {} : { shutdown: true }),
    at: reading.at(block),
  };
}
