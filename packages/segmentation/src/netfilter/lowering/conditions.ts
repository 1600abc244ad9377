import type { Clause } from '../../model/firewall.ts';
import { intervalSet, subtract, type IntervalSet } from '../../model/interval.ts';
import { both, merged, outside } from './clauses.ts';
import { fieldOf, type Field } from './fields.ts';
import type { Expression, Match, Operator, SetElement, TableText } from '../ruleset.ts';
import { bitSet, bitsOf, isBits, valuesOf, type Interfaces, type Read } from './values.ts';

/** What a match is read against. */
export interface Scope {
  readonly table: TableText;
  readonly interfaces: Interfaces;
  /** The sets that rules change while packets pass. */
  readonly changing: ReadonlySet<string>;
}

/** The most clauses that the opposite of a set of several fields may take. */
const mostClauses = 2000;

/** What a match matches, or why that is not known. */
export function clausesOf(match: Match, scope: Scope): Read<readonly Clause[]> {
  const needs = needsOf(match.key);
  if ('why' in needs) return needs;
  const keys = keyValues(match, scope);
  return 'why' in keys ? keys : { value: keys.value.flatMap((each) => both(each, needs.value) ?? []) };
}

/** The names of the fields of a key, in their order. */
export function fieldNames(key: Expression): readonly string[] {
  switch (key.kind) {
    case 'field':
      return [key.name];
    case 'masked':
      return fieldNames(key.field);
    case 'concat':
      return key.parts.flatMap(fieldNames);
    default:
      return [];
  }
}

/** What packets must be to have the fields of a key at all; this holds under a negation too. */
export function needsOf(key: Expression): Read<Clause> {
  let needs: Clause = {};
  for (const name of fieldNames(key)) {
    const field = fieldOf(name);
    if (field === undefined) return { why: `the match on '${name}' is not modelled` };
    // The universe of addresses is that of their family.
    const own: Clause = field.values === 'address' ? { [field.dimension]: field.universe } : field.needs;
    needs = both(needs, own) ?? { src: [] };
  }
  return { value: needs };
}

function keyValues({ key, operator, value }: Match, scope: Scope): Read<readonly Clause[]> {
  if (value.kind === 'set' || value.kind === 'named') {
    const elements = elementsOf(value, scope);
    if ('why' in elements) return elements;
    return negate(anyOf(key, elements.value, scope), operator);
  }
  if (key.kind === 'masked') return maskedValues(key, operator, value);
  if (key.kind === 'field') return fieldValues(key.name, operator, value, scope);
  return negate(elementClauses(key, value, scope), operator);
}

function negate(clauses: Read<readonly Clause[]>, operator: Operator): Read<readonly Clause[]> {
  if ('why' in clauses || operator === '==' || operator === 'in') return clauses;
  if (operator !== '!=' && operator !== '!')
    return { why: `the operator '${operator}' is not modelled here` };
  const rest = outside(clauses.value, mostClauses);
  return rest === undefined ? { why: 'the opposite of this set takes too many boxes' } : { value: rest };
}

function fieldValues(
  name: string,
  operator: Operator,
  value: Expression,
  scope: Scope,
): Read<readonly Clause[]> {
  const field = fieldOf(name);
  if (field === undefined) return { why: `the match on '${name}' is not modelled` };
  if (isBits(field)) {
    const bits = bitsOf(field, value);
    return 'why' in bits ? bits : clauseOf(field, byBits(field, operator, bits.value));
  }
  const values = valuesOf(field, value, scope.interfaces);
  return 'why' in values ? values : clauseOf(field, compared(field, operator, values.value));
}

const clauseOf = (field: Field, set: IntervalSet | undefined): Read<readonly Clause[]> =>
  set === undefined
    ? { why: 'this comparison is not modelled' }
    : { value: set.length === 0 ? [] : [{ [field.dimension]: set }] };

function byBits(field: Field, operator: Operator, bits: number): IntervalSet | undefined {
  switch (operator) {
    case 'in':
      return bitSet(field, (each) => (each & bits) !== 0);
    case '!':
      return bitSet(field, (each) => (each & bits) === 0);
    case '==':
      return bitSet(field, (each) => each === bits);
    case '!=':
      return bitSet(field, (each) => each !== bits);
    default:
      return undefined;
  }
}

