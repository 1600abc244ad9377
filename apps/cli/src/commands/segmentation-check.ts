import { bySeverity, segmentationCheck, type Severity } from '@holdfast/audit';
import { segmentationTable } from '@holdfast/report';
import { jsonPieces } from '../io/json-pieces.ts';
import { readConfigs } from '../io/read-configs.ts';
import { openEstate } from '../io/read-estate.ts';
import { usage } from '../io/scenario-start.ts';
import { mayColour, print, printPieces, terminalWidth } from '../io/terminal.ts';
import { failLevels } from './audit-call.ts';

/** What `holdfast segmentation check` is called with. */
export interface CheckCall {
  readonly format: string;
  readonly failOn: string;
  readonly with?: string;
}

const formats = ['table', 'json'];

/** Checks the zones and conduits of an estate; exit 1 where there are findings that count. */
export async function runCheck(path: string, call: CheckCall): Promise<number> {
  if (!formats.includes(call.format))
    throw usage(`there is no format '${call.format}'`, `one of ${formats.join(', ')}`);
  if (!failLevels.some((each) => each === call.failOn))
    throw usage(`there is no severity '${call.failOn}'`, `one of ${failLevels.join(', ')}`);
  const estate = await openEstate(path, call.with);
  const document = segmentationCheck(estate, await readConfigs(path, estate));
  if (call.format === 'json') await printPieces(jsonPieces({ ...document }));
  else print(segmentationTable(document, { width: terminalWidth(), colour: mayColour() }));
  // The level was checked against the list.
  const level = call.failOn as Severity | 'never';
  return level !== 'never' && document.findings.some(({ severity }) => bySeverity(severity, level) <= 0)
    ? 1
    : 0;
}
