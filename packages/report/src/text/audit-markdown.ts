import { severities, type AuditDocument, type FindingRow, type ScenarioRow } from '@holdfast/audit';
import { formatPosition } from '@holdfast/kernel';
import { countHits } from '../reading/count-hits.ts';
import { readHeadline, type Headline, type ThemeReading } from '../reading/headline.ts';
import { messageParts } from '../reading/message-parts.ts';
import { count, tellOf } from '../reading/names.ts';
import { PlaceReader } from '../reading/place-reading.ts';
import { ScenarioClock } from '../reading/scenario-clock.ts';
import {
  answerSentence,
  anywaySentence,
  auditSentence,
  plainSentence,
  unknownSentence,
} from '../reading/sentences.ts';
import { settles } from '../reading/settles.ts';
import { sayTried } from '../reading/tried.ts';
import { standardTitles } from '../reading/standards.ts';
import { md, mdCode, mdTable } from './markdown-text.ts';

/** An audit as Markdown, for a wiki, a merge request or a mail: the answer, the scenarios, all findings and all questions. */
export function auditMarkdown(document: AuditDocument): string {
  const reader = new PlaceReader(document);
  const headline = readHeadline(document, reader);
  const { sites, hash } = document.estate;
  const lines = [
    `# ${md(sites.map(({ name }) => name).join(', '))}`,
    '',
    ...(headline ? answer(document, headline) : []),
    ...scenarioTable(document, reader),
    ...findings(document),
    ...questions(document),
    '## Inputs',
    '',
    `Estate ${mdCode(hash)}; ${count(document.places.length, 'place')}, ${count(document.scenarios.length, 'scenario')}, faults from ${document.start}, dates judged as of ${document.today}.`,
  ];
  return `${lines.join('\n')}\n`;
}

function answer(document: AuditDocument, { scenario, themes }: Headline): readonly string[] {
  const clock = new ScenarioClock(scenario);
  return [
    `**${md(plainSentence(answerSentence(scenario, themes, clock)))}**`,
    '',
    md(
      `${plainSentence(anywaySentence(document))}${plainSentence(unknownSentence(document, themes))} ${plainSentence(auditSentence(document))}`,
    ),
    '',
    ...mdTable(
      ['', 'What gives way, and when', 'What is unknown'],
      themes.map((theme) => themeRow(clock, theme)),
    ),
    '',
    `## The story: ${md(scenario.name)}`,
    '',
    ...scenario.story.map(
      ({ at, kind, text }) => `- ${clock.time(at)} ${kind === 'fault' ? `**${md(text)}**` : md(text)}`,
    ),
    '',
  ];
}

function themeRow(clock: ScenarioClock, { title, losses }: ThemeReading): readonly string[] {
  const told = (verdict: 'fails' | 'unknown'): string =>
    losses
      .filter((each) => each.verdict === verdict && !each.comfort)
      .map((loss) => md(`${clock.times(loss)} ${tellOf(loss.places, loss.capability, verdict)}`))
      .join('<br>');
  const fails = told('fails');
  return [`**${title}**`, fails === '' ? 'holds' : fails, told('unknown')];
}

function scenarioTable(document: AuditDocument, reader: PlaceReader): readonly string[] {
  const rows = document.scenarios.map((scenario) => {
    const { hit, unknown } = countHits(reader.read(scenario));
    return [
      md(scenario.name),
      String(hit),
      String(unknown),
      String(document.findings.filter((each) => each.scenario === scenario.key).length),
    ];
  });
  return [
    '## Scenarios',
    '',
    ...mdTable(['Scenario', 'Places worse', 'of these unknown', 'Findings'], rows),
    '',
  ];
}

function findings(document: AuditDocument): readonly string[] {
  const byKey = new Map(document.scenarios.map((each) => [each.key, each]));
  const blocks = [...Map.groupBy(document.findings, ({ id }) => id).values()].flatMap((members) =>
    kindBlock(members, byKey),
  );
  return [
    `## Findings: ${document.findings.length}`,
    '',
    ...(document.findings.length === 0 ? ['None.', ''] : [tally(document.findings), '', ...blocks]),
  ];
}

const tally = (all: readonly FindingRow[]): string =>
  severities.map((each) => `${each} ${all.filter(({ severity }) => severity === each).length}`).join(', ');

function kindBlock(
  members: readonly FindingRow[],
  byKey: ReadonlyMap<string, ScenarioRow>,
): readonly string[] {
  const [first] = members as [FindingRow];
  const controls = Object.entries(first.controls).map(
    ([standard, ids]) => `${standardTitles[standard] ?? standard} ${ids.join(', ')}`,
  );
  return [
    `### ${md(first.title)} (${first.id})`,
    '',
    `**What mends it.** ${md(first.remedy)}${first.acceptable ? '' : ' **This cannot be accepted as a risk.**'}`,
    '',
    `Controls: ${md(controls.join('; '))}.`,
    '',
    ...members.flatMap((each) => finding(each, first.remedy, byKey.get(each.scenario ?? ''))),
    '',
  ];
}

function finding(each: FindingRow, remedy: string, scenario: ScenarioRow | undefined): readonly string[] {
  const { lead, lines } = messageParts(each, scenario);
  const where = each.at ? ` (${mdCode(formatPosition(each.at))})` : '';
  const fingerprint = mdCode(each.fingerprint.replace(/^sha256:/u, '').slice(0, 12));
  return [
    `- **${each.severity}${each.verdict === 'unknown' ? ', unknown' : ''}** ${lead === '' ? md(lines[0] ?? '') : md(lead)}${where} ${fingerprint}`,
    ...(lead === '' ? [] : lines.map((line) => `  - ${md(line)}`)),
    ...(each.remedy === remedy ? [] : [`  - What mends this one: ${md(each.remedy)}`]),
  ];
}

function questions({ questions: all, tried }: AuditDocument): readonly string[] {
  const rows = all.map((each) => [
    md(each.whom ?? 'whoever installed it'),
    md(each.what) + (each.note === undefined ? '' : `<br>${md(each.note)}`),
    settles(each),
    each.at ? mdCode(formatPosition(each.at)) : mdCode(each.subject),
  ]);
  return [
    '## What is unknown, and whom to ask',
    '',
    ...(all.length === 0
      ? ['No verdict hangs on a fact that is missing.']
      : mdTable(['Ask', 'For', 'Verdicts it settles', 'Unknown at'], rows)),
    '',
    ...(tried === undefined ? [] : [sayTried(tried), '']),
  ];
}
