import { asMillis, type Millis } from '@holdfast/kernel';
import type { Capability, FactRef, Model } from '../compile/model.ts';
import type { Amendment } from '../solver/amendments.ts';
import { op, type NodeId } from '../solver/system.ts';
import { leavesOf } from './reason.ts';
import { OutageSolver, type Answer } from './solve.ts';
import type { Timeline } from './timeline.ts';
import { explain, openFactsAt } from './why.ts';

/** The last moment of each stretch in which a verdict is unknown: by then all that could still come has come. */
function unknownMoments({ steps }: Timeline, horizon: Millis): readonly Millis[] {
  return steps.flatMap(({ verdict }, index) =>
    verdict === 'unknown' ? [asMillis((steps[index + 1]?.at ?? horizon) - 1)] : [],
  );
}

/** The facts that an explanation of an unknown verdict ends in, of those that `isOpen` takes for unsettled. */
function openFacts(
  model: Model,
  answer: Answer,
  capability: Capability,
  isOpen: (fact: FactRef) => boolean,
): ReadonlySet<FactRef> {
  const facts = new Set<FactRef>();
  for (const at of unknownMoments(answer.timeline(capability), answer.scenario.horizon))
    for (const { fact } of leavesOf(explain(model, answer, capability, at).reasons))
      if (fact && isOpen(fact)) facts.add(fact);
  return facts;
}

/** The facts that nobody knows and that the explanation of an unknown verdict ends in. */
export function unknownFacts(model: Model, answer: Answer, capability: Capability): ReadonlySet<FactRef> {
  const [first, ...others] = unknownMoments(answer.timeline(capability), answer.scenario.horizon);
  if (first === undefined) return new Set();
  let facts = openFactsAt(model, answer, capability, first);
  for (const at of others) {
    const more = openFactsAt(model, answer, capability, at);
    if (!more.isSubsetOf(facts)) facts = facts.union(more);
  }
  return facts;
}

/** Which nodes of a model rest on a fact. */
export function nodesByFact(model: Model): ReadonlyMap<FactRef, readonly NodeId[]> {
  const nodes = new Map<FactRef, NodeId[]>();
  for (const [node, fact] of model.facts) {
    if (model.system.ops[node] === op.gate) continue;
    const own = nodes.get(fact);
    if (own) own.push(node);
    else nodes.set(fact, [node]);
  }
  return nodes;
}

/** Facts taken as granted, or as denied. */
export function taken(
  facts: Iterable<FactRef>,
  nodes: ReadonlyMap<FactRef, readonly NodeId[]>,
  how: Amendment,
): ReadonlyMap<NodeId, Amendment> {
  return new Map([...facts].flatMap((fact) => (nodes.get(fact) ?? []).map((node) => [node, how] as const)));
}

/** A verdict rarely waits for more answers than this, one after the other. */
export const roundsAtMost = 6;

/**
 * The facts that settle an unknown verdict together, if all of them turn out well: those that its explanation ends in,
 * then, with these granted, those that stand behind them, until nothing is unknown or nobody can be asked. An explanation
 * may lean on a fact where something known would have borne it too: such a fact is left out.
 */
export function settlingFacts(
  model: Model,
  answer: Answer,
  capability: Capability,
  isOpen: (fact: FactRef) => boolean,
): readonly FactRef[] {
  const nodes = nodesByFact(model);
  const facts = new Set<FactRef>();
  let now = answer;
  for (let round = 0; round < roundsAtMost; round += 1) {
    const more = openFacts(model, now, capability, isOpen).difference(facts);
    if (more.size === 0) break;
    for (const each of more) facts.add(each);
    now = new OutageSolver(model, { amended: taken(facts, nodes, 'granted') }).solve(answer.scenario);
  }
  if (facts.size > 1)
    leaveOut(facts, nodes, (amended) => {
      const { steps } = new OutageSolver(model, { amended }).solve(answer.scenario).timeline(capability);
      return JSON.stringify(steps.map(({ at, verdict }) => [at, verdict]));
    });
  return [...facts];
}

/** Leaves out, one after the other, what makes no difference: neither alone, nor beside the others where these are granted. */
function leaveOut(
  facts: Set<FactRef>,
  nodes: ReadonlyMap<FactRef, readonly NodeId[]>,
  says: (amended: ReadonlyMap<NodeId, Amendment>) => string,
): void {
  for (const each of new Set(facts)) {
    // How long a change waits is no node that could be amended.
    if (!nodes.has(each)) continue;
    const granted = taken([each], nodes, 'granted');
    const denied = taken([each], nodes, 'denied');
    const differs = (others: ReadonlyMap<NodeId, Amendment>): boolean =>
      says(new Map([...others, ...granted])) !== says(new Map([...others, ...denied]));
    facts.delete(each);
    if (differs(new Map()) || differs(taken(facts, nodes, 'granted'))) facts.add(each);
  }
}
