import type { Basis, EntityKind, Path } from '@holdfast/estate';
import { formatPosition, type Json, type Position } from '@holdfast/kernel';
import type { Import } from '../observation.ts';
import { isFactAt } from './language-at.ts';

const exports: ReadonlySet<Import['format']> = new Set(['csv', 'xlsx', 'netbox-json']);

/** What the values of an import rest on. */
export const basisOf = (from: Import): Basis =>
  from.basis ?? (exports.has(from.format) ? 'export' : 'observed');

/** The day on which a source was taken, where it says so. */
export const dayOf = (from: Import): string | undefined =>
  /^\d{4}-\d{2}-\d{2}/.exec(from.capturedAt ?? '')?.[0];

/** A value with where it was seen, where the language has room for that. */
export function sourced(kind: EntityKind, path: Path, value: Json, from: Import, at: Position): Json {
  if (!isFactAt(kind, path)) return value;
  const day = dayOf(from);
  return {
    value,
    basis: basisOf(from),
    source: formatPosition(at),
    ...(day === undefined ? {} : { asOf: day }),
  };
}
