/** A statement of a lease file: its words, and what stands in its braces. */
export interface Statement {
  readonly words: readonly string[];
  readonly offset: number;
  readonly body?: readonly Statement[];
}

export interface Broken {
  readonly offset: number;
  readonly message: string;
}

const token = /\s+|#[^\n]*|[{};"]|[^\s{};"#]+/y;
const depthLimit = 20;

/**
 * Splits the text of dhcpd.leases into statements. What follows a place that does not fit is not read, but for a last
 * lease that is only half written: the server itself reads past it.
 * @see dhcpd.leases(5)
 */
export function readStatements(text: string): {
  readonly statements: readonly Statement[];
  readonly broken?: Broken;
} {
  const open: { words: string[]; offset: number; body: Statement[] }[] = [];
  const statements: Statement[] = [];
  let words: string[] = [];
  let start = 0;
  token.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (token.lastIndex < text.length) {
    const offset = token.lastIndex;
    let found = token.exec(text)?.[0] ?? '';
    if (found === '"') {
      const end = closingQuote(text, offset);
      if (end >= text.length)
        return { statements, broken: { offset, message: 'a text without its closing quote' } };
      found = text.slice(offset, end + 1);
      token.lastIndex = end + 1;
    }
    if (/^[\s#]/.test(found)) continue;
    if (words.length === 0) start = offset;
    const siblings = open.at(-1)?.body ?? statements;
    if (found === ';') {
      if (words.length > 0) siblings.push({ words, offset: start });
      words = [];
    } else if (found === '{') {
      if (open.length >= depthLimit)
        return { statements, broken: { offset, message: 'this nests too deeply' } };
      open.push({ words, offset: start, body: [] });
      words = [];
    } else if (found === '}') {
      const closed = open.pop();
      if (!closed || words.length > 0)
        return {
          statements,
          broken: { offset, message: closed ? 'expected ; before }' : 'a } that closes nothing' },
        };
      (open.at(-1)?.body ?? statements).push(closed);
    } else words.push(found.startsWith('"') ? unquoted(found) : found);
  }
  const unclosed = open[0];
  if (unclosed)
    return { statements, broken: { offset: unclosed.offset, message: 'the file ends inside this' } };
  if (words.length > 0)
    return { statements, broken: { offset: start, message: 'the file ends inside this' } };
  return { statements };
}

/** Where a text ends that begins with a quote; the length of all where it does not. */
function closingQuote(text: string, offset: number): number {
  let end = offset + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

/** The text between quotes; bytes are written as octal numbers. */
const unquoted = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replaceAll(/\\([0-7]{1,3}|[\s\S])/g, (_, escape: string) =>
      /^[0-7]/.test(escape) ? String.fromCharCode(Number.parseInt(escape, 8) & 0xff) : escape,
    );
