import type { Estate } from '@holdfast/estate';
import type { PatchPlan, PatchWave } from '@holdfast/exposure';
import { sha256 } from '@holdfast/kernel';
import { startInstant } from '@holdfast/outage';

type Job = PatchWave['jobs'][number];

const day = 86_400_000;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The day of each wave: waves of a ring one after the other, rings some days apart. */
export function daysOf({ waves }: PatchPlan, from: string, between: number): readonly string[] {
  let at = Date.parse(`${from}T00:00:00Z`);
  return waves.map(({ ring }, index) => {
    const before = waves[index - 1];
    if (before !== undefined) at += (before.ring === ring ? 1 : between) * day;
    return new Date(at).toISOString().slice(0, 10);
  });
}

/** The first day from a wave's on that the window of a job falls on. */
export function dayOf({ window }: Job, wave: string): string {
  const days = window?.days ?? ['daily'];
  for (let more = 0; more < 7; more += 1) {
    const date = new Date(Date.parse(`${wave}T00:00:00Z`) + more * day);
    const name = weekdays[date.getUTCDay()] ?? '';
    const isWeekend = name === 'sat' || name === 'sun';
    const group = isWeekend ? 'weekend' : 'weekdays';
    if (days.some((each) => each === 'daily' || each === name || each === group))
      return date.toISOString().slice(0, 10);
  }
  return wave;
}

/** The plan as a calendar. @see RFC 5545 */
export function calendarOf(estate: Estate, plan: PatchPlan, days: readonly string[], now: string): string {
  const zone = [...estate.all('site').values()][0]?.timeZone ?? 'UTC';
  const events = plan.waves.flatMap((wave, index) =>
    wave.jobs.flatMap((job) => [
      'BEGIN:VEVENT',
      `UID:${sha256([estate.hash, job.device, job.to].join('\n')).slice(7, 39)}@holdfast`,
      `DTSTAMP:${stamp(now)}`,
      ...timesOf(job, dayOf(job, days[index] ?? ''), zone),
      `SUMMARY:${escaped(`${job.name}: ${job.from} to ${job.to} (${wave.ring})`)}`,
      `DESCRIPTION:${escaped(describe(wave, job))}`,
      'END:VEVENT',
    ]),
  );
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//patch plan//EN',
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map(folded).join('\r\n') + '\r\n';
}

function timesOf({ window }: Job, date: string, zone: string): readonly string[] {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10);
  if (window === undefined)
    return [`DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`, `DTEND;VALUE=DATE:${next.replaceAll('-', '')}`];
  const ends = window.to > window.from ? date : next;
  const at = (on: string, time: string): string =>
    stamp(new Date(startInstant(on, time, zone)).toISOString());
  return [`DTSTART:${at(date, window.from)}`, `DTEND:${at(ends, window.to)}`];
}

const stamp = (iso: string): string => iso.replaceAll(/[-:]|\.\d+/g, '');

const describe = ({ lost, guards }: PatchWave, { removes, doors, minutes, owner }: Job): string =>
  [
    `mends ${[...new Set(removes.map(({ cve, advisory }) => cve ?? advisory))].join(', ')}`,
    `owner: ${owner ?? 'nobody'}`,
    `restarts for ${minutes === undefined ? 'a time that nobody knows' : `${minutes} minutes at most`}`,
    ...(doors.length === 0 ? [] : [`doors: ${doors.join(', ')}`]),
    ...guards
      .filter(({ door }) => doors.includes(door))
      .map(
        ({ door, post, within }) =>
          `${door}: ${post === undefined ? 'no guard post reaches it' : `${post} within ${within ?? ''}`}`,
      ),
    ...lost.map((each) => `lost meanwhile: ${each}`),
  ].join('\n');

const escaped = (text: string): string =>
  text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);

/** Lines have at most 75 octets; a longer one goes on after a blank. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (Buffer.byteLength(piece + character) > 74) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece].join('\r\n ');
}
