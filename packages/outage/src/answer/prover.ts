import { asMillis, forever, type Millis } from '@holdfast/kernel';
import type { Component, Formula, Label, Model } from '../compile/model.ts';
import { op, type NodeId } from '../solver/system.ts';
import type { Trace } from '../solver/trace.ts';
import { openIntervals } from '../scenario/clock.ts';
import type { Traces } from './evaluate.ts';
import { readOf } from './formula-reads.ts';
import {
  above,
  cheapest,
  impossible,
  leaf,
  nothing,
  ProofMemo,
  throughout,
  together,
  type OpenCircle,
  type Proof,
  type Said,
} from './proof.ts';
import type { Reason } from './reason.ts';

/** Proves what one scenario does, and remembers it. */
export class Prover {
  readonly #model: Model;
  readonly #traces: Traces;
  readonly #proved = { worst: new ProofMemo(), best: new ProofMemo() };
  readonly #learned = { worst: new Map<Formula, Millis>(), best: new Map<Formula, Millis>() };
  readonly #circles = new Map<number, OpenCircle>();

  constructor(model: Model, traces: Traces) {
    this.#model = model;
    this.#traces = traces;
  }

  /** A proof that a formula is true or false at a time under a reading; negations are read the other way. */
  formula(formula: Formula, at: Millis, value: boolean, reading: 'worst' | 'best'): Proof {
    switch (formula.kind) {
      case 'truth':
        return nothing;
      case 'node':
        return this.#node(reading, formula.node, at, value);
      case 'not':
        return this.formula(formula.of, at, !value, reading === 'worst' ? 'best' : 'worst');
      case 'all':
      case 'any': {
        const parts = formula.of.filter((each) => this.#is(each, at, reading) === value);
        const proofs = parts.map((each) => this.formula(each, at, value, reading));
        return (formula.kind === 'all') === value ? together(proofs) : cheapest(proofs);
      }
      case 'hours':
        return leaf({ value, since: at, leaf: 'hours' });
      case 'since':
        return this.#since(formula, at, value, reading);
      case 'keeps':
        return together([
          this.formula(formula.able, at, this.#is(formula.able, at, reading), reading),
          leaf({ value, since: at, leaf: 'hours' }),
        ]);
      default:
        return formula satisfies never;
    }
  }

  /** Learned, because the way was open then; or not, because it has been shut ever since. */
  #since(formula: Formula & { kind: 'since' }, at: Millis, value: boolean, reading: 'worst' | 'best'): Proof {
    const label: Label = {
      kind: 'knows',
      subject: formula.learner,
      object: formula.from.worst < 0 ? 'revoked before' : 'changed during',
    };
    const moment = value ? (this.#learnedAt(formula, at, reading) ?? at) : at;
    const isOpen = this.#is(formula.of, at, reading);
    const pending: Said = {
      value,
      since: moment,
      leaf: 'pending',
      ...(formula.fact ? { fact: formula.fact } : {}),
    };
    const inner =
      !value && isOpen
        ? leaf(pending)
        : value
          ? this.formula(formula.of, moment, true, reading)
          : this.#neverOpen(formula, at, reading);
    return above({ value, since: moment, label }, inner);
  }

  #neverOpen(formula: Formula & { kind: 'since' }, at: Millis, reading: 'worst' | 'best'): Proof {
    const due = asMillis(Math.max(formula.from[reading], -1));
    const moments = due < at ? [due, ...this.#traces[reading].momentsIn(due, at)] : [at];
    return throughout(moments, (each) => this.formula(formula.of, each, false, reading));
  }

  /** The first moment, of those that matter, at which the way to learn was open and the change due; `undefined` where that is later. */
  #learnedAt(
    formula: Formula & { kind: 'since' },
    at: Millis,
    reading: 'worst' | 'best',
  ): Millis | undefined {
    const memo = this.#learned[reading];
    const first = memo.get(formula) ?? this.#firstLearned(formula, reading);
    memo.set(formula, first);
    return first <= at ? first : undefined;
  }

  #firstLearned(formula: Formula & { kind: 'since' }, reading: 'worst' | 'best'): Millis {
    const due = asMillis(formula.from[reading]);
    const moments: Millis[] = [due < 0 ? asMillis(-1) : due, asMillis(Math.max(0, due))];
    for (const node of readOf(formula.of).nodes) this.#traces[reading].addMoments(node, moments);
    const first = [...new Set(moments)]
      .toSorted((a, b) => a - b)
      .find((each) => each >= due && this.#is(formula.of, each, reading));
    return first ?? forever;
  }

  /** The value of a formula under one reading; a kept state is taken as what it commands. */
  #is(formula: Formula, at: Millis, reading: 'worst' | 'best'): boolean {
    switch (formula.kind) {
      case 'truth':
        return formula.value;
      case 'node':
        return this.#traces[reading].at(formula.node, at);
      case 'not':
        return !this.#is(formula.of, at, reading === 'worst' ? 'best' : 'worst');
      case 'all':
        return formula.of.every((each) => this.#is(each, at, reading));
      case 'any':
        return formula.of.some((each) => this.#is(each, at, reading));
      case 'hours':
        return openIntervals(formula.hours, formula.zone, this.#traces.start, this.#traces.horizon).some(
          ({ from, until }) => from <= at && at < until,
        );
      case 'since':
        return this.#learnedAt(formula, at, reading) !== undefined;
      case 'keeps':
        return this.#is(formula.command, at, reading);
      default:
        return formula satisfies never;
    }
  }

  #node(reading: 'worst' | 'best', node: NodeId, at: Millis, value: boolean): Proof {
    const trace = this.#traces[reading];
    const proved = this.#proved[reading].at(at);
    const found = proved.get(node);
    if (found) return found;
    const circle = this.#model.system.circle[node] as number;
    const proof =
      circle < 0
        ? this.#prove(reading, trace, node, at, value)
        : this.#around(circle, reading, trace, node, at, value);
    if (circle < 0 || !this.#circles.has(circle)) proved.set(node, proof);
    return proof;
  }

  /** In a circle, what is proved on the way may lean on what is still being proved: it is good for that proof only. */
  #around(
    circle: number,
    reading: 'worst' | 'best',
    trace: Trace,
    node: NodeId,
    at: Millis,
    value: boolean,
  ): Proof {
    const open = this.#circles.get(circle) ?? { depth: 0, worst: new ProofMemo(), best: new ProofMemo() };
    this.#circles.set(circle, open);
    const memo = open[reading].at(at);
    const found = memo.get(node);
    // Around a circle falsehood may lean on itself; truth may not.
    if (found === 'open') return value ? impossible : nothing;
    if (found) return found;
    memo.set(node, 'open');
    open.depth += 1;
    const proof = this.#prove(reading, trace, node, at, value);
    open.depth -= 1;
    memo.set(node, proof);
    if (open.depth === 0) this.#circles.delete(circle);
    return proof;
  }

  #prove(reading: 'worst' | 'best', trace: Trace, node: NodeId, at: Millis, value: boolean): Proof {
    const label = this.#model.labels.get(node);
    const isGate = this.#model.system.ops[node] === op.gate;
    if (isGate && !label) return this.#gate(reading, trace, node, at, value);
    const since = trace.lastMoment(node, at);
    const inner = isGate
      ? this.#gate(reading, trace, node, at, value)
      : this.#stateful(reading, trace, node, at, value, since);
    return label ? above({ value, since, node, label }, inner) : inner;
  }

