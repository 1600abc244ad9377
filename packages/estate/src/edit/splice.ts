/** Replaces what stands from `start` to before `end`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all splices applied; those at one place in their order. `undefined` where two of them overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string | undefined {
  const inOrder = splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let out = '';
  let at = 0;
  for (const { start, end, text: replacement } of inOrder) {
    if (start < at) return undefined;
    out += text.slice(at, start) + replacement;
    at = end;
  }
  return out + text.slice(at);
}

/** Where the line of an offset begins, after a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Where the line of an offset ends, before its LF or CRLF. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Where the line after that of an offset begins, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** Where the line before that of an offset ends, before its LF or CRLF. */
export function endOfLineBefore(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return Math.max(0, text[start - 2] === '\r' ? start - 2 : start - 1);
}

/** Whether the line that begins at an offset holds only blanks; the end of the text is no line. */
export const isBlankLine = (text: string, start: number): boolean =>
  start < text.length && text.slice(start, nextLine(text, start)).trim() === '';

/** Where the comment lines right above a line begin, or that line itself. */
export function topOfComments(text: string, start: number): number {
  let top = start;
  for (;;) {
    const above = lineStart(text, Math.max(0, top - 1));
    if (above === top || !/^[ \t]*#/.test(text.slice(above, top))) return top;
    top = above;
  }
}
