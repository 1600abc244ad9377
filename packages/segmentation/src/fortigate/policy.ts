import type { Problem } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import { family } from '../model/address.ts';
import type { Action } from '../model/firewall.ts';
import type { IntervalSet } from '../model/interval.ts';
import { complementOf, nothing, unionOf, type Doubted } from '../sense/doubted.ts';
import {
  allOf,
  anyOf,
  doubted,
  every,
  onAxis,
  perhaps,
  wholeOf,
  surely,
  type Doubtful,
  type Origin,
} from '../zoned/doubtful.ts';
import { Addresses, type Family } from './addresses.ts';
import type { Block } from './config-text.ts';
import type { Network } from './network.ts';
import { kindOfKey } from './policy-keys.ts';
import { otherServices, Services } from './services.ts';
import { isOn, lineOf, valueOf, valuesOf, type Vdom } from './vdom.ts';
import { Vips, type Vip } from './vips.ts';

/** What the policies of a virtual domain refer to. */
export class Objects {
  readonly vdom: Vdom;
  readonly network: Network;
  readonly reading: Reading;
  readonly addresses: Readonly<Record<Family, Addresses>>;
  readonly vips: Readonly<Record<Family, Vips>>;
  readonly services: Services;

  constructor(vdom: Vdom, network: Network, reading: Reading) {
    this.vdom = vdom;
    this.network = network;
    this.reading = reading;
    this.addresses = {
      ipv4: new Addresses(vdom, 'ipv4', reading),
      ipv6: new Addresses(vdom, 'ipv6', reading),
    };
    this.vips = {
      ipv4: new Vips(vdom, 'ipv4', network, reading),
      ipv6: new Vips(vdom, 'ipv6', network, reading),
    };
    this.services = new Services(vdom, reading);
  }
}

type Sides = Readonly<Partial<Record<Family, Doubted>>>;

/** A policy, read. */
export interface Policy {
  readonly origin: Origin;
  readonly block: Block;
  readonly action: Action;
  readonly iif: IntervalSet | undefined;
  readonly oif: IntervalSet | undefined;
  readonly sources: Sides;
  readonly targets: Sides;
  readonly services: Doubtful;
  /** The virtual addresses among its destinations. */
  readonly vips: readonly Vip[];
  /** Why it may not be for packets that it looks to be for. */
  readonly doubts: readonly Problem[];
  /** The packets that it is for, those of virtual addresses apart. */
  readonly condition: Doubtful;
}

const families: readonly Family[] = ['ipv4', 'ipv6'];

function conditionOf(policy: Omit<Policy, 'condition'>): Doubtful {
  const sides = families.flatMap((each) => {
    const [from, to] = [policy.sources[each], policy.targets[each]];
    return from === undefined || to === undefined ? [] : [allOf([onAxis('src', from), onAxis('dst', to)])];
  });
  return doubted(allOf([interfacesOf(policy), anyOf(sides), policy.services]), policy.doubts);
}

export const interfacesOf = ({ iif, oif }: Pick<Policy, 'iif' | 'oif'>): Doubtful =>
  surely({ ...(iif && { iif }), ...(oif && { oif }) });

/** Reads the policies of a table that are switched on, in their order. `ids` begins their ids. */
export function readPolicies(
  objects: Objects,
  table: string,
  ids: string,
  which: readonly Family[] = families,
): readonly Policy[] {
  return objects.vdom
    .entries(`firewall ${table}`)
    .filter((block) => valueOf(block, 'status') !== 'disable')
    .map((block) => readPolicy(objects, block, ids, which));
}

function readPolicy(objects: Objects, block: Block, ids: string, which: readonly Family[]): Policy {
  const { network, reading, vdom } = objects;
  const { doubts, inspects } = settingsOf(block, reading);
  const destinations = targetsOf(objects, block, which);
  const service = valuesOf(block, 'service');
  const isService = isOn(block, 'internet-service') || isOn(block, 'internet-service6');
  for (const key of ['srcintf', 'dstintf'])
    if (!block.settings.has(key))
      reading.error(reading.at(block.line), `policy ${block.name} has no ${key}`, 'name interfaces, or any');
  if (service.length === 0 && !isService)
    reading.error(reading.at(block.line), `policy ${block.name} has no service`, 'name services, or ALL');
  const sources = sourcesOf(objects, block, which);
  for (const [key, sides] of [
    ['srcaddr', sources],
    ['dstaddr', destinations.sides],
  ] as const)
    if (Object.keys(sides).length === 0)
      reading.error(reading.at(block.line), `policy ${block.name} has no ${key}`, 'name addresses, or all');
  const policy = {
    origin: { id: `${ids}/${block.name}`, at: reading.at(block.line), text: wordsOf(block) },
    block,
    action: actionOf(block, inspects, reading),
    iif: network.named(block, 'srcintf', vdom),
    oif: network.named(block, 'dstintf', vdom),
    sources,
    targets: destinations.sides,
    services: isService ? every : servicesOf(objects, block),
    vips: destinations.vips,
    doubts,
  };
  return { ...policy, condition: conditionOf(policy) };
}

const quoted = [
  'name',
  'srcintf',
  'dstintf',
  'srcaddr',
  'dstaddr',
  'srcaddr6',
  'dstaddr6',
  'action',
  'service',
  'nat',
];

/** An entry in its own words, cut down to what decides. */
function wordsOf(block: Block): string {
  const told = quoted.flatMap((key) => block.settings.get(key)?.text ?? []);
  return [block.line.text, ...told].join('; ').slice(0, 400);
}

