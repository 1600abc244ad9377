import type { Problem } from '@holdfast/kernel';
import type { Fate } from '../engine/fate.ts';
import type { Program } from '../engine/program.ts';
import { BudgetSpent, Walk } from '../engine/walk.ts';
import type { Clause, Hook } from '../model/firewall.ts';
import type { Packet } from '../model/packet.ts';
import { decisionOf, type Decision } from './decision.ts';
import { PermittedSet } from './permitted.ts';
import { askedOf, packetIn, ranksOf, regionsOf, valuesOf, type Region } from './region.ts';
import { trace } from './trace.ts';

/** A part of a question that is dropped, and by what. */
export interface Refusal {
  readonly region: Region;
  readonly decision: Decision;
}

/**
 * Whether any packet of a question passes.
 * `yes` has a packet and what let it through; `no` has parts that together are the whole question, each with what stopped it.
 */
export type Permits =
  | { readonly verdict: 'yes'; readonly witness: Packet; readonly decision: Decision }
  /** Beyond the step budget, sets of packets answer, and there is no certificate. */
  | { readonly verdict: 'no'; readonly certificate: readonly Refusal[] | undefined }
  | {
      readonly verdict: 'unknown';
      readonly witness: Packet;
      readonly decision: Decision;
      readonly why: readonly Problem[];
    };

/** So many splits a question may take, before sets of packets are built for it. */
const usualBudget = 20_000;

/**
 * Asks whether any packet of a question passes a hook, or all that a forwarded packet meets.
 * Packets that are not said to be of a state open a connection. Cover search answers within `budget` splits, else
 * decision diagrams do.
 * @see SPEC.md P3, U3, A1, A2, A3
 */
export function permits(
  program: Program,
  hook: Hook | 'path',
  question: Clause,
  budget = usualBudget,
): Permits {
  try {
    return searched(program, hook, question, budget);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
  }
  return bySets(program, hook, question);
}

function searched(program: Program, hook: Hook | 'path', question: Clause, budget: number): Permits {
  const certificate: Refusal[] = [];
  let doubtful: Permits | undefined;
  for (const region of regionsOf(askedOf(program.firewall, hook, question))) {
    let passed: Permits | undefined;
    const visit = (fate: Fate): 'stop' | undefined => {
      const part = valuesOf(program.axes, fate.part, region);
      const decision = decisionOf(program, fate);
      if (fate.verdict === 'accept') {
        passed = { verdict: 'yes', witness: packetIn(part), decision };
        return 'stop';
      }
      if (fate.verdict === 'unknown')
        doubtful ??= {
          verdict: 'unknown',
          witness: packetIn(part),
          decision,
          why: fate.doubts.flatMap(({ why }) => why),
        };
      else certificate.push({ region: part, decision });
      return undefined;
    };
    new Walk(program, hook, visit, budget).run(ranksOf(program.axes, region));
    if (passed !== undefined) return passed;
  }
  return doubtful ?? { verdict: 'no', certificate };
}

function bySets(program: Program, hook: Hook | 'path', question: Clause): Permits {
  const witness = new PermittedSet(program, hook, question).witness();
  if (witness === undefined) return { verdict: 'no', certificate: undefined };
  const { decision, why } = trace(program, hook, witness.packet);
  return witness.isCertain
    ? { verdict: 'yes', witness: witness.packet, decision }
    : { verdict: 'unknown', witness: witness.packet, decision, why };
}
