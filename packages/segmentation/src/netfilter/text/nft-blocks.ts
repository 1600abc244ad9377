import type { Position } from '@holdfast/kernel';
import type { ExpressionReader } from './nft-expression.ts';
import { readStatements } from './nft-statement.ts';
import type { Cursor } from './nft-tokens.ts';
import {
  chainOf,
  priorities,
  setOf,
  type ChainText,
  type RuleText,
  type SetText,
  type TableText,
} from '../ruleset.ts';
import { fault } from '../syntax-fault.ts';

/** Objects of a table that no verdict hangs on by themselves. */
export const inertObjects: ReadonlySet<string> = new Set([
  'counter',
  'quota',
  'limit',
  'ct',
  'secmark',
  'synproxy',
  'flowtable',
]);

/** Reads the block of a table. */
export function readTable(
  cursor: Cursor,
  expressions: ExpressionReader,
  table: TableText,
  define: (word: string) => void,
): void {
  cursor.expect('{');
  cursor.skipEnds();
  while (cursor.accept('}') === undefined) {
    const token = cursor.peek();
    const word = cursor.word('an object of a table');
    if (word === 'chain') {
      const name = cursor.word('a chain');
      readChain(cursor, expressions, chainOf(table, name, cursor.at(token), `chain ${name}`));
    } else if (word === 'set' || word === 'map')
      readSet(cursor, expressions, setOf(table, cursor.word('a set')));
    else if (word === 'flags') {
      table.isDormant = cursor.is('dormant');
      cursor.skipStatement();
    } else if (word === 'comment') cursor.word('a comment');
    else if (word === 'define' || word === 'redefine' || word === 'undefine') define(word);
    else if (inertObjects.has(word)) cursor.skipStatement();
    else fault(cursor.at(token), `'${word}' is no object of a table`);
    cursor.skipEnds();
  }
}

/** Reads the block of a chain. */
export function readChain(cursor: Cursor, expressions: ExpressionReader, chain: ChainText): void {
  cursor.expect('{');
  cursor.skipEnds();
  while (cursor.accept('}') === undefined) {
    if (cursor.is('type') && chain.base === undefined) readHook(cursor, chain);
    else if (cursor.accept('policy') !== undefined) readPolicy(cursor, chain);
    else if (cursor.is('comment', 'flags') && chain.rules.length === 0) cursor.skipStatement();
    else chain.rules.push(readRule(cursor, expressions));
    cursor.skipEnds();
  }
}

/** Reads one rule up to the end of its line, with its handle where the line says it. */
export function readRule(cursor: Cursor, expressions: ExpressionReader): RuleText {
  const first = cursor.peek();
  const at: Position = cursor.at(first);
  const statements = readStatements(cursor, expressions);
  const text = cursor.wordsFrom(first);
  const { kind, text: number } = cursor.peek();
  if (statements.length === 0) cursor.wrong('a rule');
  return { at, text, statements, ...(kind === 'handle' ? { handle: Number(number) } : {}) };
}

function readHook(cursor: Cursor, chain: ChainText): void {
  cursor.expect('type');
  const type = cursor.word('a type of chain');
  cursor.expect('hook');
  const hook = cursor.word('a hook');
  if (cursor.accept('device', 'devices') !== undefined) {
    if (cursor.accept('=') !== undefined) cursor.skipBlock();
    else cursor.word('a device');
  }
  cursor.expect('priority');
  chain.base = { type, hook, priority: readPriority(cursor) };
}

function readPriority(cursor: Cursor): number {
  const at = cursor.at();
  const isNegative = cursor.accept('-') !== undefined;
  const word = cursor.word('a priority');
  const base = priorities.get(word) ?? (/^\d{1,9}$/.test(word) ? Number(word) : undefined);
  if (base === undefined) fault(at, `the priority '${word}' is none that has a name`);
  const sign = cursor.accept('+', '-');
  const more = sign === undefined ? 0 : Number(cursor.word('a number'));
  if (!Number.isInteger(more)) fault(at, 'the priority is no number');
  return (isNegative ? -base : base) + (sign === '-' ? -more : more);
}

function readPolicy(cursor: Cursor, chain: ChainText): void {
  const at = cursor.at();
  const policy = cursor.word('a policy');
  if (policy !== 'accept' && policy !== 'drop') fault(at, `'${policy}' is no policy of a chain`);
  chain.policy = policy;
}

/** Reads the block of a set or map. */
export function readSet(cursor: Cursor, expressions: ExpressionReader, set: SetText): void {
  cursor.expect('{');
  cursor.skipEnds();
  while (cursor.accept('}') === undefined) {
    const word = cursor.word('a property of a set');
    if (word === 'elements') {
      cursor.expect('=');
      const elements = expressions.set();
      if (elements.kind === 'set') set.elements.push(...elements.elements);
    } else if (word === 'flags') {
      while (!cursor.isEnd()) {
        const flag = cursor.take().text;
        if (flag === 'dynamic' || flag === 'timeout') set.isVarying = true;
      }
    } else {
      if (word === 'timeout') set.isVarying = true;
      cursor.skipStatement();
    }
    cursor.skipEnds();
  }
}
