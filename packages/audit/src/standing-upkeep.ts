import { parseDuration, spellDuration, asMillis, type Millis } from '@holdfast/kernel';
import { known, provenanceOf, type EntityKind, type Fact, type FunctionName } from '@holdfast/estate';
import type { Model } from '@holdfast/outage';
import type { Finding } from './finding.ts';
import { standing } from './standing-finding.ts';

const day = 86_400_000;

/** How often a thing is to be tested or copied, where nobody says. */
const year = asMillis(365 * day);

/** Whether a date is longer ago than a time; undefined where there is no date. */
export function isOverdue(
  today: string,
  date: string | undefined,
  every: string | undefined,
): boolean | undefined {
  return date === undefined ? undefined : Date.parse(today) - Date.parse(date) > spanOf(every);
}

/** A cadence as it is written, a year where nobody says one. */
export function spanOf(every: string | undefined): Millis {
  const read = every === undefined ? undefined : parseDuration(every);
  return read?.kind === 'ok' ? read.value : year;
}

interface Tried {
  readonly kind: EntityKind;
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly function: FunctionName;
  readonly place: string | undefined;
  readonly last: Fact<string> | undefined;
  readonly every: string | undefined;
}

/** Functions, standby recorders, generators and scenarios with a cadence that were last tried too long ago, or never as far as anybody wrote down. */
export function testFindings(
  model: Model,
  today: string,
  siteOf: (place: string) => string,
): readonly Finding[] {
  return tried(model).flatMap(({ kind, id, path, name, function: what, place, last, every }) => {
    const date = known(last);
    const overdue = isOverdue(today, date, every);
    if (overdue === false) return [];
    const message = overdue
      ? `${name} was last tried out on ${date}, and that is to be done every ${spellDuration(spanOf(every))}.`
      : `Nobody has written down that ${name} was ever tried out.`;
    return [
      standing(model, place === undefined ? firstSite(model) : siteOf(place), {
        id: 'OUT-TEST-OVERDUE',
        verdict: overdue ? 'fails' : 'unknown',
        severity: overdue ? 'medium' : 'low',
        function: what,
        kind,
        subject: id,
        path: last === undefined ? [] : [path],
        message,
      }),
    ];
  });
}

function tried({ estate }: Model): readonly Tried[] {
  return [
    ...[...estate.all('function')].map(([id, each]) => ({
      kind: 'function' as const,
      id,
      path: 'drilled',
      name: `'${each.name}'`,
      function: each.function,
      place: each.at?.[0],
      last: each.drilled,
      every: each.drillEvery,
    })),
    ...[...estate.all('group')].map(([id, each]) => ({
      kind: 'group' as const,
      id,
      path: 'tested',
      name: `the failover of ${each.name ?? id}`,
      function: 'video' as const,
      place: each.members[0],
      last: each.tested,
      every: each.testEvery,
    })),
    ...[...estate.all('supply')]
      .filter(([, each]) => each.kind === 'generator')
      .map(([id, each]) => ({
        kind: 'supply' as const,
        id,
        path: 'tested',
        name: `the start of ${each.name ?? id}`,
        function: 'soc' as const,
        place: each.at,
        last: each.tested,
        every: each.testEvery,
      })),
    ...[...estate.all('scenario')]
      .filter(([, each]) => each.drillEvery !== undefined || each.drilled !== undefined)
      .map(([id, each]) => ({
        kind: 'scenario' as const,
        id,
        path: 'drilled',
        name: `'${each.name}'`,
        function: 'soc' as const,
        place: undefined,
        last: each.drilled,
        every: each.drillEvery,
      })),
  ];
}

const firstSite = ({ estate }: Model): string => [...estate.all('site').keys()][0] ?? '';

const configured = new Set([
  'controller',
  'server',
  'recorder',
  'switch',
  'router',
  'firewall',
  'alarm-panel',
  'bms-controller',
]);

