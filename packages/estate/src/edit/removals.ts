import { Refusal } from './refusal.ts';
import { endOfLineBefore, lineStart, nextLine, type Splice } from './splice.ts';
import { isFirstOnLine } from './yaml-nodes.ts';

/** Where a pair or an item begins and ends. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What takes some of the members of a collection out of a text, those side by side in one run. One must remain. */
export function removals(
  text: string,
  spans: readonly Span[],
  gone: ReadonlySet<number>,
  inFlow: boolean,
): readonly Splice[] {
  const splices: Splice[] = [];
  for (let first = 0; first < spans.length; first += 1) {
    if (!gone.has(first)) continue;
    let last = first;
    while (gone.has(last + 1)) last += 1;
    const run = spans.slice(first, last + 1);
    if (inFlow) splices.push(inBrackets(run, spans[first - 1], spans[last + 1]));
    else splices.push(...onLines(text, run, spans[last + 1]));
    first = last;
  }
  return splices;
}

const cut = (start: number, end: number): Splice => ({ start, end, text: '' });

function inBrackets(run: readonly Span[], before: Span | undefined, after: Span | undefined): Splice {
  const start = run[0]?.start ?? 0;
  if (after) return cut(start, after.start);
  if (before) return cut(before.end, run.at(-1)?.end ?? start);
  throw new Refusal('nothing would be left between the brackets');
}

function onLines(text: string, run: readonly Span[], after: Span | undefined): readonly Splice[] {
  const start = run[0]?.start ?? 0;
  const end = Math.max(run.at(-1)?.end ?? start, start);
  if (!isFirstOnLine(text, start)) {
    // The first pair of an item stands behind its hyphen, where the next one moves up.
    if (!after) throw new Refusal('nothing would be left on the line');
    return [cut(start, after.start)];
  }
  // A text that ends without a line end keeps to that.
  if (nextLine(text, end) === text.length && !text.endsWith('\n'))
    return [cut(endOfLineBefore(text, start), text.length)];
  return run.map((span) => cut(lineStart(text, span.start), nextLine(text, Math.max(span.start, span.end))));
}
