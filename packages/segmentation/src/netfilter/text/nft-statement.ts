import type { Position } from '@holdfast/kernel';
import type { ExpressionReader } from './nft-expression.ts';
import { isFieldWord, readKey } from './nft-field.ts';
import { readNat } from './nft-nat.ts';
import type { Cursor } from './nft-tokens.ts';
import type { Expression, Operator, Statement } from '../ruleset.ts';
import { changeOf } from '../statement-kinds.ts';
import { fault } from '../syntax-fault.ts';

/** Reads the statements of a rule, up to its end. */
export function readStatements(cursor: Cursor, expressions: ExpressionReader): readonly Statement[] {
  const statements: Statement[] = [];
  while (!cursor.isEnd()) {
    const at = cursor.at();
    const statement = readStatement(cursor, expressions, at);
    statements.push(statement);
    // Behind what is not known, it is not known where the next statement begins.
    if (statement.kind === 'other') cursor.skipStatement();
  }
  return statements;
}

function readStatement(cursor: Cursor, expressions: ExpressionReader, at: Position): Statement {
  const verdict = expressions.verdict();
  if (verdict) return { kind: 'verdict', verdict, at };
  const { kind, text } = cursor.peek();
  if (kind !== 'word') cursor.wrong('a statement');
  switch (text) {
    case 'counter':
      return counter(cursor, at);
    case 'log':
      return log(cursor, at);
    case 'comment':
      cursor.take();
      cursor.word('a comment');
      return { kind: 'none', at };
    case 'limit':
    case 'quota':
      return rate(cursor, text, at);
    case 'last':
      cursor.take();
      if (cursor.accept('used') !== undefined) cursor.word('a time');
      return { kind: 'none', at };
    case 'reject':
      return reject(cursor, at);
    case 'notrack':
      cursor.take();
      return { kind: 'untrack', at };
    case 'snat':
    case 'dnat':
    case 'masquerade':
    case 'redirect':
      return readNat(cursor, expressions, text, at);
    case 'add':
    case 'update':
    case 'delete':
    case 'set':
      return change(cursor, at);
    case 'xt':
      return extension(cursor, at);
    default:
      return isFieldWord(text) ? onField(cursor, expressions, at) : other(cursor, at);
  }
}

function other(cursor: Cursor, at: Position): Statement {
  return { kind: 'other', what: cursor.take().text, at };
}

function counter(cursor: Cursor, at: Position): Statement {
  cursor.take();
  if (cursor.accept('name') !== undefined) cursor.word('a counter');
  if (cursor.accept('packets') !== undefined) cursor.word('a number');
  if (cursor.accept('bytes') !== undefined) cursor.word('a number');
  return { kind: 'none', at };
}

function log(cursor: Cursor, at: Position): Statement {
  cursor.take();
  for (;;) {
    const option = cursor.accept('prefix', 'level', 'group', 'snaplen', 'queue-threshold', 'flags');
    if (option === undefined) return { kind: 'none', at };
    cursor.word(`a value of ${option}`);
    if (option !== 'flags') continue;
    // `flags tcp sequence,options`, `flags ip options`, `flags all`.
    while (cursor.accept(',', 'sequence', 'options', 'tcp', 'ip', 'skuid', 'ether', 'all') !== undefined);
  }
}

/** `limit rate over 10 mbytes/second burst 5 packets`, `quota until 5 mbytes used 1 bytes`, or a named one. */
function rate(cursor: Cursor, what: string, at: Position): Statement {
  cursor.take();
  if (cursor.accept('name') !== undefined) {
    cursor.word('a name');
    return { kind: 'condition', what, at };
  }
  cursor.accept('rate');
  cursor.accept('over', 'until');
  const unit = /^(?:packets|bytes|kbytes|mbytes)$/;
  const amount = (): void => {
    cursor.word('a number');
    if (unit.test(cursor.peek().text)) cursor.take();
  };
  amount();
  if (cursor.accept('/') !== undefined) cursor.word('a unit of time');
  while (cursor.accept('burst', 'used') !== undefined) amount();
  return { kind: 'condition', what, at };
}

