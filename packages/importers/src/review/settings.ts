import type { Edit, EntityKind, Estate, Path } from '@holdfast/estate';
import type { Json, Position } from '@holdfast/kernel';
import { isMapping, plain, valueAt, withValue } from '../reconcile/at-path.ts';
import { withUnknowns } from '../reconcile/complete.ts';

/** A value that is to be written into a declared entity. */
export interface Setting {
  readonly entity: EntityKind;
  readonly id: string;
  readonly path: Path;
  readonly value: Json;
  readonly at: Position;
}

/**
 * The edits that write values. Where a mapping on the way does not exist yet, or is `unknown`, it is written once, with
 * all the values in it and `unknown` for what else it must have.
 */
export function setsOf(estate: Estate, settings: readonly Setting[]): readonly Edit[] {
  const sets = new Map<string, { readonly setting: Setting; readonly base: Path; value: Json }>();
  for (const setting of settings) {
    const data = estate.get(setting.entity, setting.id) as Json | undefined;
    const base = baseOf(data, setting.path);
    const rest = setting.path.slice(base.shown);
    const key = JSON.stringify([setting.id, base.path]);
    const earlier = sets.get(key);
    sets.set(key, { setting, base: base.path, value: withValue(earlier?.value, rest, setting.value) });
  }
  return [...sets.values()].map(({ setting, base, value }): Edit => {
    const whole = base.length === setting.path.length ? value : filled(estate, setting, base, value);
    return { kind: 'set', id: setting.id, path: base, value: whole };
  });
}

/** The deepest place on the way to a path that the editor can write: `shown` counts the steps of the path that it covers. */
function baseOf(data: Json | undefined, path: Path): { readonly path: Path; readonly shown: number } {
  const base: (string | number)[] = [];
  let here = data;
  for (const [index, step] of path.entries()) {
    const bare = plain(here);
    if (here !== bare) base.push('value');
    base.push(step);
    here = isMapping(bare) && Object.hasOwn(bare, step) ? bare[step] : undefined;
    if (!isMapping(plain(here))) return { path: base, shown: index + 1 };
  }
  return { path: base, shown: path.length };
}

/** A new mapping with what the language requires beside what was seen. */
function filled(estate: Estate, { entity, id }: Setting, base: Path, value: Json): Json {
  const data = estate.get(entity, id) as Json | undefined;
  const whole = withUnknowns(entity, withValue(data, base, value)).data;
  return valueAt(whole, base) ?? value;
}
