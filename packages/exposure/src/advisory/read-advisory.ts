import type { SourceFile } from '@holdfast/estate';
import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { looksLikeCsaf, readCsaf, type ReadAdvisory } from '../csaf/read-csaf.ts';
import { looksLikeCve, readCve } from '../cve/read-cve.ts';
import { positionOfFault } from '../text/json-fault.ts';
import { objectOf } from '../text/json.ts';

/** What a JSON file of a folder of advisories is. */
export type AdvisoryFile =
  | ({ readonly kind: 'advisory' } & ReadAdvisory)
  /** A file that belongs to such folders and is no advisory, such as a provider's metadata or a catalogue. */
  | { readonly kind: 'other'; readonly name: string };

/**
 * Reads one file: CSAF 2.0 or a CVE record of version 5, told by what it holds.
 * Fails with `json-syntax` where it is not JSON, with `format-mismatch` where it is JSON of something else,
 * and with what `readCsaf` and `readCve` say.
 */
export function readAdvisory(file: SourceFile): Result<AdvisoryFile, readonly Problem[]> {
  const value = parse(file);
  if (value.kind === 'error') return value;
  const document = value.value;
  if (looksLikeCsaf(document)) return asAdvisory(readCsaf(file, document));
  if (looksLikeCve(document)) return asAdvisory(readCve(file, document));
  const other = otherKind(document);
  if (other !== undefined) return ok({ kind: 'other', name: other });
  return fail([
    problem('format-mismatch', 'this is neither a CSAF document nor a CVE record', {
      at: { file: file.name, line: 1, column: 1 },
      hint: 'keep other files in another folder',
    }),
  ]);
}

function asAdvisory(
  read: Result<ReadAdvisory, readonly Problem[]>,
): Result<AdvisoryFile, readonly Problem[]> {
  return read.kind === 'error' ? read : ok({ kind: 'advisory', ...read.value });
}

function parse(file: SourceFile): Result<unknown, readonly Problem[]> {
  const text = file.text.replace(/^\uFEFF/, '');
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const isCut = /unexpected end|unterminated/i.test(error.message);
    return fail([
      problem('json-syntax', isCut ? `${file.name} ends in the middle` : 'this is not valid JSON here', {
        at: positionOfFault({ name: file.name, text }, error),
        hint: isCut
          ? 'fetch it again: it was cut off'
          : 'fetch it again, or ask its publisher for a valid document',
      }),
    ]);
  }
}

function otherKind(document: unknown): string | undefined {
  const keys = objectOf(document) ?? {};
  if ('metadata_version' in keys && 'publisher' in keys) return 'metadata of a CSAF provider';
  if ('feed' in keys) return 'a ROLIE feed';
  if ('catalogVersion' in keys) return 'the KEV catalogue, which --kev reads';
  return undefined;
}
