import { asMillis, type Millis } from '@holdfast/kernel';
import type { Formula } from '../compile/model.ts';
import { openIntervals, type Instant } from '../scenario/clock.ts';
import type { NodeId } from '../solver/system.ts';
import type { Trace } from '../solver/trace.ts';
import { readOf } from './formula-reads.ts';
import type { Step, Timeline, Verdict } from './timeline.ts';

/** One scenario under both readings of what is unknown. */
export interface Traces {
  readonly worst: Trace;
  readonly best: Trace;
  readonly start: Instant;
  readonly horizon: Millis;
}

/** Certainly, and possibly: two bits, so that `all` is `&` and `any` is `|`. */
type Truth = number;
const may = 1;
const sure = 2;
const never: Truth = 0;
const certainly: Truth = sure | may;

const before = asMillis(-1);

/**
 * A formula's verdict over time. Its nodes are read in the worst and the best reading and joined by interval logic:
 * what both ends agree on is certain; where they part the verdict is `unknown`, even if a single fact would settle it.
 */
export function evaluate(formula: Formula, traces: Traces): Timeline {
  return new Evaluation(traces).timeline(formula);
}

class Evaluation {
  readonly #traces: Traces;
  readonly #kept = new Map<Formula, Truth>();
  readonly #open = new Map<Formula, readonly { readonly from: Millis; readonly until: Millis }[]>();

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  timeline(formula: Formula): Timeline {
    const steps: Step[] = [];
    const initial = verdict(this.#at(formula, before));
    for (const at of this.#times(formula)) {
      const now = verdict(this.#at(formula, at));
      if (steps.at(-1)?.verdict !== now) steps.push({ at, verdict: now });
    }
    return { before: initial, steps };
  }

  /** When anything that the formula reads changes; always with 0. */
  #times(formula: Formula): readonly Millis[] {
    const { nodes, dues, hours } = readOf(formula);
    const { worst, best, horizon } = this.#traces;
    const times: Millis[] = [asMillis(0)];
    for (const node of nodes) {
      worst.addMoments(node, times);
      best.addMoments(node, times);
    }
    for (const at of dues) if (at > 0 && at < horizon) times.push(at);
    for (const each of hours) {
      for (const { from, until } of this.#intervals(each)) {
        for (const at of [from, until]) if (at >= 0 && at < horizon) times.push(at);
      }
    }
    return times.length === 1 ? times : [...new Set(times)].toSorted((a, b) => a - b);
  }

  #intervals(
    formula: Formula & { kind: 'hours' },
  ): readonly { readonly from: Millis; readonly until: Millis }[] {
    const found = this.#open.get(formula);
    if (found) return found;
    const intervals = openIntervals(formula.hours, formula.zone, this.#traces.start, this.#traces.horizon);
    this.#open.set(formula, intervals);
    return intervals;
  }

  #at(formula: Formula, time: Millis): Truth {
    switch (formula.kind) {
      case 'truth':
        return formula.value ? certainly : never;
      case 'node':
        return this.#node(formula.node, time);
      case 'not': {
        const of = this.#at(formula.of, time);
        return (of & may ? 0 : sure) | (of & sure ? 0 : may);
      }
      // Each part is asked at each time: what is kept from one to the next must not miss any.
      case 'all': {
        let truth = certainly;
        for (const each of formula.of) truth &= this.#at(each, time);
        return truth;
      }
      case 'any': {
        let truth = never;
        for (const each of formula.of) truth |= this.#at(each, time);
        return truth;
      }
      case 'hours':
        return this.#intervals(formula).some(({ from, until }) => from <= time && time < until)
          ? certainly
          : never;
      case 'since':
        return this.#since(formula, time);
      case 'keeps':
        return this.#keep(formula, time);
      default:
        return formula satisfies never;
    }
  }

  /** A generator whose mains are lost later may be down where the worst reading has it running: what one end says is only possible. */
  #node(node: NodeId, time: Millis): Truth {
    const [worst, best] = [this.#traces.worst.at(node, time), this.#traces.best.at(node, time)];
    return worst && best ? certainly : worst || best ? may : never;
  }

  /** Before the scenario all was steady: what is true then was so at any earlier moment. */
  #since(formula: Formula & { kind: 'since' }, time: Millis): Truth {
    const now = this.#at(formula.of, time);
    const { worst, best } = formula.from;
    const due = (time >= worst ? sure : 0) | (time >= best ? may : 0);
    const reached = (this.#kept.get(formula) ?? never) | (now & due);
    this.#kept.set(formula, reached);
    return reached;
  }

  /** Times are asked in order, so that what was kept last is the state now. */
  #keep(formula: Formula & { kind: 'keeps' }, time: Millis): Truth {
    const command = this.#at(formula.command, time);
    const able = this.#at(formula.able, time);
    const last = this.#kept.get(formula) ?? command;
    const now =
      able & sure ? command : able & may ? (command & last & sure) | ((command | last) & may) : last;
    this.#kept.set(formula, now);
    return now;
  }
}

const verdict = (truth: Truth): Verdict => (truth & sure ? 'holds' : truth & may ? 'unknown' : 'fails');
