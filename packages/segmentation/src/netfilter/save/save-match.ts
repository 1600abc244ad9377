import type { Position } from '@holdfast/kernel';
import { setKey, type IpSets } from './ip-sets.ts';
import type { Expression, Match, Operator, Statement } from '../ruleset.ts';
import type { WordCursor } from './save-words.ts';
import { fault } from '../syntax-fault.ts';
import { numberOf } from '../lowering/values.ts';

export interface SaveContext {
  /** The chain that the rule stands in. */
  readonly chain: string;
  readonly family: 'ip' | 'ip6';
  readonly sets: IpSets;
  /** The protocol of the rule, where it names one. */
  protocol: string | undefined;
}

const field = (name: string): Expression => ({ kind: 'field', name });

/** A match of one field. */
function matchOf(name: string, isNegated: boolean, value: Expression): Match {
  return { kind: 'match', key: field(name), operator: isNegated ? '!=' : 'in', value };
}

/** Reads the options of one `-m` module; those that are not modelled make the rule's match unknown. */
export function readModule(cursor: WordCursor, name: string, context: SaveContext): readonly Statement[] {
  const statements: Statement[] = [];
  const { at } = cursor;
  while (isOption(cursor)) {
    const isNegated = cursor.accept('!');
    const option = cursor.need('an option');
    const own = readOption(cursor, name, option, isNegated, context);
    if (own === undefined) {
      skipValues(cursor);
      statements.push({ kind: 'condition', what: `-m ${name} ${option}`, at });
    } else statements.push(own);
  }
  // A module such as `socket` is a condition without any option.
  const isBare = statements.length === 0 && !quiet.has(name);
  return isBare ? [{ kind: 'condition', what: `-m ${name}`, at }] : statements;
}

const quiet: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'dccp',
  'icmp',
  'icmp6',
  'icmpv6',
  'comment',
]);
const general: ReadonlySet<string> = new Set([
  '-m',
  '--match',
  '-j',
  '--jump',
  '-g',
  '--goto',
  '-p',
  '--protocol',
  '-s',
  '--source',
  '-d',
  '--destination',
  '-i',
  '--in-interface',
  '-o',
  '--out-interface',
  '-f',
  '--fragment',
  '-c',
  '--set-counters',
]);

/** Whether the next word is an option that belongs to a module. */
export function isOption(cursor: WordCursor): boolean {
  const word = cursor.peek() === '!' ? cursor.peek(1) : cursor.peek();
  return word !== undefined && word.startsWith('-') && !general.has(word);
}

/** The values of an option that is not known: all up to the next one. */
function skipValues(cursor: WordCursor): void {
  for (
    let word = cursor.peek();
    word !== undefined && word !== '!' && !/^--?[a-zA-Z]/.test(word);
    word = cursor.peek()
  )
    cursor.take();
}

function readOption(
  cursor: WordCursor,
  module: string,
  option: string,
  isNegated: boolean,
  context: SaveContext,
): Statement | undefined {
  const { at } = cursor;
  switch (`${module} ${option}`) {
    case 'comment --comment':
      cursor.need('a comment');
      return { kind: 'none', at };
    case 'conntrack --ctstate':
    case 'state --state':
      return states(cursor.need('states'), isNegated, at);
    case 'tcp --tcp-flags':
      return flags(cursor.need('a mask'), cursor.need('flags'), isNegated, at);
    case 'tcp --syn':
      return flags('FIN,SYN,RST,ACK', 'SYN', isNegated, at);
    case 'icmp --icmp-type':
    case 'icmp6 --icmpv6-type':
    case 'icmpv6 --icmpv6-type':
      return icmp(module === 'icmp' ? 'icmp' : 'icmpv6', cursor.need('a type'), isNegated, at);
    case 'iprange --src-range':
      return { ...matchOf(`${context.family} saddr`, isNegated, range(cursor.need('a range'), '-')), at };
    case 'iprange --dst-range':
      return { ...matchOf(`${context.family} daddr`, isNegated, range(cursor.need('a range'), '-')), at };
    case 'set --match-set':
      return inSet(cursor, isNegated, context);
    default:
      return ports(cursor, module, option, isNegated, at);
  }
}

function states(text: string, isNegated: boolean, at: Position): Statement {
  const parts = text.split(',').map((each): Expression => ({ kind: 'value', text: each.toLowerCase() }));
  return {
    kind: 'match',
    key: field('ct state'),
    operator: isNegated ? '!' : 'in',
    value: { kind: 'list', parts, isOr: false },
    at,
  };
}

function flags(mask: string, wanted: string, isNegated: boolean, at: Position): Statement {
  const operator: Operator = isNegated ? '!=' : '==';
  const key: Expression = { kind: 'masked', field: field('tcp flags'), mask: flagList(mask) };
  return { kind: 'match', key, operator, value: flagList(wanted), at };
}

function flagList(text: string): Expression {
  const names =
    text === 'ALL'
      ? ['fin', 'syn', 'rst', 'psh', 'ack', 'urg']
      : text === 'NONE'
        ? []
        : text.toLowerCase().split(',');
  return { kind: 'list', parts: names.map((each) => ({ kind: 'value', text: each })), isOr: false };
}

