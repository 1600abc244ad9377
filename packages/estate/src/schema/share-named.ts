import { canonicalJson, type Json } from '@holdfast/kernel';
import type { JsonSchema } from '../shape/shape.ts';

type Members = { readonly [key: string]: Json };
const isObject = (value: Json): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Keywords whose members are schemas under names of their own. */
const containers = new Set(['properties', '$defs']);

/**
 * The same schema with every part that equals one of `named` moved to `$defs` and referred to.
 * A description of its own stays with the reference.
 */
export function shareNamed(schema: JsonSchema, named: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const names = new Map(Object.entries(named).map(([name, part]) => [canonicalJson(bare(part)), name]));
  const rewrite = (part: Members): Members => {
    const name = names.get(canonicalJson(bare(part)));
    if (name === undefined) return mapSchemas(part, rewrite);
    const { description } = part;
    return { $ref: `#/$defs/${name}`, ...(description === undefined ? {} : { description }) };
  };
  const { $defs = {}, ...rest } = mapSchemas(schema, rewrite);
  return { ...rest, $defs: { ...(isObject($defs) ? $defs : {}), ...named } };
}

function bare(part: Members): Members {
  const { description: _description, ...rest } = part;
  return rest;
}

function mapSchemas(part: Members, change: (each: Members) => Members): Members {
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, mapMember(key, value, change)]));
}

function mapMember(key: string, value: Json, change: (each: Members) => Members): Json {
  if (isList(value)) return value.map((each) => (isObject(each) ? change(each) : each));
  if (!isObject(value)) return value;
  return containers.has(key) ? mapValues(value, change) : change(value);
}

const mapValues = (members: Members, change: (each: Members) => Members): Members =>
  Object.fromEntries(
    Object.entries(members).map(([name, each]) => [name, isObject(each) ? change(each) : each]),
  );
