import type { Observation, ObservedRef } from '../observation.ts';
import { cableOf } from '../observe/cable.ts';
import { itemsAt, numberAt, objectAt, textAt, type JsonNode } from '../reading/json-node.ts';
import { Draft, type Export } from './draft.ts';
import { choiceAt, idsAt, type Entry } from './pages.ts';

/** One end of a cable or of a path: the type of what it ends on, and its id. */
interface End {
  readonly type: string;
  readonly id: number;
}

/**
 * Cables between interfaces, what feeds a power port, and where circuits end. Ends are read from `cables`, as
 * `a_terminations` since NetBox 3.3 and as `termination_a_type` and `termination_a_id` before; through patch panels they are
 * found by `connected_endpoints`, which NetBox traces itself.
 * @see https://netboxlabs.com/docs/netbox/release-notes/version-3.3/
 */
export function readCabling(box: Export): void {
  const power = new Map<string, Set<string>>();
  const seen = new Map<string, Observation>();
  let planned: Entry | undefined;
  for (const entry of box.entries('dcim/cables')) {
    if (!/^(?:connected|)$/.test(choiceAt(entry.node, 'status') ?? '')) planned ??= entry;
    else
      for (const [a, b] of pairs(endsOf(entry.node, 'a'), endsOf(entry.node, 'b')))
        join(box, entry, a, b, seen, power);
  }
  if (planned)
    box.notes.add('import-partial', 'cables that are planned or taken out', planned.at, 'they are left out');
  for (const type of ['interfaces', 'power-ports'])
    for (const entry of box.entries(`dcim/${type}`)) traced(box, entry, type, seen, power);
  for (const [device, supplies] of power) feed(box, Number(device), [...supplies]);
}

function traced(
  box: Export,
  entry: Entry,
  type: string,
  seen: Map<string, Observation>,
  power: Map<string, Set<string>>,
): void {
  const kind =
    textAt(entry.node, 'connected_endpoints_type') ?? textAt(entry.node, 'connected_endpoint_type');
  const own: End = { type: type === 'interfaces' ? 'dcim.interface' : 'dcim.powerport', id: entry.id };
  for (const id of [...idsAt(entry.node, 'connected_endpoints'), ...idsAt(entry.node, 'connected_endpoint')])
    if (kind !== undefined) join(box, entry, own, { type: kind, id }, seen, power);
}

const pairs = (as: readonly End[], bs: readonly End[]): readonly (readonly [End, End])[] =>
  // Breakout cables have as many ends as there are lanes, in the same order.
  as.length === bs.length
    ? as.flatMap((a, index) => (bs[index] ? [[a, bs[index]] as const] : []))
    : as.flatMap((a) => bs.map((b) => [a, b] as const));

function endsOf(cable: JsonNode, side: 'a' | 'b'): readonly End[] {
  const old = numberAt(cable, `termination_${side}_id`);
  const oldType = textAt(cable, `termination_${side}_type`);
  if (old !== undefined && oldType !== undefined) return [{ type: oldType, id: old }];
  return itemsAt(cable, `${side}_terminations`).flatMap((end) => {
    const [type, id] = [textAt(end, 'object_type'), numberAt(end, 'object_id')];
    return type === undefined || id === undefined ? [] : [{ type, id }];
  });
}

const listOf: Readonly<Record<string, string>> = {
  'dcim.interface': 'dcim/interfaces',
  'dcim.powerport': 'dcim/power-ports',
  'dcim.poweroutlet': 'dcim/power-outlets',
  'dcim.powerfeed': 'dcim/power-feeds',
  'circuits.circuittermination': 'circuits/circuit-terminations',
};

function join(
  box: Export,
  entry: Entry,
  a: End,
  b: End,
  seen: Map<string, Observation>,
  power: Map<string, Set<string>>,
): void {
  for (const { type, id } of [a, b]) {
    const list = listOf[type];
    if (list && !box.entry(list, id)) return box.dangling(entry, list, id, 'a termination');
  }
  if (a.type === 'dcim.interface' && b.type === 'dcim.interface') return between(box, entry, a, b, seen);
  const [one, other] =
    a.type === 'dcim.powerport' || a.type === 'circuits.circuittermination' ? [a, b] : [b, a];
  if (one.type === 'dcim.powerport') fedBy(box, one, other, power);
  else if (one.type === 'circuits.circuittermination' && other.type === 'dcim.interface')
    lineOn(box, entry, one, other);
}

function portOf(box: Export, { id }: End): (ObservedRef & { readonly entry: Entry }) | undefined {
  const entry = box.entry('dcim/interfaces', id);
  const device = entry && box.draft('dcim/devices', idsAt(entry.node, 'device')[0]);
  return device && { ...device.ref, port: textAt(entry.node, 'name') ?? String(id), entry };
}

