import type { Position } from '@holdfast/kernel';

/** What an expression of a rule says, the same for every form it can be written in. */
export type Expression =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'prefix'; readonly address: string; readonly length: number }
  | { readonly kind: 'range'; readonly low: string; readonly high: string }
  /** Flags together: `syn,ack` or `syn | ack`. */
  | { readonly kind: 'list'; readonly parts: readonly Expression[]; readonly isOr: boolean }
  | { readonly kind: 'set'; readonly elements: readonly SetElement[] }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'concat'; readonly parts: readonly Expression[] }
  /** What is looked at in a packet: `ip saddr`, `meta iifname`. */
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'masked'; readonly field: Expression; readonly mask: Expression }
  | { readonly kind: 'map'; readonly key: Expression; readonly data: Expression }
  | { readonly kind: 'other'; readonly what: string };

export type RuleVerdict =
  | { readonly kind: 'accept' | 'drop' | 'reject' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** An element of a set; of a map when it has a value. */
export interface SetElement {
  readonly key: Expression;
  readonly value?: Expression | RuleVerdict;
  /** Whether it comes and goes, or counts, so that the set may match otherwise than it says. */
  readonly isVarying?: boolean;
}

export const operators = ['in', '==', '!=', '!', '<', '>', '<=', '>='] as const;
export type Operator = (typeof operators)[number];

export interface Match {
  readonly kind: 'match';
  readonly key: Expression;
  /** `in` is what stands where nothing is written: equal, one of, or any of the flags. */
  readonly operator: Operator;
  readonly value: Expression;
}

export interface NatStatement {
  readonly kind: 'nat';
  readonly nat: 'snat' | 'dnat' | 'masquerade' | 'redirect';
  readonly address?: Expression;
  readonly port?: Expression;
  readonly flags: readonly string[];
}

/** A part of a rule, with its place. */
export type Statement = { readonly at: Position } & (
  | Match
  /** Matches when any of the matches does. */
  | { readonly kind: 'either'; readonly matches: readonly Match[] }
  /** A condition that is not modelled. */
  | { readonly kind: 'condition'; readonly what: string }
  | { readonly kind: 'verdict'; readonly verdict: RuleVerdict }
  | { readonly kind: 'verdicts'; readonly key: Expression; readonly data: Expression }
  | NatStatement
  | { readonly kind: 'untrack' }
  /** Counts, logs, explains. */
  | { readonly kind: 'none' }
  /** Does something that no verdict hangs on, but that a reader should know. */
  | { readonly kind: 'note'; readonly what: string }
  /** Puts elements into a set, or takes them out. */
  | { readonly kind: 'change'; readonly set: string }
  /** Anything else; what it does to a packet is not known. */
  | { readonly kind: 'other'; readonly what: string }
);

export interface RuleText {
  readonly at: Position;
  readonly text: string;
  readonly handle?: number;
  readonly statements: readonly Statement[];
}

interface BaseChain {
  readonly type: string;
  readonly hook: string;
  readonly priority: number;
}

export interface ChainText {
  readonly name: string;
  readonly at: Position;
  readonly text: string;
  base?: BaseChain;
  policy?: 'accept' | 'drop';
  rules: RuleText[];
}

export interface SetText {
  readonly name: string;
  elements: SetElement[];
  isVarying: boolean;
}

export interface TableText {
  readonly family: string;
  readonly name: string;
  readonly at: Position;
  isDormant: boolean;
  readonly chains: Map<string, ChainText>;
  readonly sets: Map<string, SetText>;
}

/** Tables by family and name, in the order of the file. */
export type Ruleset = Map<string, TableText>;

export const tableKey = (family: string, name: string): string => `${family} ${name}`;

/** The table of a rule set, made where there is none yet. */
export function tableOf(ruleset: Ruleset, family: string, name: string, at: Position): TableText {
  const key = tableKey(family, name);
  const table = ruleset.get(key) ?? {
    family,
    name,
    at,
    isDormant: false,
    chains: new Map(),
    sets: new Map(),
  };
  ruleset.set(key, table);
  return table;
}

/** The chain of a table, made where there is none yet. */
export function chainOf(table: TableText, name: string, at: Position, text: string): ChainText {
  const chain = table.chains.get(name) ?? { name, at, text, rules: [] };
  table.chains.set(name, chain);
  return chain;
}

/** The set or map of a table, made where there is none yet. */
export function setOf(table: TableText, name: string): SetText {
  const set = table.sets.get(name) ?? { name, elements: [], isVarying: false };
  table.sets.set(name, set);
  return set;
}

/** The priorities that have names. */
export const priorities: ReadonlyMap<string, number> = new Map([
  ['raw', -300],
  ['mangle', -150],
  ['dstnat', -100],
  ['filter', 0],
  ['security', 50],
  ['srcnat', 100],
]);
