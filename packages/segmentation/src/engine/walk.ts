import { InvariantError, problem } from '@holdfast/kernel';
import type { Hook, Rule, Step, Translation } from '../model/firewall.ts';
import { connectionStates, dimensions, ipv6Offset } from '../model/packet.ts';
import { Agenda, BudgetSpent, type Visit } from './agenda.ts';
import { axisCount, type Box } from './axes.ts';
import { isApart } from './entry.ts';
import {
  acceptDoubts,
  before,
  doubting,
  doubtsOf,
  narrowed,
  outOfClauses,
  rewritten,
  startOf,
  withoutAcceptDoubts,
  type Flow,
  type Frame,
  type Verdict,
} from './flow.ts';
import { stepsOf, type List, type Program } from './program.ts';
import { Slices } from './slice.ts';
import { interfaceAxis, netmapped, parted, translated } from './translate.ts';

export { BudgetSpent };

const sourceAxis = dimensions.indexOf('src');
const stateAxis = dimensions.indexOf('state');
const fresh = BigInt(connectionStates.indexOf('new'));
const untracked = BigInt(connectionStates.indexOf('untracked'));

/** So many doubts are followed both ways on one packet; at the next one its fate is `unknown`. */
const mostForks = 8;

/**
 * Follows a box of packets through the steps of a hook, splitting it where rules part it, and tells each part's fate.
 * Depth first, so that a visitor that wants one witness stops early. The parts are disjoint and make up the box.
 * @see SPEC.md R1 to R8, U1, U2
 */
export class Walk {
  readonly #program: Program;
  readonly #steps: readonly Step[];
  readonly #isPath: boolean;
  readonly #agenda: Agenda;
  #slices: Slices;

  constructor(program: Program, hook: Hook | 'path', visit: Visit, budget = Infinity) {
    this.#program = program;
    this.#steps = stepsOf(program.firewall, hook);
    this.#isPath = hook === 'path';
    this.#agenda = new Agenda((flow) => this.#read(flow), visit, budget);
    this.#slices = new Slices(program, program.axes.whole());
  }

  /** Walks a box. Returns whether a visitor stopped it. Throws BudgetSpent. */
  run(box: Box): boolean {
    this.#slices = new Slices(this.#program, box);
    return this.#agenda.drain(() => this.#enter(startOf(box)));
  }

  /** Goes on behind a step; behind the last one the packets have passed. */
  #enter(flow: Flow): boolean {
    const step = flow.step + 1;
    const next = this.#steps[step];
    if (next === undefined) return this.#end({ ...flow, step }, 'accept', flow.rule, flow.chain);
    const inside: Flow = { ...flow, step, list: this.#chain(next.chain), next: 0, up: undefined };
    if (next.family !== undefined) return this.#enterFamily(inside, next.family, next.kind);
    return next.kind === 'nat' ? this.#enterNat(inside) : this.#agenda.later(inside);
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
    return kind === 'nat' ? this.#enterNat(met) : this.#agenda.later(met);
  }

  /** What does not open a connection is translated as its connection was, without another look at the rules. */
  #enterNat(flow: Flow): boolean {
    const rank = this.#program.axes.rank(stateAxis, fresh);
    const [low, high] = [flow.box[2 * stateAxis] as number, flow.box[2 * stateAxis + 1] as number];
    if (low <= rank && rank <= high) this.#agenda.later(narrowed(flow, stateAxis, rank, rank, 0));
    for (const [from, to] of [
      [low, Math.min(high, rank - 1)],
      [Math.max(low, rank + 1), high],
    ] as const) {
      if (from <= to && this.#enter(narrowed(flow, stateAxis, from, to, 0))) return true;
    }
    return false;
  }