function between(box: Export, entry: Entry, a: End, b: End, seen: Map<string, Observation>): void {
  const [from, to] = [portOf(box, a), portOf(box, b)];
  // Of a device that is not there nothing is cabled.
  if (!from || !to) return;
  const ends = [from, to].map(({ kind, id, port = '' }): ObservedRef => ({ kind, id, port }));
  const [one, other] = ends;
  if (!one || !other) return;
  const cable = cableOf(one, other, entry.at);
  if (seen.has(cable.id)) return;
  seen.set(cable.id, cable);
  const draft = new Draft({ kind: 'cable', id: cable.id }, cable.marks, entry.at);
  for (const said of cable.says)
    if (said.kind === 'ref') draft.refer(said.path as readonly string[], [said.to]);
  draft.say(['medium'], mediumOf(choiceAt(entry.node, 'type') ?? ''));
  draft.refer(['carries'], carried(box, from.entry, to.entry));
  box.add(`cable ${cable.id}`, draft);
}

/** @see NetBox, `CableTypeChoices` in netbox/dcim/choices.py */
function mediumOf(type: string): string | undefined {
  if (/^(?:cat|dac|mrj21|coaxial)/.test(type)) return 'copper';
  return /^(?:mmf|smf|aoc)/.test(type) ? 'fibre' : undefined;
}

/** The VLANs that both ends let through; nothing where an end lets all through or says nothing. */
function carried(box: Export, ...ends: readonly Entry[]): readonly ObservedRef[] {
  const lists = ends.flatMap((end) => {
    const mode = choiceAt(end.node, 'mode');
    if (mode !== 'access' && mode !== 'tagged') return [];
    const tagged = mode === 'tagged' ? box.refsAt(end, 'ipam/vlans', 'tagged_vlans') : [];
    return [[...box.refsAt(end, 'ipam/vlans', 'untagged_vlan'), ...tagged]];
  });
  const [first = [], ...others] = lists;
  return first.filter(({ id }) => others.every((list) => list.some((each) => each.id === id)));
}

function fedBy(box: Export, port: End, other: End, power: Map<string, Set<string>>): void {
  const device = idsAt(box.entry('dcim/power-ports', port.id)?.node, 'device')[0];
  const outlet = other.type === 'dcim.poweroutlet' ? box.entry('dcim/power-outlets', other.id) : undefined;
  const supply =
    other.type === 'dcim.powerfeed'
      ? `dcim/power-feeds/${other.id}`
      : outlet && `dcim/devices/${idsAt(outlet.node, 'device')[0]}`;
  if (device === undefined || supply === undefined) return;
  power.set(String(device), (power.get(String(device)) ?? new Set()).add(supply));
}

function feed(box: Export, device: number, supplies: readonly string[]): void {
  const refs = supplies.flatMap((key) => {
    const cut = key.lastIndexOf('/');
    return box.draft(key.slice(0, cut), Number(key.slice(cut + 1)))?.ref ?? [];
  });
  box.draft('dcim/devices', device)?.refer(['power'], refs);
}

function lineOn(box: Export, entry: Entry, end: End, other: End): void {
  const termination = box.entry('circuits/circuit-terminations', end.id);
  const circuit = box.draft('circuits/circuits', idsAt(termination?.node, 'circuit')[0]);
  const port = portOf(box, other);
  if (circuit && port && !circuit.observation().says.some(({ path }) => path[0] === 'on'))
    circuit.refer(['on'], [{ kind: port.kind, id: port.id }], entry.at);
}

/** Panels are boards of which NetBox does not say what feeds them; feeds are boards that a panel feeds. */
export function readPower(box: Export): void {
  for (const [type, path] of [
    ['dcim/power-panels', undefined],
    ['dcim/power-feeds', 'power_panel'],
  ] as const)
    for (const entry of box.entries(type)) {
      const name = textAt(entry.node, 'name') ?? `${type} ${entry.id}`;
      const draft = box.begin('supply', type, entry, name).say(['name'], name).say(['kind'], 'board');
      if (path) draft.refer(['from'], box.refsAt(entry, 'dcim/power-panels', path));
      const panel = path ? box.entry('dcim/power-panels', idsAt(objectAt(entry.node), path)[0]) : entry;
      const location = panel ? box.refsAt(panel, 'dcim/locations', 'location') : [];
      draft.refer(['at'], location.length > 0 || !panel ? location : box.refsAt(panel, 'dcim/sites', 'site'));
    }
}

/** Circuits that are in service, with their provider. Ducts, media and what is at the far end NetBox does not say. */
export function readCircuits(box: Export): void {
  for (const entry of box.entries('circuits/circuits')) {
    if (
      /^(?:planned|provisioning|decommissioned|deprovisioning)$/.test(choiceAt(entry.node, 'status') ?? '')
    ) {
      box.notes.add(
        'import-partial',
        `circuit ${textAt(entry.node, 'cid')} is not in service`,
        entry.at,
        'it is left out',
      );
      continue;
    }
    const name = textAt(entry.node, 'cid') ?? `circuit ${entry.id}`;
    box
      .begin('circuit', 'circuits/circuits', entry, name)
      .say(['name'], name)
      .refer(['provider'], box.refsAt(entry, 'circuits/providers', 'provider'));
  }
}
