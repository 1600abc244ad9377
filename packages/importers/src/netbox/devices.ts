import { isInterfaceName } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import type { ObservedRef } from '../observation.ts';
import { plainAddress, plainMac } from '../observe/address.ts';
import { hostnameOf, idOf } from '../observe/id-of.ts';
import { itemsAt, numberAt, textAt } from '../reading/json-node.ts';
import { ownField, type Draft, type Export } from './draft.ts';
import type { Networks } from './networks.ts';
import { choiceAt, idsAt, type Entry } from './pages.ts';
import { placeOf } from './places.ts';

/** An interface with what the estate language says of one. */
interface Leg {
  readonly entry: Entry;
  readonly name: string;
  readonly macs: readonly string[];
  readonly addresses: readonly string[];
  readonly network: ObservedRef | undefined;
}

/** A device that is only planned or stored, or already taken out, is not there. */
const away = new Set(['planned', 'inventory', 'decommissioning']);

/**
 * Devices with their type, place, serial number, interfaces and addresses. A profile is said where the device, its type or
 * its role has a custom field `holdfast_profile`. `device_role` is `role` since NetBox 3.6.
 */
export function readDevices(box: Export, networks: Networks): void {
  const absent = box.entries('dcim/devices').filter(({ node }) => away.has(choiceAt(node, 'status') ?? ''));
  const gone = new Set(absent);
  const [first] = absent;
  if (first)
    box.notes.add(
      'import-partial',
      `${absent.length === 1 ? 'a device is' : `${absent.length} devices are`} planned, in store or taken out`,
      first.at,
      'they are left out',
    );
  for (const entry of box.entries('dcim/devices')) if (!gone.has(entry)) begin(box, entry);
  const legs = legsOf(box, networks);
  for (const entry of box.entries('dcim/devices')) {
    const draft = box.draft('dcim/devices', entry.id);
    if (draft) connect(box, draft, entry, legs.get(entry.id) ?? []);
  }
}

function begin(box: Export, entry: Entry): void {
  const { node } = entry;
  const name = textAt(node, 'name') ?? textAt(node, 'display') ?? `device ${entry.id}`;
  const serial = textAt(node, 'serial');
  const hostname = hostnameOf(textAt(node, 'name'));
  const type = box.entry('dcim/device-types', idsAt(node, 'device_type')[0])?.node;
  const role = ['role', 'device_role']
    .map((key) => box.entry('dcim/device-roles', idsAt(node, key)[0])?.node)
    .find(Boolean);
  const profile = ownField(node, 'profile') ?? ownField(type, 'profile') ?? ownField(role, 'profile');
  box
    .begin('device', 'dcim/devices', entry, name, {
      ...(serial === undefined ? {} : { serial }),
      ...(hostname === undefined ? {} : { hostname }),
    })
    .say(['name'], name)
    .say(['profile'], profile)
    .refer(['at'], placeOf(box, entry))
    .say(
      ['vendor'],
      textAt(node, 'device_type', 'manufacturer', 'name') ?? textAt(type, 'manufacturer', 'name'),
    )
    .say(['model'], textAt(node, 'device_type', 'model') ?? textAt(type, 'model'))
    .say(['serial'], serial)
    .say(['state'], choiceAt(node, 'status') === 'failed' ? 'failed' : undefined);
}

function legsOf(box: Export, networks: Networks): ReadonlyMap<number, readonly Leg[]> {
  const addresses = new Map<number, Entry[]>();
  for (const entry of box.entries('ipam/ip-addresses')) {
    const id = numberAt(entry.node, 'assigned_object_id');
    if (textAt(entry.node, 'assigned_object_type') !== 'dcim.interface' || id === undefined) continue;
    if (!box.entry('dcim/interfaces', id)) box.dangling(entry, 'dcim/interfaces', id, 'assigned_object_id');
    const list = addresses.get(id) ?? [];
    list.push(entry);
    addresses.set(id, list);
  }
  const legs = new Map<number, Leg[]>();
  for (const entry of box.entries('dcim/interfaces')) {
    const [device] = idsAt(entry.node, 'device');
    if (device === undefined) continue;
    if (!box.entry('dcim/devices', device)) box.dangling(entry, 'dcim/devices', device, 'device');
    const list = legs.get(device) ?? [];
    list.push(legOf(box, entry, addresses.get(entry.id) ?? [], networks));
    legs.set(device, list);
  }
  return legs;
}