  #stateful(
    reading: 'worst' | 'best',
    trace: Trace,
    node: NodeId,
    at: Millis,
    value: boolean,
    since: Millis,
  ): Proof {
    const { ops } = this.#model.system;
    const [first, ...others] = this.#inputs(node);
    const stand = (what: NonNullable<Reason['leaf']>): Said => this.#stand(what, node, value, since);
    switch (ops[node]) {
      case op.source:
        return leaf(stand(this.#model.componentOf.has(node) ? (value ? 'intact' : 'fault') : 'pending'));
      case op.constant:
        return leaf(stand('fact'));
      case op.hold:
        return first === undefined ? nothing : this.#hold(reading, trace, first, at, value, stand);
      case op.after:
        return first === undefined ? nothing : this.#after(reading, trace, first, at, value, stand);
      default:
        return first === undefined || others[1] === undefined
          ? nothing
          : this.#switched(reading, trace, [first, others[1]], at, value, ops[node] === op.latch, stand);
    }
  }

  #stand(what: NonNullable<Reason['leaf']>, node: NodeId, value: boolean, since: Millis): Said {
    const fact = this.#model.facts.get(node);
    return {
      value,
      since,
      node,
      leaf: what,
      ...(fact ? { fact } : {}),
      ...this.#component(node),
    };
  }

  #gate(reading: 'worst' | 'best', trace: Trace, node: NodeId, at: Millis, value: boolean): Proof {
    const { need, inputStart, inputs } = this.#model.system;
    const [from, to] = [inputStart[node] as number, inputStart[node + 1] as number];
    const proofs: Proof[] = [];
    for (let place = from; place < to; place += 1) {
      // The inputs of a node are nodes.
      const each = inputs[place] as NodeId;
      if (trace.at(each, at) === value) proofs.push(this.#node(reading, each, at, value));
    }
    const wanted = value ? (need[node] as number) : to - from - (need[node] as number) + 1;
    if (wanted === 1) return cheapest(proofs);
    if (proofs.length > 1) proofs.sort((a, b) => a.cost - b.cost);
    return together(proofs.length === wanted ? proofs : proofs.slice(0, wanted));
  }

  #hold(
    reading: 'worst' | 'best',
    trace: Trace,
    input: NodeId,
    at: Millis,
    value: boolean,
    stand: (what: 'empty' | 'lasting') => Said,
  ): Proof {
    if (trace.at(input, at) === value && value) return this.#node(reading, input, at, true);
    const lost = trace.lastFlip(input, at)?.at ?? asMillis(-1);
    if (value) return leaf(stand('lasting'));
    if (lost < 0) return this.#node(reading, input, at, false);
    // A store that fills slowly may have been drained by an earlier loss.
    const slow = (this.#model.system.second[reading][stand('empty').node ?? 0] ?? 0) > 0;
    const from = slow ? (trace.flips(input)[0]?.at ?? lost) : lost;
    const moments = [from, ...trace.momentsIn(from, at)].filter((each) => !trace.at(input, each));
    const cause = throughout(moments, (each) => this.#node(reading, input, each, false));
    return above(stand('empty'), cause, cause.cost + 1);
  }

  #after(
    reading: 'worst' | 'best',
    trace: Trace,
    input: NodeId,
    at: Millis,
    value: boolean,
    stand: (what: 'starting') => Said,
  ): Proof {
    if (value || !trace.at(input, at)) return this.#node(reading, input, at, value);
    const back = trace.lastFlip(input, at)?.at ?? asMillis(0);
    const cause = this.#node(reading, input, asMillis(back - 1), false);
    return above({ ...stand('starting'), since: back }, cause, cause.cost + 1);
  }

  /** Latch: inputs run, run, start. Standby: mains, mains, genset. */
  #switched(
    reading: 'worst' | 'best',
    trace: Trace,
    [run, other]: readonly [NodeId, NodeId],
    at: Millis,
    value: boolean,
    latch: boolean,
    stand: (what: 'starting') => Said,
  ): Proof {
    if (value)
      return trace.at(run, at) ? this.#node(reading, run, at, true) : this.#node(reading, other, at, true);
    if (latch) {
      if (!trace.at(run, at)) return this.#node(reading, run, at, false);
      const back = trace.lastFlip(run, at)?.at ?? asMillis(0);
      const moments = [back, ...trace.momentsIn(back, at)];
      return together([
        throughout(moments, (each) => this.#node(reading, other, each, trace.at(other, each))),
        this.#node(reading, run, asMillis(back - 1), trace.at(run, asMillis(back - 1))),
      ]);
    }
    const genset = trace.at(other, at) ? leaf(stand('starting')) : this.#node(reading, other, at, false);
    return together([this.#node(reading, run, at, false), genset]);
  }

  #component(node: NodeId): { component?: Component } {
    const component = this.#model.componentOf.get(node);
    return component ? { component } : {};
  }

  #inputs(node: NodeId): readonly NodeId[] {
    const { inputStart, inputs } = this.#model.system;
    // The inputs of a node are nodes.
    return Array.from(inputs.subarray(inputStart[node], inputStart[node + 1])) as NodeId[];
  }
}
