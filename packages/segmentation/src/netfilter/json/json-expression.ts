import type { Expression, RuleVerdict, SetElement } from '../ruleset.ts';
import { entryOf, onlyEntry, textOf, type JsonNode } from './json-node.ts';

/** Reads an expression of `nft -j`. What it does not know is an expression of kind `other`. */
export function jsonExpression(node: JsonNode): Expression {
  if (node.kind === 'string' && node.value.startsWith('@'))
    return { kind: 'named', name: node.value.slice(1) };
  if (node.kind === 'string') return { kind: 'value', text: node.value };
  if (node.kind === 'number' || node.kind === 'literal') return { kind: 'value', text: String(node.value) };
  if (node.kind === 'array') return { kind: 'list', parts: node.items.map(jsonExpression), isOr: false };
  const [key, value] = onlyEntry(node) ?? [];
  return key === undefined || value === undefined
    ? { kind: 'other', what: 'expression' }
    : (tagged(key, value) ?? { kind: 'other', what: key });
}

function tagged(key: string, value: JsonNode): Expression | undefined {
  switch (key) {
    case 'prefix':
      return prefix(value);
    case 'range':
      return range(value);
    case 'set':
      return set(value);
    case 'concat':
      return value.kind === 'array' ? { kind: 'concat', parts: value.items.map(jsonExpression) } : undefined;
    case '|':
      return value.kind === 'array'
        ? { kind: 'list', parts: value.items.map(jsonExpression), isOr: true }
        : undefined;
    case '&':
      return masked(value);
    case 'map':
      return map(value);
    case 'elem': {
      const inner = entryOf(value, 'val');
      return inner && jsonExpression(inner);
    }
    default:
      return field(key, value);
  }
}

function field(key: string, value: JsonNode): Expression | undefined {
  const name = textOf(entryOf(value, 'key'));
  switch (key) {
    case 'payload': {
      const [protocol, part] = [textOf(entryOf(value, 'protocol')), textOf(entryOf(value, 'field'))];
      return { kind: 'field', name: protocol && part ? `${protocol} ${part}` : 'raw payload' };
    }
    case 'meta':
      return { kind: 'field', name: `meta ${name ?? ''}` };
    case 'ct': {
      const direction = textOf(entryOf(value, 'dir'));
      return { kind: 'field', name: `ct ${direction === undefined ? '' : `${direction} `}${name ?? ''}` };
    }
    case 'fib':
    case 'rt':
    case 'exthdr':
    case 'socket':
    case 'ipsec':
    case 'osf':
    case 'tcp option':
      return { kind: 'field', name: key };
    default:
      return undefined;
  }
}

function prefix(node: JsonNode): Expression | undefined {
  const [address, length] = [textOf(entryOf(node, 'addr')), textOf(entryOf(node, 'len'))];
  return address === undefined || length === undefined
    ? undefined
    : { kind: 'prefix', address, length: Number(length) };
}

function range(node: JsonNode): Expression | undefined {
  if (node.kind !== 'array' || node.items.length !== 2) return undefined;
  const [low, high] = node.items.map(textOf);
  return low === undefined || high === undefined ? undefined : { kind: 'range', low, high };
}

function masked(node: JsonNode): Expression | undefined {
  if (node.kind !== 'array' || node.items.length !== 2) return undefined;
  const [of, mask] = node.items.map(jsonExpression);
  return of?.kind === 'field' && mask ? { kind: 'masked', field: of, mask } : undefined;
}

function map(node: JsonNode): Expression | undefined {
  const [key, data] = [entryOf(node, 'key'), entryOf(node, 'data')];
  return key && data && { kind: 'map', key: jsonExpression(key), data: jsonExpression(data) };
}

function set(node: JsonNode): Expression {
  const items = node.kind === 'array' ? node.items : [node];
  return { kind: 'set', elements: items.map(jsonElement) };
}

/** Reads an element of a set; of a map, where it is a pair. */
export function jsonElement(node: JsonNode): SetElement {
  if (node.kind === 'array' && node.items.length === 2) {
    const [key, value] = node.items as readonly [JsonNode, JsonNode];
    return { ...jsonElement(key), value: jsonVerdict(value) ?? jsonExpression(value) };
  }
  const inner = entryOf(node, 'elem');
  const value = entryOf(inner, 'val');
  if (inner?.kind !== 'object' || value === undefined) return { key: jsonExpression(node) };
  const isVarying = [...inner.entries.keys()].some((key) => !['val', 'comment', 'counter'].includes(key));
  return isVarying ? { key: jsonExpression(value), isVarying } : { key: jsonExpression(value) };
}

/** Reads a verdict, or `undefined` where the node is none. */
export function jsonVerdict(node: JsonNode): RuleVerdict | undefined {
  const [kind, value] = onlyEntry(node) ?? [];
  switch (kind) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return { kind };
    case 'jump':
    case 'goto': {
      const chain = textOf(entryOf(value, 'target'));
      return chain === undefined ? undefined : { kind, chain };
    }
    default:
      return undefined;
  }
}
