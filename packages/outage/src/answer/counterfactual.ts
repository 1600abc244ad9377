import { asMillis } from '@holdfast/kernel';
import type { NodeId } from '../solver/system.ts';
import { op } from '../solver/system.ts';
import type { Model } from '../compile/model.ts';
import type { Amendment } from '../solver/amendments.ts';
import { OutageSolver, type Answer } from './solve.ts';
import { verdictAt, type Verdict } from './timeline.ts';
import { leavesOf, type Explanation, type Reason } from './reason.ts';

/** One fact which, were it otherwise, would change a verdict. */
export interface Counterfactual {
  readonly reason: Reason;
  readonly verdict: Verdict;
}

/** At most this many facts are tried. */
const triedAtMost = 64;

/**
 * The single facts and faults that would change a verdict, were they otherwise. Only what the explanation ends in can:
 * whatever else one changes, the explanation stands. Each is tried by solving the scenario again without it.
 */
export function counterfactuals(
  model: Model,
  answer: Answer,
  explanation: Explanation,
): readonly Counterfactual[] {
  const tried = new Map<NodeId, Reason>();
  for (const each of leavesOf(explanation.reasons))
    if (each.node !== undefined && each.leaf !== 'pending' && isWorth(each, explanation))
      tried.set(each.node, each);
  return [...tried].slice(0, triedAtMost).flatMap(([node, reason]) => {
    const amended = otherwise(model, answer, node, reason.value ? 'denied' : 'granted');
    const verdict = verdictAt(amended.timeline(explanation.capability), explanation.at);
    return verdict === explanation.verdict ? [] : [{ reason, verdict }];
  });
}

/** Of what is not well, only what would mend it is worth saying: that something else breaks helps nobody. */
const isWorth = ({ leaf, value }: Reason, { verdict }: Explanation): boolean =>
  verdict === 'holds' || !value || leaf === 'fact' || leaf === 'hours';

function otherwise(model: Model, answer: Answer, node: NodeId, amendment: Amendment): Answer {
  const { scenario } = answer;
  if (model.system.ops[node] !== op.source)
    return new OutageSolver(model, { amended: new Map([[node, amendment]]) }).solve(scenario);
  const faults = scenario.faults.filter((each) => each.node !== node);
  const extra = amendment === 'denied' ? [{ node, from: asMillis(0), until: scenario.length }] : [];
  return new OutageSolver(model).solve({ ...scenario, faults: [...faults, ...extra] });
}
