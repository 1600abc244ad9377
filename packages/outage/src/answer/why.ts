import type { Millis } from '@holdfast/kernel';
import type { Capability, FactRef, Model } from '../compile/model.ts';
import type { Traces } from './evaluate.ts';
import type { Proof } from './proof.ts';
import { Prover } from './prover.ts';
import { orDeclared, type Explanation } from './reason.ts';
import type { Answer } from './solve.ts';
import { verdictAt, type Verdict } from './timeline.ts';

/**
 * The shortest true explanation of a verdict, down to faults and facts: of several reasons that suffice, the one with the fewest leaves.
 * A failure is explained in the best reading (it fails even so), what holds in the worst; what is unknown by how it fails at worst.
 * Inside rings of the network the explanation is true but need not be the shortest.
 */
export function explain(model: Model, answer: Answer, capability: Capability, at: Millis): Explanation {
  const verdict = verdictAt(answer.timeline(capability), at);
  const { reasons } = proofOf(model, answer, capability, at, verdict);
  return { capability, at, verdict, reasons: orDeclared(reasons, verdict) };
}

/** The facts that nobody knows and that the explanation of a verdict ends in, without putting its reasons together. */
export const openFactsAt = (
  model: Model,
  answer: Answer,
  capability: Capability,
  at: Millis,
): ReadonlySet<FactRef> =>
  proofOf(model, answer, capability, at, verdictAt(answer.timeline(capability), at)).openFacts;

function proofOf(model: Model, answer: Answer, { formula }: Capability, at: Millis, verdict: Verdict): Proof {
  const reading = verdict === 'fails' ? 'best' : 'worst';
  return proverOf(model, answer.traces).formula(formula, at, verdict === 'holds', reading);
}

/** The prover of the scenario that was explained last: a scenario is explained to its end before the next, and proofs are many. */
const provers = { last: new WeakMap<Traces, Prover>() };

/** The prover of a scenario, with what it has proved already. */
function proverOf(model: Model, traces: Traces): Prover {
  const found = provers.last.get(traces);
  if (found) return found;
  const prover = new Prover(model, traces);
  provers.last = new WeakMap([[traces, prover]]);
  return prover;
}