/** What settings say beside addresses and services. */
function settingsOf(
  block: Block,
  reading: Reading,
): { readonly doubts: readonly Problem[]; readonly inspects: Problem | undefined } {
  const doubts: Problem[] = [];
  let inspects: Problem | undefined;
  const looks = valueOf(block, 'utm-status') === 'enable';
  const note = (key: string, message: string): Problem =>
    reading.note(reading.at(lineOf(block, key)), message);
  const schedule = valueOf(block, 'schedule') ?? 'always';
  if (schedule !== 'always')
    doubts.push(note('schedule', `whether the schedule '${schedule}' holds is not known`));
  for (const key of block.settings.keys()) {
    const kind = kindOfKey(key, valuesOf(block, key));
    if (kind.kind === 'condition') doubts.push(note(key, kind.message));
    if (kind.kind === 'inspecting' && looks) inspects ??= note(key, `what '${key}' blocks is not modelled`);
  }
  const grouped =
    looks && valueOf(block, 'profile-type') === 'group' && (valueOf(block, 'profile-group') ?? '') !== '';
  if (grouped) inspects ??= note('profile-group', 'what the profiles of a group block is not modelled');
  return { doubts, inspects };
}

function actionOf(block: Block, inspects: Problem | undefined, reading: Reading): Action {
  const verb = valueOf(block, 'action') ?? 'deny';
  if (verb === 'deny') return { kind: isOn(block, 'send-deny-packet') ? 'reject' : 'drop' };
  if (verb !== 'accept') {
    const why = reading.note(
      reading.at(lineOf(block, 'action')),
      `what a policy with the action '${verb}' does is not modelled`,
    );
    return { kind: 'unmodelled', why };
  }
  const other = ['nat64', 'nat46'].find((key) => isOn(block, key));
  if (other === undefined)
    return inspects === undefined ? { kind: 'accept' } : { kind: 'unmodelled', why: inspects };
  const why = reading.note(
    reading.at(lineOf(block, other)),
    'translation between IPv4 and IPv6 is not modelled',
  );
  return { kind: 'unmodelled', why };
}

function sourcesOf(objects: Objects, block: Block, which: readonly Family[]): Sides {
  return Object.fromEntries(
    which.flatMap((each) => {
      const isService = isOn(block, each === 'ipv4' ? 'internet-service-src' : 'internet-service6-src');
      if (isService) return [[each, unknownService(objects, block, each, 'src')]];
      const key = keyOf(block, 'srcaddr', each, which);
      if (!block.settings.has(key)) return [];
      const set = addressesOf(objects, block, key, each);
      return [[each, isOn(block, `${negatedBy(key)}-negate`) ? complementOf(set, [family[each]]) : set]];
    }),
  );
}

/** In a table of IPv6 policies `srcaddr` has IPv6 addresses; a consolidated one has `srcaddr4` beside `srcaddr6`. */
function keyOf(block: Block, key: string, which: Family, all: readonly Family[]): string {
  if (which === 'ipv6') return all.length === 1 ? key : `${key}6`;
  return block.settings.has(`${key}4`) ? `${key}4` : key;
}

const negatedBy = (key: string): string => key.replace(/4$/, '');

function unknownService(objects: Objects, block: Block, which: Family, side: 'src' | 'dst'): Doubted {
  const { reading } = objects;
  const key = `internet-service${which === 'ipv6' ? '6' : ''}${side === 'src' ? '-src' : ''}`;
  const why = reading.note(
    reading.at(lineOf(block, key)),
    'which addresses and ports an internet service has is not known',
  );
  return { sure: [], maybe: [family[which]], why: [why] };
}

function addressesOf(objects: Objects, block: Block, key: string, which: Family): Doubted {
  const { reading } = objects;
  return unionOf(
    valuesOf(block, key).map((name, index) =>
      objects.addresses[which].named(name, reading.at(lineOf(block, key), index + 2)),
    ),
  );
}

function targetsOf(
  objects: Objects,
  block: Block,
  which: readonly Family[],
): { readonly sides: Sides; readonly vips: readonly Vip[] } {
  const vips: Vip[] = [];
  const sides: (readonly [Family, Doubted])[] = [];
  for (const each of which) {
    if (isOn(block, each === 'ipv4' ? 'internet-service' : 'internet-service6')) {
      sides.push([each, unknownService(objects, block, each, 'dst')]);
      continue;
    }
    const key = keyOf(block, 'dstaddr', each, which);
    if (!block.settings.has(key)) continue;
    const parts = valuesOf(block, key).map((name, index): Doubted => {
      const found = objects.addresses[each].has(name) ? undefined : objects.vips[each].named(name);
      if (found !== undefined) {
        vips.push(...found);
        return nothing;
      }
      return objects.addresses[each].named(name, objects.reading.at(lineOf(block, key), index + 2));
    });
    const set = unionOf(parts);
    sides.push([each, isOn(block, `${negatedBy(key)}-negate`) ? complementOf(set, [family[each]]) : set]);
  }
  return { sides: Object.fromEntries(sides), vips };
}

/** The services of a policy, or where it says so all others. */
export function servicesOf({ services, reading }: Objects, block: Block): Doubtful {
  const named = anyOf(
    valuesOf(block, 'service').map((name, index) =>
      services.named(name, reading.at(lineOf(block, 'service'), index + 2)),
    ),
  );
  if (!isOn(block, 'service-negate')) return named;
  const others = named.why.length > 0 ? undefined : otherServices(named.sure);
  if (others !== undefined) return surely(...others);
  const why = reading.note(
    reading.at(lineOf(block, 'service-negate')),
    'all services but these are not modelled where they are told apart by several things',
  );
  return perhaps([why, ...named.why], ...(wholeOf(named).length === 0 ? [] : [{}]));
}
