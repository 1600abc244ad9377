import type { Position } from '@holdfast/kernel';
import type { ExpressionReader } from './nft-expression.ts';
import { isFieldWord, readKey } from './nft-field.ts';
import type { Cursor } from './nft-tokens.ts';
import type { Expression, NatStatement, Statement } from '../ruleset.ts';

/** Reads `snat`, `dnat`, `masquerade` and `redirect`. */
export function readNat(
  cursor: Cursor,
  expressions: ExpressionReader,
  nat: NatStatement['nat'],
  at: Position,
): Statement {
  cursor.take();
  const kinds: string[] = [];
  // `ip prefix`, `ip addr . port`, `ip6 interval`.
  while (!cursor.isEnd() && cursor.is('ip', 'ip6', 'prefix', 'addr', '.', 'port', 'interval'))
    kinds.push(cursor.take().text);
  const target = cursor.accept('to') === undefined ? {} : readTarget(cursor, expressions);
  if (target === undefined) return { kind: 'other', what: nat, at };
  const flags: string[] = kinds.filter((each) => each === 'prefix');
  while (cursor.is('random', 'persistent', 'fully-random', ',')) {
    const flag = cursor.take().text;
    if (flag !== ',') flags.unshift(flag);
  }
  return { kind: 'nat', nat, ...target, flags, at };
}

function readTarget(
  cursor: Cursor,
  expressions: ExpressionReader,
): { address?: Expression; port?: Expression } | undefined {
  if (cursor.accept(':') !== undefined) return { port: expressions.element() };
  if (cursor.is('numgen', 'jhash', 'symhash')) return undefined;
  const { kind, text } = cursor.peek();
  if (kind === 'word' && isFieldWord(text)) {
    const key = readKey(cursor, expressions);
    cursor.expect('map');
    const address: Expression = { kind: 'map', key, data: expressions.element() };
    return cursor.accept(':') === undefined ? { address } : { address, port: expressions.element() };
  }
  const address = expressions.element();
  return cursor.accept(':') === undefined ? { address } : { address, port: expressions.element() };
}