/** Configured devices without a copy of their configuration that could be restored; those of which nobody says anything, once for each site. */
export function backupFindings(
  model: Model,
  today: string,
  siteOf: (place: string) => string,
): readonly Finding[] {
  const { estate } = model;
  const silent = new Map<string, string[]>();
  const findings: Finding[] = [];
  for (const [id, device] of estate.all('device')) {
    const kind = estate.get('profile', known(device.profile))?.class;
    if (kind === undefined || !configured.has(kind)) continue;
    const backup = known(device.backup);
    const taken = known(backup?.taken);
    const fault =
      taken === undefined ? undefined : wrongWith(estate.nameOf(id), id, backup ?? {}, taken, today);
    if (fault !== undefined)
      findings.push(
        standing(model, siteOf(id), {
          id: 'OUT-BACKUP',
          verdict: 'fails',
          severity: 'medium',
          function: 'soc',
          kind: 'device',
          subject: id,
          path: ['backup'],
          message: fault,
        }),
      );
    else if (
      taken === undefined ||
      backup?.kept === undefined ||
      known(backup.kept) === undefined ||
      known(backup.restored) === undefined
    )
      silent.set(siteOf(id), [...(silent.get(siteOf(id)) ?? []), id]);
  }
  const unknown = [...silent].map(([site, devices]): Finding => ({
    ...standing(model, site, {
      id: 'OUT-BACKUP',
      verdict: 'unknown',
      severity: 'low',
      function: 'soc',
      kind: 'site',
      subject: site,
      message: `Nobody has written down when the configuration was last saved, where the copy lies and whether it was ever restored, of: ${devices.map((each) => estate.nameOf(each)).join(', ')}.`,
    }),
    places: devices.toSorted(),
  }));
  return [...findings, ...unknown];
}

interface Copy {
  readonly kept?: Fact<readonly string[]>;
  readonly every?: string;
}

function wrongWith(
  name: string,
  id: string,
  { kept, every }: Copy,
  taken: string,
  today: string,
): string | undefined {
  if (taken === 'never') return `The configuration of ${name} was never saved.`;
  const places = known(kept);
  if (places !== undefined && places.every((each) => each === id))
    return `The copy of the configuration of ${name} lies on ${name} itself, and goes with it.`;
  return isOverdue(today, taken, every)
    ? `The configuration of ${name} was last saved on ${taken}, and that is to be done every ${spellDuration(spanOf(every))}.`
    : undefined;
}

/**
 * Devices that decide at doors and have long not synchronised: what was revoked since is not known there, though nothing has failed.
 * The date counts as of its own `asOf`, else as of today.
 */
export function syncFindings(
  model: Model,
  today: string,
  siteOf: (place: string) => string,
): readonly Finding[] {
  const { estate } = model;
  return [...estate.all('device')].flatMap(([id, { lastSync }]) => {
    const last = known(lastSync);
    if (last === undefined) return [];
    const asOf = provenanceOf(lastSync).asOf ?? today;
    if (Date.parse(asOf) - Date.parse(last) <= 2 * day) return [];
    const doors = [...estate.all('door')].filter(([, door]) => chainOf(model, known(door.decidedBy)).has(id));
    if (doors.length === 0) return [];
    const names = doors.map(([, { name }]) => name).toSorted();
    return [
      {
        ...standing(model, siteOf(id), {
          id: 'OUT-REVOKE-LAG',
          verdict: 'fails',
          severity: 'high',
          function: 'access',
          kind: 'device',
          subject: id,
          aspect: 'sync',
          path: ['lastSync'],
          message: `${estate.nameOf(id)} last synchronised on ${last}: a badge revoked since then still opens ${names.join(', ')}.`,
          remedy: 'Mend its way to the host, synchronise it, and write down the new date.',
        }),
        places: doors.map(([door]) => door).toSorted(),
      } satisfies Finding,
    ];
  });
}

/** A device and those that it asks at a door. */
function chainOf({ estate }: Model, decider: string | undefined): ReadonlySet<string> {
  const chain = new Set<string>();
  const open = decider === undefined ? [] : [decider];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (chain.has(id)) continue;
    chain.add(id);
    const device = estate.get('device', id);
    for (const { ask } of estate.get('profile', known(device?.profile))?.decisions ?? [])
      if (ask !== undefined) open.push(...(known(device?.uses?.[ask]) ?? []));
  }
  return chain;
}
