import type { Problem } from '@holdfast/kernel';
import type { Rule } from '../model/firewall.ts';
import { axisCount, type Box } from './axes.ts';

export type Verdict = 'accept' | 'drop' | 'reject' | 'unknown';

/** Where a list goes on when it ends. */
export interface Frame {
  readonly list: number;
  readonly next: number;
  /** Where it goes on once a rule was met, if the list is the rest of a clause; undefined for a chain that was called. */
  readonly after: number | undefined;
  readonly up: Frame | undefined;
}

/** What may have been decided otherwise, were an unmodelled condition to hold. */
export interface Doubt {
  readonly rule: Rule;
  readonly why: readonly Problem[];
  /** What the rule would have said; undefined where it would have sent the packets elsewhere. */
  readonly verdict: Verdict | undefined;
  readonly step: number;
  readonly before: Doubt | undefined;
}

/** Packets that have met the same rules so far. */
export interface Flow {
  /** As they are now, in ranks. */
  readonly box: Box;
  /** As they were before any translation, where there was one. */
  readonly original: Box | undefined;
  /** How far a translation of networks moved the values of an axis; undefined where none did. */
  readonly moved: ReadonlyMap<number, bigint> | undefined;
  /** Which axes still have the values of `original`, as bits. */
  readonly linked: number;
  readonly step: number;
  readonly list: number;
  readonly next: number;
  readonly up: Frame | undefined;
  readonly doubt: Doubt | undefined;
  /** The last rule that accepted. */
  readonly rule: Rule | undefined;
  /** The last chain whose policy accepted. */
  readonly chain: string;
  /** How many times its fate was told apart by a doubt. */
  readonly forks: number;
}

const allLinked = 2 ** axisCount - 1;

/** A box of packets before the first step. */
export const startOf = (box: Box): Flow => ({
  box,
  original: undefined,
  moved: undefined,
  linked: allLinked,
  step: -1,
  list: 0,
  next: 0,
  up: undefined,
  doubt: undefined,
  rule: undefined,
  chain: '',
  forks: 0,
});

/** The packets of a flow with ranks between two on one axis, to go on at an entry. */
export function narrowed(flow: Flow, axis: number, low: number, high: number, next: number): Flow {
  const box = flow.box.slice();
  box[2 * axis] = low;
  box[2 * axis + 1] = high;
  let { original } = flow;
  if (original !== undefined && (flow.linked & (1 << axis)) !== 0) {
    original = original.slice();
    original[2 * axis] = low;
    original[2 * axis + 1] = high;
  }
  return {
    box,
    original,
    moved: flow.moved,
    linked: flow.linked,
    step: flow.step,
    list: flow.list,
    next,
    up: flow.up,
    doubt: flow.doubt,
    rule: flow.rule,
    chain: flow.chain,
    forks: flow.forks,
  };
}

/** A flow whose packets get new values on one axis. */
export function rewritten(flow: Flow, axis: number, low: number, high: number): Flow {
  const box = flow.box.slice();
  box[2 * axis] = low;
  box[2 * axis + 1] = high;
  const moved =
    flow.moved === undefined ? undefined : new Map([...flow.moved].filter(([each]) => each !== axis));
  return { ...flow, box, moved, original: flow.original ?? flow.box, linked: flow.linked & ~(1 << axis) };
}

/** A flow whose packets are moved into one rank of an axis, each by the same distance. */
export function shifted(flow: Flow, axis: number, rank: number, by: bigint): Flow {
  const isKnown = (flow.linked & (1 << axis)) !== 0 || flow.moved?.has(axis) === true;
  const distance = (flow.moved?.get(axis) ?? 0n) + by;
  const there = rewritten(flow, axis, rank, rank);
  return isKnown ? { ...there, moved: new Map([...(there.moved ?? []), [axis, distance]]) } : there;
}

/** The packets as they came in. */
export const before = (flow: Flow): Box => flow.original ?? flow.box;

/** The doubts of a flow, the latest first. */
export function doubtsOf(flow: Flow): readonly Doubt[] {
  const all: Doubt[] = [];
  for (let doubt = flow.doubt; doubt !== undefined; doubt = doubt.before) all.push(doubt);
  return all;
}

/** A flow with one more doubt. */
export const doubting = (flow: Flow, rule: Rule, why: readonly Problem[], verdict?: Verdict): Flow => ({
  ...flow,
  doubt: { rule, why, verdict, step: flow.step, before: flow.doubt },
});

/** The doubts whether this step accepted the packets already. */
export const acceptDoubts = (flow: Flow): readonly Doubt[] =>
  doubtsOf(flow).filter(({ step, verdict }) => step === flow.step && verdict === 'accept');

/** A flow without the doubts whether this step accepted the packets already. */
export function withoutAcceptDoubts(flow: Flow): Flow {
  if (acceptDoubts(flow).length === 0) return flow;
  let doubt: Doubt | undefined;
  for (const each of doubtsOf(flow).toReversed()) {
    if (each.step !== flow.step || each.verdict !== 'accept') doubt = { ...each, before: doubt };
  }
  return { ...flow, doubt };
}

/** A flow out of the rests of clauses: behind the rule that was met, in its chain. */
export function outOfClauses(flow: Flow): Flow {
  let { list, next, up } = flow;
  if (up?.after === undefined) return flow;
  while (up?.after !== undefined) {
    list = up.list;
    next = up.after;
    up = up.up;
  }
  return { ...flow, list, next, up };
}
