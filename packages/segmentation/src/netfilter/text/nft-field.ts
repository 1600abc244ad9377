import type { Expression } from '../ruleset.ts';
import type { Cursor } from './nft-tokens.ts';
import type { ExpressionReader } from './nft-expression.ts';

const bareMeta: ReadonlySet<string> = new Set([
  'iif',
  'oif',
  'iifname',
  'oifname',
  'iiftype',
  'oiftype',
  'iifgroup',
  'oifgroup',
  'mark',
  'skuid',
  'skgid',
  'nftrace',
  'rtclassid',
  'pkttype',
  'cpu',
  'cgroup',
  'length',
  'l4proto',
  'nfproto',
  'protocol',
  'priority',
  'ibrname',
  'obrname',
]);
const headers: ReadonlySet<string> = new Set([
  'ip',
  'ip6',
  'tcp',
  'udp',
  'udplite',
  'sctp',
  'dccp',
  'th',
  'icmp',
  'icmpv6',
  'igmp',
  'ah',
  'esp',
  'comp',
  'arp',
  'ether',
  'vlan',
  'gre',
  'geneve',
  'vxlan',
]);
const extensions: ReadonlySet<string> = new Set(['hbh', 'frag', 'dst', 'mh', 'srh', 'rt0', 'rt2', 'rt4']);

/** Whether a field begins with a word. */
export const isFieldWord = (text: string): boolean =>
  bareMeta.has(text) ||
  headers.has(text) ||
  extensions.has(text) ||
  ['meta', 'ct', 'fib', 'rt', 'socket', 'osf', 'ipsec', 'exthdr'].includes(text) ||
  isRaw(text);

const isRaw = (text: string): boolean => ['@th', '@nh', '@ll', '@ih'].includes(text);

/** Reads a key: one field, or several with dots between, each with its mask. */
export function readKey(cursor: Cursor, expressions: ExpressionReader): Expression {
  const parts = [readField(cursor, expressions)];
  while (cursor.accept('.') !== undefined) parts.push(readField(cursor, expressions));
  const [first] = parts;
  return parts.length === 1 && first ? first : { kind: 'concat', parts };
}

function readField(cursor: Cursor, expressions: ExpressionReader): Expression {
  const field: Expression = { kind: 'field', name: nameOf(cursor) };
  if (cursor.accept('&') === undefined) return field;
  return { kind: 'masked', field, mask: expressions.value() };
}

/** The name of a field, as the JSON form has it. */
function nameOf(cursor: Cursor): string {
  const first = cursor.word('a field');
  if (first === 'meta') return `meta ${cursor.word('a key of meta')}`;
  if (bareMeta.has(first)) return `meta ${first}`;
  if (first === 'ct') return connection(cursor);
  if (isRaw(first)) {
    while (cursor.accept(',') !== undefined) cursor.word('a number');
    return 'raw payload';
  }
  if (first === 'tcp' && cursor.accept('option') !== undefined) {
    cursor.word('an option');
    if (
      cursor.is('size', 'left', 'right', 'count', 'tsval', 'tsecr', 'kind', 'length', 'subtype', 'sack-perm')
    )
      cursor.take();
    return 'tcp option';
  }
  if (headers.has(first)) return `${first} ${cursor.word('a field of the header')}`;
  if (first === 'fib') {
    do cursor.word('a key of fib');
    while (cursor.accept('.') !== undefined);
    cursor.word('a result of fib');
    return first;
  }
  if (first === 'rt' && cursor.is('ip', 'ip6')) cursor.take();
  if (first === 'ipsec') return ipsec(cursor);
  cursor.word(`a key of ${first}`);
  if (first === 'socket' && cursor.accept('level') !== undefined) cursor.word('a level');
  return extensions.has(first) ? 'exthdr' : first;
}

function connection(cursor: Cursor): string {
  const direction = cursor.accept('original', 'reply');
  const family = cursor.accept('ip', 'ip6');
  const key = cursor.word('a key of ct');
  return ['ct', direction, family, key].filter((each) => each !== undefined).join(' ');
}

function ipsec(cursor: Cursor): string {
  cursor.accept('in', 'out');
  if (cursor.accept('spnum') !== undefined) cursor.word('a number');
  cursor.accept('ip', 'ip6');
  cursor.word('a key of ipsec');
  return 'ipsec';
}