  #read(flow: Flow): boolean {
    const list = this.#program.lists[flow.list] as List;
    const entries = this.#slices.of(flow.list);
    for (let place = flow.next; place < entries.length; place += 1) {
      const entry = entries[place] as number;
      if (isApart(flow.box, list, entry)) continue;
      this.#agenda.spend(1);
      return this.#meet(this.#carve(flow, list, entry, place + 1), list, entry, entries);
    }
    return this.#back(flow);
  }

  /** Puts aside what lies outside an entry's box, to go on behind it, and returns what lies inside. */
  #carve(flow: Flow, { axes, lows, highs }: List, entry: number, next: number): Flow {
    let inside = flow;
    for (const axis of axes) {
      const low = lows[axis]?.[entry] as number;
      const high = highs[axis]?.[entry] as number;
      const [from, to] = [inside.box[2 * axis] as number, inside.box[2 * axis + 1] as number];
      if (from < low) {
        this.#agenda.later(narrowed(inside, axis, from, low - 1, next));
        inside = narrowed(inside, axis, low, to, next);
      }
      if (to > high) {
        this.#agenda.later(narrowed(inside, axis, high + 1, to, next));
        inside = narrowed(inside, axis, Math.max(from, low), high, next);
      }
    }
    return inside.next === next ? inside : { ...inside, next };
  }

  #meet(flow: Flow, list: List, entry: number, entries: Int32Array): boolean {
    const rule = list.rules[entry] as Rule;
    let after = flow.next;
    while (after < entries.length && list.rules[entries[after] as number] === rule) after += 1;
    const effect = list.effects[entry] as List['effects'][number];
    if (effect.kind === 'enter') {
      const up = { list: flow.list, next: flow.next, after, up: flow.up };
      return this.#agenda.later({ ...flow, list: effect.list, next: 0, up });
    }
    const met = outOfClauses({ ...flow, next: after });
    return rule.unmodelled.length > 0 ? this.#perhaps(met, rule, list) : this.#act(met, rule, list);
  }

  /** A rule that may or may not match. */
  #perhaps(flow: Flow, rule: Rule, list: List): boolean {
    const { kind } = rule.action;
    if (kind === 'continue') return this.#agenda.later(flow);
    if (kind === 'accept' || kind === 'drop' || kind === 'reject')
      return this.#agenda.later(doubting(flow, rule, rule.unmodelled, kind));
    const isSpent = kind === 'unmodelled' || flow.forks >= mostForks;
    if (isSpent) return this.#unknown(doubting(flow, rule, rule.unmodelled), rule, list);
    const forked = { ...flow, forks: flow.forks + 1 };
    return this.#agenda.fork(
      flow,
      [{ rule, why: rule.unmodelled }],
      [() => this.#agenda.later(forked), () => this.#act(forked, rule, list)],
    );
  }

  #act(flow: Flow, rule: Rule, list: List): boolean {
    const { action } = rule;
    switch (action.kind) {
      case 'accept':
        return this.#passed({ ...flow, rule });
      case 'continue':
        return this.#agenda.later(flow);
      case 'drop':
      case 'reject':
        return this.#stopped(flow, action.kind, rule, list.chain.id);
      case 'jump': {
        const up = { list: flow.list, next: flow.next, after: undefined, up: flow.up };
        return this.#agenda.later({ ...flow, list: this.#chain(action.chain), next: 0, up });
      }
      case 'goto':
        return this.#agenda.later({ ...flow, list: this.#chain(action.chain), next: 0 });
      case 'return':
        return this.#back(flow);
      case 'translate':
        return this.#translated(flow, rule, action.to, list);
      case 'untrack':
        return this.#otherwise(flow, (rest) => this.#agenda.later(this.#untracked(rest)));
      case 'unmodelled':
        return this.#unknown(doubting(flow, rule, [action.why]), rule, list);
      default:
        return action satisfies never;
    }
  }

  #chain(id: string): number {
    const list = this.#program.chains.get(id);
    if (list === undefined) throw new InvariantError(`there is no chain ${id}`);
    return list;
  }

  /** Goes on where the list was called from; at the end of a base chain its policy decides. */
  #back(flow: Flow): boolean {
    const frame: Frame | undefined = flow.up;
    if (frame === undefined) return this.#policy(flow);
    return this.#agenda.later({ ...flow, list: frame.list, next: frame.next, up: frame.up });
  }

  /** A translation ends its step. One that sends packets to the firewall itself takes them off the path. */
  #translated(flow: Flow, rule: Rule, to: Translation, list: List): boolean {
    if (this.#isPath && to.kind === 'destination' && to.toInterface === true)
      return this.#stopped(flow, 'drop', rule, list.chain.id);
    const axis = interfaceAxis(to);
    const [low, high] = [flow.box[2 * axis] as number, flow.box[2 * axis + 1] as number];
    if (to.toInterface !== true || low === high) return this.#moved(flow, rule, to, list);
    for (let rank = low; rank <= high; rank += 1) {
      if (this.#moved(narrowed(flow, axis, rank, rank, flow.next), rule, to, list)) return true;
    }
    return false;
  }

  #moved(flow: Flow, rule: Rule, to: Translation, list: List): boolean {
    return this.#otherwise(flow, (rest) => {
      const parts = netmapped(this.#program, rest, to);
      if (parts !== undefined)
        return parts.some(({ from, there }) => this.#arrive(from, there, rule, to, list));
      return this.#arrive(rest, translated(this.#program, rest, to), rule, to, list);
    });
  }

  /** Goes on with translated packets: those that are for the firewall itself now leave the path. */
  #arrive(rest: Flow, moved: Flow, rule: Rule, to: Translation, list: List): boolean {
    const { own, others } = this.#isPath ? parted(this.#program, moved, to) : { own: [], others: [moved] };
    const isLast = this.#steps[rest.step + 1] === undefined;
    if (own.length === 0 && (isLast || !isOpen(moved))) return this.#enter(moved);
    if (others.length === 0) return this.#end(rest, 'drop', rule, list.chain.id);
    const why = problem('import-partial', `what ${rule.source.id} translates to is one of several`, {
      at: rule.source.at,
    });
    const readings = [
      ...others.map((each) => () => this.#enter(each)),
      ...(own.length === 0 ? [] : [() => this.#end(rest, 'drop', rule, list.chain.id)]),
    ];
    return this.#agenda.fork(rest, [{ rule, why: [why] }], readings);
  }

  #untracked(flow: Flow): Flow {
    const rank = this.#program.axes.rank(stateAxis, untracked);
    return rewritten(flow, stateAxis, rank, rank);
  }

  #policy(flow: Flow): boolean {
    const step = this.#steps[flow.step] as Step;
    const policy = this.#program.firewall.chains.get(step.chain)?.policy ?? 'accept';
    if (policy !== 'accept') return this.#stopped(flow, policy, undefined, step.chain);
    return this.#passed(step.kind === 'nat' ? flow : { ...flow, chain: step.chain });
  }

  /** Packets that a step accepts: a doubt whether it had accepted them before is none. */
  #passed(flow: Flow): boolean {
    return this.#enter(withoutAcceptDoubts(flow));
  }

  #stopped(flow: Flow, verdict: Verdict, rule: Rule | undefined, chain: string): boolean {
    if (this.#steps[flow.step + 1] === undefined) return this.#end(flow, verdict, rule, chain);
    return this.#otherwise(flow, (rest) => this.#end(rest, verdict, rule, chain));
  }

  /** Where the step may have accepted the packets already, follows them both ways. */
  #otherwise(flow: Flow, go: (rest: Flow) => boolean): boolean {
    const doubts = acceptDoubts(flow);
    if (doubts.length === 0) return go(flow);
    const rest = withoutAcceptDoubts(flow);
    return this.#agenda.fork(rest, doubts, [() => go(rest), () => this.#enter(rest)]);
  }

  #unknown(flow: Flow, rule: Rule, list: List): boolean {
    return this.#end(flow, 'unknown', rule, list.chain.id);
  }

  #end(flow: Flow, verdict: Verdict, rule: Rule | undefined, chain: string): boolean {
    const passes = verdict === 'accept';
    const doubts = doubtsOf(flow).filter(
      (each) => verdict === 'unknown' || each.verdict === undefined || (each.verdict === 'accept') !== passes,
    );
    const told = doubts.length > 0 ? 'unknown' : verdict;
    return this.#agenda.tell({ verdict: told, rule, chain, part: before(flow), flow, doubts });
  }
}

/** Whether a translation left more than one new value. */
function isOpen(flow: Flow): boolean {
  for (let axis = 0; axis < axisCount; axis += 1) {
    const isMoved = (flow.linked & (1 << axis)) === 0;
    if (isMoved && flow.box[2 * axis] !== flow.box[2 * axis + 1]) return true;
  }
  return false;
}
