import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { positionsIn } from './positions.ts';

/** A file of an estate as it was given, by a name that messages may show. */
export interface SourceFile {
  readonly name: string;
  /** A byte order mark is part of it, so that an edit can keep it. */
  readonly text: string;
}

/** A YAML file may have at most this many characters; larger estates go as NDJSON. */
export const yamlLimit = 16 * 2 ** 20;

/** A YAML file may nest at most this deep. */
export const depthLimit = 100;

/** Whether a file is in the canonical form, by the end of its name. */
export const isNdjson = (name: string): boolean => /\.(?:ndjson|jsonl)$/i.test(name);

/**
 * Whether a file says at its beginning that it is another document of Holdfast, such as an import mapping or a review:
 * it may lie in the folder of an estate without being part of it.
 */
export const isOtherDocument = ({ text }: SourceFile): boolean =>
  /^\uFEFF?(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)*holdfast[A-Z][A-Za-z]*[ \t]*:/.test(text.slice(0, 20_000));

/** Decodes UTF-8, with or without a byte order mark. Another encoding is refused by its name. */
export function decodeText(name: string, bytes: Uint8Array): Result<SourceFile, Problem> {
  const at = { file: name, line: 1, column: 1 };
  const utf16 = utf16Of(bytes);
  if (utf16)
    return fail(
      problem('file-unreadable', `${name} is UTF-16, not UTF-8`, {
        at,
        hint: 'save it as UTF-8 in your editor',
      }),
    );
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const zero = text.indexOf('\0');
    if (zero < 0) return ok({ name, text });
    return fail(
      problem('file-unreadable', `${name} is not a text file`, {
        at: positionsIn({ name, text })(zero),
        hint: 'it has a NUL byte; is it a binary file?',
      }),
    );
  } catch {
    // Of a character that is cut, a stream gives nothing yet.
    const valid = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      bytes.subarray(0, firstInvalid(bytes)),
      { stream: true },
    );
    return fail(
      problem('file-unreadable', `${name} is not UTF-8`, {
        at: positionsIn({ name, text: valid })(valid.length),
        hint: 'save it as UTF-8 in your editor',
      }),
    );
  }
}

/** With a byte order mark, or without one where every other byte of the beginning is NUL. */
function utf16Of(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (
    bytes.length % 2 === 0 &&
    ((a === 0 && b !== 0 && c === 0 && d !== 0) || (a !== 0 && b === 0 && c !== 0 && d === 0))
  );
}

/** The offset of the first byte that is not UTF-8, by halving: a prefix of valid UTF-8 is valid but for a cut last character. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isPrefix(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

function isPrefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
