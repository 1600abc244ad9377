import { readFile } from 'node:fs/promises';
import { decodeText } from '@holdfast/estate';
import {
  Matcher,
  matchLine,
  matchSchema,
  readEpss,
  readKev,
  reviewOf,
  type Advisory,
  type Match,
  type Urgency,
  type Verdict,
} from '@holdfast/exposure';
import { Failure, problem, type Problem, type Result } from '@holdfast/kernel';
import { readAdvisories, type AdvisoryFolder } from '../io/read-advisories.ts';
import { readAliases, readDevices, type DeviceRow } from '../io/read-devices.ts';
import { sayProblems } from '../io/say-problems.ts';
import { usage } from '../io/scenario-start.ts';
import { print, talk } from '../io/terminal.ts';
import { matchTable } from './exposure-table.ts';

/** What `exposure match` is asked. */
export interface MatchCall {
  readonly devices: string;
  readonly advisories: string;
  readonly kev?: string;
  readonly epss?: string;
  readonly aliases?: string;
  readonly format: string;
  readonly all?: boolean;
}

/** Lines are written together, not one by one: a large table has millions. */
const atOnce = 1 << 18;

/**
 * Matches a table of devices with a folder of advisories. Exit 0 where every verdict is clear, 1 where a device is affected or up
 * for review, 2 where an advisory is broken: then the others are judged, and the answer is not whole.
 */
export async function runMatch(call: MatchCall): Promise<number> {
  if (!['jsonl', 'table'].includes(call.format))
    throw usage(`there is no format '${call.format}'`, 'one of jsonl, table');
  const devices = await readDevices(call.devices);
  const aliases = call.aliases === undefined ? [] : await readAliases(call.aliases);
  const urgency = await readUrgency(call);
  const folder = await readAdvisories(call.advisories);
  sayFolder(folder);
  const matcher = new Matcher(folder.advisories, aliases);
  const counts = { affected: 0, not_affected: 0, needs_review: 0 };
  if (call.format === 'jsonl') await printLines(devices, matcher, urgency, call.all === true, counts);
  else print(matchTable(devices, matcher, urgency, call.all === true, counts));
  talk(
    `${devices.length} devices: ${counts.affected} affected, ${counts.needs_review} to review, ${counts.not_affected} not affected.`,
  );
  if (folder.problems.length > 0) return 2;
  return counts.affected + counts.needs_review > 0 ? 1 : 0;
}

/** Prints the JSON Schema of a line. */
export function printMatchSchema(): number {
  print(JSON.stringify(matchSchema, undefined, 2));
  return 0;
}

async function printLines(
  devices: readonly DeviceRow[],
  matcher: Matcher,
  urgency: Urgency,
  isAll: boolean,
  counts: Record<Verdict, number>,
): Promise<void> {
  let text = '';
  for (const { row, device, more } of devices)
    for (const match of matchesOf(matcher, device, isAll)) {
      counts[match.verdict] += 1;
      text += `${JSON.stringify(matchLine(row, device, more, match, urgency))}\n`;
      if (text.length < atOnce) continue;
      await written(text);
      text = '';
    }
  await written(text);
}

function* matchesOf(matcher: Matcher, device: DeviceRow['device'], isAll: boolean): Generator<Match> {
  yield* matcher.match(device);
  if (isAll) yield* matcher.others(device);
}

/** Waits until a reader has taken what was written, so that a slow one does not fill the memory. */
const written = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    if (text === '') resolve();
    else process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });

/** What was read, and what was not: nothing of a folder is left out in silence. */
function sayFolder({ advisories, problems, others }: AdvisoryFolder): void {
  const entries = advisories.flatMap((each: Advisory) =>
    each.entries.filter(({ authority }) => authority !== 'title'),
  );
  const review = entries.filter((each) => reviewOf(each) !== undefined).length;
  const kinds = (kind: Advisory['kind']): number => advisories.filter((each) => each.kind === kind).length;
  talk(
    `${kinds('csaf')} CSAF documents and ${kinds('cve')} CVE records with ${entries.length} products, ${review} of them for review.`,
  );
  if (others.length > 0)
    talk(
      `Not advisories: ${others.slice(0, 10).join('; ')}${others.length > 10 ? `; and ${others.length - 10} more` : ''}`,
    );
  if (problems.length > 0) talk(`${sayProblems(problems)}\nThe others are judged; the answer is not whole.`);
}

async function readUrgency({ kev, epss }: MatchCall): Promise<Urgency> {
  return {
    ...(kev === undefined ? {} : { kev: await readFeed(kev, readKev) }),
    ...(epss === undefined ? {} : { epss: await readFeed(epss, readEpss) }),
  };
}

async function readFeed<T>(
  path: string,
  read: (file: { readonly name: string; readonly text: string }) => Result<T, readonly Problem[]>,
): Promise<T> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new Failure(
      [
        problem('file-missing', `${path} cannot be read`, {
          hint: error instanceof Error ? error.message : 'check the path',
        }),
      ],
      { cause: error },
    );
  });
  const text = decodeText(path, bytes);
  if (text.kind === 'error') throw new Failure([text.error]);
  const feed = read(text.value);
  if (feed.kind === 'error') throw new Failure(feed.error);
  return feed.value;
}
