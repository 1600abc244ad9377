import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Reading } from '../cisco/text/reading.ts';
import { plant, type Path, type Statement } from './statement.ts';

/** The most words that a statement may have. */
const mostWords = 200;
const mostStrays = 20;

type Word = ConfigLine['words'][number];

/** Reads the form that `show configuration | display set` prints: a statement a line. */
export function readSetForm(text: string, root: Statement, reading: Reading): void {
  let strays = 0;
  text.split('\n').forEach((raw, index) => {
    const content = raw.trim();
    if (content === '' || content.startsWith('#') || /^[\w.-]+@[\w.-]+[>#]/.test(content)) return;
    if (/^(?:\{[\w:]+\}|\[edit[^\]]*\])$/.test(content)) return;
    const words = wordsOf(raw);
    const line: ConfigLine = {
      number: index + 1,
      indent: (words[0]?.column ?? 1) - 1,
      text: content.slice(0, 400),
      words: [],
    };
    const verb = words[0]?.text ?? '';
    if (verb !== 'set' && verb !== 'deactivate' && verb !== 'protect') {
      strays += 1;
      if (strays <= mostStrays)
        reading.error(reading.at(line), `'${verb.slice(0, 40)}' begins no statement`, hintFor(verb));
      return;
    }
    const path = pathOf(words.slice(1), line, reading);
    if (path === undefined || verb === 'protect') return;
    const ends = plant(root, path, line);
    if (verb === 'deactivate') for (const end of ends) end.isInactive = true;
  });
}

const hintFor = (verb: string): string =>
  ['delete', 'insert', 'rename', 'copy', 'activate', 'edit', 'replace', 'wildcard'].includes(verb)
    ? 'give what show configuration | display set prints, not the commands that lead to it'
    : 'set or deactivate';

function pathOf(words: readonly Word[], line: ConfigLine, reading: Reading): Path | undefined {
  const open = words.findIndex(({ text }) => text === '[');
  const named = open < 0 ? words : words.slice(0, open);
  const isClosed = open < 0 || words.at(-1)?.text === ']';
  if (named.length === 0 || named.length > mostWords || !isClosed)
    return reading.error(
      reading.at(line),
      named.length === 0
        ? 'the statement names nothing'
        : isClosed
          ? `the statement has more than ${mostWords} words`
          : 'the list is not closed',
    );
  return { words: named, list: open < 0 ? [] : words.slice(open + 1, -1) };
}

/** Cuts a line into words; what stands in quotes is one. */
function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|[[\]]|[^\s"]+/g;
  for (const match of text.matchAll(pattern))
    words.push({ text: match[1] ?? match[0], column: match.index + 1 });
  return words;
}
