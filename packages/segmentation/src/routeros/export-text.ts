import type { Position } from '@holdfast/kernel';
import { fault } from '../netfilter/syntax-fault.ts';

/** One command of an export: the menu it stands in, what it does, and its parameters. */
export interface Command {
  readonly menu: string;
  readonly verb: string;
  /** What stands in brackets: the entry that a `set` is about. */
  readonly find: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly at: Position;
  readonly text: string;
}

interface Line {
  readonly text: string;
  readonly line: number;
}

const verbs: ReadonlySet<string> = new Set([
  'add',
  'set',
  'remove',
  'enable',
  'disable',
  'move',
  'unset',
  'edit',
]);

/**
 * The commands of what `/export` prints, in their order. A line that ends in a backslash goes on with the next one.
 * Faults where a line is no command, or a quote or bracket is not closed.
 * @see https://help.mikrotik.com/docs/spaces/ROS/pages/328155/Configuration+Management
 */
export function commandsOf(file: string, text: string): readonly Command[] {
  const commands: Command[] = [];
  let menu = '';
  for (const { text: line, line: number } of joinedLines(file, text)) {
    const at: Position = { file, line: number, column: 1 };
    if (line === '' || line.startsWith('#')) continue;
    const words = wordsOf(line, at);
    let from = 0;
    if (line.startsWith('/')) {
      while (from < words.length && !verbs.has(words[from]?.text ?? '') && isMenuWord(words[from]?.text))
        from += 1;
      menu = words
        .slice(0, from)
        .map((each) => each.text)
        .join(' ')
        .replaceAll(/(?<=\S)\/(?=\S)/g, ' ');
      if (from === words.length) continue;
    }
    const [verb, ...rest] = words.slice(from);
    if (verb === undefined || menu === '' || !verbs.has(verb.text))
      fault(at, `'${line.slice(0, 40)}' is no command of an export`, 'take what /export prints, whole');
    else commands.push(commandOf(menu, verb.text, rest, { at, text: line }));
  }
  return commands;
}

const isMenuWord = (text: string | undefined): boolean =>
  text !== undefined && /^[/a-z0-9][/a-z0-9-]*$/.test(text);

/** Lines with those that go on joined; what indents a line that goes on is no part of it. */
function* joinedLines(file: string, text: string): Generator<Line> {
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const first = index;
    let whole = lines[index] ?? '';
    const parts: string[] = [];
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(whole) && !whole.startsWith('#')) {
      index += 1;
      if (index >= lines.length)
        fault({ file, line: first + 1, column: 1 }, 'the last line goes on: the file is cut off');
      parts.push(whole.slice(0, -1));
      whole = (lines[index] ?? '').trimStart();
    }
    parts.push(whole);
    yield { text: parts.join('').trim(), line: first + 1 };
  }
}

interface Word {
  readonly text: string;
  readonly isGroup: boolean;
}

/** Words, with quotes taken off and what is escaped in them put back; a group in brackets is one word. */
function wordsOf(line: string, at: Position): readonly Word[] {
  const words: Word[] = [];
  let place = 0;
  const quoted = (): string => {
    let text = '';
    for (place += 1; line[place] !== '"'; place += 1) {
      if (place >= line.length) fault({ ...at, column: place + 1 }, 'a quote is not closed on this line');
      if (line[place] !== '\\') text += line[place];
      else {
        place += 1;
        const hex = /^[\dA-F]{2}/.exec(line.slice(place, place + 2))?.[0];
        text +=
          hex === undefined
            ? (escapes[line[place] ?? ''] ?? line[place] ?? '')
            : String.fromCodePoint(parseInt(hex, 16));
        if (hex !== undefined) place += 1;
      }
    }
    place += 1;
    return text;
  };
  while (place < line.length) {
    if (line[place] === ' ' || line[place] === '\t') {
      place += 1;
      continue;
    }
    if (line[place] === '[') {
      const end = line.indexOf(']', place);
      if (end < 0) fault({ ...at, column: place + 1 }, 'a bracket is not closed on this line');
      words.push({ text: line.slice(place + 1, end).trim(), isGroup: true });
      place = end + 1;
      continue;
    }
    let text = '';
    while (place < line.length && line[place] !== ' ' && line[place] !== '\t') {
      if (line[place] === '"') text += quoted();
      else {
        text += line[place];
        place += 1;
      }
    }
    words.push({ text, isGroup: false });
  }
  return words;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', _: ' ' };

function commandOf(
  menu: string,
  verb: string,
  words: readonly Word[],
  { at, text }: { readonly at: Position; readonly text: string },
): Command {
  const parameters = new Map<string, string>();
  let find = '';
  for (const { text: word, isGroup } of words) {
    const equals = word.indexOf('=');
    if (isGroup) find = word;
    else if (equals > 0) parameters.set(word.slice(0, equals), word.slice(equals + 1));
    // A name alone is a switch that is on; with `!` it is a parameter that is not set.
    else if (!word.startsWith('!')) parameters.set(word, 'yes');
  }
  return { menu, verb, find, parameters, at, text };
}
