import { readFile } from 'node:fs/promises';
import { decodeText } from '@holdfast/estate';
import { cutsDocument, readOpenPsa, solve, type CutsDocument } from '@holdfast/faulttree';
import { Failure, problem } from '@holdfast/kernel';
import { sayProblems } from '../io/say-problems.ts';
import { usage } from '../io/scenario-start.ts';
import { printPieces, talk } from '../io/terminal.ts';

/** The options of `faulttree cuts`. */
export interface CutsCall {
  readonly top?: string;
  readonly order?: string;
  readonly list?: string;
  readonly probability?: boolean;
  readonly missionTime?: string;
  readonly effort: string;
  readonly format: string;
}

interface Milliseconds {
  readonly load: number;
  readonly solve: number;
}

/** Counts the minimal cut sets of a fault tree, and lists them. */
export async function runCuts(path: string, call: CutsCall): Promise<number> {
  if (!['table', 'json'].includes(call.format))
    throw usage(`there is no format '${call.format}'`, 'one of table, json');
  const order = wholeNumber('--order', call.order, 1);
  const list = wholeNumber('--list', call.list, 0);
  const effort = (wholeNumber('--effort', call.effort, 1) ?? 1) * 1_000_000;
  const missionTime = call.missionTime === undefined ? undefined : positive(call.missionTime);
  const start = performance.now();
  const read = readOpenPsa(await openText(path), { top: call.top, missionTime });
  if (read.kind === 'error') throw new Failure(read.error);
  const loaded = performance.now();
  const { tree, warnings } = read.value;
  const told =
    call.probability === true ? warnings : warnings.filter(({ code }) => code !== 'import-partial');
  if (told.length > 0) talk(sayProblems(told));
  const cuts = solve(tree.graph, { ...(order === undefined ? {} : { order }), effort });
  const solved = performance.now();
  const milliseconds = { load: rounded(loaded - start), solve: rounded(solved - loaded) };
  const document = answered(() => cutsDocument(tree, cuts, { list, probability: call.probability }));
  if (cuts.completeTo < (order ?? Infinity)) talk(incomplete(cuts.completeTo));
  if (call.format === 'json') await printPieces(jsonPieces(document, milliseconds));
  else
    await printPieces(
      tableLines(document, milliseconds).map((line, index) => (index === 0 ? line : `\n${line}`)),
    );
  return 0;
}

/** Sets are listed by recursion over their events: of sets with thousands of events only the counts are told. */
function answered<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'the sets have too many events to be listed';
    throw new Failure([problem('not-answered', message, { hint: 'ask for the counts, without --list' })], {
      cause: error,
    });
  }
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

const incomplete = (order: number): string =>
  `not complete above order ${order}: the effort ended first; raise --effort, or ask for a lower --order`;

async function openText(path: string): Promise<{ readonly name: string; readonly text: string }> {
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
  const decoded = decodeText(path, bytes);
  if (decoded.kind === 'error') throw new Failure([decoded.error]);
  return { name: path, text: decoded.value.text.replace(/^\uFEFF/, '') };
}

function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= 1_000_000_000) return number;
  throw usage(`${option} ${text} is no number that it takes`, `a whole number from ${least}`);
}

function positive(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
  throw usage(`--mission-time ${text} is no time`, 'a number, in the unit of the model, such as 8760');
}

/** The document with its times, a set a piece: all of them would not fit one string. */
function* jsonPieces(document: CutsDocument, milliseconds: Milliseconds): Generator<string> {
  const { sets, probability, importance, ...counts } = document;
  yield JSON.stringify({ ...counts, milliseconds }).slice(0, -1);
  if (sets) {
    yield ',"sets":[';
    for (const [index, set] of sets.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(set)}`;
    yield ']';
  }
  if (probability !== undefined) yield `,"probability":${JSON.stringify(probability)}`;
  if (importance) yield `,"importance":${JSON.stringify(importance)}`;
  yield '}';
}

/** How many events the table of importance shows. */
const shownEvents = 20;

function tableLines(document: CutsDocument, { load, solve: took }: Milliseconds): readonly string[] {
  const { top, basicEvents, gates, minimalCutSets, byOrder, completeTo, sets } = document;
  const extent = completeTo === undefined ? '' : ` up to order ${completeTo}`;
  const orders = Object.entries(byOrder);
  const width = Math.max(...orders.map(([, count]) => count.length), 1);
  return [
    `${top}: ${minimalCutSets} minimal cut sets${extent}, of ${basicEvents} basic events under ${gates} gates`,
    ...orders.map(([order, count]) => `  order ${order.padStart(3)}  ${count.padStart(width)}`),
    ...probabilityLines(document),
    ...(sets ?? []).map((set) => `  ${set.join(', ') || '(nothing needs to fail)'}`),
    `read in ${load} ms, solved in ${took} ms`,
  ];
}

function probabilityLines({ probability, importance = [] }: CutsDocument): readonly string[] {
  if (probability === undefined) return [];
  if (probability === null)
    return ['  probability not known: an event has none, or the cut sets are not complete'];
  const width = Math.max(...importance.map(({ event }) => event.length), 5);
  const row = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(width)}  ${cells.map((each) => each.padStart(14)).join('')}`;
  const number = (value: number | null): string => (value === null ? '-' : value.toExponential(4));
  return [
    `  probability ${probability.toExponential(6)}`,
    row('event', ['probability', 'Birnbaum', 'Fussell-Vesely', 'RAW']),
    ...importance
      .slice(0, shownEvents)
      .map((each) =>
        row(
          each.event,
          [each.probability, each.birnbaum, each.fussellVesely, each.riskAchievementWorth].map(number),
        ),
      ),
    ...(importance.length > shownEvents
      ? [`  and ${importance.length - shownEvents} more with --format json`]
      : []),
  ];
}
