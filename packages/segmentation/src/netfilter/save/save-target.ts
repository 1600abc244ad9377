import type { Expression, Statement } from '../ruleset.ts';
import { address, range } from './save-match.ts';
import type { WordCursor } from './save-words.ts';

/** Targets that change nothing, neither the packet nor its verdict. */
const inert: ReadonlySet<string> = new Set(['LOG', 'NFLOG', 'ULOG', 'TRACE', 'AUDIT', 'LED']);
/** Targets that change what no verdict hangs on. */
const noted: ReadonlySet<string> = new Set([
  'MARK',
  'CONNMARK',
  'TCPMSS',
  'DSCP',
  'TOS',
  'TTL',
  'HL',
  'CLASSIFY',
  'CHECKSUM',
  'TCPOPTSTRIP',
  'ECN',
  'TEE',
  'SECMARK',
  'CONNSECMARK',
  'RATEEST',
  'IDLETIMER',
]);

/** Reads what stands behind `-j`. */
export function readTarget(
  cursor: WordCursor,
  name: string,
  chains: ReadonlySet<string>,
  within: string,
): Statement {
  const { at } = cursor;
  if (chains.has(name)) return { kind: 'verdict', verdict: { kind: 'jump', chain: name }, at };
  const options = optionsOf(cursor);
  if (inert.has(name)) return { kind: 'none', at };
  if (noted.has(name)) return { kind: 'note', what: `-j ${name}`, at };
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'REJECT':
    case 'RETURN':
      return { kind: 'verdict', verdict: { kind: verdicts[name] }, at };
    case 'NOTRACK':
      return { kind: 'untrack', at };
    case 'CT':
      if (options.has('--notrack')) return { kind: 'untrack', at };
      return options.has('--zone')
        ? { kind: 'other', what: '-j CT --zone', at }
        : { kind: 'note', what: '-j CT', at };
    case 'SET': {
      const set = options.get('--add-set') ?? options.get('--del-set');
      return set === undefined ? { kind: 'other', what: '-j SET', at } : { kind: 'change', set, at };
    }
    case 'DNAT':
      return nat('dnat', options.get('--to-destination'), options, cursor);
    case 'SNAT':
      return nat('snat', options.get('--to-source'), options, cursor);
    case 'MASQUERADE':
      return nat('masquerade', portsOnly(options.get('--to-ports')), options, cursor);
    case 'REDIRECT':
      return nat('redirect', portsOnly(options.get('--to-ports')), options, cursor);
    case 'NETMAP':
      return netmap(options.get('--to'), within, cursor);
    default:
      return { kind: 'other', what: `-j ${name}`, at };
  }
}

const verdicts = { ACCEPT: 'accept', DROP: 'drop', REJECT: 'reject', RETURN: 'return' } as const;

const portsOnly = (ports: string | undefined): string | undefined =>
  ports === undefined ? undefined : `:${ports}`;

/** Options up to the end of the rule, with the value each has. */
function optionsOf(cursor: WordCursor): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (let word = cursor.take(); word !== undefined; word = cursor.take()) {
    const next = cursor.peek();
    const hasValue = next !== undefined && !next.startsWith('--');
    options.set(word, hasValue ? (cursor.take() ?? '') : '');
  }
  return options;
}

function nat(
  kind: 'dnat' | 'snat' | 'masquerade' | 'redirect',
  to: string | undefined,
  options: ReadonlyMap<string, string>,
  { at }: WordCursor,
): Statement {
  const flags = ['random', 'persistent', 'random-fully'].filter((each) => options.has(`--${each}`));
  const parts = to === undefined ? {} : endpoint(to);
  // A port that is mapped by its distance from a base needs a second range.
  if (to?.split('/').length === 2) return { kind: 'other', what: `-j ${kind.toUpperCase()} ${to}`, at };
  return {
    kind: 'nat',
    nat: kind,
    ...parts,
    flags: flags.map((each) => (each === 'random-fully' ? 'fully-random' : each)),
    at,
  };
}

/** Which side a NETMAP translates hangs on the built-in chain; a chain that is called may be called from both. */
function netmap(to: string | undefined, within: string, { at }: WordCursor): Statement {
  const isDestination = within === 'PREROUTING' || within === 'OUTPUT';
  if (to === undefined || (!isDestination && within !== 'POSTROUTING' && within !== 'INPUT'))
    return { kind: 'other', what: '-j NETMAP', at };
  const network = address(to, at);
  return { kind: 'nat', nat: isDestination ? 'dnat' : 'snat', address: network, flags: ['prefix'], at };
}

/** `addr`, `addr-addr`, `addr:port-port`, `[addr]:port` or `:port`. */
function endpoint(text: string): { address?: Expression; port?: Expression } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const plain = /^([^:]*)(?::([\d-]+))?$/.exec(text);
  const [, addresses, ports] = bracketed ?? plain ?? [text, text];
  return {
    ...(addresses === undefined || addresses === '' ? {} : { address: range(addresses, '-') }),
    ...(ports === undefined ? {} : { port: range(ports, '-') }),
  };
}
