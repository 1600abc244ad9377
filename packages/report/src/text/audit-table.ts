import { severities, type AuditDocument, type FindingRow } from '@holdfast/audit';
import { formatPosition } from '@holdfast/kernel';
import { phrases } from '@holdfast/outage';
import { messageParts } from '../reading/message-parts.ts';
import { readHeadline, type Headline, type ThemeReading } from '../reading/headline.ts';
import { count, joinWords, tellOf } from '../reading/names.ts';
import { sayTried } from '../reading/tried.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { answerSentence, anywaySentence, plainSentence, unknownSentence } from '../reading/sentences.ts';
import { visibleText } from '../reading/visible-text.ts';
import { hang, pad, wrap } from './columns.ts';
import { findingHead } from './finding-head.ts';
import { paintOf, type Paint } from './paint.ts';

/** How wide a terminal is, in cells, and whether it may have colours. */
export interface TerminalOptions {
  readonly width: number;
  readonly colour: boolean;
}

const questionsShown = 5;
const lossesShown = 3;
const widest = 120;
/** Below this, a message stands under its severity and id, and not beside them. */
const narrow = 72;
const headWidth = 32;

/** An audit for a terminal: the answer in a few lines, the findings by scenario, and the first questions. */
export function auditTable(document: AuditDocument, { width, colour }: TerminalOptions): string {
  const paint = paintOf(colour);
  const room = Math.max(40, Math.min(width, widest));
  const headline = readHeadline(document);
  const sites = document.estate.sites.map(({ name }) => visibleText(name));
  return [
    ...wrap(
      sites.length === 1
        ? (sites[0] ?? '')
        : `${sites.length} sites: ${sites.slice(0, 6).join(', ')}${sites.length > 6 ? ', ...' : ''}`,
      room,
    ).map(paint.strong),
    ...(headline ? answer(document, headline, room, paint) : []),
    '',
    ...findings(document, room, paint),
    ...questions(document, room, paint),
    '',
    ...wrap(
      `${count(document.scenarios.length, 'scenario')}, judged as of ${document.today}; estate ${document.estate.hash.slice(0, 19)}`,
      room,
    ).map(paint.soft),
  ].join('\n');
}

function answer(
  document: AuditDocument,
  { scenario, themes }: Headline,
  room: number,
  paint: Paint,
): readonly string[] {
  const clock = new ScenarioClock(scenario);
  const open = document.questions.length === 0 ? '' : ` ${plainSentence(unknownSentence(document, themes))}`;
  return [
    ...wrap(
      visibleText(
        `${plainSentence(answerSentence(scenario, themes, clock))} ${plainSentence(anywaySentence(document))}`.trim() +
          open,
      ),
      room,
    ),
    '',
    ...themes.flatMap((theme) => themeLines(clock, theme, room, paint)),
  ];
}

function themeLines(
  clock: ScenarioClock,
  { title, losses }: ThemeReading,
  room: number,
  paint: Paint,
): readonly string[] {
  const matter = losses.filter(({ comfort }) => !comfort);
  const comforts = [
    ...new Set(
      losses
        .filter(({ comfort }) => comfort)
        .map(({ capability }) => phrases[capability].title.toLowerCase()),
    ),
  ];
  const said = [
    ...matter.slice(0, lossesShown).map((loss) => ({
      mark: loss.verdict === 'unknown' ? paint.doubt('?') : paint.bad('x'),
      text: `${clock.times(loss)} ${tellOf(loss.places, loss.capability, loss.verdict)}`,
    })),
    ...(matter.length > lossesShown ? [{ mark: ' ', text: `and ${matter.length - lossesShown} more` }] : []),
    ...(matter.length === 0
      ? [
          {
            mark: paint.good('+'),
            text: comforts.length === 0 ? 'hold throughout' : 'hold in all that matters',
          },
        ]
      : []),
    ...(comforts.length > 0 ? [{ mark: '-', text: `conveniences lost: ${joinWords(comforts)}` }] : []),
  ];
  return said.flatMap(({ mark, text }, index) =>
    marked(index === 0 ? pad(title, 17) : ' '.repeat(17), mark, visibleText(text), room),
  );
}

/** A coloured mark takes one cell, whatever its escapes. */
function marked(lead: string, mark: string, text: string, room: number): readonly string[] {
  const [first = '', ...rest] = hang(`${lead}  `, text, room);
  return [`${lead}${mark} ${first.slice(lead.length + 2)}`, ...rest];
}

function findings(
  { findings: all, scenarios }: AuditDocument,
  room: number,
  paint: Paint,
): readonly string[] {
  if (all.length === 0) return [paint.good('Nothing was found.')];
  const byKey = new Map(scenarios.map((each) => [each.key, each]));
  const tally = severities.flatMap((each) => {
    const own = all.filter(({ severity }) => severity === each).length;
    return own === 0 ? [] : [`${own} ${each}`];
  });
  const groups = [...Map.groupBy(all, ({ scenario }) => scenario ?? '')];
  const unknown = all.some(({ verdict }) => verdict === 'unknown');
  return [
    ...wrap(`${count(all.length, 'finding')}: ${tally.join(', ')}`, room).map(paint.strong),
    ...(unknown ? [paint.soft('? marks what is unknown')] : []),
    ...groups.flatMap(([key, own]) => [
      '',
      ...wrap(visibleText(byKey.get(key)?.name ?? 'The estate as it stands'), room).map(paint.strong),
      ...own.flatMap((each) => findingLines(each, messageParts(each, byKey.get(key)).lines, room, paint)),
    ]),
  ];
}

function findingLines(
  { severity, verdict, id, at }: FindingRow,
  lines: readonly string[],
  room: number,
  paint: Paint,
): readonly string[] {
  const head = findingHead({ severity, verdict, id }, paint);
  const indent = room < narrow ? 4 : headWidth;
  const said = lines.flatMap((line) => hang(' '.repeat(indent), visibleText(line), room));
  const where = at
    ? hang(' '.repeat(indent), formatPosition({ ...at, file: visibleText(at.file) }), room).map(paint.soft)
    : [];
  if (room < narrow) return [head, ...said, ...where];
  return [
    `${head}${' '.repeat(Math.max(1, headWidth - 13 - id.length))}${said[0]?.slice(headWidth) ?? ''}`,
    ...said.slice(1),
    ...where,
  ];
}

function questions({ questions: all, tried }: AuditDocument, room: number, paint: Paint): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    ...wrap(
      `${count(all.length, 'fact is', 'facts are')} missing; the answers that settle the most verdicts:`,
      room,
    ).map(paint.strong),
    ...all
      .slice(0, questionsShown)
      .flatMap((each) => [
        ...hang(
          `  ${String(each.settlesAtMost).padStart(5)}  `,
          visibleText(`${each.what}: ask ${each.whom ?? 'whoever installed it'}`),
          room,
        ),
        ...(each.note === undefined ? [] : hang(' '.repeat(9), visibleText(each.note), room).map(paint.soft)),
      ]),
    ...(all.length > questionsShown ? [paint.soft(`         and ${all.length - questionsShown} more`)] : []),
    ...(tried === undefined ? [] : wrap(`  ${sayTried(tried)}`, room).map(paint.soft)),
  ];
}
