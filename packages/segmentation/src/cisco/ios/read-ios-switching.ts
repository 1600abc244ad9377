import { compareProblems, fail, ok, type Position, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigFile } from '../../model/firewall.ts';
import type { IntervalSet } from '../../model/interval.ts';
import { configText, type Block } from '../text/config-lines.ts';
import { Reading } from '../text/reading.ts';
import { allowedAfter, allVlans, vlanSet } from './vlan-set.ts';

/** How a port treats frames; `dynamic` is settled with the neighbour and not in the configuration. */
export type PortMode = 'access' | 'trunk' | 'dynamic' | 'private-host' | 'private-promiscuous';

/** A port of a switch. */
export interface SwitchPort {
  readonly name: string;
  readonly mode: PortMode;
  readonly accessVlan: number;
  readonly allowed: IntervalSet;
  readonly native: number;
  /** Whether it exchanges nothing with the other protected ports of its switch. */
  readonly isProtected: boolean;
  /** The primary and the secondary VLANs of a port of a private VLAN. */
  readonly privateVlan: { readonly primary: number; readonly secondary: IntervalSet } | undefined;
  readonly shutdown: boolean;
  readonly at: Position;
}

/** A VLAN that the configuration names. */
export interface Vlan {
  readonly id: number;
  readonly name: string | undefined;
  readonly privateVlan: 'primary' | 'isolated' | 'community' | undefined;
  readonly at: Position;
}

/** What a switch does between its ports. */
export interface Switching {
  readonly vlans: readonly Vlan[];
  readonly ports: readonly SwitchPort[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the VLANs and the ports of a switch with Cisco IOS. Ports without any `switchport` line are left out where they
 * have an address. Codes: `value-invalid`, `format-mismatch`.
 * @see https://www.easymanua.ls/cisco/me-3400/manual?p=278 Understanding Private VLANs
 */
export function readIosSwitching({ name, text }: ConfigFile): Result<Switching, readonly Problem[]> {
  const reading = new Reading(name);
  const { blocks } = configText(text, 'delimited');
  if (blocks.length === 0)
    reading.error(
      { file: name, line: 1, column: 1 },
      'the file is empty',
      'give what show running-config prints',
      'format-mismatch',
    );
  const vlans = blocks.flatMap((block) => vlansOf(block, reading));
  const ports = blocks.flatMap((block) => portOf(block, reading) ?? []);
  if (reading.errors.length > 0) return fail(reading.errors.toSorted(compareProblems));
  return ok({ vlans, ports, problems: reading.notes.toSorted(compareProblems) });
}

function vlansOf(block: Block, reading: Reading): readonly Vlan[] {
  const [verb, ids = ''] = block.words.map(({ text }) => text);
  if (verb !== 'vlan' || !/^\d/.test(ids)) return [];
  const set = vlanSet(ids);
  if (set === undefined)
    return reading.error(reading.at(block, 1), `'${ids}' is no VLAN`, 'numbers from 1 to 4094') ?? [];
  const texts = block.body.map(({ text }) => text);
  const kind = (['primary', 'isolated', 'community'] as const).find((each) =>
    texts.includes(`private-vlan ${each}`),
  );
  const title = texts.find((each) => each.startsWith('name '))?.slice(5);
  return set.flatMap(({ low, high }) =>
    Array.from({ length: Number(high - low) + 1 }, (_, index) => ({
      id: Number(low) + index,
      name: title,
      privateVlan: kind,
      at: reading.at(block),
    })),
  );
}

type Draft = { -readonly [K in keyof SwitchPort]: SwitchPort[K] };

function portOf(block: Block, reading: Reading): SwitchPort | undefined {
  const name = block.words
    .slice(1)
    .map(({ text }) => text)
    .join('');
  if (
    block.words[0]?.text !== 'interface' ||
    /^(vlan|loopback|tunnel|null|bdi|dialer)/i.test(name) ||
    name.includes('.')
  )
    return undefined;
  const texts = block.body.map(({ text }) => text);
  if (
    texts.includes('no switchport') ||
    (!texts.some((each) => each.startsWith('switchport')) &&
      texts.some((each) => each.startsWith('ip address')))
  )
    return undefined;
  const port: Draft = {
    name,
    mode: 'dynamic',
    accessVlan: 1,
    allowed: allVlans,
    native: 1,
    isProtected: texts.includes('switchport protected'),
    privateVlan: undefined,
    shutdown: texts.includes('shutdown'),
    at: reading.at(block),
  };
  for (const line of block.body) {
    const words = line.words.map((word) => word.text.toLowerCase());
    if (words[0] === 'switchport' && !setOn(port, words.slice(1)))
      reading.error(reading.at(line), `'${line.text}' is not understood`, 'VLANs are numbers from 1 to 4094');
    else if (words[0] === 'switchport' && !known.has(words[1] ?? ''))
      reading.note(reading.at(line), `'${line.text}' is not modelled`);
  }
  return port;
}

const known: ReadonlySet<string> = new Set([
  'mode',
  'access',
  'trunk',
  'protected',
  'private-vlan',
  'nonegotiate',
  'voice',
  'port-security',
  'block',
  'host',
]);

const modes: ReadonlyMap<string, PortMode> = new Map([
  ['access', 'access'],
  ['trunk', 'trunk'],
  ['dynamic auto', 'dynamic'],
  ['dynamic desirable', 'dynamic'],
  ['private-vlan host', 'private-host'],
  ['private-vlan promiscuous', 'private-promiscuous'],
]);

/** Puts a `switchport` command into a port; false where it is broken. */
function setOn(port: Draft, words: readonly string[]): boolean {
  const [first, second, third, ...rest] = words;
  if (first === 'mode') {
    const mode = modes.get(words.slice(1, 3).join(' ')) ?? modes.get(second ?? '');
    if (mode !== undefined) port.mode = mode;
    return mode !== undefined;
  }
  if (first === 'access' && second === 'vlan') return setVlan(third, (vlan) => (port.accessVlan = vlan));
  if (first === 'trunk' && second === 'native')
    return rest[0] === 'tag' || setVlan(rest[0], (vlan) => (port.native = vlan));
  if (first === 'trunk' && second === 'allowed') {
    const allowed = allowedAfter(port.allowed, rest);
    if (allowed !== undefined) port.allowed = allowed;
    return allowed !== undefined;
  }
  if (first !== 'private-vlan' || (second !== 'host-association' && second !== 'mapping')) return true;
  const secondary = vlanSet(rest[0] === 'add' ? (rest[1] ?? '') : (rest[0] ?? ''));
  return (
    setVlan(third, (primary) => (port.privateVlan = { primary, secondary: secondary ?? [] })) &&
    secondary !== undefined
  );
}

function setVlan(text: string | undefined, set: (vlan: number) => unknown): boolean {
  const [vlan] = vlanSet(text ?? '') ?? [];
  if (vlan === undefined || vlan.low !== vlan.high) return false;
  set(Number(vlan.low));
  return true;
}
