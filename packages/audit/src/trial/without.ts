import type { Profile } from '@holdfast/estate';
import type { Filler } from './roles.ts';
import { roughly } from './roughly.ts';
import type { Managed, TrialDocument } from './trial-document.ts';

type Rows = TrialDocument['rows'];

/** Where what manages the device stands; what it only may use manages nothing. */
export function managedFrom({ roles }: Profile, fillers: readonly Filler[]): Managed {
  const needed = fillers.filter(({ role }) => roles?.[role]?.needed !== false);
  if (needed.some(({ by }) => by === 'cloud')) return 'cloud';
  if (needed.some(({ hasHost }) => hasHost)) return 'through';
  return needed.length > 0 ? 'site' : 'nobody';
}

const verbs: Readonly<Record<string, readonly [stem: string, doing: string]>> = {
  'admits-known': ['admits', 'admitting'],
  records: ['records', 'recording'],
  detects: ['detects', 'detecting'],
  'reaches-centre': ['sends', 'sending'],
  'call-answered': ['calls', 'calling'],
  'controls-locally': ['controls', 'controlling'],
  'sees-alarms': ['shows alarms', 'showing alarms'],
  reports: ['reports', 'reporting'],
  signals: ['signals', 'signalling'],
};

/** What it does without who manages it, in three words: `keeps admitting`, `stops recording`, `admits for 30d`. */
export function withoutIt(
  profile: Profile,
  fillers: readonly Filler[],
  rows: Rows,
): TrialDocument['without'] {
  const manager = managerOf(profile, fillers);
  if (!manager) return { says: 'needs nobody' };
  const scenario = `role:${manager.role}`;
  const cellOf = (name: string): Rows[number]['cells'][number] | undefined =>
    rows.find(({ capability }) => capability === name)?.cells.find((each) => each.scenario === scenario);
  const main = rows.find(({ capability }) => Object.hasOwn(verbs, capability)) ?? rows[0];
  const [stem, doing] = verbs[main?.capability ?? ''] ?? ['runs', 'running'];
  const steps = cellOf(main?.capability ?? '')?.steps ?? [];
  const weak = cellOf('secured')?.steps.some(([, verdict]) => verdict === 'fails') === true;
  return { role: manager.role, says: weak ? 'admits wrong badges' : words(steps, stem, doing) };
}

/** The cloud before the site's own host, and what it cannot do without before what it can. */
function managerOf({ roles }: Profile, fillers: readonly Filler[]): Filler | undefined {
  const needed = fillers.filter(({ role }) => roles?.[role]?.needed !== false);
  return (
    needed.find(({ by }) => by === 'cloud') ??
    needed.find(({ role, hasHost }) => hasHost || role === 'host') ??
    needed[0]
  );
}

function words(steps: Rows[number]['cells'][number]['steps'], stem: string, doing: string): string {
  const [first, second] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return 'unknown';
  if (steps.length === 1 && first[1] === 'holds') return `keeps ${doing}`;
  if (first[1] === 'fails') return last[1] === 'fails' ? `stops ${doing}` : `pauses ${doing}`;
  if (first[1] === 'unknown') return 'nobody knows';
  const until = roughly(second?.[0] ?? 0);
  return second?.[1] === 'fails' ? `${stem} for ${until}` : `${stem} for ${until}, or more`;
}
