import { always, never, type FaultTree, type Gate } from '@holdfast/faulttree';
import { fail, ok, problem, type Millis, type Problem, type Result } from '@holdfast/kernel';
import type { Formula, Model } from '../compile/model.ts';
import { nodesOf } from '../compile/formula.ts';
import type { Reading } from '../solver/amendments.ts';
import { Simulation } from '../solver/simulation.ts';
import { op, type NodeId, type System } from '../solver/system.ts';
import { familiesIn, familyAt, type Course } from './course.ts';
import { dependenceOf } from './dependence.ts';
import { GateBook } from './gate-book.ts';
import { Moments, mostMoments } from './moments.ts';
import { pruned, type Pruned } from './pruned.ts';
import { sweepOf } from './sweep.ts';
import type { Top } from './top.ts';
import { variablesOf, type Variable } from './variables.ts';

/** More gates than this are not written. */
const mostGates = 3_000_000;

/** What is asked of a top as a fault tree. */
export interface LoweringAsked {
  /** The name of the top. */
  readonly name: string;
  /** The tree says what is down at this moment after the faults, all of them at 0 and for good. */
  readonly horizon: Millis;
  readonly reading: Reading;
}

class Refused extends Error {
  override readonly name = 'Refused';
}

/** A top as a fault tree over the components and common causes of an estate, exact also in rings; or why it has none. */
export function faultTreeOf(model: Model, top: Top, asked: LoweringAsked): Result<FaultTree, Problem> {
  try {
    return ok(new Lowering(model, top, asked).tree());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return fail(
      problem('not-answered', error.message, { hint: 'ask for another --horizon, or for a smaller top' }),
    );
  }
}

class Lowering {
  readonly #system: System;
  readonly #variables: readonly Variable[];
  readonly #asked: LoweringAsked;
  readonly #top: Top;
  readonly #book: GateBook;
  readonly #moments: Moments;
  readonly #usual: Simulation;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #sources = new Map<number, number[]>();
  /** As for cut families, with gates and events instead of families. */
  readonly #courses = new Map<number, Course>();

