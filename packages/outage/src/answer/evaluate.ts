import { asMillis, type Millis } from '@holdfast/kernel';
import { nodesOf } from '../compile/formula.ts';
import type { Formula } from '../compile/model.ts';
import { openIntervals, type Instant } from '../scenario/clock.ts';
import type { NodeId } from '../solver/system.ts';
import type { Trace } from '../solver/trace.ts';
import type { Step, Timeline, Verdict } from './timeline.ts';

/** One scenario under both readings of what is unknown. */
export interface Traces {
  readonly worst: Trace;
  readonly best: Trace;
  readonly start: Instant;
  readonly horizon: Millis;
}

/** Certainly, and possibly. */
interface Truth {
  readonly sure: boolean;
  readonly may: boolean;
}

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
    const times = new Set<Millis>([asMillis(0)]);
    for (const { node } of nodesOf(formula)) {
      for (const { at } of this.#traces.worst.flips(node)) times.add(at);
      for (const { at } of this.#traces.best.flips(node)) times.add(at);
    }
    for (const at of duesOf(formula)) if (at > 0 && at < this.#traces.horizon) times.add(at);
    for (const hours of hoursOf(formula)) {
      for (const { from, until } of this.#intervals(hours)) {
        for (const at of [from, until]) if (at >= 0 && at < this.#traces.horizon) times.add(at);
      }
    }
    return [...times].toSorted((a, b) => a - b);
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
        return { sure: formula.value, may: formula.value };
      case 'node':
        return this.#node(formula.node, time);
      case 'not': {
        const { sure, may } = this.#at(formula.of, time);
        return { sure: !may, may: !sure };
      }
      case 'all': {
        const parts = formula.of.map((each) => this.#at(each, time));
        return { sure: parts.every(({ sure }) => sure), may: parts.every(({ may }) => may) };
      }
      case 'any': {
        const parts = formula.of.map((each) => this.#at(each, time));
        return { sure: parts.some(({ sure }) => sure), may: parts.some(({ may }) => may) };
      }
      case 'hours': {
        const open = this.#intervals(formula).some(({ from, until }) => from <= time && time < until);
        return { sure: open, may: open };
      }
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
    return { sure: worst && best, may: worst || best };
  }

  /** Before the scenario all was steady: what is true then was so at any earlier moment. */
  #since(formula: Formula & { kind: 'since' }, time: Millis): Truth {
    const now = this.#at(formula.of, time);
    const last = this.#kept.get(formula) ?? { sure: false, may: false };
    const { worst, best } = formula.from;
    const reached = {
      sure: last.sure || (now.sure && time >= worst),
      may: last.may || (now.may && time >= best),
    };
    this.#kept.set(formula, reached);
    return reached;
  }

  /** Times are asked in order, so that what was kept last is the state now. */
  #keep(formula: Formula & { kind: 'keeps' }, time: Millis): Truth {
    const command = this.#at(formula.command, time);
    const able = this.#at(formula.able, time);
    const last = this.#kept.get(formula) ?? command;
    const now = able.sure
      ? command
      : able.may
        ? { sure: command.sure && last.sure, may: command.may || last.may }
        : last;
    this.#kept.set(formula, now);
    return now;
  }
}

const verdict = ({ sure, may }: Truth): Verdict => (sure ? 'holds' : may ? 'unknown' : 'fails');

function* duesOf(formula: Formula): Generator<Millis> {
  switch (formula.kind) {
    case 'since':
      yield asMillis(formula.from.worst);
      yield asMillis(formula.from.best);
      yield* duesOf(formula.of);
      break;
    case 'not':
      yield* duesOf(formula.of);
      break;
    case 'all':
    case 'any':
      for (const each of formula.of) yield* duesOf(each);
      break;
    case 'keeps':
      yield* duesOf(formula.command);
      yield* duesOf(formula.able);
      break;
    case 'hours':
    case 'node':
    case 'truth':
      break;
    default:
      formula satisfies never;
  }
}

function* hoursOf(formula: Formula): Generator<Formula & { kind: 'hours' }> {
  switch (formula.kind) {
    case 'hours':
      yield formula;
      break;
    case 'not':
    case 'since':
      yield* hoursOf(formula.of);
      break;
    case 'all':
    case 'any':
      for (const each of formula.of) yield* hoursOf(each);
      break;
    case 'keeps':
      yield* hoursOf(formula.command);
      yield* hoursOf(formula.able);
      break;
    case 'node':
    case 'truth':
      break;
    default:
      formula satisfies never;
  }
}
