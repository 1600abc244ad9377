import { parseDuration } from '@holdfast/kernel';
import type { Urgency } from '../document/match-line.ts';
import type { Match } from '../match/match-devices.ts';
import type { Exposed } from './finding.ts';

/** How long after a vulnerability is known it must be mended, as a policy says. */
export interface Deadlines {
  readonly exploited?: string;
  readonly critical?: string;
  readonly high?: string;
  readonly medium?: string;
  readonly low?: string;
}

/** What is known of advisories and vulnerabilities beside the verdicts. */
export interface Known extends Urgency {
  /** The day on which an advisory was published, by its id. */
  readonly published: ReadonlyMap<string, string>;
  /** Base scores by advisory and CVE, as `advisory CVE`. */
  readonly scores: ReadonlyMap<string, number>;
}

/**
 * The deadlines where a policy says none: those of the FBI's policy for criminal justice information.
 * @see CJIS Security Policy 5.9.5, SI-2(c) and RA-5(d)
 */
export const usualDeadlines: Deadlines = { critical: '15d', high: '30d', medium: '60d', low: '90d' };

/** What the vulnerabilities of one device come to: those that are exploited, and those whose deadline is past. */
export function vulnerabilitiesOf(
  matches: readonly Match[],
  name: string,
  deadlines: Deadlines,
  today: string,
  facts: Known,
): readonly Exposed[] {
  return matches
    .filter(({ verdict }) => verdict !== 'not_affected')
    .flatMap((match) => [...exploited(match, name, facts), ...overdue(match, name, deadlines, today, facts)]);
}

const witness = ({ advisory, cve, matched, why }: Match): readonly string[] => [
  `${advisory}${cve === null || cve === advisory ? '' : `, ${cve}`}: ${matched}`,
  why,
];

const mend = ({ fixedIn, advisory }: Match): string =>
  fixedIn === null
    ? `No version that mends it is named: follow ${advisory}, and keep the device apart until there is one.`
    : `Bring it to ${fixedIn} or later.`;

function exploited(match: Match, name: string, { kev }: Known): readonly Exposed[] {
  const entry = match.cve === null ? undefined : kev?.byCve.get(match.cve);
  if (entry === undefined) return [];
  const isSure = match.verdict === 'affected';
  return [
    {
      id: 'PAT-KEV',
      verdict: isSure ? 'fails' : 'unknown',
      severity: isSure ? 'critical' : 'high',
      key: 'firmware',
      aspect: `${match.advisory} ${entry.cve}`,
      message: `${name} ${isSure ? 'has' : 'may have'} ${entry.cve}, which is being exploited${entry.usedByRansomware ? ', also by ransomware' : ''}.`,
      why: [...witness(match), `in the KEV catalogue since ${entry.added}`],
      remedy: mend(match),
    },
  ];
}

function overdue(
  match: Match,
  name: string,
  deadlines: Deadlines,
  today: string,
  facts: Known,
): readonly Exposed[] {
  const due = dueOf(match, deadlines, facts);
  if (due === undefined || due.day >= today || match.verdict !== 'affected') return [];
  return [
    {
      id: 'PAT-OVERDUE',
      verdict: 'fails',
      severity: due.severity,
      key: 'firmware',
      aspect: `${match.advisory} ${match.cve ?? ''}`,
      message: `${name} was to be mended of ${match.cve ?? match.advisory} by ${due.day}.`,
      why: [...witness(match), due.why],
      remedy: mend(match),
    },
  ];
}

interface Due {
  readonly day: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly why: string;
}

/** The day by which a vulnerability is to be mended; undefined where the advisory says neither when nor how bad. */
function dueOf({ advisory, cve }: Match, deadlines: Deadlines, facts: Known): Due | undefined {
  const entry = cve === null ? undefined : facts.kev?.byCve.get(cve);
  if (entry !== undefined) {
    const day = deadlines.exploited === undefined ? entry.due : after(entry.added, deadlines.exploited);
    if (day !== undefined && day !== '')
      return { day, severity: 'critical', why: `added to KEV on ${entry.added}` };
  }
  const score = facts.scores.get(`${advisory} ${cve ?? ''}`);
  const published = facts.published.get(advisory);
  if (score === undefined || published === undefined || score === 0) return undefined;
  const severity = score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
  const within = deadlines[severity] ?? usualDeadlines[severity];
  const day = within === undefined ? undefined : after(published, within);
  if (day === undefined) return undefined;
  return { day, severity, why: `published on ${published} with the score ${score}: within ${within}` };
}

function after(day: string, span: string): string | undefined {
  const read = parseDuration(span);
  if (read.kind === 'error' || !Number.isFinite(read.value)) return undefined;
  return new Date(Date.parse(`${day}T00:00:00Z`) + read.value).toISOString().slice(0, 10);
}
