import { markup, type Markup } from './markup.ts';

const linesShown = 80;

interface Line {
  readonly depth: number;
  readonly text: string;
}

/** Lines that are indented under what they explain. What was explained above is not explained again. */
export function whyList(lines: readonly string[]): Markup {
  const told = toldOnce(lines.map((line) => ({ depth: depthOf(line), text: line.trimStart() })));
  return markup`<ul class="why">${told.slice(0, linesShown).map(({ depth, text }) => markup`<li${depth === 0 ? '' : markup` style="--depth:${Math.min(12, depth)}"`}>${text}</li>`)}${told.length > linesShown ? markup`<li>${told.length - linesShown} more lines</li>` : ''}</ul>`;
}

const depthOf = (line: string): number => Math.floor((line.length - line.trimStart().length) / 2);

/** Leaves out the reasons of a line that stands above with the same reasons. */
export function toldOnce(lines: readonly Line[]): readonly Line[] {
  const seen = new Set<string>();
  const out: Line[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    const end = endOf(lines, index);
    const reasons = lines
      .slice(index, end)
      .map(({ depth, text }) => `${depth - line.depth} ${text}`)
      .join('\n');
    if (end > index + 1 && seen.has(reasons)) {
      out.push({ depth: line.depth, text: `${line.text}, as above` });
      index = end - 1;
      continue;
    }
    seen.add(reasons);
    out.push(line);
  }
  return out;
}

/** The first line after those that are indented under one. */
function endOf(lines: readonly Line[], index: number): number {
  const depth = lines[index]?.depth ?? 0;
  let end = index + 1;
  while (end < lines.length && (lines[end]?.depth ?? 0) > depth) end += 1;
  return end;
}
