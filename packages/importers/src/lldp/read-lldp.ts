import { fail, ok, type Problem, type Result } from '@holdfast/kernel';
import type { Import, ImportFile, Observation } from '../observation.ts';
import { plainAddress, plainMac } from '../observe/address.ts';
import { Host } from '../observe/host.ts';
import { Ids, idOf } from '../observe/id-of.ts';
import { Notes } from '../observe/notes.ts';
import { decode, headOf, notThis, type DecodedFile } from '../reading/decode.ts';
import type { JsonNode } from '../reading/json-node.ts';
import { readJson } from '../reading/read-json.ts';
import type { TableOptions } from '../tables/sighting.ts';
import { cableOf } from '../observe/cable.ts';
import { boolOf, linksOf, valueOf, valuesOf, type Link } from './links.ts';

/** Whether a file begins as `lldpctl -f json` or `json0` does. */
export const looksLikeLldp = (bytes: Uint8Array): boolean => /^\s*\{\s*"lldp"\s*:/.test(headOf(bytes));

/**
 * Reads the neighbours of a device as `lldpctl -f json` or `-f json0` prints them: each neighbour is a device with its
 * name, chassis and management address, and a cable from port to port. `poe` is said of a neighbour that announces that
 * it is powered over the cable. VLANs and capabilities are noted. The answer does not name the device that was asked: without
 * `options.device` no cables are read, and a problem says so. LLDP shows only who speaks it: there is no scope.
 *
 * Fails with `file-unreadable`, `file-too-large`, `json-syntax` or `format-mismatch`.
 * @see lldpctl(8) of lldpd 1.0
 * @see IEEE 802.1AB-2016 section 8.5, IEEE 802.3-2022 section 79.3.2
 */
export function readLldp(file: ImportFile, options: TableOptions = {}): Result<Import, readonly Problem[]> {
  const decoded = decode(file);
  if (decoded.kind === 'error') return fail([decoded.error]);
  const root = readJson(decoded.value);
  if (root.kind === 'error') return fail([root.error]);
  const links = linksOf(root.value);
  return links === undefined
    ? fail([notThis('lldp-json', decoded.value.at(root.value.offset), '`lldp` as lldpctl -f json prints it')])
    : ok(importOf(decoded.value, links, options.device));
}

function importOf(file: DecodedFile, links: readonly Link[], device: string | undefined): Import {
  const ids = new Ids();
  const notes = new Notes();
  const own = device === undefined ? undefined : new Host(file.at(0));
  own?.hostname(device);
  const self = own?.observation(ids);
  if (!self && links.length > 0)
    notes.add(
      'import-partial',
      'the answer does not say whose neighbours these are: no cables are read',
      file.at(0),
      'name the device that was asked',
    );
  const hosts = new Map<string, { readonly host: Host; readonly id: string }>();
  const cables = new Map<string, Observation>();
  for (const link of links) {
    const at = file.at(link.offset);
    const neighbour = neighbourOf(link, file, hosts, ids);
    if (!neighbour) {
      notes.add(
        'import-partial',
        `the neighbour at ${link.port} says nothing to know it by`,
        at,
        'it is left out',
      );
      continue;
    }
    if (!self) continue;
    const cable = cableOf(
      { kind: 'device', id: self.id, port: link.port },
      { kind: 'device', id: neighbour.id, port: farPort(link) },
      at,
    );
    cables.set(cable.id, withNote(cable, link));
  }
  return {
    file: file.name,
    format: 'lldp-json',
    sha256: file.sha256,
    observations: [
      ...(self ? [self] : []),
      ...[...hosts.values()].map(({ host, id }) => host.observation(ids, id)),
      ...cables.values(),
    ],
    scopes: [],
    problems: notes.all(),
  };
}

function neighbourOf(
  { chassis, power, name, offset }: Link,
  file: DecodedFile,
  hosts: Map<string, { readonly host: Host; readonly id: string }>,
  ids: Ids,
): { readonly host: Host; readonly id: string } | undefined {
  const chassisId = valueOf(chassis, 'id');
  const mac = plainMac(chassisId ?? '');
  const key = chassisId ?? name;
  if (key === undefined) return undefined;
  const at = file.at(chassis?.offset ?? offset);
  const host = hosts.get(key)?.host ?? new Host(at);
  host.hostname(name);
  host.mac(mac, at);
  for (const address of valuesOf(chassis, 'mgmt-ip')) host.address(plainAddress(address), at);
  if (!host.isKnowable) return undefined;
  if (hosts.has(key)) return hosts.get(key);
  describe(host, chassis, power, file);
  const kept = {
    host,
    id: ids.take(idOf(name?.split('.', 1)[0] ?? ''), `host-${idOf(host.addresses[0] ?? mac ?? key)}`),
  };
  hosts.set(key, kept);
  return kept;
}

function describe(
  host: Host,
  chassis: JsonNode | undefined,
  power: JsonNode | undefined,
  file: DecodedFile,
): void {
  const text = valueOf(chassis, 'descr');
  if (text !== undefined) host.note(text.replaceAll(/\s+/g, ' ').slice(0, 200));
  if (power && valueOf(power, 'device-type') === 'PD' && boolOf(power, 'enabled') === true) {
    host.say(['poe'], true, file.at(power.offset));
    const milliwatts = Number(valueOf(power, 'allocated') ?? Number.NaN);
    if (milliwatts > 0) host.note(`${milliwatts / 1000} W allocated over the cable`);
  }
}

/** The port at the far end: by its name; where it is known by its MAC alone, by its description. */
function farPort({ farPort: port }: Link): string {
  const [id, description] = [valueOf(port, 'id'), valueOf(port, 'descr')];
  return (id !== undefined && plainMac(id) === undefined ? id : (description ?? id)) ?? '';
}

function withNote(cable: Observation, { vlans }: Link): Observation {
  const said = vlans.map((vlan) => {
    const [id, name] = [valueOf(vlan, 'vlan-id'), valueOf(vlan)];
    return `${id}${name === undefined ? '' : ` (${name})`}${boolOf(vlan, 'pvid') === true ? ' untagged' : ''}`;
  });
  return said.length === 0 ? cable : { ...cable, note: `the neighbour announces VLAN ${said.join(', ')}` };
}
