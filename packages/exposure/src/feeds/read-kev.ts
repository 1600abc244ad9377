import type { SourceFile } from '@holdfast/estate';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { listOf, textOf, under } from '../text/json.ts';
import { positionOfFault } from '../text/json-fault.ts';
import { locate } from '../text/locate.ts';

/** An entry of CISA's catalogue of known exploited vulnerabilities. */
export interface KnownExploited {
  readonly cve: string;
  /** The day it was added, `yyyy-mm-dd`. */
  readonly added: string;
  /** The day by which federal agencies have to act. */
  readonly due: string;
  readonly usedByRansomware: boolean;
}

/** The catalogue as it was on one day. */
export interface KevCatalogue {
  readonly version: string;
  readonly released: string;
  readonly byCve: ReadonlyMap<string, KnownExploited>;
}

/**
 * Reads the KEV catalogue as JSON. Fails with `json-syntax`, and with `format-mismatch` at the first entry that is none.
 * @see https://www.cisa.gov/known-exploited-vulnerabilities-catalog
 */
export function readKev(file: SourceFile): Result<KevCatalogue, readonly Problem[]> {
  let value: unknown;
  try {
    value = JSON.parse(file.text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail([
      problem('json-syntax', `${file.name} is not valid JSON here`, {
        at: positionOfFault(file, error),
        hint: 'fetch the catalogue again',
      }),
    ]);
  }
  const entries = under(value, 'vulnerabilities');
  if (!Array.isArray(entries) || textOf(under(value, 'catalogVersion')) === undefined)
    return fail([notKev(file, '', 'this is not the KEV catalogue')]);
  const byCve = new Map<string, KnownExploited>();
  for (const [index, each] of listOf(entries).entries()) {
    const [cve, added] = [textOf(under(each, 'cveID')), textOf(under(each, 'dateAdded'))];
    if (cve === undefined || added === undefined)
      return fail([
        notKev(file, `/vulnerabilities/${index}`, 'an entry of the catalogue needs cveID and dateAdded'),
      ]);
    byCve.set(cve, {
      cve,
      added,
      due: textOf(under(each, 'dueDate')) ?? '',
      usedByRansomware: textOf(under(each, 'knownRansomwareCampaignUse')) === 'Known',
    });
  }
  return ok({
    version: textOf(under(value, 'catalogVersion')) ?? '',
    released: textOf(under(value, 'dateReleased')) ?? '',
    byCve,
  });
}

const notKev = (file: SourceFile, pointer: string, message: string): Problem =>
  problem('format-mismatch', message, {
    at: locate(file, pointer),
    hint: 'expected known_exploited_vulnerabilities.json of CISA',
  });
