import { estateSchema, type EntityKind, type Path } from '@holdfast/estate';
import type { Json } from '@holdfast/kernel';
import type { Expectation } from './expectation.ts';

type Node = { readonly [key: string]: Json };

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The main member of what is an object: what is asked for where all of it is unknown. */
const mainMember: Readonly<Record<string, string>> = { reader: 'device', exit: 'kind', release: 'fire' };

const named: Readonly<Record<string, Expectation['kind']>> = {
  flag: 'truth',
  duration: 'duration',
  size: 'size',
  rate: 'rate',
  count: 'number',
  date: 'date',
  port: 'port',
};

let known: Node | undefined;

/** The schema is large, and the same every time. */
function definitions(): Node {
  if (known) return known;
  const defs = estateSchema()['$defs'];
  known = isNode(defs) ? defs : {};
  return known;
}

/** What the language allows at a path of an entity. */
export function schemaUse(kind: EntityKind, path: Path): Expectation {
  let at: Json | undefined = definitions()[kind];
  for (const key of path) {
    if (!isNode(at)) return { kind: 'text' };
    const holder = choices(at).find(
      (each) => isNode(each['properties']) || isNode(each['additionalProperties']),
    );
    const properties = holder?.['properties'];
    at =
      isNode(properties) && properties[key] !== undefined
        ? properties[key]
        : holder?.['additionalProperties'];
  }
  if (!isNode(at)) return { kind: 'text' };
  const forms = choices(at);
  const isFact = forms.some((each) => isNode(each['properties']) && 'basis' in each['properties']);
  const whole = forms.find((each) => isNode(each['properties']) && !('basis' in each['properties']));
  const member = mainMember[String(path.at(-1))];
  if (whole && member !== undefined) return { ...schemaUse(kind, [...path, member]), member };
  const many = forms.some((each) => each['type'] === 'array');
  return { ...simple(forms), many, isPlain: !isFact };
}

const choices = (at: Node): readonly Node[] =>
  Array.isArray(at['anyOf']) ? (at['anyOf'] as readonly Json[]).filter(isNode) : [at];

function simple(forms: readonly Node[]): Expectation {
  for (const each of forms) {
    if (Array.isArray(each['enum'])) return { kind: 'word', words: each['enum'].map(String) };
    const name = typeof each['$ref'] === 'string' ? each['$ref'].slice('#/$defs/'.length) : undefined;
    const kind = name === undefined ? undefined : named[name];
    if (kind) return { kind };
    const about = each['description'];
    if (typeof about === 'string' && about.startsWith('the id of')) return { kind: 'id', about };
    if (each['type'] === 'number' || each['type'] === 'integer') return { kind: 'number' };
  }
  return { kind: 'text' };
}
