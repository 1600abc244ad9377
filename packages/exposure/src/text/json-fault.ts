import { positionsIn, type SourceFile } from '@holdfast/estate';
import type { Position } from '@holdfast/kernel';

/**
 * Where JSON.parse gave up, from its message; the end of the file where the message names no place.
 * The message is V8's, which names the offset, or quotes what it stumbled over.
 */
export function positionOfFault(file: SourceFile, error: SyntaxError): Position {
  const found = /at position (\d+)/.exec(error.message);
  return positionsIn(file)(
    found?.[1] === undefined ? file.text.length : Math.min(Number(found[1]), file.text.length),
  );
}
