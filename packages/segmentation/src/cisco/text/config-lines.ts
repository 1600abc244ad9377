/** A word of a line and the column where it begins, counted from 1. */
interface Word {
  readonly text: string;
  readonly column: number;
}

/** A line of a configuration that says something. */
export interface ConfigLine {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
  readonly words: readonly Word[];
}

/** A command and the indented lines below it. */
export interface Block extends ConfigLine {
  readonly body: readonly ConfigLine[];
}

/** The commands of a configuration, and the line of a banner that never ends. */
export interface ConfigText {
  readonly blocks: readonly Block[];
  readonly openBanner: ConfigLine | undefined;
}

/** Cuts a configuration into commands. Comments, empty lines and, where they have delimiters, banners are left out. */
export function configText(text: string, banners: 'delimited' | 'by-line'): ConfigText {
  const blocks: (ConfigLine & { readonly body: ConfigLine[] })[] = [];
  let banner: { readonly line: ConfigLine; readonly end: string } | undefined;
  text.split('\n').forEach((raw, index) => {
    const content = raw.trimEnd();
    if (banner !== undefined) {
      if (content.includes(banner.end)) banner = undefined;
      return;
    }
    const line = lineOf(content, index + 1);
    const [first] = line.words;
    if (first === undefined || first.text.startsWith('!') || first.text.startsWith(':')) return;
    const end = banners === 'delimited' && first.text === 'banner' ? bannerEnd(line) : undefined;
    if (end !== undefined) banner = { line, end };
    const last = blocks.at(-1);
    if (line.indent > 0 && last !== undefined) last.body.push(line);
    else blocks.push({ ...line, body: [] });
  });
  return { blocks, openBanner: banner?.line };
}

function lineOf(text: string, number: number): ConfigLine {
  const words = wordsOf(text);
  return { number, indent: (words[0]?.column ?? 1) - 1, text: text.trim(), words };
}

/** Cuts a line at its blanks: by hand, because long files have a hundred thousand words. */
function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let start = -1;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index < text.length ? text.charCodeAt(index) : 32;
    const isBlank = code === 32 || (code >= 9 && code <= 13);
    if (!isBlank && start < 0) start = index;
    else if (isBlank && start >= 0) {
      words.push({ text: text.slice(start, index), column: start + 1 });
      start = -1;
    }
  }
  return words;
}

/** The delimiter that ends a banner on a later line. */
function bannerEnd({ text }: ConfigLine): string | undefined {
  const [, rest] = /^banner\s+\S+\s+(.*)$/.exec(text) ?? [];
  if (rest === undefined || rest === '') return undefined;
  const end = rest.startsWith('^C') ? '^C' : rest.slice(0, 1);
  return rest.indexOf(end, end.length) === -1 ? end : undefined;
}
