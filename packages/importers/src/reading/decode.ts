import { decodeText, positionsIn } from '@holdfast/estate';
import { fail, ok, problem, sha256, type Position, type Problem, type Result } from '@holdfast/kernel';
import type { ImportFile, ImportFormat } from '../observation.ts';

/** A file of a network tool may have at most this many bytes: a scan of a /16 has some tens of megabytes. */
const byteLimit = 128 * 2 ** 20;

/** The text of a file, with what turns an offset into it into a place that a person finds. */
export interface DecodedFile {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
  readonly at: (offset: number) => Position;
}

/** Decodes UTF-8 within the limit. */
export function decode(file: ImportFile): Result<DecodedFile, Problem> {
  const at = { file: file.name, line: 1, column: 1 };
  if (file.bytes.length > byteLimit)
    return fail(
      problem('file-too-large', `${file.name} has ${megabytes(file.bytes.length)}`, {
        at,
        hint: `at most ${megabytes(byteLimit)} are read; split it by site or by network`,
      }),
    );
  const decoded = decodeText(file.name, file.bytes);
  if (decoded.kind === 'error') return decoded;
  const { text } = decoded.value;
  return ok({ name: file.name, text, sha256: sha256(file.bytes), at: positionsIn(decoded.value) });
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

/** The first characters of a file, for a look at its format. Bytes that are not UTF-8 become replacement characters. */
export const headOf = (bytes: Uint8Array, length = 4096): string =>
  new TextDecoder('utf-8').decode(bytes.subarray(0, length)).replace(/^\uFEFF/, '');

/** What to say of a file that is well formed and something else. */
export const notThis = (format: ImportFormat, at: Position, expected: string, found?: string): Problem =>
  problem(
    'format-mismatch',
    `this is not ${format}: expected ${expected}${found ? `, found ${found}` : ''}`,
    {
      at,
      hint: 'check that it is the right file, and whole',
    },
  );
