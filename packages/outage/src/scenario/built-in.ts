import { asMillis, parseDuration, type Millis } from '@holdfast/kernel';
import { known, type OutageKind } from '@holdfast/estate';
import type { Component, Model } from '../compile/model.ts';
import { rooms } from './rooms.ts';
import type { Asked, Scenario } from './scenario.ts';

/** What is asked where no site and no function says how long. */
export const defaultLength = asMillis(4 * 3_600_000);

/** After the faults: long enough for every device to boot and synchronise. */
const recovery = asMillis(2 * 3_600_000);

/** How long is watched after the faults: until every function of the estate must be back, at least two hours. */
export function recoveryOf(model: Model): Millis {
  const backs = [...model.estate.all('function').values()].flatMap(({ back }) =>
    back === undefined ? [] : [length(back)],
  );
  return asMillis(Math.max(recovery, ...backs.map((each) => each + 1)));
}

/** The longest outage that a site or function of the estate must ride out for a kind of fault. */
export function targetLength(model: Model, kind: OutageKind, site?: string): Millis {
  const said: number[] = [];
  for (const [id, data] of model.estate.all('site')) {
    if ((site === undefined || id === site) && data.outage !== undefined) said.push(length(data.outage));
  }
  for (const data of model.estate.all('function').values()) {
    const own = data.for[kind] ?? data.for['any'];
    if (own !== undefined) said.push(length(own));
  }
  return said.length === 0 ? defaultLength : asMillis(Math.max(...said));
}

function length(text: string): Millis {
  const read = parseDuration(text);
  return read.kind === 'ok' && Number.isFinite(read.value) ? read.value : defaultLength;
}

/**
 * The scenarios that every estate is asked: no fault at all; each provider, region and cloud service; each circuit and shared path;
 * the internet; identity and DNS; each network device, server and power feed; each room with shared equipment;
 * the mains and the fire signal of each site.
 */
export function builtIn(model: Model, asked: Asked): readonly Scenario[] {
  const after = recoveryOf(model);
  const none = scenario(
    'none',
    'No fault: a badge is revoked',
    'none',
    [],
    asked,
    asked.length ?? defaultLength,
    after,
  );
  const each = [...model.components.values()].flatMap((component) => {
    const kind = kindOf(model, component);
    if (!kind) return [];
    const lasts = asked.length ?? targetLength(model, kind, component.site);
    return [
      scenario(`fault:${component.key}`, nameOf(component, kind), kind, [component], asked, lasts, after),
    ];
  });
  const inRooms = rooms(model).map(({ place, site, components }) =>
    scenario(
      `fault:${place}`,
      `Room: all that stands in ${model.estate.nameOf(place)} lost`,
      'room',
      components,
      asked,
      asked.length ?? targetLength(model, 'room', site),
      after,
    ),
  );
  const clouds = cloudServices(model);
  const noCloud =
    clouds.length === 0
      ? []
      : [
          scenario(
            'fault:clouds',
            'No cloud at all',
            'cloud',
            clouds,
            asked,
            asked.length ?? targetLength(model, 'cloud'),
            after,
          ),
        ];
  return [
    none,
    ...noCloud,
    ...[...each, ...inRooms].toSorted(
      (a, b) => order.indexOf(kindOrder(a)) - order.indexOf(kindOrder(b)) || (a.key < b.key ? -1 : 1),
    ),
  ];
}

/** Every service that somebody else runs elsewhere. */
function cloudServices(model: Model): readonly Component[] {
  return [...model.estate.all('service')].flatMap(([id, service]) =>
    service.provider === undefined || service.kind === 'monitoring-centre'
      ? []
      : (model.components.get(id) ?? []),
  );
}

const order: readonly string[] = [
  'cloud',
  'internet',
  'line',
  'identity',
  'dns',
  'power',
  'network',
  'server',
  'room',
  'fire',
  'any',
];
const kindOrder = ({ kind }: Scenario): string => kind;

/** One scenario over some components that all fail at 0. */
export function scenario(
  key: string,
  name: string,
  kind: Scenario['kind'],
  components: readonly Component[],
  asked: Asked,
  lasts: Millis,
  after: Millis = recovery,
): Scenario {
  return {
    key,
    name,
    kind,
    components: components.map((component) => component.key),
    faults: components.map(({ node }) => ({ node, from: asMillis(0), until: lasts })),
    start: asked.start,
    length: lasts,
    horizon: asMillis(lasts + after),
  };
}

const identities = new Set(['directory', 'identity']);
const networking = new Set(['switch', 'router', 'firewall', 'access-point', 'gateway', 'hub']);
const serving = new Set(['server', 'recorder', 'controller', 'alarm-panel', 'bms-controller']);

function kindOf(model: Model, { key, kind }: Component): OutageKind | undefined {
  switch (kind) {
    case 'internet':
      return 'internet';
    case 'circuit':
    case 'path':
      return 'line';
    case 'disk':
      return 'server';
    case 'region':
      return 'cloud';
    case 'mains':
    case 'supply':
      return 'power';
    case 'fire':
      return 'fire';
    case 'party':
      return partyKind(model, key);
    case 'service':
      return serviceKind(model, key);
    case 'device':
      return deviceKind(model, key);
    default:
      return undefined;
  }
}

function partyKind(model: Model, party: string): OutageKind {
  if ([...model.estate.all('service').values()].some((service) => known(service.provider) === party))
    return 'cloud';
  return [...model.estate.all('supply').values()].some((supply) => supply.provider === party)
    ? 'power'
    : 'line';
}

function serviceKind(model: Model, id: string): OutageKind | undefined {
  const service = model.estate.get('service', id);
  if (!service) return undefined;
  if (identities.has(service.kind)) return 'identity';
  if (service.kind === 'dns') return 'dns';
  return service.provider === undefined ? 'server' : 'cloud';
}

function deviceKind(model: Model, id: string): OutageKind | undefined {
  const kind = model.estate.get('profile', known(model.estate.get('device', id)?.profile))?.class;
  if (kind === undefined) return undefined;
  return networking.has(kind) ? 'network' : serving.has(kind) ? 'server' : undefined;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function nameOf({ name, kind }: Component, outage: OutageKind): string {
  if (kind === 'internet') return 'The whole internet is unreachable';
  if (kind === 'fire') return capital(name);
  if (kind === 'mains') return `Power loss: ${name}`;
  const what = {
    cloud: 'Cloud',
    internet: 'Internet',
    line: 'Line',
    power: 'Power',
    network: 'Network',
    server: 'Server',
    identity: 'Identity',
    dns: 'DNS',
    fire: 'Fire',
    room: 'Room',
    any: 'Fault',
  }[outage];
  return `${what}: ${name} down`;
}
