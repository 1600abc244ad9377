import type { Estate } from '@holdfast/estate';
import { asMillis, Failure, parseDuration, problem, type Millis } from '@holdfast/kernel';
import { startInstant } from '@holdfast/outage';

/** Today as the machine's clock says it, `2026-11-23`. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** When faults strike: on the next Monday at the time given, 08:00 where none is, on the clock of the estate's first site. */
export function scenarioStart(estate: Estate, at = '08:00', on?: string): number {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(at))
    throw usage(`'${at}' is not a time of day`, 'write it as 08:00');
  if (on !== undefined && !isDay(on))
    throw usage(`'${on}' is not a date from 1970 to 2199`, 'write it as 2026-11-23');
  const zone = [...estate.all('site').values()][0]?.timeZone ?? 'UTC';
  return startInstant(on ?? nextMonday(), at, zone);
}

function isDay(text: string): boolean {
  if (!/^(?:19[7-9]|20\d|21\d)\d-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function nextMonday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

/** A duration of the command line. */
export function durationOption(text: string | undefined): Millis | undefined {
  if (text === undefined) return undefined;
  const read = parseDuration(text);
  if (read.kind === 'error') throw usage(`'${text}' is not a duration`, read.error);
  if (!Number.isFinite(read.value) || read.value <= 0)
    throw usage(`'${text}' is no length for a fault`, 'for example 4h');
  return asMillis(read.value);
}

/** The command was called wrongly. */
export const usage = (message: string, hint: string): Failure =>
  new Failure([problem('usage', message, { hint })]);
