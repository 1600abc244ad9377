import type { List, Program } from '../engine/program.ts';
import { BudgetSpent } from '../engine/walk.ts';
import { entriesOf } from './entries.ts';
import { FlatList, type Shadowed } from './flat.ts';
import { rootsOf, SetShadows } from './sets.ts';

/** So many splits a list of boxes may take for each of its entries, before sets of packets answer. */
const splitsPerEntry = 1000;

/**
 * The rules that can never decide, chain by chain in the order of the file, each with what takes its packets: rules above
 * it, rules of the chains that are called above it, and rules above the calls that lead to it. Lists that call no other
 * are searched box by box within `splitsPerEntry`; all else, and what takes longer, is told by sets of packets.
 * @see SPEC.md A4
 */
export function shadowed(program: Program, splits: number = splitsPerEntry): readonly Shadowed[] {
  const roots = rootsOf(program);
  let sets: SetShadows | undefined;
  const bySets = (id: string): readonly Shadowed[] => {
    sets ??= new SetShadows(program);
    return sets.shadowed(id);
  };
  return [...program.chains].flatMap(([id, place]) => {
    const list = program.lists[place] as List;
    if (!roots.has(id) || list.effects.some(({ kind }) => leads.has(kind))) return bySets(id);
    try {
      return new FlatList(entriesOf(program, place), splits * list.effects.length).shadowed();
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      return bySets(id);
    }
  });
}

/** What boxes do not follow. */
const leads: ReadonlySet<List['effects'][number]['kind']> = new Set(['jump', 'untrack', 'enter']);
