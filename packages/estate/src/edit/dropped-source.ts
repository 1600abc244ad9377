import type { SourceFile } from '../load/source.ts';
import { provenanceKeys } from '../shape/fact.ts';
import { stepsOf, valueAt } from './at-path.ts';
import { DraftSet } from './draft-set.ts';
import type { SetValue } from './edit.ts';

/**
 * What a fact rests on (its `basis`, `source`, `asOf`, `note`) and would lose to a value that is set in its place;
 * `undefined` where it rests on nothing, or the new value says what it rests on itself.
 */
export function droppedSource(
  files: readonly SourceFile[],
  { id, path, value }: SetValue,
): Readonly<Record<string, unknown>> | undefined {
  const data = new DraftSet(files).find(id)?.data;
  const old = valueAt(data, stepsOf(path, data));
  const lost = provenanceOf(old);
  return lost.length === 0 || provenanceOf(value).length > 0 ? undefined : Object.fromEntries(lost);
}

function provenanceOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const isFact = 'value' in value || 'between' in value;
  return isFact ? Object.entries(value).filter(([key]) => provenanceKeys.includes(key)) : [];
}
