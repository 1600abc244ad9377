import { readFile } from 'node:fs/promises';
import {
  audit,
  auditDocument,
  bySeverity,
  compareFindings,
  type Audit,
  type AuditDocument,
  type Finding,
  type Known,
  type Severity,
} from '@holdfast/audit';
import { Failure, problem } from '@holdfast/kernel';
import { auditJunit, auditMarkdown, auditSarif, auditTable, loadPages } from '@holdfast/report';
import { failLevels, formats, type AuditCall } from './audit-call.ts';
import { jsonPieces } from '../io/json-pieces.ts';
import { readConfigs } from '../io/read-configs.ts';
import { openInputs, type OpenedEstate } from '../io/read-estate.ts';
import { durationOption, scenarioStart, today, usage } from '../io/scenario-start.ts';
import {
  mayColour,
  print,
  printBytes,
  printPieces,
  progress,
  progressEnds,
  talk,
  terminalWidth,
} from '../io/terminal.ts';

/** An audit, with the files that it was made from. */
export interface FolderAudit {
  readonly audit: Audit;
  readonly inputs: OpenedEstate['inputs'];
}

/** Audits the estate in a folder. */
export async function auditFolder(
  path: string,
  call: Pick<AuditCall, 'with' | 'for' | 'at' | 'on'> & Partial<Pick<AuditCall, 'format'>>,
): Promise<FolderAudit> {
  const { estate, inputs } = await openInputs(path, call.with);
  const configs = await readConfigs(path, estate);
  const length = durationOption(call.for);
  const onScenario = progress('auditing scenario');
  const done = audit(estate, {
    start: scenarioStart(estate, call.at, call.on),
    today: today(),
    configs,
    onScenario,
    rows: call.format === 'table' ? 'few' : call.format === 'json' ? 'once' : 'often',
    ...(length === undefined ? {} : { length }),
  });
  progressEnds();
  if (done.kind === 'error') throw new Failure(done.error);
  return { audit: done.value, inputs };
}

/** Runs `holdfast audit`; the exit code says whether there are findings that count. */
export async function runAudit(path: string, call: AuditCall): Promise<number> {
  if (!formats.some((each) => each === call.format))
    throw usage(`there is no format '${call.format}'`, `one of ${formats.join(', ')}`);
  if (!failLevels.some((each) => each === call.failOn))
    throw usage(`there is no severity '${call.failOn}'`, `one of ${failLevels.join(', ')}`);
  if (call.format === 'pdf' && process.stdout.isTTY)
    throw usage(
      'a PDF is not for a terminal',
      'write it to a file: holdfast audit DIR --format pdf > audit.pdf',
    );
  const known = call.baseline === undefined ? undefined : await readBaseline(call.baseline);
  const { audit: done, inputs } = await auditFolder(path, call);
  const comparison = known && compareFindings(known, done.findings);
  const counted = comparison ? comparison.added : done.findings;
  const isOld = comparison !== undefined && comparison.added.length === 0 && call.format === 'table';
  if (isOld) print(`Nothing new since the baseline; ${comparison.kept.length} known findings stand.`);
  else
    await put(
      auditDocument(comparison ? { ...done, findings: comparison.added } : done, inputs),
      call.format,
    );
  if (comparison)
    talk(
      `Against the baseline: ${comparison.added.length} new, ${comparison.kept.length} known, ${comparison.gone.length} gone.`,
    );
  if (call.with !== undefined && call.format === 'table')
    talk(
      difference(
        await auditFolder(path, {
          format: call.format,
          ...(call.for === undefined ? {} : { for: call.for }),
          ...(call.at === undefined ? {} : { at: call.at }),
          ...(call.on === undefined ? {} : { on: call.on }),
        }).then((before) => before.audit),
        done,
      ),
    );
  return counts(counted, call.failOn) ? 1 : 0;
}

async function put(document: AuditDocument, format: string): Promise<void> {
  if (format === 'pdf') await putPdf(document);
  else if (format === 'json') await printPieces(jsonPieces({ ...document }));
  else print(await render(document, format));
}

async function putPdf(document: AuditDocument): Promise<void> {
  const [{ paper }, { printPdf }] = await Promise.all([loadPages(), import('../io/print-pdf.ts')]);
  await printBytes(await printPdf(paper(document)));
}

async function render(document: AuditDocument, format: string): Promise<string> {
  switch (format) {
    case 'sarif':
      return auditSarif(document);
    case 'markdown':
      return auditMarkdown(document);
    case 'junit':
      return auditJunit(document);
    case 'cards':
      return (await loadPages()).cards(document);
    case 'html':
      return (await loadPages()).html(document);
    default:
      return auditTable(document, { width: terminalWidth(), colour: mayColour() });
  }
}

/** Whether any finding is at least as bad as a level. */
function counts(findings: readonly Finding[], level: string): boolean {
  // The level was checked against the list.
  return level !== 'never' && findings.some((each) => bySeverity(each.severity, level as Severity) <= 0);
}

function difference(before: Audit, after: Audit): string {
  const { added, gone } = compareFindings(before.findings, after.findings);
  const lines = [
    ...gone.map((each) => `- ${each.id} ${each.message}`),
    ...added.map((each) => `+ ${each.id} ${each.message}`),
  ];
  return lines.length === 0
    ? 'The change makes no difference to the findings.'
    : `The change takes away ${gone.length} findings and brings ${added.length}:\n${lines.join('\n')}`;
}

/** The findings of an earlier `--format json`. */
async function readBaseline(path: string): Promise<readonly Known[]> {
  const bad = (message: string, cause?: unknown): Failure =>
    new Failure(
      [
        problem('file-unreadable', message, {
          hint: 'write one with `holdfast audit DIR --format json > FILE`',
          at: { file: path, line: 1, column: 1 },
        }),
      ],
      { cause },
    );
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw bad(`the baseline ${path} cannot be read`, error);
  });
  try {
    const parsed: unknown = JSON.parse(text);
    const findings = (parsed as { readonly findings?: unknown } | null)?.findings;
    if (Array.isArray(findings) && findings.every(isKnown)) return findings;
  } catch (error) {
    throw bad(`the baseline ${path} is not JSON`, error);
  }
  throw bad(`the baseline ${path} is not an audit`);
}

function isKnown(value: unknown): value is Known {
  const known = value as Partial<Known> | null;
  return (
    typeof known?.id === 'string' &&
    typeof known.fingerprint === 'string' &&
    Array.isArray(known.places) &&
    typeof known.message === 'string'
  );
}