function compared(field: Field, operator: Operator, set: IntervalSet): IntervalSet | undefined {
  const [least, most] = [set[0]?.low, set.at(-1)?.high];
  const [low, high] = [field.universe[0]?.low ?? 0n, field.universe.at(-1)?.high ?? 0n];
  if (operator === 'in' || operator === '==') return set;
  if (operator === '!=' || operator === '!') return subtract(field.universe, set);
  if (least === undefined || least !== most || field.values === 'interface' || field.values === 'family')
    return undefined;
  switch (operator) {
    case '<':
      return intervalSet([{ low, high: least - 1n }]);
    case '<=':
      return intervalSet([{ low, high: least }]);
    case '>':
      return intervalSet([{ low: least + 1n, high }]);
    case '>=':
      return intervalSet([{ low: least, high }]);
    default:
      return operator satisfies never;
  }
}

function maskedValues(
  { field: of, mask }: Extract<Expression, { kind: 'masked' }>,
  operator: Operator,
  value: Expression,
): Read<readonly Clause[]> {
  const field = of.kind === 'field' ? fieldOf(of.name) : undefined;
  if (field === undefined || !isBits(field)) return { why: 'a mask on this field is not modelled' };
  const [under, wanted] = [bitsOf(field, mask), bitsOf(field, value)];
  if ('why' in under) return under;
  if ('why' in wanted) return wanted;
  const holds = {
    '==': true,
    in: true,
    '!=': false,
    '!': false,
    '<': undefined,
    '>': undefined,
    '<=': undefined,
    '>=': undefined,
  }[operator];
  if (holds === undefined) return { why: `the operator '${operator}' is not modelled here` };
  return clauseOf(
    field,
    bitSet(field, (each) => ((each & under.value) === wanted.value) === holds),
  );
}

/** The elements of a set that stands in a rule or has a name. */
export function elementsOf(expression: Expression, { table, changing }: Scope): Read<readonly SetElement[]> {
  if (expression.kind === 'set') return varying(expression.elements, 'this set');
  if (expression.kind !== 'named') return { why: 'this is no set' };
  const set = table.sets.get(expression.name);
  if (set === undefined) return { why: `the set '${expression.name}' is not in the file` };
  if (set.isVarying || changing.has(expression.name))
    return { why: `the elements of the set '${expression.name}' come and go` };
  return varying(set.elements, `the set '${expression.name}'`);
}

function varying(elements: readonly SetElement[], name: string): Read<readonly SetElement[]> {
  return elements.some((each) => each.isVarying === true)
    ? { why: `an element of ${name} does not always match` }
    : { value: elements };
}

/** Whether an element stands for all that no other does. */
export const isCatchAll = ({ key }: SetElement): boolean => key.kind === 'value' && key.text === '*';

function anyOf(key: Expression, elements: readonly SetElement[], scope: Scope): Read<readonly Clause[]> {
  if (elements.some(isCatchAll)) return { value: [{}] };
  const clauses: Clause[] = [];
  for (const element of elements) {
    const own = elementClauses(key, element.key, scope);
    if ('why' in own) return own;
    for (const each of own.value) clauses.push(each);
  }
  return { value: merged(clauses) };
}

/** What a key matches when it equals one element of a set. */
export function elementClauses(key: Expression, element: Expression, scope: Scope): Read<readonly Clause[]> {
  const keys = key.kind === 'concat' ? key.parts : [key];
  const parts = element.kind === 'concat' ? element.parts : [element];
  if (keys.length !== parts.length) return { why: 'the element has another number of parts than the key' };
  let clause: Clause | undefined = {};
  for (const [index, part] of parts.entries()) {
    const own = keys[index];
    if (own?.kind !== 'field') return { why: 'a key of this kind is not modelled' };
    const values = fieldValues(own.name, '==', part, scope);
    if ('why' in values) return values;
    const [first] = values.value;
    clause = first && clause && both(clause, first);
  }
  return { value: clause === undefined ? [] : [clause] };
}
