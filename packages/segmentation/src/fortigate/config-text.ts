import type { Reading } from '../cisco/text/reading.ts';
import type { ConfigLine } from '../cisco/text/config-lines.ts';

/** A `config` section or an `edit` entry: what it sets, and what lies in it. */
export interface Block {
  readonly kind: 'config' | 'edit';
  /** `firewall policy`, or the name of the entry. */
  readonly name: string;
  readonly line: ConfigLine;
  readonly settings: Map<string, ConfigLine>;
  readonly blocks: Block[];
}

type Word = ConfigLine['words'][number];

/** After so many lines that begin nothing, the rest is not told any more. */
const mostStrays = 20;

/** How deep sections may lie in each other. */
const deepest = 32;

/**
 * Reads the sections of a FortiOS configuration: `config`, `edit`, `set`, `unset`, `next`, `end`. Values in quotes may go
 * over several lines. An `end` closes an entry that was left open, as the sections of virtual domains have it.
 * Encrypted values are let fall.
 * @see https://docs.fortinet.com/document/fortigate/6.0.0/handbook/753045 Sub-commands
 */
export function configBlocks(text: string, reading: Reading): readonly Block[] {
  const root: Block = {
    kind: 'config',
    name: '',
    line: { number: 1, indent: 0, text: '', words: [] },
    settings: new Map(),
    blocks: [],
  };
  const open: Block[] = [root];
  let strays = 0;
  for (const line of configLines(text, reading)) {
    const isKnown = take(line, open, reading);
    if (isKnown) continue;
    strays += 1;
    if (strays <= mostStrays)
      reading.error(
        reading.at(line),
        `'${(line.words[0]?.text ?? '').slice(0, 40)}' begins no statement`,
        'config, edit, set, unset, next or end',
      );
  }
  const left = open.at(-1);
  if (left !== undefined && left !== root)
    reading.error(
      reading.at(left.line),
      `'${left.kind} ${left.name}' is not closed: the file ends too soon`,
      'give the whole configuration',
    );
  return root.blocks;
}

function take(line: ConfigLine, open: Block[], reading: Reading): boolean {
  const [verb = '', ...rest] = line.words.map(({ text }) => text);
  const top = open.at(-1);
  if (top === undefined) return true;
  if (verb === 'set' || verb === 'unset') setIn(top, verb, line, open.length, reading);
  else if (verb === 'config' || verb === 'edit') enter(verb, rest.join(' '), line, open, reading);
  else if (verb === 'next') close('edit', line, open, reading);
  else if (verb === 'end') {
    if (top.kind === 'edit') open.pop();
    close('config', line, open, reading);
  } else return isPrompt(line);
  return true;
}

/** A line that a terminal shows before what was asked for. */
const isPrompt = ({ text }: ConfigLine): boolean => /^\S+(?: \([^)]*\))? [#$](?:\s|$)/.test(text);

function setIn(top: Block, verb: 'set' | 'unset', line: ConfigLine, depth: number, reading: Reading): void {
  const key = line.words[1]?.text;
  if (key === undefined || depth === 1) {
    reading.error(
      reading.at(line),
      key === undefined ? `'${verb}' names no setting` : `'${verb} ${key}' stands outside of any section`,
      undefined,
    );
    return;
  }
  if (verb === 'unset') top.settings.delete(key);
  else if (line.words[2]?.text !== 'ENC') top.settings.set(key, line);
}

function enter(
  kind: 'config' | 'edit',
  name: string,
  line: ConfigLine,
  open: Block[],
  reading: Reading,
): void {
  const top = open.at(-1);
  if (name === '' && kind === 'config') reading.error(reading.at(line), "'config' names no section");
  if (kind === 'edit' && (open.length === 1 || top?.kind === 'edit'))
    reading.error(
      reading.at(line),
      `'edit ${name.slice(0, 40)}' stands outside of a section, or in an entry that is not closed`,
      "close the entry before with 'next'",
    );
  if (open.length > deepest) {
    reading.error(reading.at(line), `sections lie in each other more than ${deepest} deep`);
    return;
  }
  const block: Block = { kind, name, line, settings: new Map(), blocks: [] };
  top?.blocks.push(block);
  open.push(block);
}

function close(kind: 'config' | 'edit', line: ConfigLine, open: Block[], reading: Reading): void {
  if (open.length > 1 && open.at(-1)?.kind === kind) open.pop();
  else reading.error(reading.at(line), `'${line.words[0]?.text ?? ''}' closes nothing`);
}

/** The statements of a text; comments and empty lines are left out. */
function* configLines(text: string, reading: Reading): Generator<ConfigLine> {
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const raw = (lines[index] ?? '').trimEnd();
    const indent = raw.length - raw.trimStart().length;
    if (raw === '' || raw[indent] === '#') continue;
    const number = index + 1;
    const words: Word[] = [];
    const cut = new Cutter(lines, index, words);
    const isClosed = cut.run();
    index = cut.index;
    const line = { number, indent, text: raw.trim(), words };
    if (!isClosed) reading.error(reading.at(line), 'a quotation mark is not closed');
    if (words.length > 0) yield line;
  }
}

/** Cuts a statement into words; within quotes it goes on over the ends of lines. */
class Cutter {
  readonly #lines: readonly string[];
  readonly #words: Word[];
  index: number;

  constructor(lines: readonly string[], index: number, words: Word[]) {
    this.#lines = lines;
    this.index = index;
    this.#words = words;
  }

  /** Whether every quotation mark has its other. */
  run(): boolean {
    let line = this.#lines[this.index] ?? '';
    let at = 0;
    for (;;) {
      while (at < line.length && isBlank(line.charCodeAt(at))) at += 1;
      if (at >= line.length) return true;
      const column = at + 1;
      if (line[at] !== '"') {
        const start = at;
        while (at < line.length && !isBlank(line.charCodeAt(at))) at += 1;
        this.#words.push({ text: line.slice(start, at), column });
        continue;
      }
      const parts: string[] = [];
      at += 1;
      for (;;) {
        const start = at;
        while (at < line.length && line[at] !== '"' && line[at] !== '\\') at += 1;
        parts.push(line.slice(start, at));
        if (line[at] === '"') break;
        if (line[at] === '\\') {
          parts.push(line[at + 1] ?? '');
          at += 2;
          continue;
        }
        this.index += 1;
        const next = this.#lines[this.index];
        if (next === undefined) return false;
        parts.push('\n');
        line = next;
        at = 0;
      }
      at += 1;
      this.#words.push({ text: parts.join(''), column });
    }
  }
}

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
