/** A text in lines of at most `width` characters where its words allow; all but the first are indented by `hang`. */
export function fold(text: string, width: number, hang = 0): readonly string[] {
  const indent = ' '.repeat(hang);
  const lines = [text.slice(0, text.length - text.trimStart().length)];
  let isFresh = true;
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (!isFresh && last.length + word.length + 1 > width) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = isFresh ? `${last}${word}` : `${last} ${word}`;
    isFresh = false;
  }
  return lines;
}
