import type { Position } from '@holdfast/kernel';

/** Lines and columns of offsets in a file. The lines are counted when the first is asked for. */
export function positionsIn({
  name,
  text,
}: {
  readonly name: string;
  readonly text: string;
}): (offset: number) => Position {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    const line = lineOf(starts, offset);
    return { file: name, line: line + 1, column: Math.max(1, offset - (starts[line] ?? 0) + 1) };
  };
}

/** The last line that begins at or before an offset, by halving. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function lineStarts(text: string): readonly number[] {
  // A byte order mark is no column.
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
