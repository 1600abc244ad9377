/** How many cells of a terminal a text takes: wide characters two, marks on others none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const each of text) columns += none.test(each) ? 0 : wide.test(each) ? 2 : 1;
  return columns;
}

const none = /\p{Mn}|\p{Me}|\u200b|\u200d/u;
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\uff01-\uff60\u3000-\u303f]|\p{Emoji_Presentation}/u;

/** Fills a text up with spaces. */
export const pad = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)));

/** Breaks a text into lines of at most so many cells, at spaces where there are any. */
export function wrap(text: string, columns: number): readonly string[] {
  const width = Math.max(columns, 8);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A word longer than a line, in pieces that fit. */
function pieces(word: string, width: number): readonly string[] {
  if (columnsOf(word) <= width) return [word];
  const out = [''];
  for (const each of word) {
    if (columnsOf(out.at(-1) ?? '') + columnsOf(each) > width) out.push('');
    out[out.length - 1] += each;
  }
  return out;
}

/** A text whose first line follows a lead, and whose other lines stand under the first. */
export function hang(lead: string, text: string, width: number): readonly string[] {
  const indent = columnsOf(lead);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? lead : ' '.repeat(indent)) + line);
}
