import type { ConfigFile } from '../../model/firewall.ts';
import { Lines } from '../json/json-node.ts';
import type { Expression, SetElement, SetText } from '../ruleset.ts';
import { wordsOf } from './save-words.ts';
import { fault } from '../syntax-fault.ts';

/** A set of `ipset save`. */
export interface IpSet extends SetText {
  /** What its elements are made of: `ip`, `net`, `port`. */
  readonly parts: readonly string[];
}

export type IpSets = ReadonlyMap<string, IpSet>;

const modelled: ReadonlySet<string> = new Set(['ip', 'net', 'port']);

/** Reads what `ipset save` prints. Sets of a kind that is not modelled are left out, and so are unknown to rules. */
export function readIpSets({ name, text }: ConfigFile): IpSets {
  const sets = new Map<string, IpSet>();
  const lines = new Lines(name, text);
  let offset = 0;
  for (const line of text.split('\n')) {
    const at = lines.at(offset);
    offset += line.length + 1;
    const [verb, set, ...more] = wordsOf(line, at);
    if (verb === undefined || verb.startsWith('#')) continue;
    if (set === undefined || (verb !== 'create' && verb !== 'add'))
      fault(at, `'${verb}' is no line of ipset save`);
    if (verb === 'create') {
      const parts = (more[0] ?? '').split(':')[1]?.split(',') ?? [];
      // An element with a timeout goes by itself, one of a set with counters may match sometimes only.
      const isVarying = more.includes('timeout');
      if (parts.every((each) => modelled.has(each)) && parts.length > 0)
        sets.set(set, { name: set, parts, elements: [], isVarying });
      continue;
    }
    const owner = sets.get(set);
    const [element, ...options] = more;
    if (owner === undefined || element === undefined) continue;
    if (options.includes('nomatch') || options.includes('timeout')) owner.isVarying = true;
    owner.elements.push(elementOf(owner, element));
  }
  return sets;
}

function elementOf({ parts }: IpSet, text: string): SetElement {
  const texts = text.split(',');
  const values = parts.flatMap((part, index): readonly Expression[] => {
    const own = texts[index] ?? '';
    if (part !== 'port') return [addresses(own)];
    const [protocol, port] = own.includes(':') ? own.split(':') : ['tcp', own];
    const values: Expression = spread(port ?? '');
    return parts.length === 1 ? [values] : [{ kind: 'value', text: protocol ?? '' }, values];
  });
  const [only] = values;
  return { key: values.length === 1 && only ? only : { kind: 'concat', parts: values } };
}

function addresses(text: string): Expression {
  const [base = '', length] = text.split('/');
  return length === undefined ? spread(text) : { kind: 'prefix', address: base, length: Number(length) };
}

function spread(text: string): Expression {
  const [low = '', high] = text.split('-');
  return high === undefined ? { kind: 'value', text: low } : { kind: 'range', low, high };
}

/** What a rule looks at when it asks whether a packet is in a set, or `undefined` where that is not modelled. */
export function setKey(
  { parts }: IpSet,
  sides: readonly string[],
  family: 'ip' | 'ip6',
): Expression | undefined {
  const names: string[] = [];
  for (const [index, part] of parts.entries()) {
    const side = sides[index];
    if (side !== 'src' && side !== 'dst') return undefined;
    if (part === 'port')
      names.push(...(parts.length === 1 ? [] : ['meta l4proto']), side === 'src' ? 'th sport' : 'th dport');
    else names.push(`${family} ${side === 'src' ? 'saddr' : 'daddr'}`);
  }
  const fields = names.map((name): Expression => ({ kind: 'field', name }));
  const [only] = fields;
  return fields.length === 1 ? only : { kind: 'concat', parts: fields };
}