function reject(cursor: Cursor, at: Position): Statement {
  cursor.take();
  if (cursor.accept('with') !== undefined) {
    cursor.word('a kind of reject');
    if (cursor.is('type')) cursor.take();
    if (!cursor.isEnd() && !cursor.is('comment', 'counter')) cursor.word('a reason');
  }
  return { kind: 'verdict', verdict: { kind: 'reject' }, at };
}

/** `add @set { ip saddr timeout 10s }`, or the older `set add ip saddr timeout 10s @set`. */
function change(cursor: Cursor, at: Position): Statement {
  if (cursor.take().text === 'set') {
    cursor.word('add or update');
    while (!cursor.isEnd() && !cursor.peek().text.startsWith('@')) cursor.take();
  }
  const name = cursor.word('a set');
  if (!name.startsWith('@')) fault(at, `here should be a set such as @name, not '${name}'`);
  if (cursor.is('{')) cursor.skipBlock();
  return { kind: 'change', set: name.slice(1), at };
}

function extension(cursor: Cursor, at: Position): Statement {
  cursor.take();
  const kind = cursor.word('match or target');
  const name = cursor.word('a name');
  return kind === 'match'
    ? { kind: 'condition', what: `xt match ${name}`, at }
    : { kind: 'other', what: `xt target ${name}`, at };
}

function onField(cursor: Cursor, expressions: ExpressionReader, at: Position): Statement {
  const count = cursor.is('ct') && cursor.peek(1).text === 'count';
  if (count) {
    cursor.take();
    cursor.take();
    cursor.accept('over');
    cursor.word('a number');
    return { kind: 'condition', what: 'ct count', at };
  }
  const key = readKey(cursor, expressions);
  if (cursor.accept('set') !== undefined) return assignment(cursor, expressions, key, at);
  if (cursor.accept('vmap') !== undefined) return { kind: 'verdicts', key, data: expressions.element(), at };
  return comparison(cursor, expressions, key, at);
}

function assignment(cursor: Cursor, expressions: ExpressionReader, key: Expression, at: Position): Statement {
  const name = key.kind === 'field' ? key.name : 'field';
  if (/^ct (?:helper|timeout|expectation)$/.test(name)) {
    cursor.word('a name');
    return { kind: 'none', at };
  }
  const change = { ...changeOf(name), at };
  if (change.kind === 'other') return change;
  // The new value may be computed from other fields and maps.
  if (isFieldWord(cursor.peek().text) && cursor.peek().kind === 'word') {
    readKey(cursor, expressions);
    if (cursor.accept('map') !== undefined) expressions.element();
    while (cursor.accept('|', '^', '<<', '>>') !== undefined) expressions.element();
  } else if (cursor.is('jhash', 'symhash', 'numgen')) return { kind: 'other', what: 'mangle', at };
  else expressions.value();
  return change;
}

function comparison(cursor: Cursor, expressions: ExpressionReader, key: Expression, at: Position): Statement {
  const written = cursor.accept('==', '!=', '!', '<=', '>=', '<', '>', 'eq', 'ne', 'lt', 'gt', 'le', 'ge');
  const names: Readonly<Record<string, Operator>> = {
    eq: '==',
    ne: '!=',
    lt: '<',
    gt: '>',
    le: '<=',
    ge: '>=',
  };
  // `accept` gave one of the operators or their names.
  const operator = written === undefined ? 'in' : (names[written] ?? (written as Operator));
  if (cursor.is('meta', 'ct', 'fib', 'rt', 'socket', 'numgen', 'jhash', 'symhash'))
    return { kind: 'other', what: 'comparison of two fields', at };
  const value = expressions.value();
  // `tcp flags syn / syn,ack`: the flags behind the slash are looked at.
  if (cursor.accept('/') !== undefined) {
    const mask = expressions.value();
    return {
      kind: 'match',
      key: { kind: 'masked', field: key, mask },
      operator: operator === 'in' ? '==' : operator,
      value,
      at,
    };
  }
  return { kind: 'match', key, operator, value, at };
}
