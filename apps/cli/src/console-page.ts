/** A command of a page, and what the page says it prints. */
interface ConsoleStep {
  readonly command: string;
  readonly output: readonly string[];
}

/** A page of the documentation, cut at the outputs of its commands. */
type PagePart = { readonly text: string } | { readonly step: ConsoleStep };

/** Cuts a page: in blocks fenced as `console`, a line `$ COMMAND` is a command, and the lines below it are its output. */
export function pageParts(page: string): readonly PagePart[] {
  const parts: PagePart[] = [];
  let text: string[] = [];
  let step: { command: string; output: string[] } | undefined;
  let isConsole = false;
  const close = (): void => {
    if (step) parts.push({ step });
    step = undefined;
  };
  for (const line of page.split('\n')) {
    if (isConsole && line.startsWith('$ ')) {
      close();
      if (text.length > 0) parts.push({ text: text.join('\n') });
      text = [];
      step = { command: line.slice(2), output: [] };
    } else if (step && line !== '```') step.output.push(line);
    else {
      close();
      isConsole = line === '```console' || (isConsole && line !== '```');
      text.push(line);
    }
  }
  close();
  if (text.length > 0) parts.push({ text: text.join('\n') });
  return parts;
}

/** The page again, with what each command has printed. Output that a page leaves out with `...` stays as the page has it. */
export async function pageWith(page: string, run: (command: string) => Promise<string>): Promise<string> {
  const lines: string[] = [];
  for (const part of pageParts(page)) {
    if ('text' in part) lines.push(part.text);
    else {
      const { command, output } = part.step;
      const printed = printedLines(await run(command));
      lines.push(`$ ${command}`, ...(isShown(output, printed) ? output : printed));
    }
  }
  return lines.join('\n');
}

/** Lines as they stand on a screen: without blanks at their ends, and without empty ones at the end. */
function printedLines(printed: string): readonly string[] {
  const text = printed.replaceAll(/[ \t]+$/gm, '').trimEnd();
  return text === '' ? [] : text.split('\n');
}

/** The one thing that differs from day to day. */
const undated = (line: string): string =>
  line.replace(/judged as of \d{4}-\d{2}-\d{2}/, 'judged as of today');

const isLeftOut = (line: string): boolean => line.trim() === '...';

/** Whether a page shows what was printed; a line `...` stands for any lines, and an empty line above a next command for none. */
export function isShown(shown: readonly string[], printed: readonly string[]): boolean {
  const wanted = shown.join('\n').trimEnd().split('\n').map(undated);
  if (shown.length === 0 || (wanted.length === 1 && wanted[0] === '')) return printed.length === 0;
  const pieces: string[][] = [[]];
  for (const line of wanted) {
    if (isLeftOut(line)) pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  const actual = printed.map(undated);
  const [first = [], ...rest] = pieces;
  if (!stands(actual, first, 0)) return false;
  const last = rest.pop();
  if (last === undefined) return actual.length === first.length;
  let from = first.length;
  for (const piece of rest) {
    while (from <= actual.length - piece.length && !stands(actual, piece, from)) from += 1;
    if (!stands(actual, piece, from)) return false;
    from += piece.length;
  }
  return from <= actual.length - last.length && stands(actual, last, actual.length - last.length);
}

const stands = (lines: readonly string[], piece: readonly string[], from: number): boolean =>
  from + piece.length <= lines.length && piece.every((line, index) => lines[from + index] === line);
