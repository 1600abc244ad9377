import { severities, type AuditDocument, type FindingRow, type QuestionRow, type Severity } from '@holdfast/audit';
import { formatPosition } from '@holdfast/kernel';
import { phrases } from '@holdfast/outage';
import { messageParts } from '../reading/message-parts.ts';
import { readHeadline, type Headline, type ThemeReading } from '../reading/headline.ts';
import { count, joinWords, tellOf } from '../reading/names.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import { answerSentence, plainSentence, unknownSentence } from '../reading/sentences.ts';
import { visibleText } from '../reading/visible-text.ts';
import { hang, pad, wrap } from './columns.ts';
import { paintOf, type Paint } from './paint.ts';

/** How wide a terminal is, in cells, and whether it may have colours. */
export interface TerminalOptions {
  readonly width: number;
  readonly colour: boolean;
}

const questionsShown = 5;
const lossesShown = 3;
const widest = 120;

/** An audit for a terminal: the answer in a few lines, the findings by scenario, and the first questions. */
export function auditTable(document: AuditDocument, { width, colour }: TerminalOptions): string {
  const paint = paintOf(colour);
  const room = Math.max(40, Math.min(width, widest));
  const headline = readHeadline(document);
  const sites = document.estate.sites.map(({ name }) => visibleText(name));
  return [
    paint.strong(sites.length === 1 ? (sites[0] ?? '') : `${sites.length} sites: ${sites.slice(0, 6).join(', ')}${sites.length > 6 ? ', ...' : ''}`),
    ...(headline ? answer(document, headline, room, paint) : []),
    '',
    ...findings(document, room, paint),
    ...questions(document.questions, room, paint),
    '',
    paint.soft(`${count(document.scenarios.length, 'scenario')}, judged as of ${document.today}; estate ${document.estate.hash.slice(0, 19)}`),
  ].join('\n');
}

function answer(document: AuditDocument, { scenario, themes }: Headline, room: number, paint: Paint): readonly string[] {
  const clock = new ScenarioClock(scenario);
  const open = document.questions.length === 0 ? '' : ` ${plainSentence(unknownSentence(document, themes))}`;
  return [...wrap(visibleText(plainSentence(answerSentence(scenario, themes, clock)) + open), room), '', ...themes.flatMap((theme) => themeLines(clock, theme, room, paint))];
}

function themeLines(clock: ScenarioClock, { title, losses }: ThemeReading, room: number, paint: Paint): readonly string[] {
  const matter = losses.filter(({ comfort }) => !comfort);
  const comforts = [...new Set(losses.filter(({ comfort }) => comfort).map(({ capability }) => phrases[capability].title.toLowerCase()))];
  const said = [
    ...matter.slice(0, lossesShown).map(({ at, capability, verdict, places }) => ({ mark: verdict === 'unknown' ? paint.doubt('?') : paint.bad('x'), text: `${clock.time(at)} ${tellOf(places, capability, verdict)}` })),
    ...(matter.length > lossesShown ? [{ mark: ' ', text: `and ${matter.length - lossesShown} more` }] : []),
    ...(matter.length === 0 ? [{ mark: paint.good('+'), text: comforts.length === 0 ? 'hold throughout' : 'hold in all that matters' }] : []),
    ...(comforts.length > 0 ? [{ mark: '-', text: `conveniences lost: ${joinWords(comforts)}` }] : []),
  ];
  return said.flatMap(({ mark, text }, index) => marked(index === 0 ? pad(title, 17) : ' '.repeat(17), mark, visibleText(text), room));
}

/** A coloured mark takes one cell, whatever its escapes. */
function marked(lead: string, mark: string, text: string, room: number): readonly string[] {
  const [first = '', ...rest] = hang(`${lead}  `, text, room);
  return [`${lead}${mark} ${first.slice(lead.length + 2)}`, ...rest];
}

function findings({ findings: all, scenarios }: AuditDocument, room: number, paint: Paint): readonly string[] {
  if (all.length === 0) return [paint.good('Nothing was found.')];
  const byKey = new Map(scenarios.map((each) => [each.key, each]));
  const tally = severities.flatMap((each) => {
    const own = all.filter(({ severity }) => severity === each).length;
    return own === 0 ? [] : [`${own} ${each}`];
  });
  const groups = [...Map.groupBy(all, ({ scenario }) => scenario ?? '')];
  const unknown = all.some(({ verdict }) => verdict === 'unknown');
  return [
    paint.strong(`${count(all.length, 'finding')}: ${tally.join(', ')}`) + (unknown ? paint.soft('   ? unknown from what the estate says') : ''),
    ...groups.flatMap(([key, own]) => ['', paint.strong(visibleText(byKey.get(key)?.name ?? 'The estate as it stands')), ...own.flatMap((each) => findingLines(each, messageParts(each, byKey.get(key)).lines, room, paint))]),
  ];
}

function findingLines({ severity, verdict, id, at }: FindingRow, lines: readonly string[], room: number, paint: Paint): readonly string[] {
  const lead = `  ${pad(severity, 9)}${verdict === 'unknown' ? '?' : ' '} ${pad(id, 19)}`;
  const tone = toneOf(severity, paint);
  const where = at ? [`${' '.repeat(lead.length)}${paint.soft(formatPosition({ ...at, file: visibleText(at.file) }))}`] : [];
  const text = lines.flatMap((line, index) => hang(index === 0 ? lead : ' '.repeat(lead.length), visibleText(line), room));
  const [first = '', ...rest] = text;
  return [`  ${tone(pad(severity, 9))}${verdict === 'unknown' ? paint.doubt('?') : ' '} ${first.slice(13)}`, ...rest, ...where];
}

const toneOf = (severity: Severity, paint: Paint): ((text: string) => string) => (severity === 'critical' || severity === 'high' ? paint.bad : severity === 'medium' ? paint.doubt : paint.soft);

function questions(all: readonly QuestionRow[], room: number, paint: Paint): readonly string[] {
  if (all.length === 0) return [];
  return [
    '',
    paint.strong(`${count(all.length, 'fact is', 'facts are')} missing; the answers that settle the most verdicts:`),
    ...all.slice(0, questionsShown).flatMap((each) => [
      ...hang(`  ${String(each.settlesAtMost).padStart(5)}  `, visibleText(`${each.what}: ask ${each.whom ?? 'whoever installed it'}`), room),
      ...(each.note === undefined ? [] : hang(' '.repeat(9), visibleText(each.note), room).map(paint.soft)),
    ]),
    ...(all.length > questionsShown ? [paint.soft(`         and ${all.length - questionsShown} more`)] : []),
  ];
}
