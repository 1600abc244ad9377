import { InvariantError } from '@holdfast/kernel';
import type { Rule, Step } from '../model/firewall.ts';
import { connectionStates, dimensions, ipv6Offset } from '../model/packet.ts';
import { axisCount, type Box } from './axes.ts';
import {
  doubtsOf,
  narrowed,
  rewritten,
  startOf,
  type Doubt,
  type Flow,
  type Frame,
  type Verdict,
} from './flow.ts';
import { stride, type List, type Program } from './program.ts';
import { translated } from './translate.ts';

/** Packets with one fate. `rule` is undefined where the policy of `chain` decided. */
export interface Fate {
  readonly verdict: Verdict;
  readonly rule: Rule | undefined;
  readonly chain: string;
  readonly flow: Flow;
  /** The unmodelled conditions that make it `unknown`; empty for every other verdict. */
  readonly doubts: readonly Doubt[];
}

/** What a walk is asked to do with each fate; `stop` ends it. */
export type Visit = (fate: Fate) => 'stop' | undefined;

/** Thrown when a walk takes more steps than it was given; callers turn to the BDD then. */
export class BudgetSpent extends Error {
  constructor() {
    super('the step budget of the cover search is spent');
    this.name = 'BudgetSpent';
  }
}

const sourceAxis = dimensions.indexOf('src');
const stateAxis = dimensions.indexOf('state');
const isVerdict = (kind: string): kind is 'accept' | 'drop' | 'reject' =>
  kind === 'accept' || kind === 'drop' || kind === 'reject';

/**
 * Follows a box of packets through the steps of a hook, splitting it where rules part it, and tells each part's fate.
 * Depth first, so that a visitor that wants one witness stops early. The parts are disjoint and make up the box.
 * @see SPEC.md R1 to R7, U1, U2
 */
export class Walk {
  readonly #program: Program;
  readonly #steps: readonly Step[];
  readonly #visit: Visit;
  readonly #work: Flow[] = [];
  #budget: number;

  constructor(program: Program, steps: readonly Step[], visit: Visit, budget = Infinity) {
    this.#program = program;
    this.#steps = steps;
    this.#visit = visit;
    this.#budget = budget;
  }

  /** Walks a box. Returns whether a visitor stopped it. Throws BudgetSpent. */
  run(box: Box): boolean {
    let isStopped = this.#enter(startOf(box));
    for (let flow = this.#work.pop(); flow !== undefined && !isStopped; flow = this.#work.pop())
      isStopped = this.#read(flow);
    this.#work.length = 0;
    return isStopped;
  }

  /** Goes on behind a step; behind the last one the packets have passed. */
  #enter(flow: Flow): boolean {
    const step = flow.step + 1;
    const next = this.#steps[step];
    if (next === undefined) return this.#end(flow, 'accept', flow.rule, flow.chain);
    const list = this.#program.chains.get(next.chain);
    if (list === undefined) throw new InvariantError(`there is no chain ${next.chain}`);
    const inside: Flow = { ...flow, step, list, next: 0, up: undefined };
    if (next.family !== undefined) return this.#enterFamily(inside, next.family, next.kind);
    return next.kind === 'nat' ? this.#enterNat(inside) : this.#later(inside);
  }

  /** Packets of the other family pass a step as if it were not there. */
  #enterFamily(flow: Flow, family: 'ipv4' | 'ipv6', kind: Step['kind']): boolean {
    const split = this.#program.axes.rank(sourceAxis, ipv6Offset);
    const [low, high] = [flow.box[2 * sourceAxis] as number, flow.box[2 * sourceAxis + 1] as number];
    const v4 = low < split ? narrowed(flow, sourceAxis, low, Math.min(high, split - 1), 0) : undefined;
    const v6 = high >= split ? narrowed(flow, sourceAxis, Math.max(low, split), high, 0) : undefined;
    const [met, passing] = family === 'ipv4' ? [v4, v6] : [v6, v4];
    if (passing !== undefined && this.#enter(passing)) return true;
    if (met === undefined) return false;
    return kind === 'nat' ? this.#enterNat(met) : this.#later(met);
  }