  constructor(model: Model, top: Top, asked: LoweringAsked) {
    this.#system = model.system;
    this.#variables = variablesOf(model);
    this.#asked = asked;
    this.#top = top;
    this.#book = new GateBook(this.#variables.length);
    this.#moments = new Moments(model.system, asked.reading);
    this.#usual = new Simulation(model.system, asked.reading);
    this.#first = model.system.first[asked.reading];
    this.#second = model.system.second[asked.reading];
    for (const [event, { nodes }] of this.#variables.entries())
      for (const node of nodes) this.#sources.set(node, [...(this.#sources.get(node) ?? []), event]);
  }

  tree(): FaultTree {
    const needed = this.#needed();
    for (const group of dependenceOf(this.#system).groups) {
      if (!needed.has(group[0] as number)) continue;
      if (group.length === 1) this.#single(group[0] as number);
      else this.#circle(group);
      if (this.#book.gates.length > mostGates)
        throw new Refused(`the fault tree has more than ${mostGates} gates`);
    }
    const top = this.#book.atLeast(1, [this.#topAt(this.#top)]);
    const whole = { events: this.#book.events, gates: this.#book.gates, top };
    const { graph, events } = withTopGate(pruned(whole));
    return {
      top: this.#asked.name,
      graph,
      eventNames: events.map((event) => (this.#variables[event] as Variable).key),
      gateNames: graph.gates.map((_, index) =>
        index + graph.events === graph.top ? this.#asked.name : undefined,
      ),
      probabilities: events.map(() => undefined),
    };
  }

  /** The nodes that the top rests on. */
  #needed(): ReadonlySet<number> {
    const needed = new Set<number>();
    const visit = (top: Top): void => {
      if (top.kind === 'atleast') top.of.forEach(visit);
      else for (const { node } of nodesOf(top.formula)) needed.add(node);
    };
    visit(this.#top);
    for (const node of needed) for (const input of this.#inputs(node)) needed.add(input);
    return needed;
  }

  #topAt(top: Top): number {
    if (top.kind === 'atleast')
      return this.#book.atLeast(
        top.min,
        top.of.map((each) => this.#topAt(each)),
      );
    return this.#formula(top.formula, this.#asked.horizon);
  }

  #formula(formula: Formula, time: number): number {
    switch (formula.kind) {
      case 'node':
        return familyAt(this.#course(formula.node), time);
      case 'truth':
        return formula.value ? never : always;
      case 'all':
        return this.#book.atLeast(
          1,
          formula.of.map((each) => this.#formula(each, time)),
        );
      case 'any':
        return this.#every(formula.of.map((each) => this.#formula(each, time)));
      case 'since':
        return this.#never(formula.of, formula.from[this.#asked.reading], time);
      default:
        throw new TypeError(`a formula of kind ${formula.kind} has no fault tree`);
    }
  }

  /** That something has been false at each moment since one. */
  #never(of: Formula, from: number, time: number): number {
    if (time < from) return always;
    const times = new Set([from < 0 ? -1 : from, time]);
    for (const { node } of nodesOf(of))
      for (const each of this.#course(node).times) if (each >= from && each <= time) times.add(each);
    return this.#every([...times].map((each) => this.#formula(of, each)));
  }

  #every(inputs: readonly number[]): number {
    return this.#book.atLeast(inputs.length, inputs);
  }

  #course(node: number): Course {
    return this.#courses.get(node) as Course;
  }

  #inputs(node: number): Int32Array {
    const { inputStart, inputs } = this.#system;
    return inputs.subarray(inputStart[node], inputStart[node + 1]);
  }

  #before(node: number): number {
    // A place among the nodes of the system is the id of one.
    return this.#usual.baseline(node as NodeId) ? never : always;
  }

  #single(node: number): void {
    const timesOf = (input: number): readonly number[] => this.#course(input).times;
    const times = this.#moments.of(node, timesOf, this.#asked.horizon);
    const values: number[] = [];
    const own = { before: this.#before(node), times, families: values };
    this.#courses.set(node, own);
    for (const time of times) values.push(this.#at(node, time));
  }

  /**
   * A circle, worked out round by round from 'down in any case'. In each round only what closes it is read from the round
   * before, and each round settles at least one of those for good, so that as many rounds as there are of them suffice.
   */
  #circle(group: Int32Array): void {
    const timesOf = (input: number): readonly number[] => this.#course(input).times;
    const times = this.#moments.ofCircle(group, timesOf, this.#asked.horizon);
    if (times.length > mostMoments) throw new Refused('a circle of the network has too many moments');
    const values = new Map<number, number[]>();
    for (const node of group) {
      const own: number[] = [];
      values.set(node, own);
      this.#courses.set(node, { before: this.#before(node), times, families: own });
    }
    const { order, closing } = sweepOf(this.#system, group);
    for (const [index, time] of times.entries()) {
      for (const own of values.values()) own.push(always);
      let isNew = true;
      for (let round = 0; isNew && round <= closing; round += 1) {
        isNew = false;
        for (const node of order) {
          const next = this.#at(node, time);
          const own = values.get(node) as number[];
          isNew ||= next !== own[index];
          own[index] = next;
        }
        if (this.#book.gates.length > mostGates)
          throw new Refused(`the fault tree has more than ${mostGates} gates`);
      }
    }
  }

  #at(node: number, time: number): number {
    const inputs = this.#inputs(node);
    const input = (index: number): Course => this.#course(inputs[index] as number);
    const past = (index: number): readonly number[] => [
      ...familiesIn(input(index), time - (this.#first[node] as number), time),
    ];
    switch (this.#system.ops[node]) {
      case op.source:
        return time >= (this.#first[node] as number) && time < (this.#second[node] as number)
          ? this.#book.atLeast(1, this.#sources.get(node) ?? [])
          : always;
      case op.constant:
        return this.#first[node] === 1 ? never : always;
      case op.hold:
        return this.#every([familyAt(input(0), time), ...past(0)]);
      case op.after:
        return this.#book.atLeast(1, [familyAt(input(0), time), ...past(0)]);
      case op.latch: {
        const own = this.#course(node);
        const index = own.times.indexOf(time);
        const last = index <= 0 ? own.before : (own.families[index - 1] as number);
        return this.#book.atLeast(1, [
          familyAt(input(0), time),
          this.#every([last, familyAt(input(2), time)]),
        ]);
      }
      case op.standby:
        return this.#standby(familyAt(input(0), time), familyAt(input(2), time), past(0));
      default: {
        const need = this.#system.need[node] as number;
        return this.#book.atLeast(
          inputs.length - need + 1,
          Array.from(inputs, (each) => familyAt(this.#course(each), time)),
        );
      }
    }
  }

  /** While its generator starts it is down with its mains; a tree can say so only where they went at 0. */
  #standby(mains: number, genset: number, past: readonly number[]): number {
    if (past.includes(never)) return mains;
    if (past.some((each) => each !== mains && each !== always))
      throw new Refused(
        'a generator starts at a moment that depends on what failed, which no fault tree of losses says',
      );
    return this.#every([mains, genset]);
  }
}

/** A top is a gate, also where one event or a constant decides it: readers of fault trees look for one. */
function withTopGate({ graph, events }: Pruned): Pruned {
  if (graph.top >= graph.events) return { graph, events };
  const gates: readonly Gate[] = [...graph.gates, { kind: 'or', min: 1, inputs: [graph.top] }];
  return { graph: { ...graph, gates, top: graph.events + gates.length - 1 }, events };
}
