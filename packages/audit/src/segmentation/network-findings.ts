import { known, type Estate } from '@holdfast/estate';
import { functionOfClass, isSecurity, type Host, type Zone } from '@holdfast/segmentation';
import type { Finding } from '../finding.ts';
import { standing } from '../standing-finding.ts';
import type { Checked } from './crossing-findings.ts';
import { functionFor, severityFor } from './place-of-finding.ts';

const mostNamed = 5;

/** What stands in one network. */
interface Population {
  readonly network: string;
  readonly zone: Zone | undefined;
  readonly byFunction: ReadonlyMap<string, readonly string[]>;
  readonly hosts: readonly Host[];
}

/** What stands together and should not, and what a stranger can reach from a cable outside. */
export function networkFindings(checked: Checked, hosts: ReadonlyMap<string, Host>): readonly Finding[] {
  return populationsOf(checked, hosts).flatMap((each) => [
    ...flat(checked.estate, each),
    ...mixed(checked.estate, each),
    ...outdoors(checked, each),
  ]);
}

function populationsOf({ estate, zones }: Checked, hosts: ReadonlyMap<string, Host>): readonly Population[] {
  const zoneOf = new Map(
    [...zones.values()].flatMap((zone) =>
      zone.places.flatMap((place) => (place.kind === 'network' ? [[place.id, zone] as const] : [])),
    ),
  );
  const byNetwork = new Map<string, Host[]>();
  for (const host of hosts.values())
    for (const network of new Set(host.legs.map((leg) => leg.network)))
      byNetwork.set(network, [...(byNetwork.get(network) ?? []), host]);
  return [...estate.all('network').keys()].map((network) => {
    const own = byNetwork.get(network) ?? [];
    const groups = Map.groupBy(own, ({ class: kind }) => (kind && functionOfClass[kind]) ?? '');
    return {
      network,
      zone: zoneOf.get(network),
      hosts: own,
      byFunction: new Map([...groups].map(([name, all]) => [name, all.map(({ device }) => device)] as const)),
    };
  });
}

/** Security functions that stand in a network, and their devices. */
const secured = ({ byFunction }: Population): readonly (readonly [string, readonly string[]])[] =>
  [...byFunction].filter(([name]) => isSecurity(name)).toSorted(([a], [b]) => (a < b ? -1 : 1));

function sayNames(estate: Estate, devices: readonly string[]): string {
  const shown = devices.slice(0, mostNamed).map((each) => estate.nameOf(each));
  return devices.length > mostNamed
    ? `${shown.join(', ')} and ${devices.length - mostNamed} more`
    : shown.join(', ');
}

function flat(estate: Estate, population: Population): readonly Finding[] {
  const { network, zone, byFunction } = population;
  const desks = byFunction.get('corporate') ?? [];
  const devices = secured(population).flatMap(([, each]) => each);
  if (desks.length === 0 || devices.length === 0) return [];
  return [
    {
      ...standing({ estate }, siteOfNetwork(estate, network), {
        id: 'SEG-FLAT',
        verdict: 'fails',
        severity: severityFor([zone]),
        function: functionFor(zone),
        kind: 'network',
        subject: network,
        message: `Security devices share ${estate.nameOf(network)} with workstations: ${sayNames(estate, devices)}, beside ${sayNames(estate, desks)}.`,
      }),
      places: [network, ...devices],
    },
  ];
}

function mixed(estate: Estate, population: Population): readonly Finding[] {
  const { network, zone } = population;
  const own = secured(population);
  if (own.length < 2) return [];
  const parts = own.map(([name, devices]) => `${name.replaceAll('-', ' ')} (${sayNames(estate, devices)})`);
  return [
    {
      ...standing({ estate }, siteOfNetwork(estate, network), {
        id: 'SEG-MIX',
        verdict: 'fails',
        severity: severityFor([zone], 1),
        function: functionFor(zone),
        kind: 'network',
        subject: network,
        message: `${estate.nameOf(network)} holds several security functions: ${parts.join('; ')}.`,
      }),
      places: [network, ...own.flatMap(([, devices]) => devices)],
    },
  ];
}

const siteOfNetwork = (estate: Estate, network: string): string => estate.get('network', network)?.site ?? '';

/** Whether what is plugged in there gets anywhere: to other hosts of the network, or on to another zone. */
function reachesOthers({ estate, document }: Checked, { network, zone, hosts }: Population): boolean {
  if (hosts.length > 1 && known(estate.get('network', network)?.isolated) !== true) return true;
  return document.cells.some(
    (each) => each.from === zone?.id && ['allowed', 'violating', 'unknown'].includes(each.verdict),
  );
}

function outdoors(checked: Checked, population: Population): readonly Finding[] {
  const { estate } = checked;
  const outside = population.hosts.filter(({ device }) => isOutside(estate, device));
  const open = outside.filter(({ device }) => known(estate.get('device', device)?.portAccess) === 'none');
  const silent = outside.filter(
    ({ device }) => known(estate.get('device', device)?.portAccess) === undefined,
  );
  if (open.length + silent.length === 0 || !reachesOthers(checked, population)) return [];
  return [
    ...(open.length === 0 ? [] : [outdoor(estate, population, open, 'fails')]),
    ...(silent.length === 0 ? [] : [outdoor(estate, population, silent, 'unknown')]),
  ];
}

/** In a public area, or at a door on the side where nobody needs a right. */
function isOutside(estate: Estate, device: string): boolean {
  const at = estate.get('device', device)?.at;
  const area = estate.get('door', at)?.from ?? at;
  return known(estate.get('area', area)?.class) === 'public';
}

function outdoor(
  estate: Estate,
  { network, zone }: Population,
  hosts: readonly Host[],
  verdict: Finding['verdict'],
): Finding {
  const devices = hosts.map(({ device }) => device);
  const which = sayNames(estate, devices);
  return {
    ...standing({ estate }, siteOfNetwork(estate, network), {
      id: 'SEG-OUTDOOR',
      verdict,
      severity: severityFor([zone], verdict === 'fails' ? 0 : 1),
      function: functionFor(zone),
      kind: 'network',
      subject: network,
      message:
        verdict === 'fails'
          ? `Whoever unplugs one of these in a public place is in ${estate.nameOf(network)}, since its port asks nobody who he is: ${which}.`
          : `Nobody has said whether the ports of these devices in public places ask who is plugged in, and ${estate.nameOf(network)} lies behind them: ${which}.`,
    }),
    places: [network, ...devices],
  };
}