  #later(flow: Flow): false {
    this.#work.push(flow);
    return false;
  }

  /** What does not open a connection is translated as its connection was, without another look at the rules. */
  #enterNat(flow: Flow): boolean {
    const fresh = this.#program.axes.rank(stateAxis, BigInt(connectionStates.indexOf('new')));
    const [low, high] = [flow.box[2 * stateAxis] as number, flow.box[2 * stateAxis + 1] as number];
    if (low <= fresh && fresh <= high) this.#later(narrowed(flow, stateAxis, fresh, fresh, 0));
    for (const [from, to] of [
      [low, Math.min(high, fresh - 1)],
      [Math.max(low, fresh + 1), high],
    ] as const) {
      if (from <= to && this.#enter(narrowed(flow, stateAxis, from, to, 0))) return true;
    }
    return false;
  }

  #read(flow: Flow): boolean {
    const list = this.#program.lists[flow.list] as List;
    const { boxes, effects } = list;
    for (let entry = flow.next; entry < effects.length; entry += 1) {
      if (isApart(flow.box, boxes, entry * stride)) continue;
      this.#budget -= 1;
      if (this.#budget < 0) throw new BudgetSpent();
      return this.#act(this.#carve(flow, boxes, entry), list, entry);
    }
    return flow.up === undefined ? this.#policy(flow) : this.#resume(flow, flow.up);
  }

  /** Puts aside what lies outside an entry's box, to go on behind it, and returns what lies inside. */
  #carve(flow: Flow, boxes: Int32Array, entry: number): Flow {
    let inside = flow;
    for (let axis = 0; axis < axisCount; axis += 1) {
      const low = boxes[entry * stride + 2 * axis] as number;
      const high = boxes[entry * stride + 2 * axis + 1] as number;
      const [from, to] = [inside.box[2 * axis] as number, inside.box[2 * axis + 1] as number];
      if (from < low) {
        this.#work.push(narrowed(inside, axis, from, low - 1, entry + 1));
        inside = narrowed(inside, axis, low, to, entry + 1);
      }
      if (to > high) {
        this.#work.push(narrowed(inside, axis, high + 1, to, entry + 1));
        inside = narrowed(inside, axis, Math.max(from, low), high, entry + 1);
      }
    }
    return inside.next === entry + 1 ? inside : { ...inside, next: entry + 1 };
  }

  #act(flow: Flow, list: List, entry: number): boolean {
    const rule = list.rules[entry] as Rule;
    const effect = list.effects[entry] as List['effects'][number];
    const [why] = rule.unmodelled;
    if (effect.kind === 'enter') return this.#later(this.#called(flow, effect.list, true));
    if (effect.kind === 'continue') return this.#later(flow);
    if (why !== undefined) {
      const verdict = isVerdict(effect.kind) ? effect.kind : undefined;
      return this.#later({ ...flow, doubt: { rule, why, verdict, step: flow.step, before: flow.doubt } });
    }
    switch (effect.kind) {
      case 'accept':
        return this.#passed({ ...flow, rule });
      case 'drop':
      case 'reject':
        return this.#end(flow, effect.kind, rule, list.chain.id);
      case 'jump':
        return this.#later(this.#called(flow, this.#chain(effect.chain), false));
      case 'goto':
        return this.#later({ ...flow, list: this.#chain(effect.chain), next: 0, up: outOfClauses(flow.up) });
      case 'return':
        return this.#returned(flow);
      case 'translate':
        return this.#translated(flow, rule, effect.to, list);
      case 'untrack':
        return this.#later(this.#untracked(flow));
      case 'unmodelled':
        return this.#end(
          {
            ...flow,
            doubt: { rule, why: effect.why, verdict: undefined, step: flow.step, before: flow.doubt },
          },
          'unknown',
          rule,
          list.chain.id,
        );
      default:
        return effect satisfies never;
    }
  }

  #chain(id: string): number {
    const list = this.#program.chains.get(id);
    if (list === undefined) throw new InvariantError(`there is no chain ${id}`);
    return list;
  }

  #called(flow: Flow, list: number, isClause: boolean): Flow {
    return { ...flow, list, next: 0, up: { list: flow.list, next: flow.next, isClause, up: flow.up } };
  }

  #resume(flow: Flow, frame: Frame): false {
    return this.#later({ ...flow, list: frame.list, next: frame.next, up: frame.up });
  }

  #returned(flow: Flow): boolean {
    const frame = outOfClauses(flow.up);
    return frame === undefined ? this.#policy(flow) : this.#resume(flow, frame);
  }

  /** A translation ends its step. One that sends packets to the firewall itself leaves the path that is asked about. */
  #translated(flow: Flow, rule: Rule, to: Parameters<typeof translated>[2], list: List): boolean {
    if (to.kind === 'destination' && to.toInterface === true && this.#steps.length > flow.step + 1)
      return this.#end(flow, 'drop', rule, list.chain.id);
    return this.#enter(translated(this.#program, flow, to));
  }

  #untracked(flow: Flow): Flow {
    const rank = this.#program.axes.rank(stateAxis, BigInt(connectionStates.indexOf('untracked')));
    return rewritten(flow, stateAxis, rank, rank);
  }

  #policy(flow: Flow): boolean {
    const step = this.#steps[flow.step] as Step;
    const policy = this.#program.firewall.chains.get(step.chain)?.policy ?? 'accept';
    if (policy !== 'accept') return this.#end(flow, policy, undefined, step.chain);
    return this.#passed(step.kind === 'nat' ? flow : { ...flow, chain: step.chain });
  }

  /** Packets that a step accepts: a doubt whether it had accepted them before is none. */
  #passed(flow: Flow): boolean {
    let doubt: Doubt | undefined;
    for (const each of [...doubtsOf(flow)].toReversed()) {
      if (each.step !== flow.step || each.verdict !== 'accept') doubt = { ...each, before: doubt };
    }
    return this.#enter(flow.doubt === undefined ? flow : { ...flow, doubt });
  }

  #end(flow: Flow, verdict: Verdict, rule: Rule | undefined, chain: string): boolean {
    const passes = verdict === 'accept';
    const doubts =
      flow.doubt === undefined
        ? []
        : [...doubtsOf(flow)].filter(
            (each) =>
              verdict === 'unknown' || each.verdict === undefined || (each.verdict === 'accept') !== passes,
          );
    const fate = { verdict: doubts.length > 0 ? 'unknown' : verdict, rule, chain, flow, doubts } as const;
    return this.#visit(fate) === 'stop';
  }
}

/** The frame of the chain itself, out of the rests of clauses. */
function outOfClauses(frame: Frame | undefined): Frame | undefined {
  let up = frame;
  while (up?.isClause === true) up = up.up;
  return up;
}

/** Whether two boxes have no packet in common. Destination and source come first, for they part most. */
function isApart(box: Box, boxes: Int32Array, at: number): boolean {
  for (let place = 0; place < stride; place += 2) {
    if (
      (box[place] as number) > (boxes[at + place + 1] as number) ||
      (box[place + 1] as number) < (boxes[at + place] as number)
    )
      return true;
  }
  return false;
}
