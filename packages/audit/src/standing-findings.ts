import { asMillis, parseDuration, spellDuration, type Millis } from '@holdfast/kernel';
import { known } from '@holdfast/estate';
import type { Model } from '@holdfast/outage';
import type { Finding } from './finding.ts';
import { standing } from './standing-finding.ts';
import { isOverdue, spanOf } from './standing-upkeep.ts';

/** Batteries whose last test is longer ago than they are to be tested, or unknown. `today` is a date such as 2026-11-23. */
export function batteryFindings(
  model: Model,
  today: string,
  siteOf: (place: string) => string,
): readonly Finding[] {
  const { estate } = model;
  const batteries = [
    ...[...estate.all('supply')]
      .filter(([, each]) => each.kind === 'ups')
      .map(([id, each]) => ({
        kind: 'supply' as const,
        id,
        path: ['tested'],
        tested: each.tested,
        every: each.testEvery,
        name: each.name ?? id,
        at: each.at,
      })),
    ...[...estate.all('device')]
      .filter(([, each]) => each.battery !== undefined && known(each.battery) !== '0')
      .map(([id, each]) => ({
        kind: 'device' as const,
        id,
        path: ['batteryTested'],
        tested: each.batteryTested,
        every: undefined,
        name: estate.nameOf(id),
        at: id,
      })),
    ...[...estate.all('door')]
      .filter(([, each]) => each.lock.battery !== undefined)
      .map(([id, each]) => ({
        kind: 'door' as const,
        id,
        path: ['lock', 'batteryTested'],
        tested: each.lock.batteryTested,
        every: undefined,
        name: `the lock of ${each.name}`,
        at: id,
      })),
  ];
  return batteries.flatMap(({ kind, id, path, tested, every, name, at }) => {
    const date = known(tested);
    const overdue = isOverdue(today, date, every);
    if (overdue === false) return [];
    const verdict = overdue ? 'fails' : 'unknown';
    const message = overdue
      ? `The battery of ${name} was last tested on ${date}, more than ${spellDuration(spanOf(every))} ago: its minutes are a hope.`
      : `Nobody has written down when the battery of ${name} was last tested.`;
    return [
      standing(model, siteOf(at ?? id), {
        id: 'OUT-BATT',
        verdict,
        severity: overdue ? 'medium' : 'low',
        function: kind === 'door' ? 'access' : 'soc',
        kind,
        subject: id,
        path,
        message,
      }),
    ];
  });
}

/** Alarm panels with one path only, or whose centre would not notice a dead one. */
export function alarmPathFindings(model: Model, siteOf: (place: string) => string): readonly Finding[] {
  const { estate } = model;
  const byPanel = Map.groupBy(estate.all('transmission'), ([, each]) => each.panel);
  return [...byPanel].flatMap(([panel, paths]) => {
    const name = estate.nameOf(panel);
    const common = { id: 'OUT-ALARM-PATH', function: 'alarm', subject: panel } as const;
    const single =
      paths.length > 1
        ? []
        : [
            standing(model, siteOf(panel), {
              ...common,
              kind: 'device',
              aspect: 'single',
              verdict: 'fails',
              severity: 'high',
              message: `${name} has one way only to the monitoring centre: ${known(paths[0]?.[1].over) ?? 'of unknown kind'}.`,
            }),
          ];
    const silent = paths
      .filter(([, each]) => known(each.reportingTime) === undefined)
      .map(([id]) =>
        standing(model, siteOf(panel), {
          ...common,
          kind: 'transmission',
          subject: id,
          aspect: 'reporting',
          verdict: 'unknown',
          severity: 'medium',
          path: [],
          message: `Nobody can say how soon the centre notices that ${estate.nameOf(id)} is dead.`,
          remedy:
            'Ask the monitoring centre for the reporting time of the path, and note it as reportingTime.',
        }),
      );
    return [...single, ...silent];
  });
}

/** Views whose recordings are kept too short, or may be kept longer than the law allows. Computed from disk and bit rates. */
export function retentionFindings(model: Model, siteOf: (place: string) => string): readonly Finding[] {
  return [...model.estate.all('view')].flatMap(([id, view]) => {
    const kept = model.recordingTimes.get(id);
    if (!kept) return [];
    const spelt =
      kept.worst === kept.best
        ? spellDuration(kept.worst)
        : `${spellDuration(kept.worst)} to ${spellDuration(kept.best)}`;
    const common = { function: 'video', kind: 'view', subject: id } as const;
    const required = duration(known(view.retention?.required));
    const maximum = duration(known(view.retention?.maximum));
    const short = required !== undefined && kept.worst < required;
    const excess = maximum !== undefined && kept.best > maximum;
    return [
      ...(short
        ? [
            standing(model, siteOf(id), {
              ...common,
              id: 'GOV-RET-SHORT',
              verdict: kept.best < required ? 'fails' : 'unknown',
              severity: 'high',
              path: ['retention', 'required'],
              message: `${view.name} must be kept for ${spellDuration(required)}; disk and bit rates give ${spelt}.`,
            }),
          ]
        : []),
      ...(excess
        ? [
            standing(model, siteOf(id), {
              ...common,
              id: 'GOV-RET-EXCESS',
              verdict: 'unknown',
              severity: 'low',
              path: ['retention', 'maximum'],
              message: `${view.name} may be kept for at most ${spellDuration(maximum)}; the disk has room for ${spelt}, so deletion must be set by time.`,
            }),
          ]
        : []),
    ];
  });
}

function duration(text: string | undefined): Millis | undefined {
  const read = text === undefined ? undefined : parseDuration(text);
  return read?.kind === 'ok' ? asMillis(read.value) : undefined;
}

/** Critical areas that no camera sees, neither themselves nor at their doors. */
export function coverageFindings(model: Model, siteOf: (place: string) => string): readonly Finding[] {
  const { estate } = model;
  const seen = new Set<string>();
  for (const view of estate.all('view').values()) {
    seen.add(view.of);
    const door = estate.get('door', view.of);
    if (door) for (const side of [door.from, door.to]) seen.add(side);
  }
  return [...estate.all('area')].flatMap(([id, area]) =>
    known(area.class) !== 'critical' || seen.has(id)
      ? []
      : [
          standing(model, siteOf(id), {
            id: 'GOV-COVERAGE',
            verdict: 'fails',
            severity: 'medium',
            function: 'video',
            kind: 'area',
            subject: id,
            message: `No camera sees ${area.name} or its doors.`,
          }),
        ],
  );
}

/** Devices that wait for each other: each runs only once the other does. */
export function blackStartFindings(
  model: Model,
  siteOf: (place: string) => string,
  circles: readonly (readonly string[])[],
): readonly Finding[] {
  return circles.map((circle) => {
    const [first = ''] = circle;
    const names = circle.map((each) => model.estate.nameOf(each));
    return standing(model, siteOf(first), {
      id: 'OUT-BLACK-START',
      verdict: 'fails',
      severity: 'high',
      function: 'soc',
      kind: model.estate.kindOf(first) ?? 'device',
      subject: first,
      aspect: circle.join(' '),
      message: `After a power loss these cannot start by themselves, each waiting for the other: ${names.join(', ')}.`,
    });
  });
}
