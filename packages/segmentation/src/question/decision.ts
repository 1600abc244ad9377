import type { Fate } from '../engine/fate.ts';
import type { Program } from '../engine/program.ts';
import type { RuleSource } from '../model/firewall.ts';

/** The rule that decided, or the chain whose policy did. */
export type Decision =
  | { readonly kind: 'rule'; readonly source: RuleSource }
  | { readonly kind: 'policy'; readonly source: RuleSource };

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
