import type { Device } from '../match/device.ts';
import type { Match } from '../match/match-devices.ts';
import type { EpssScores } from '../feeds/read-epss.ts';
import type { KevCatalogue } from '../feeds/read-kev.ts';

/** One line of `exposure match`: one device, one advisory, one vulnerability. */
export interface MatchLine {
  /** The row of the device in its table, from 1; the head is no row. */
  readonly row: number;
  readonly vendor: string;
  readonly model: string;
  readonly firmware: string;
  readonly advisory: string;
  readonly cve: string | null;
  readonly verdict: Match['verdict'];
  readonly matched: string;
  readonly fixedIn: string | null;
  readonly why: string;
  /** Where a KEV catalogue is given: the day by which agencies have to act, or null where it does not list the CVE. */
  readonly kev?: { readonly added: string; readonly due: string; readonly ransomware: boolean } | null;
  /** Where EPSS scores are given: the chance of exploitation within 30 days, or null where they do not list the CVE. */
  readonly epss?: number | null;
}

/** The keys that a line has of its own, which no other column of a table may bear. */
export const lineKeys = [
  'row',
  'vendor',
  'model',
  'firmware',
  'advisory',
  'cve',
  'verdict',
  'matched',
  'fixedIn',
  'why',
  'kev',
  'epss',
] as const satisfies readonly (keyof MatchLine)[];

/** What tells how urgent a vulnerability is, where the user has it. */
export interface Urgency {
  readonly kev?: KevCatalogue;
  readonly epss?: EpssScores;
}

/** The line of a match; further columns of the device's row come behind its own keys. */
export function matchLine(
  row: number,
  device: Device,
  more: Readonly<Record<string, string>>,
  match: Match,
  { kev, epss }: Urgency,
): MatchLine & Readonly<Record<string, unknown>> {
  const known = match.cve === null ? undefined : kev?.byCve.get(match.cve);
  return {
    row,
    vendor: device.vendor,
    model: device.model,
    firmware: device.firmware,
    advisory: match.advisory,
    cve: match.cve,
    verdict: match.verdict,
    matched: match.matched,
    fixedIn: match.fixedIn,
    why: match.why,
    ...(kev === undefined
      ? {}
      : {
          kev:
            known === undefined
              ? null
              : { added: known.added, due: known.due, ransomware: known.usedByRansomware },
        }),
    ...(epss === undefined
      ? {}
      : { epss: (match.cve === null ? undefined : epss.byCve.get(match.cve)?.score) ?? null }),
    ...more,
  };
}
