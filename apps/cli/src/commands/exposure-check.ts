import { matchLine, type Exposure, type ExposureFinding } from '@holdfast/exposure';
import { formatPosition } from '@holdfast/kernel';
import { exposureOf } from '../feeds/exposure-of.ts';
import type { LoadedFeeds } from '../feeds/load-feeds.ts';
import { today, usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';
import { feedSentence } from './feeds.ts';

/** What `exposure check` is asked. */
export interface CheckCall {
  readonly store?: string;
  readonly aliases?: string;
  readonly format: string;
}

/** Holds an estate against the feeds in force. Exit 1 where something is exposed, or nobody can tell. */
export async function runCheck(path: string, call: CheckCall): Promise<number> {
  if (!['table', 'json'].includes(call.format))
    throw usage(`there is no format '${call.format}'`, 'one of table, json');
  const { estate, feeds, exposure } = await exposureOf(path, call);
  if (call.format === 'json') print(JSON.stringify(documentOf(estate.hash, exposure, feeds), undefined, 1));
  else print(tableOf(exposure, feeds));
  sayMissing(feeds);
  const open = exposure.devices.some(({ matches }) =>
    matches.some(({ verdict }) => verdict !== 'not_affected'),
  );
  return open || exposure.findings.length > 0 ? 1 : 0;
}

/** What was not asked, because there is no feed of it: silence about it is no answer. */
function sayMissing({ snapshots }: LoadedFeeds): void {
  const kinds = new Set(snapshots.map(({ kind }) => kind));
  if (!kinds.has('advisories'))
    talk(
      'There are no advisories on this machine: nothing is said of vulnerabilities (holdfast feeds import).',
    );
  if (!kinds.has('kev')) talk('There is no KEV catalogue on this machine: nothing is said of exploitation.');
}

function documentOf(hash: string, exposure: Exposure, { snapshots, facts }: LoadedFeeds): unknown {
  return {
    holdfast: { kind: 'exposure', version: 1 },
    estate: hash,
    today: today(),
    feeds: snapshots,
    findings: exposure.findings,
    matches: exposure.devices.flatMap(({ id, matches, ...device }) =>
      matches.map((match) => {
        const { row: _, ...line } = matchLine(0, device, {}, match, facts);
        return { device: id, ...line };
      }),
    ),
    nameless: exposure.nameless,
  };
}

function tableOf({ findings, devices, nameless }: Exposure, { snapshots }: LoadedFeeds): string {
  const count = (wanted: string): number =>
    devices.filter(({ matches }) => matches.some(({ verdict }) => verdict === wanted)).length;
  return [
    ...snapshots.map((each) => feedSentence(each)),
    '',
    `${devices.length} devices are named by advisories: ${count('affected')} affected, ${count('needs_review')} to review.`,
    ...(nameless.length === 0
      ? []
      : [
          `${nameless.length} devices have no vendor or model that advisories could name: ${nameless.slice(0, 8).join(', ')}${nameless.length > 8 ? ', ...' : ''}`,
        ]),
    '',
    ...(findings.length === 0 ? ['Nothing else is exposed.'] : findings.flatMap(sayFinding)),
  ].join('\n');
}

const sayFinding = ({
  id,
  severity,
  verdict,
  message,
  why,
  remedy,
  at,
}: ExposureFinding): readonly string[] => [
  `${severity.padEnd(8)} ${id.padEnd(17)} ${verdict === 'unknown' ? '? ' : ''}${message}`,
  ...(at === undefined ? [] : [`         ${formatPosition(at)}`]),
  ...why.map((each) => `         ${each}`),
  `         -> ${remedy}`,
];
