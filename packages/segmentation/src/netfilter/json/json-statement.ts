import type { Position } from '@holdfast/kernel';
import { operators, type Expression, type Operator, type Statement } from '../ruleset.ts';
import { jsonExpression, jsonVerdict } from './json-expression.ts';
import { entryOf, onlyEntry, textOf, type JsonNode } from './json-node.ts';
import { changeOf, inertStatements, unmodelledConditions } from '../statement-kinds.ts';

/** Reads a statement of `nft -j`. */
export function jsonStatement(node: JsonNode, at: Position): Statement {
  const [key, value] = onlyEntry(node) ?? [];
  if (key === undefined || value === undefined) return { kind: 'other', what: 'statement', at };
  const verdict = jsonVerdict(node);
  if (verdict) return { kind: 'verdict', verdict, at };
  if (inertStatements.has(key)) return { kind: 'none', at };
  if (unmodelledConditions.has(key)) return { kind: 'condition', what: key, at };
  return tagged(key, value, at) ?? { kind: 'other', what: key, at };
}

function tagged(key: string, value: JsonNode, at: Position): Statement | undefined {
  switch (key) {
    case 'match':
      return match(value, at);
    case 'reject':
      return { kind: 'verdict', verdict: { kind: 'reject' }, at };
    case 'notrack':
      return { kind: 'untrack', at };
    case 'vmap': {
      const [of, data] = [entryOf(value, 'key'), entryOf(value, 'data')];
      return of && data && { kind: 'verdicts', key: jsonExpression(of), data: jsonExpression(data), at };
    }
    case 'snat':
    case 'dnat':
    case 'masquerade':
    case 'redirect':
      return nat(key, value, at);
    case 'mangle': {
      const of = entryOf(value, 'key');
      return of && { ...changeOf(fieldName(jsonExpression(of))), at };
    }
    case 'set': {
      const name = textOf(entryOf(value, 'set'));
      return name === undefined ? undefined : { kind: 'change', set: name.replace(/^@/, ''), at };
    }
    case 'xt':
      return textOf(entryOf(value, 'type')) === 'match'
        ? { kind: 'condition', what: `xt match ${textOf(entryOf(value, 'name')) ?? ''}`, at }
        : { kind: 'other', what: `xt target ${textOf(entryOf(value, 'name')) ?? ''}`, at };
    default:
      return undefined;
  }
}

const fieldName = (expression: Expression): string =>
  expression.kind === 'field' ? expression.name : 'field';

function match(node: JsonNode, at: Position): Statement | undefined {
  const [left, right] = [entryOf(node, 'left'), entryOf(node, 'right')];
  const text = textOf(entryOf(node, 'op'));
  const operator: Operator | undefined = operators.find((each) => each === text);
  if (!left || !right || operator === undefined) return undefined;
  return { kind: 'match', key: jsonExpression(left), operator, value: jsonExpression(right), at };
}

function nat(kind: 'snat' | 'dnat' | 'masquerade' | 'redirect', node: JsonNode, at: Position): Statement {
  const [address, port] = [entryOf(node, 'addr'), entryOf(node, 'port')];
  const flags = [...flagsOf(entryOf(node, 'flags')), ...flagsOf(entryOf(node, 'type_flags'))];
  return {
    kind: 'nat',
    nat: kind,
    ...(address ? { address: jsonExpression(address) } : {}),
    ...(port ? { port: jsonExpression(port) } : {}),
    // The text form has one word for what the JSON has two.
    flags: flags.filter((each) => each !== 'netmap' && each !== 'interval' && each !== 'concat'),
    at,
  };
}

function flagsOf(node: JsonNode | undefined): readonly string[] {
  if (node?.kind === 'string') return [node.value];
  return node?.kind === 'array' ? node.items.flatMap((each) => textOf(each) ?? []) : [];
}
