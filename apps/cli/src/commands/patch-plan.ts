import { planPatches, type PatchPlan } from '@holdfast/exposure';
import { writeCsv } from '@holdfast/importers';
import { exposureOf } from '../feeds/exposure-of.ts';
import { today, usage } from '../io/scenario-start.ts';
import { print } from '../io/terminal.ts';
import { calendarOf, dayOf, daysOf } from './patch-calendar.ts';
import { feedSentence } from './feeds.ts';

/** What `patch plan` is asked. */
export interface PlanCall {
  readonly store?: string;
  readonly aliases?: string;
  readonly from?: string;
  readonly between: string;
  readonly format: string;
}

/** Plans the updates of an estate. Exit 1 where something is affected or to be looked at. */
export async function runPlan(path: string, call: PlanCall): Promise<number> {
  if (!['table', 'json', 'csv', 'ics'].includes(call.format))
    throw usage(`there is no format '${call.format}'`, 'one of table, json, csv, ics');
  const from = firstDay(call.from);
  const between = Number(call.between);
  if (!Number.isInteger(between) || between < 1 || between > 365)
    throw usage(`'${call.between}' is no number of days`, 'from 1 to 365');
  const { estate, feeds, exposure } = await exposureOf(path, call);
  const plan = planPatches(estate, exposure, feeds.facts);
  const days = daysOf(plan, from, between);
  if (call.format === 'json') print(JSON.stringify({ feeds: feeds.snapshots, days, ...plan }, undefined, 1));
  else if (call.format === 'csv') print(writeCsv(rowsOf(plan, days)));
  else if (call.format === 'ics') print(calendarOf(estate, plan, days, new Date().toISOString()));
  else print([...feeds.snapshots.map((each) => feedSentence(each)), '', ...linesOf(plan, days)].join('\n'));
  return plan.waves.length + plan.unplanned.length > 0 ? 1 : 0;
}

function firstDay(from: string | undefined): string {
  if (from === undefined)
    return new Date(Date.parse(`${today()}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const read = new Date(`${from}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(from) && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(from))
    return from;
  throw usage(`'${from}' is not a date`, 'write it as 2026-11-23');
}

const head = 'wave,ring,day,device,name,from,to,owner,minutes,doors,views,exploited,epss,mends,lost'.split(
  ',',
);

const rowsOf = ({ waves }: PatchPlan, days: readonly string[]): string[][] => [
  head,
  ...waves.flatMap(({ number, ring, jobs, lost }, index) =>
    jobs.map((job) => [
      String(number),
      ring,
      dayOf(job, days[index] ?? ''),
      job.device,
      job.name,
      job.from,
      job.to,
      job.owner ?? '',
      String(job.minutes ?? ''),
      job.doors.join(' '),
      job.views.join(' '),
      String(job.removes.filter(({ isExploited }) => isExploited).length),
      String(Math.max(0, ...job.removes.map(({ epss }) => epss ?? 0))),
      job.removes.map(({ cve, advisory }) => cve ?? advisory).join(' '),
      lost.join('; '),
    ]),
  ),
];

function linesOf({ waves, unplanned }: PatchPlan, days: readonly string[]): readonly string[] {
  return [
    ...(waves.length === 0 ? ['There is no update to plan.'] : []),
    ...waves.flatMap(({ number, ring, jobs, lost, guards }, index) => [
      `Wave ${number}, ${ring}, ${days[index] ?? ''}`,
      ...jobs.map(
        ({ name, from, to, removes, owner, minutes, doors }) =>
          `  ${name}: ${from} to ${to}, mends ${removes.length}${removes.some(({ isExploited }) => isExploited) ? ', one that is exploited' : ''}; ${minutes === undefined ? 'nobody knows how long it restarts' : `${minutes} min`}; doors: ${doors.join(', ') || 'none'}; owner: ${owner ?? 'nobody'}`,
      ),
      ...lost.map((each) => `  lost meanwhile: ${each}`),
      ...guards.map(({ door, post, within }) =>
        post === undefined
          ? `  guard: no post is known to reach ${door}`
          : `  guard: ${post} at ${door} within ${within ?? ''}`,
      ),
    ]),
    ...(unplanned.length === 0 ? [] : ['', 'Not planned']),
    ...unplanned.map(({ device, why }) => `  ${device}: ${why}`),
  ];
}
