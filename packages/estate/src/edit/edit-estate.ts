import { fail, ok, problem, type Json, type Problem, type Result } from '@holdfast/kernel';
import type { EntityKind } from '../language/kinds.ts';
import { loadEstate } from '../load/load-estate.ts';
import type { SourceFile } from '../load/source.ts';
import { isId, isProfileId } from '../shape/ids.ts';
import { clip, type Path } from '../shape/shape.ts';
import { stepsOf, valueAt } from './at-path.ts';
import { DraftSet, type Use } from './draft-set.ts';
import type { Rewording } from './draft.ts';
import type { AddEntity, Edit, RemoveEntity, RenameEntity, SetValue, UnsetValue } from './edit.ts';
import { newProblems } from './new-problems.ts';
import { Refusal } from './refusal.ts';

/**
 * Changes an estate's files in place, and returns those that changed, each with its whole new text.
 * Comments, order, style and line ends of all that is not touched stay as they are. The edits are done in their order.
 * All of them are done or none: where one is impossible, or the estate would then have problems that it had not before,
 * the error is `edit-refused` with the reason, followed by those problems.
 */
export function editEstate(
  files: readonly SourceFile[],
  edits: readonly Edit[],
  library: readonly SourceFile[] = [],
): Result<readonly SourceFile[], readonly Problem[]> {
  const drafts = new DraftSet(files);
  for (const edit of edits) {
    const refused = attempt(spell(edit), () => apply(drafts, edit));
    if (refused.length > 0) return fail(refused);
  }
  let edited: ReturnType<DraftSet['result']> = { all: files, changed: [] };
  const refused = attempt('the edits together', () => {
    edited = drafts.result();
    return [];
  });
  return refused.length > 0 ? fail(refused) : checked(files, edited, edits, library);
}

function attempt(what: string, action: () => readonly Problem[]): readonly Problem[] {
  try {
    return action();
  } catch (error) {
    if (error instanceof Refusal)
      return [problem('edit-refused', `${what}: ${error.message}`, { hint: error.hint })];
    throw error;
  }
}

/** Loads the estate as it was and as it would be. */
function checked(
  files: readonly SourceFile[],
  edited: ReturnType<DraftSet['result']>,
  edits: readonly Edit[],
  library: readonly SourceFile[],
): Result<readonly SourceFile[], readonly Problem[]> {
  const after = loadEstate(edited.all, library);
  if (after.kind === 'ok') return ok(edited.changed);
  const before = loadEstate(files, library);
  const added = newProblems(before.kind === 'error' ? before.error : [], after.error, edits);
  if (added.length === 0) return ok(edited.changed);
  const count = added.length === 1 ? 'a problem' : `${added.length} problems`;
  return fail([
    problem('edit-refused', `the estate would then have ${count} that it had not before`, {
      hint: 'nothing was changed; what follows is at the lines as they would be',
    }),
    ...added,
  ]);
}

/** An edit in words. */
function spell(edit: Edit): string {
  if (edit.kind === 'rename') return `rename ${clip(edit.from)} to ${clip(edit.to)}`;
  const path =
    edit.kind === 'set' || edit.kind === 'unset'
      ? ` ${clip(typeof edit.path === 'string' ? edit.path : edit.path.join('.'))}`
      : '';
  return `${edit.kind} ${clip(edit.id)}${path}`;
}

function apply(drafts: DraftSet, edit: Edit): readonly Problem[] {
  switch (edit.kind) {
    case 'add':
      return add(drafts, edit);
    case 'set':
      return set(drafts, edit);
    case 'unset':
      return unset(drafts, edit);
    case 'rename':
      return rename(drafts, edit);
    case 'remove':
      return remove(drafts, edit);
    default:
      return edit satisfies never;
  }
}

/** An id that nothing may have would only be found out as YAML that reads otherwise than it was meant. */
function checkId(kind: EntityKind, id: string): void {
  if (kind === 'profile' ? isProfileId(id) : isId(id)) return;
  throw new Refusal(
    `'${clip(id)}' is not an id`,
    `lower-case letters, digits, dot, underscore and hyphen${kind === 'profile' ? ', as class/product' : ''}, at most 64`,
  );
}

function add(drafts: DraftSet, { entity: kind, id, data, file }: AddEntity): readonly Problem[] {
  checkId(kind, id);
  const other = drafts.find(id);
  if (other)
    throw new Refusal(
      `'${clip(id)}' is there already, a ${other.kind} in ${other.draft.name}`,
      'set its values, or take another id',
    );
  const draft = drafts.fileFor(kind, file);
  draft.add(kind, id, plain(data));
  drafts.note(id, { draft, kind });
  return [];
}

function set(drafts: DraftSet, { id, path, value }: SetValue): readonly Problem[] {
  const { draft, kind, data } = drafts.home(id);
  draft.set(kind, id, stepsOf(path, data), plain(value));
  return [];
}

function unset(drafts: DraftSet, { id, path }: UnsetValue): readonly Problem[] {
  const { draft, kind, data } = drafts.home(id);
  const steps = stepsOf(path, data);
  if (steps.length === 0) throw new Refusal('no path is given', 'remove the entity instead');
  draft.unset(kind, id, steps);
  return [];
}

function rename(drafts: DraftSet, { from, to }: RenameEntity): readonly Problem[] {
  const { draft, kind } = drafts.home(from);
  if (from === to) return [];
  const other = drafts.find(to);
  if (other)
    throw new Refusal(
      `'${clip(to)}' is there already, a ${other.kind} in ${other.draft.name}`,
      'take another id',
    );
  for (const [referrer, uses] of Map.groupBy(drafts.uses(from), ({ home }) => home.id)) {
    const { draft: where, kind: what } = drafts.home(referrer);
    where.reword(
      what,
      referrer,
      uses.map((use) => reworded(use, from, to)),
    );
  }
  draft.rename(kind, from, to);
  drafts.note(from, undefined);
  drafts.note(to, { draft, kind });
  return [];
}

function reworded({ home, reference: { path, within } }: Use, from: string, to: string): Rewording {
  if (within === 'key') return { path, on: 'key', text: to };
  const value = valueAt(home.data, path);
  const text =
    typeof value === 'string' ? `${value.slice(0, within)}${to}${value.slice(within + from.length)}` : to;
  return { path, on: 'value', text };
}

function remove(drafts: DraftSet, { id, cascade = false }: RemoveEntity): readonly Problem[] {
  const { draft, kind } = drafts.home(id);
  const uses = drafts.uses(id).filter(({ home }) => home.id !== id);
  if (uses.length > 0 && !cascade) return uses.map((use) => inUse(drafts, id, use));
  // From the last to the first, so that the places of items in lists stay what they were.
  for (const { home, reference } of uses.toReversed())
    home.draft.unset(home.kind, home.id, wholeFact(reference.path));
  draft.remove(kind, id);
  drafts.note(id, undefined);
  return [];
}

function inUse(drafts: DraftSet, id: string, use: Use): Problem {
  const { kind, id: referrer } = use.home;
  return problem(
    'edit-refused',
    `remove ${id}: ${kind} ${referrer} refers to it in '${use.reference.path.join('.')}'`,
    { at: drafts.locate(use), hint: 'change that first, or remove with its references' },
  );
}

/** A fact without its value says nothing: it goes with what it rests on. */
const wholeFact = (path: Path): Path => (path.at(-1) === 'value' ? path.slice(0, -1) : path);

/** Plain JSON, as the types say; callers in other languages of the wire may send more. */
function plain(value: Json): Json {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new Refusal('the value is not JSON');
  return JSON.parse(text) as Json;
}
