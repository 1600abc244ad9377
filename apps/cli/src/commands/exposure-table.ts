import type { Match, Matcher, Urgency, Verdict } from '@holdfast/exposure';
import type { DeviceRow } from '../io/read-devices.ts';

interface Group {
  readonly advisory: string;
  readonly cves: (string | null)[];
  readonly match: Match;
  exploited: number;
  epss: number;
}

/** The verdicts as text: each device, what it is affected by, and what a person has to look at; what clears it in one line. */
export function matchTable(
  devices: readonly DeviceRow[],
  matcher: Matcher,
  urgency: Urgency,
  isAll: boolean,
  counts: Record<Verdict, number>,
): string {
  const lines = devices.flatMap(({ row, device }) => {
    const matches = [...matcher.match(device), ...(isAll ? matcher.others(device) : [])];
    for (const { verdict } of matches) counts[verdict] += 1;
    const groups = grouped(matches, urgency);
    const clear = groups.filter(({ match }) => match.verdict === 'not_affected');
    const open = groups.filter(({ match }) => match.verdict !== 'not_affected').toSorted(byUrgency);
    const name = [
      device.vendor,
      device.model,
      device.firmware === '' ? '(firmware not known)' : device.firmware,
    ].join(' ');
    return [
      `${row}  ${name}`,
      ...open.flatMap((each) => sayGroup(each)),
      ...(clear.length > 0 ? [`     clear of ${clear.map((each) => each.advisory).join(', ')}`] : []),
      ...(groups.length === 0 ? ['     no advisory names it'] : []),
    ];
  });
  return lines.join('\n');
}

const said: Readonly<Record<Verdict, string>> = {
  affected: 'affected    ',
  needs_review: 'to review   ',
  not_affected: 'not affected',
};

function sayGroup({ advisory, cves, match, exploited, epss }: Group): readonly string[] {
  const marks = [
    ...(exploited > 0 ? ['exploited'] : []),
    ...(epss > 0 ? [`EPSS ${(epss * 100).toFixed(1)} %`] : []),
    ...(match.fixedIn === null ? [] : [`fixed in ${match.fixedIn}`]),
  ];
  const names = cves.map((each) => each ?? 'no CVE').join(', ');
  return [
    `     ${said[match.verdict]}  ${advisory}${names === advisory ? '' : `  ${names}`}${marks.length === 0 ? '' : `  (${marks.join(', ')})`}`,
    `                   ${match.why}`,
  ];
}

/** Vulnerabilities of one advisory that are judged alike for one reason stand together. */
function grouped(matches: readonly Match[], { kev, epss }: Urgency): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const match of matches) {
    const key = `${match.advisory}\n${match.verdict}\n${match.why}\n${match.fixedIn ?? ''}`;
    const group = groups.get(key) ?? { advisory: match.advisory, cves: [], match, exploited: 0, epss: 0 };
    groups.set(key, group);
    group.cves.push(match.cve);
    if (match.cve === null) continue;
    if (kev?.byCve.has(match.cve) === true) group.exploited += 1;
    group.epss = Math.max(group.epss, epss?.byCve.get(match.cve)?.score ?? 0);
  }
  return [...groups.values()];
}

/** Exploited first, then what is affected before what is to be reviewed, then the likelier. */
function byUrgency(a: Group, b: Group): number {
  const rank = ({ match }: Group): number => (match.verdict === 'affected' ? 0 : 1);
  return rank(a) - rank(b) || Math.sign(b.exploited) - Math.sign(a.exploited) || b.epss - a.epss;
}
