import type { Problem } from '@holdfast/kernel';
import type { Clause, Hook, RuleSource } from '../model/firewall.ts';
import type { Packet } from '../model/packet.ts';
import type { Fate } from '../engine/fate.ts';
import type { Program } from '../engine/program.ts';
import { Walk } from '../engine/walk.ts';
import { packetIn, ranksOf, regionsOf, valuesOf, type Region } from './region.ts';

/** The rule that decided, or the chain whose policy did. */
export type Decision =
  | { readonly kind: 'rule'; readonly source: RuleSource }
  | { readonly kind: 'policy'; readonly source: RuleSource };

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
  | { readonly verdict: 'no'; readonly certificate: readonly Refusal[] }
  | {
      readonly verdict: 'unknown';
      readonly witness: Packet;
      readonly decision: Decision;
      readonly why: readonly Problem[];
    };

/** What a fate was decided by. */
export function decisionOf({ firewall }: Program, { rule, chain }: Pick<Fate, 'rule' | 'chain'>): Decision {
  if (rule !== undefined) return { kind: 'rule', source: rule.source };
  const source = firewall.chains.get(chain)?.source ?? {
    id: chain,
    at: { file: firewall.file, line: 1, column: 1 },
    text: '',
  };
  return { kind: 'policy', source: { ...source, id: chain === '' ? 'no-rules' : `${chain}/policy` } };
}

/**
 * Asks whether any packet of a question passes a hook, or all that a forwarded packet meets.
 * Packets that are not said to be of a state open a connection. Throws BudgetSpent beyond `budget` steps.
 * @see SPEC.md P3, U3, A1, A2
 */
export function permits(program: Program, hook: Hook | 'path', question: Clause, budget = Infinity): Permits {
  const asked: Clause = { state: [{ low: 0n, high: 0n }], ...question };
  const certificate: Refusal[] = [];
  let doubtful: Permits | undefined;
  for (const region of regionsOf(asked)) {
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