/** A type, a type and its code, or `any`. Types that stand for a type and a code have names of their own. */
function icmp(
  protocol: 'icmp' | 'icmpv6',
  text: string,
  isNegated: boolean,
  at: Position,
): Statement | undefined {
  const [type = '', code] = (icmpNames.get(text) ?? text).split('/');
  if (text === 'any' || (protocol === 'icmp' && type === '255'))
    return { kind: isNegated ? 'condition' : 'none', what: text, at };
  if (code === undefined)
    return { ...matchOf(`${protocol} type`, isNegated, { kind: 'value', text: type }), at };
  const key: Expression = { kind: 'concat', parts: [field(`${protocol} type`), field(`${protocol} code`)] };
  const value: Expression = {
    kind: 'concat',
    parts: [type, code].map((each) => ({ kind: 'value', text: each })),
  };
  return { kind: 'match', key, operator: isNegated ? '!=' : '==', value, at };
}

const icmpNames: ReadonlyMap<string, string> = new Map([
  ['network-unreachable', '3/0'],
  ['host-unreachable', '3/1'],
  ['protocol-unreachable', '3/2'],
  ['port-unreachable', '3/3'],
  ['fragmentation-needed', '3/4'],
  ['ttl-zero-during-transit', '11/0'],
]);

/** A range with its own sign between the ends, or one value. */
export function range(text: string, sign: string): Expression {
  const [low = '', high, ...more] = text.split(sign);
  if (more.length > 0) return { kind: 'other', what: text };
  return high === undefined
    ? { kind: 'value', text: low }
    : { kind: 'range', low, high: high === '' ? '65535' : high };
}

const portRange = (text: string): Expression => range(text.startsWith(':') ? `0${text}` : text, ':');

function ports(
  cursor: WordCursor,
  module: string,
  option: string,
  isNegated: boolean,
  at: Position,
): Statement | undefined {
  const side = /^--(?:s|source-)ports?$/.test(option)
    ? 'sport'
    : /^--(?:d|destination-)ports?$/.test(option)
      ? 'dport'
      : undefined;
  if (module === 'multiport') {
    if (side === undefined && option !== '--ports') return undefined;
    const elements = cursor
      .need('ports')
      .split(',')
      .map((each) => ({ key: portRange(each) }));
    const matches = (side === undefined ? (['sport', 'dport'] as const) : [side]).map((each) =>
      matchOf(`th ${each}`, isNegated, { kind: 'set', elements }),
    );
    // Not any of the ports on any side is both sides at once, which one match of its own each would say.
    return matches.length > 1 && isNegated
      ? { kind: 'condition', what: '! --ports', at }
      : { kind: 'either', matches, at };
  }
  if (side === undefined || !['tcp', 'udp', 'udplite', 'sctp', 'dccp'].includes(module)) return undefined;
  return { ...matchOf(`${module} ${side}`, isNegated, portRange(cursor.need('a port'))), at };
}

function inSet(cursor: WordCursor, isNegated: boolean, { sets, family }: SaveContext): Statement | undefined {
  const { at } = cursor;
  const [name, sides] = [cursor.need('a set'), cursor.need('src or dst').split(',')];
  const set = sets.get(name);
  const key = set && setKey(set, sides, family);
  return key === undefined
    ? { kind: 'condition', what: `--match-set ${name}`, at }
    : { kind: 'match', key, operator: isNegated ? '!=' : 'in', value: { kind: 'named', name }, at };
}

/** Reads what stands without a module: addresses, interfaces, the protocol. `undefined` where it is none of these. */
export function readGeneral(cursor: WordCursor, context: SaveContext): Statement | undefined {
  const { at } = cursor;
  const isNegated = cursor.accept('!');
  const option = cursor.need('an option');
  switch (option) {
    case '-s':
    case '--source':
      return { ...matchOf(`${context.family} saddr`, isNegated, address(cursor.need('an address'), at)), at };
    case '-d':
    case '--destination':
      return { ...matchOf(`${context.family} daddr`, isNegated, address(cursor.need('an address'), at)), at };
    case '-i':
    case '--in-interface':
      return { ...matchOf('meta iifname', isNegated, device(cursor.need('an interface'))), at };
    case '-o':
    case '--out-interface':
      return { ...matchOf('meta oifname', isNegated, device(cursor.need('an interface'))), at };
    case '-p':
    case '--protocol': {
      const protocol = cursor.need('a protocol').toLowerCase();
      if (!isNegated) context.protocol = protocol;
      return protocol === 'all' || protocol === '0'
        ? { kind: isNegated ? 'condition' : 'none', what: '! -p all', at }
        : { ...matchOf('meta l4proto', isNegated, { kind: 'value', text: protocol }), at };
    }
    case '-f':
    case '--fragment':
      return { kind: 'condition', what: option, at };
    default:
      return undefined;
  }
}

const device = (name: string): Expression => ({
  kind: 'value',
  text: name.endsWith('+') ? `${name.slice(0, -1)}*` : name,
});

/** An address, with its prefix or its mask where it has one. */
export function address(text: string, at: Position): Expression {
  const [base = '', mask, ...more] = text.split('/');
  if (more.length > 0) fault(at, `'${text}' is no address`);
  if (mask === undefined) return { kind: 'value', text };
  const length = numberOf(mask) ?? lengthOf(mask);
  return length === undefined ? { kind: 'other', what: text } : { kind: 'prefix', address: base, length };
}

/** How long the prefix of a mask is, or `undefined` where the mask has gaps. */
function lengthOf(mask: string): number | undefined {
  const bits = mask
    .split('.')
    .map((each) => Number(each).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) && bits.length === 32
    ? bits.indexOf('0') + (bits.includes('0') ? 0 : 33)
    : undefined;
}
