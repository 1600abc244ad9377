import type { FactRef, Model } from '../compile/model.ts';
import type { NodeId } from '../solver/system.ts';
import { op } from '../solver/system.ts';
import { OutageSolver, type Answer } from './solve.ts';
import type { Timeline } from './timeline.ts';
import { leavesOf } from './reason.ts';
import { explain } from './why.ts';

/** A fact that nobody has said yet, with how much would be settled by it. */
export interface Question {
  readonly fact: FactRef;
  /** How many verdicts rest on it: capabilities in scenarios that are unknown, in whose explanation it stands. */
  readonly rests: number;
  /** How many unknown verdicts it settles, at least and at most, depending on the answer. */
  readonly settles: readonly [number, number];
}

/** At most this many questions are tried out by solving again; the rest are ranked by how much rests on them. */
const triedAtMost = 40;

/** The unknown facts, first those that would settle the most verdicts. */
export function questions(model: Model, answers: readonly Answer[]): readonly Question[] {
  const open = answers.flatMap((answer) =>
    openIn(model, answer).map((capability) => ({ answer, capability })),
  );
  const asked = new Map<FactRef, { rests: number; nodes: Set<NodeId> }>();
  for (const { answer, capability } of open) {
    const step = answer.timeline(capability).steps.find((each) => each.verdict === 'unknown');
    if (!step) continue;
    const facts = new Set<FactRef>();
    for (const { fact } of leavesOf(explain(model, answer, capability, step.at).reasons))
      if (fact && !isSettled(fact)) facts.add(fact);
    for (const fact of facts)
      asked.set(fact, {
        rests: (asked.get(fact)?.rests ?? 0) + 1,
        nodes: asked.get(fact)?.nodes ?? new Set(),
      });
  }
  for (const [node, fact] of model.facts) asked.get(fact)?.nodes.add(node);
  const ranked = [...asked].toSorted(([, a], [, b]) => b.rests - a.rests);
  const affected = [...new Set(open.map(({ answer }) => answer))];
  const tried = ranked.map(([fact, { rests, nodes }], index): Question => ({
    fact,
    rests,
    settles: index < triedAtMost ? settled(model, affected, nodes) : [0, rests],
  }));
  return tried.toSorted(
    (a, b) =>
      b.settles[0] + b.settles[1] - a.settles[0] - a.settles[1] ||
      b.rests - a.rests ||
      (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}

const keyOf = ({ fact }: Question): string => `${fact.id} ${fact.path.join('.')}`;

/** A fact given as a range is known as well as it can be told; one that is unknown can be asked for. */
const isSettled = (fact: FactRef): boolean => !fact.unknown;

function openIn(model: Model, answer: Answer): readonly Model['capabilities'][number][] {
  return model.capabilities.filter((each) => isUnknown(answer.timeline(each)));
}

const isUnknown = (timeline: Timeline): boolean => timeline.steps.some((step) => step.verdict === 'unknown');

/** How many unknown verdicts a fact settles if the answer is bad, and if it is good; the lesser first. */
function settled(
  model: Model,
  answers: readonly Answer[],
  nodes: ReadonlySet<NodeId>,
): readonly [number, number] {
  const counts = (['denied', 'granted'] as const).map((amendment) => {
    const usable = [...nodes].filter((node) => model.system.ops[node] !== op.gate);
    const solver = new OutageSolver(model, { amended: new Map(usable.map((node) => [node, amendment])) });
    let count = 0;
    for (const answer of answers) {
      const amended = solver.solve(answer.scenario);
      for (const capability of openIn(model, answer))
        if (!isUnknown(amended.timeline(capability))) count += 1;
    }
    return count;
  });
  return [Math.min(...counts), Math.max(...counts)];
}
