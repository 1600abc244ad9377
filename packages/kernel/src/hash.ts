import { createHash } from 'node:crypto';

/** `sha256:` and 64 hex digits, of UTF-8 text or of the texts one after the other. */
export const sha256 = (...texts: readonly (string | Uint8Array)[]): string => sha256Of(texts);

const batch = 1 << 16;

/** The same of as many texts as there are, without holding them all. */
export function sha256Of(texts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256');
  let waiting = '';
  for (const each of texts) {
    if (typeof each === 'string') waiting += each;
    if (waiting.length < batch && typeof each === 'string') continue;
    hash.update(waiting);
    waiting = '';
    if (typeof each !== 'string') hash.update(each);
  }
  return `sha256:${hash.update(waiting).digest('hex')}`;
}