/** Addresses that move between devices (VRRP, HSRP, anycast) are not those of one. */
const shared = new Set(['vip', 'vrrp', 'hsrp', 'glbp', 'carp', 'anycast']);

function legOf(box: Export, entry: Entry, given: readonly Entry[], networks: Networks): Leg {
  const own = given.filter(({ node }) => !shared.has(choiceAt(node, 'role') ?? ''));
  const read = own.flatMap((each) => {
    const text = textAt(each.node, 'address') ?? '';
    const address = plainAddress(text.split('/', 1)[0] ?? '');
    if (address === undefined)
      box.notes.add('value-invalid', `'${text.slice(0, 60)}' is not an address`, each.at);
    return address === undefined ? [] : [{ address, vrf: idsAt(each.node, 'vrf')[0] }];
  });
  const vlan =
    choiceAt(entry.node, 'mode') === 'access'
      ? box.refsAt(entry, 'ipam/vlans', 'untagged_vlan')[0]
      : undefined;
  const macs = [
    textAt(entry.node, 'mac_address'),
    ...itemsAt(entry.node, 'mac_addresses').map((each) => textAt(each, 'mac_address')),
  ];
  return {
    entry,
    name: textAt(entry.node, 'name') ?? String(entry.id),
    macs: [...new Set(macs.flatMap((mac) => plainMac(mac ?? '') ?? []))],
    addresses: read.map(({ address }) => address),
    network:
      read.map(({ address, vrf }) => networks.ofAddress(address, vrf)).find(Boolean) ??
      (read.length > 0 ? vlan : undefined),
  };
}

function connect(box: Export, draft: Draft, { node, at }: Entry, legs: readonly Leg[]): void {
  const primary = ['primary_ip4', 'primary_ip6']
    .map((key) => plainAddress(textAt(node, key, 'address')?.split('/', 1)[0] ?? ''))
    .filter((each) => each !== undefined);
  const addresses = [...new Set([...primary, ...legs.flatMap((leg) => leg.addresses)])];
  const macs = [...new Set(legs.flatMap((leg) => leg.macs))];
  draft.marks = {
    ...draft.marks,
    ...(macs.length > 0 && { macs }),
    ...(addresses.length > 0 && { addresses }),
  };
  const speaking = legs.filter((leg) => leg.addresses.length > 0);
  const [only, ...more] = speaking;
  if (!only) {
    draft.say(['address'], oneOrAll(primary), at);
    return;
  }
  if (more.length === 0) {
    draft.say(['address'], oneOrAll(only.addresses), only.entry.at).say(['mac'], only.macs[0], only.entry.at);
    if (only.network) draft.refer(['network'], [only.network], only.entry.at);
    return;
  }
  const names = new Set<string>();
  for (const leg of speaking) {
    const base = isInterfaceName(leg.name) ? leg.name : idOf(leg.name) || `interface-${leg.entry.id}`;
    const name = names.has(base) ? `${base.slice(0, 50)}-${leg.entry.id}` : base;
    names.add(name);
    draft
      .say(['interfaces', name, 'address'], leg.addresses[0], leg.entry.at)
      .say(['interfaces', name, 'mac'], leg.macs[0], leg.entry.at);
    if (leg.network) draft.refer(['interfaces', name, 'network'], [leg.network], leg.entry.at);
    if (leg.addresses.length > 1)
      box.notes.add(
        'import-partial',
        `${leg.name} has ${leg.addresses.length} addresses, of which an interface of the estate has one`,
        leg.entry.at,
        'the first is taken',
      );
  }
}

const oneOrAll = (addresses: readonly string[]): Json | undefined =>
  addresses.length > 1 ? addresses : addresses[0];
