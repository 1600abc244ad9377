import type { DecodedFile } from '../reading/decode.ts';

/** A line of a table, with where it begins. */
export interface Line {
  readonly text: string;
  readonly offset: number;
}

/** More lines than any switch has entries. */
const most = 2_000_000;

/** The lines of a captured session with single spaces: what a terminal adds (returns, `--More--`, colours) is taken out. */
export function linesOf({ text }: DecodedFile): readonly Line[] {
  const lines: Line[] = [];
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  while (offset < text.length && lines.length < most) {
    const end = text.indexOf('\n', offset);
    const stop = end < 0 ? text.length : end;
    // A line of a table is short; what is longer is none, and is not searched.
    lines.push({ text: cleaned(text.slice(offset, Math.min(stop, offset + 1000))), offset });
    offset = stop + 1;
  }
  return lines;
}

const cleaned = (line: string): string =>
  line
    // oxlint-disable-next-line no-control-regex -- terminals write control characters
    .replaceAll(/\u001B\[[0-9;?]{0,10}[A-Za-z]|--\s?More\s?--|[\b\r]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

const prompt = /^([A-Za-z0-9][A-Za-z0-9._-]{0,62})(?:\([^)]{0,40}\))?[#>]\s{0,3}(?:show|sh|sho|display)\s/;

/** The host name before the `#` or `>` of a prompt that asks for the table. */
export function promptName(lines: readonly Line[]): string | undefined {
  for (const { text } of lines) {
    const name = prompt.exec(text)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
