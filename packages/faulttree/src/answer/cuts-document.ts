import type { FaultTree } from '../fault-tree.ts';
import type { CutSets } from '../solve/cut-sets.ts';
import { listSets } from './list-sets.ts';
import { importance, probabilities, type Importance } from './probability.ts';

/** What `holdfast faulttree cuts --format json` prints, without the times; `schemas/cut-sets.schema.json`. */
export interface CutsDocument {
  readonly top: string;
  readonly basicEvents: number;
  readonly gates: number;
  /** How many there are, to the order that `completeTo` says where it is there. */
  readonly minimalCutSets: string;
  readonly byOrder: Readonly<Record<string, string>>;
  /** The order up to which all are counted; left out where all are. */
  readonly completeTo?: number;
  readonly sets?: readonly (readonly string[])[];
  readonly probability?: number | null;
  readonly importance?: readonly (Importance & { readonly event: string; readonly probability: number })[];
}

export interface DocumentAsked {
  /** How many sets to list. */
  readonly list?: number | undefined;
  readonly probability?: boolean | undefined;
}

/** An answer as people and programs read it: sets of names, lower orders first; counts in decimal. */
export function cutsDocument(tree: FaultTree, cuts: CutSets, asked: DocumentAsked = {}): CutsDocument {
  const total = cuts.counts.reduce((sum, each) => sum + each, 0n);
  return {
    top: tree.top,
    basicEvents: tree.graph.events,
    gates: tree.gateNames.filter((name) => name !== undefined).length,
    minimalCutSets: String(total),
    byOrder: Object.fromEntries(
      cuts.counts.flatMap((count, order) => (count > 0n ? [[order, String(count)]] : [])),
    ),
    ...(cuts.completeTo === Infinity ? {} : { completeTo: cuts.completeTo }),
    ...(asked.list === undefined ? {} : { sets: namedSets(tree, cuts, asked.list) }),
    ...(asked.probability === true ? probable(tree, cuts) : {}),
  };
}

function namedSets(tree: FaultTree, cuts: CutSets, most: number): readonly (readonly string[])[] {
  const sets: (readonly string[])[] = [];
  if (most > 0)
    listSets(cuts, (events) => {
      sets.push(events.map((each) => tree.eventNames[each] as string));
      return sets.length < most;
    });
  return sets;
}

/** Null where a probability is not known, or the cut sets are not complete. */
function probable(tree: FaultTree, cuts: CutSets): Pick<CutsDocument, 'probability' | 'importance'> {
  const known = tree.probabilities.filter((each) => each !== undefined);
  const found = known.length === tree.probabilities.length ? probabilities(cuts, known) : undefined;
  if (!found) return { probability: null };
  const rows = tree.eventNames.map((event, index) => {
    const probability = known[index] as number;
    return { event, probability, ...importance(found.top, found.birnbaum[index] as number, probability) };
  });
  return { probability: found.top, importance: rows.toSorted((a, b) => b.birnbaum - a.birnbaum) };
}
