import type { Capability, FactRef, Model } from '../compile/model.ts';
import type { NodeId } from '../solver/system.ts';
import { nodesByFact, openFacts, roundsAtMost, taken } from './open-facts.ts';
import { OutageSolver, type Answer } from './solve.ts';
import type { Timeline } from './timeline.ts';

/** A fact that nobody has said yet, with how much would be settled by it. */
export interface Question {
  readonly fact: FactRef;
  /**
   * How many unknown verdicts it settles alone or with others: capabilities in scenarios. What stays unknown whatever is
   * answered, as how soon a change arrives, does not count.
   */
  readonly rests: number;
  /** How many unknown verdicts it settles by itself, at least and at most, depending on the answer. */
  readonly settles: readonly [number, number];
  /** The facts that settle with it what it does not settle by itself. */
  readonly together: readonly FactRef[];
  /** What is unknown while it is. */
  readonly of: readonly Capability[];
}

/** An unknown verdict, and the facts that it waits for. */
interface Open {
  readonly answer: Answer;
  readonly capability: Capability;
  readonly waitsFor: Set<FactRef>;
  /** Whether it is known once all that is granted. */
  settles: boolean;
}

/** Questions beyond these are not tried out by solving again, but ranked by how much waits for them. */
const triedAtMost = 40;
const triedAtLeast = 4;
/** Verdicts looked at again over all trials. */
const trialBudget = 200_000;

/**
 * The unknown facts, first those that settle the most verdicts by themselves; then, of those that settle only with others,
 * those whose share in what they settle together is the largest.
 */
export function questions(model: Model, answers: readonly Answer[]): readonly Question[] {
  const open = openVerdicts(model, answers);
  const nodes = nodesByFact(model);
  gather(model, open, nodes);
  const asked = new Map<
    FactRef,
    { rests: number; share: number; together: Set<FactRef>; of: Set<Capability> }
  >();
  for (const { waitsFor, capability, settles } of open) {
    for (const fact of waitsFor) {
      const own = asked.get(fact) ?? { rests: 0, share: 0, together: new Set(), of: new Set() };
      asked.set(fact, own);
      if (!settles) continue;
      own.rests += 1;
      own.of.add(capability);
      own.share += 1 / waitsFor.size;
      for (const other of waitsFor) if (other !== fact) own.together.add(other);
    }
  }
  const ranked = [...asked].toSorted(
    ([a, { share: more }], [b, { share: less }]) => less - more || byKey(a, b),
  );
  const tried = Math.max(triedAtLeast, Math.min(triedAtMost, Math.floor(trialBudget / (open.length + 1))));
  return ranked
    .map(([fact, { rests, share, together, of }], index) => ({
      share,
      question: {
        fact,
        rests,
        settles: index < tried ? settled(model, open, fact, nodes) : ([0, rests] as const),
        together: [...together].toSorted(byKey),
        of: [...of],
      },
    }))
    .toSorted(
      (a, b) =>
        sum(b.question) - sum(a.question) || b.share - a.share || byKey(a.question.fact, b.question.fact),
    )
    .map(({ question }) => question);
}

const sum = ({ settles }: Question): number => settles[0] + settles[1];

const keyOf = ({ id, path }: FactRef): string => `${id} ${path.join('.')}`;
const byKey = (a: FactRef, b: FactRef): number => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0);

/** A fact given as a range is known as well as it can be told; one that is unknown can be asked for. */
const isOpen = (fact: FactRef): boolean => fact.unknown;

function openVerdicts(model: Model, answers: readonly Answer[]): readonly Open[] {
  return answers.flatMap((answer) =>
    model.capabilities
      .filter((each) => isUnknown(answer.timeline(each)))
      .map((capability) => ({ answer, capability, waitsFor: new Set<FactRef>(), settles: false })),
  );
}

const isUnknown = (timeline: Timeline): boolean => timeline.steps.some((step) => step.verdict === 'unknown');

/**
 * Fills in what each verdict waits for. What stands in its explanation comes first; then all of that is granted,
 * and what is unknown even so waits for more. Each round solves each scenario once, whatever the number of verdicts.
 */
function gather(model: Model, open: readonly Open[], nodes: ReadonlyMap<FactRef, readonly NodeId[]>): void {
  const granted = new Set<FactRef>();
  let left = open.map((each) => ({ each, now: each.answer }));
  for (let round = 0; round < roundsAtMost && left.length > 0; round += 1) {
    const before = granted.size;
    for (const { each, now } of left)
      for (const fact of openFacts(model, now, each.capability, isOpen)) {
        each.waitsFor.add(fact);
        granted.add(fact);
      }
    if (granted.size === before) return;
    const solver = new OutageSolver(model, { amended: taken(granted, nodes, 'granted') });
    const again = new Map<Answer, Answer>();
    left = left.flatMap(({ each }) => {
      const now = again.get(each.answer) ?? solver.solve(each.answer.scenario);
      again.set(each.answer, now);
      each.settles = !isUnknown(now.timeline(each.capability));
      return each.settles ? [] : [{ each, now }];
    });
  }
}

/** How many unknown verdicts a fact settles if the answer is bad, and if it is good; the lesser first. */
function settled(
  model: Model,
  open: readonly Open[],
  fact: FactRef,
  nodes: ReadonlyMap<FactRef, readonly NodeId[]>,
): readonly [number, number] {
  const counts = (['denied', 'granted'] as const).map((how) => {
    const solver = new OutageSolver(model, { amended: taken([fact], nodes, how) });
    const again = new Map<Answer, Answer>();
    return open.filter(({ answer, capability }) => {
      const now = again.get(answer) ?? solver.solve(answer.scenario);
      again.set(answer, now);
      return !isUnknown(now.timeline(capability));
    }).length;
  });
  return [Math.min(...counts), Math.max(...counts)];
}
