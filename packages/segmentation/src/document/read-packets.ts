import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { addressOf } from '../model/address.ts';
import type { ConfigFile, Firewall } from '../model/firewall.ts';
import { connectionStates, ipv6Offset, type Packet } from '../model/packet.ts';
import { interfaceNumber } from '../netfilter/interface-names.ts';
import { flagNames, protocols } from './packet-document.ts';

const known = new Set('iif oif src dst protocol sport dport icmpType icmpCode flags state'.split(' '));

/** What is wrong with a line, thrown within it and told with its place. */
class Wrong extends Error {}

/**
 * Reads packets, one JSON object a line: `{"iif":"a","oif":"b","src":"10.1.2.3","dst":"10.4.5.6","protocol":"tcp",
 * "sport":49152,"dport":443,"flags":"syn","state":"new"}`. Left out are: interfaces (any that no rule names), ports (0),
 * state (`new`), flags (`syn` for TCP that opens a connection, else `ack`), ICMP type and code (an echo request).
 * All bad lines are told. Codes: `json-syntax`, `value-invalid`.
 */
export function readPackets(
  { name, text }: ConfigFile,
  { interfaceNames }: Firewall,
): Result<readonly Packet[], readonly Problem[]> {
  const packets: Packet[] = [];
  const problems: Problem[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const at = { file: name, line: index + 1, column: 1 };
    try {
      packets.push(packetOf(JSON.parse(line) as unknown, interfaceNames));
    } catch (error) {
      const isSyntax = !(error instanceof Wrong);
      problems.push(
        problem(
          isSyntax ? 'json-syntax' : 'value-invalid',
          isSyntax ? 'the line is not JSON' : `the packet ${error.message}`,
          { hint: 'one packet a line: {"src":"10.1.2.3","dst":"10.4.5.6","protocol":"tcp","dport":443}', at },
        ),
      );
    }
  });
  return problems.length > 0 ? fail(problems) : ok(packets);
}

function packetOf(value: unknown, interfaceNames: readonly string[]): Packet {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Wrong('is no object');
  // An object that JSON.parse made.
  const fields = value as Readonly<Record<string, unknown>>;
  const stranger = Object.keys(fields).find((each) => !known.has(each));
  if (stranger !== undefined) throw new Wrong(`has a key '${stranger}' that packets do not have`);
  const [src, dst] = [address(fields, 'src'), address(fields, 'dst')];
  if (src >= ipv6Offset !== dst >= ipv6Offset) throw new Wrong('has addresses of two families');
  const protocol = protocolOf(fields['protocol']);
  const state = stateOf(fields['state']);
  return {
    src,
    dst,
    protocol,
    sport: number(fields, 'sport', 65_535, 0),
    dport: number(fields, 'dport', 65_535, 0),
    iif: interfaceOf(fields, 'iif', interfaceNames),
    oif: interfaceOf(fields, 'oif', interfaceNames),
    state,
    icmpType: number(fields, 'icmpType', 255, protocol === 58n ? 128 : protocol === 1n ? 8 : 0),
    icmpCode: number(fields, 'icmpCode', 255, 0),
    flags: flagsOf(fields['flags'], protocol === 6n ? (state === 0n ? 2n : 16n) : 0n),
  };
}

function address(fields: Readonly<Record<string, unknown>>, key: 'src' | 'dst'): bigint {
  const text = fields[key];
  const value = typeof text === 'string' ? addressOf(text) : undefined;
  if (value === undefined)
    throw new Wrong(`has ${key} ${JSON.stringify(text) ?? 'missing'}, which is no address`);
  return value;
}

function number(
  fields: Readonly<Record<string, unknown>>,
  key: string,
  most: number,
  otherwise: number,
): bigint {
  const value = fields[key] ?? otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most)
    throw new Wrong(`has ${key} ${JSON.stringify(value)}, which is no whole number up to ${most}`);
  return BigInt(value);
}

function protocolOf(value: unknown): bigint {
  if (typeof value === 'number') return number({ protocol: value }, 'protocol', 255, 0);
  // A name that `protocols` may lack.
  const found = typeof value === 'string' && Object.hasOwn(protocols, value) ? value : undefined;
  if (found === undefined)
    throw new Wrong(
      `has protocol ${JSON.stringify(value) ?? 'missing'}; known are ${Object.keys(protocols).join(', ')} and numbers`,
    );
  return BigInt(protocols[found as keyof typeof protocols]);
}

function stateOf(value: unknown): bigint {
  const index = connectionStates.findIndex((each) => each === (value ?? 'new'));
  if (index < 0)
    throw new Wrong(`has state ${JSON.stringify(value)}; known are ${connectionStates.join(', ')}`);
  return BigInt(index);
}

/** An interface that no rule names is 0. */
function interfaceOf(
  fields: Readonly<Record<string, unknown>>,
  key: 'iif' | 'oif',
  interfaceNames: readonly string[],
): bigint {
  const value = fields[key] ?? '';
  if (typeof value !== 'string') throw new Wrong(`has ${key} ${JSON.stringify(value)}, which is no name`);
  return BigInt(interfaceNumber(interfaceNames, value));
}

function flagsOf(value: unknown, otherwise: bigint): bigint {
  if (value === undefined) return otherwise;
  const names = typeof value === 'string' ? value.split(/[,| ]+/).filter((each) => each !== '') : ['?'];
  return names.reduce((bits, name) => {
    const bit = flagNames.findIndex((each) => each === name.toLowerCase());
    if (bit < 0) throw new Wrong(`has flags ${JSON.stringify(value)}; known are ${flagNames.join(', ')}`);
    return bits | (1n << BigInt(bit));
  }, 0n);
}
