import {
  editEstate,
  readEntity,
  type Edit,
  type Estate,
  type EntityKind,
  type Path,
  type SourceFile,
} from '@holdfast/estate';
import {
  canonicalJson,
  fail,
  nearestName,
  ok,
  problem,
  type Json,
  type Position,
  type Problem,
  type Result,
} from '@holdfast/kernel';
import { withValue } from '../reconcile/at-path.ts';
import { setsOf, type Setting } from './settings.ts';
import type { Marks } from './marks.ts';
import type { Entry, NewEntry, Review, SeenValue } from './review.ts';

/** Where accepted entries are written: the file of a new entity, where its kind has none yet. */
export interface Acceptance {
  readonly files: readonly SourceFile[];
  readonly library: readonly SourceFile[];
  readonly fileFor: (kind: EntityKind) => string | undefined;
}

/**
 * Writes the accepted entries of a review through the editor: all of them or none, and only so that the estate is whole
 * afterwards. What would break it is told where it was seen. Returns the files that change, with their new text.
 */
export function accept(
  estate: Estate,
  review: Review,
  marks: Marks,
  into: Acceptance,
): Result<readonly SourceFile[], readonly Problem[]> {
  const chosen = chosenOf(review, marks);
  if (chosen.kind === 'error') return chosen;
  const { added, settings, removed } = chosen.value;
  const wrong = [...added.flatMap((each) => lacking(each, estate, review, added))];
  if (wrong.length > 0) return fail(wrong);
  const edits: readonly Edit[] = [
    ...added.map(({ entry, data }): Edit => {
      const file = into.fileFor(entry.entity);
      return {
        kind: 'add',
        entity: entry.entity,
        id: entry.id,
        data,
        ...(file === undefined ? {} : { file }),
      };
    }),
    ...setsOf(estate, settings),
    ...removed.map((id): Edit => ({ kind: 'remove', id })),
  ];
  const edited = editEstate(into.files, edits, into.library);
  return edited.kind === 'ok' ? edited : fail(edited.error.map((each) => located(each, added, settings)));
}

interface Added {
  readonly entry: NewEntry;
  readonly data: Json;
}

interface Chosen {
  readonly added: readonly Added[];
  readonly settings: readonly Setting[];
  readonly removed: readonly string[];
}

function chosenOf(review: Review, marks: Marks): Result<Chosen, readonly Problem[]> {
  const byKey = new Map(review.entries.map((each) => [each.key, each]));
  const problems: Problem[] = [];
  const added = new Map<string, Added>();
  const settings: Setting[] = [];
  const removed: string[] = [];
  for (const key of marks.accepted) {
    const entry = byKey.get(key);
    const stale = staleness(key, entry, byKey, marks);
    if (stale || !entry) {
      if (stale) problems.push(stale);
    } else if (entry.kind === 'new') added.set(entry.id, { entry, data: marks.data.get(key) ?? entry.data });
    else if (entry.kind === 'changed') settings.push(settingOf(entry, entry.path, entry.seen));
    else if (entry.kind === 'gone') removed.push(entry.id);
  }
  for (const [key, choice] of marks.choices) {
    const entry = byKey.get(key);
    if (entry?.kind !== 'conflict' || entry.about === 'match' || choice === 'keep') continue;
    const seen = entry.choices[Number(choice) - 1];
    const fresh = added.get(entry.id);
    if (!seen)
      problems.push(
        problem('value-invalid', `${key} has no choice '${choice}'`, {
          hint: `one of ${entry.choices.map((_, index) => String(index + 1)).join(', ')}, keep`,
        }),
      );
    else if (fresh) added.set(entry.id, { ...fresh, data: withValue(fresh.data, entry.path, seen.written) });
    else settings.push(settingOf(entry, entry.path, seen));
  }
  return problems.length > 0 ? fail(problems) : ok({ added: [...added.values()], settings, removed });
}

const settingOf = (entry: Entry, path: Path, seen: SeenValue): Setting => ({
  entity: entry.entity,
  id: entry.id,
  path,
  value: seen.written,
  at: seen.at,
});

/** Why an accepted key cannot be written: there is no such entry, it is a conflict, or the value seen is another by now. */
function staleness(
  key: string,
  entry: Entry | undefined,
  byKey: ReadonlyMap<string, Entry>,
  marks: Marks,
): Problem | undefined {
  if (!entry) {
    const near = nearestName(key, byKey.keys());
    return problem('selector-unmatched', `the review has no entry '${key.slice(0, 80)}'`, {
      hint: near
        ? `did you mean '${near}'?`
        : 'perhaps the estate says so already; run the import again to see',
    });
  }
  if (entry.kind === 'conflict')
    return problem('usage', `${key} is a conflict`, {
      hint: `choose: ${key}=${entry.about === 'match' ? (entry.candidates[0]?.id ?? 'new') : '1'}`,
    });
  const marked = marks.values.get(key);
  if (
    entry.kind === 'changed' &&
    marked !== undefined &&
    canonicalJson(marked) !== canonicalJson(entry.seen.value)
  )
    return problem('edit-refused', `${key}: the value seen is no longer the one that was accepted`, {
      at: entry.seen.at,
      hint: 'run the import again to write the review anew, and look at it again',
    });
  return undefined;
}

/** What keeps a new entity from being written: required values that nobody gave, and references to what is not accepted. */
function lacking(
  { entry, data }: Added,
  estate: Estate,
  review: Review,
  added: readonly Added[],
): readonly Problem[] {
  const { problems, references } = readEntity(entry.entity, data);
  const [first] = entry.seen;
  const accepted = new Set(added.map((each) => each.entry.id));
  const keys = new Map(
    review.entries.flatMap((each) => (each.kind === 'new' ? [[each.id, each.key] as const] : [])),
  );
  return [
    ...problems.map(({ code, message, hint, missing, path }) =>
      problem(code, `${entry.entity} ${entry.id}: ${message}`, {
        at: originOf(entry, path) ?? first,
        hint:
          missing === undefined
            ? hint
            : `fill it in under 'data' of ${entry.key} in the review file, or in the source`,
      }),
    ),
    ...references.flatMap(({ target, path }) => {
      if (accepted.has(target) || estate.kindOf(target) !== undefined) return [];
      const other = keys.get(target);
      return [
        problem(
          'reference-unknown',
          `${entry.entity} ${entry.id} refers to '${target}', which is not in the estate`,
          {
            at: originOf(entry, path) ?? first,
            hint: other === undefined ? 'declare it first' : `accept ${other} with it`,
          },
        ),
      ];
    }),
  ];
}

const originOf = (entry: NewEntry, path: Path): Position | undefined =>
  entry.origins.find((each) => each.path.every((step, index) => path[index] === step))?.at;

/** A problem of the edited estate, told where that was seen which causes it. */
function located(each: Problem, added: readonly Added[], settings: readonly Setting[]): Problem {
  const id = /^[a-z]+ ([^\s:]+):/.exec(each.message)?.[1];
  const at =
    added.find(({ entry }) => entry.id === id)?.entry.seen[0] ?? settings.find((one) => one.id === id)?.at;
  return at === undefined ? each : { ...each, at };
}
