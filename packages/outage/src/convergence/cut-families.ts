import { NodeTable, one, outside, union, zero, type Node } from '@holdfast/faulttree';
import type { Reading } from '../solver/amendments.ts';
import { Simulation } from '../solver/simulation.ts';
import { op, type NodeId, type System } from '../solver/system.ts';
import { atLeastOf, productOf, unionOf } from './combine.ts';
import { beforeFaults, compressed, familiesIn, familyAt, steady, type Course } from './course.ts';
import { dependenceOf } from './dependence.ts';
import { Moments, mostMoments } from './moments.ts';
import type { Variable } from './variables.ts';

/** How cut families are asked. */
export interface FamiliesAsked {
  /** The greatest number of faults in a set. */
  readonly order: number;
  /** Until when after the faults, that moment included; in milliseconds. */
  readonly horizon: number;
  /** `best`: what certainly falls; `worst`: what falls where every unknown is taken for the worse. */
  readonly reading: Reading;
  /** Sources that are lost in any case, at time 0. */
  readonly taken?: ReadonlySet<NodeId>;
  /** Steps of the diagram after which the work is interrupted by `BudgetSpent`. */
  readonly effort?: number;
}

/**
 * The minimal sets of faults, all lost for good at time 0, that have each equation of a system down, for each interval of
 * time; those of all equations in one shared diagram. Exact also in circles: there success is the least fixed point,
 * so that the families begin with 'down in any case' and shrink until nothing changes.
 * A generator that is still starting is down for less than its mains are: its families are those of the sets that lose
 * the mains at that time and not long before.
 */
export class CutFamilies {
  readonly table: NodeTable;
  /** The variable of each level of the diagram: what little hangs on stands above what much does. */
  readonly variables: readonly Variable[];
  readonly order: number;
  /** Until when all is told; less than asked where a circle has more moments than are followed. */
  exactUntil: number;
  readonly #system: System;
  readonly #moments: Moments;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #courses: (Course | undefined)[];
  readonly #sourceFamilies = new Map<number, Node>();
  /** Courses of two families are few, however many equations have them. */
  readonly #steady = new Map<number, Course>();

  constructor(system: System, variables: readonly Variable[], asked: FamiliesAsked) {
    const { groups, weight } = dependenceOf(system);
    const heft = ({ nodes }: Variable): number =>
      nodes.reduce((sum, node) => sum + (weight[node] as number), 0);
    const hefts = new Map(variables.map((each) => [each, heft(each)]));
    this.variables = variables.toSorted((a, b) => (hefts.get(a) as number) - (hefts.get(b) as number));
    this.table = new NodeTable(new Int32Array(variables.length).fill(1));
    if (asked.effort !== undefined) this.table.stepLimit = asked.effort;
    this.order = asked.order;
    this.exactUntil = asked.horizon;
    this.#system = system;
    this.#moments = new Moments(system, asked.reading);
    this.#first = system.first[asked.reading];
    this.#second = system.second[asked.reading];
    this.#courses = Array.from({ length: system.size });
    this.#sources(asked.taken ?? new Set());
    const usual = new Simulation(system, asked.reading);
    for (const group of groups) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) this.#courses[only] = this.#single(only, usual);
      else this.#circle(group, usual);
    }
  }

  /** The families of an equation. */
  of(node: NodeId): Course {
    return this.#known(node);
  }

  /** The minimal sets that take what has this course at any time up to the horizon. */
  within({ times, families }: Course, horizon: number = this.exactUntil): Node {
    return unionOf(
      this.table,
      families.filter((_, index) => (times[index] as number) <= horizon),
    );
  }

  #sources(taken: ReadonlySet<NodeId>): void {
    // From the lowest level up, so that each joins its own above all that are there.
    for (let level = this.variables.length - 1; level >= 0; level -= 1) {
      const own = this.table.node(level, zero, one);
      for (const node of this.variables[level]?.nodes ?? [])
        this.#sourceFamilies.set(node, union(this.table, this.#sourceFamilies.get(node) ?? zero, own));
    }
    for (const node of taken) this.#sourceFamilies.set(node, one);
  }

  #known(node: number): Course {
    return this.#courses[node] as Course;
  }

  #inputs(node: number): Int32Array {
    const { inputStart, inputs } = this.#system;
    return inputs.subarray(inputStart[node], inputStart[node + 1]);
  }

  #shared(before: Node, after: Node): Course {
    const key = after * 2 + before;
    const found = this.#steady.get(key) ?? steady(before, after);
    this.#steady.set(key, found);
    return found;
  }

  #single(node: number, usual: Simulation): Course {
    // A place among the nodes of the system is the id of one.
    const before = beforeFaults(usual.baseline(node as NodeId));
    const inputs = this.#inputs(node);
    const known = (input: number): Course => this.#known(input);
    const times = this.#moments.of(node, (input) => this.#known(input).times, this.exactUntil);
    if (times.length === 1 && this.#system.ops[node] === op.gate)
      return this.#shared(
        before,
        this.#gate(node, inputs, (input) => this.#known(input).families[0] as Node),
      );
    const families: Node[] = [];
    const own = { before, times, families };
    for (const time of times)
      families.push(this.#at(node, time, (each) => (each === node ? own : known(each))));
    const course = compressed(before, times, families);
    return course.times.length === 1 ? this.#shared(before, course.families[0] as Node) : course;
  }

  /** All nodes of a circle together: the moments first, then interval by interval. */
  #circle(group: Int32Array, usual: Simulation): void {
    const members = new Map<number, { before: Node; times: readonly number[]; families: Node[] }>();
    const times = this.#circleTimes(group);
    for (const node of group)
      members.set(node, { before: beforeFaults(usual.baseline(node as NodeId)), times, families: [] });
    const courseOf = (node: number): Course => members.get(node) ?? this.#known(node);
    for (const [index, time] of times.entries()) {
      for (const { families } of members.values()) families.push(one);
      this.#settle(group, (node) => {
        const families = (members.get(node) as { families: Node[] }).families;
        const next = this.#at(node, time, courseOf);
        const isNew = next !== families[index];
        families[index] = next;
        return isNew;
      });
    }
    for (const [node, { before, families }] of members)
      this.#courses[node] = compressed(before, times, families);
  }

  /** Works nodes out again until none changes. */
  #settle(group: Int32Array, work: (node: number) => boolean): void {
    const { circle, outputStart, outputs } = this.#system;
    const waiting = new Set<number>(group);
    for (const node of waiting) {
      waiting.delete(node);
      if (!work(node)) continue;
      for (let place = outputStart[node] as number; place < (outputStart[node + 1] as number); place += 1) {
        const user = outputs[place] as number;
        if (circle[user] === circle[node]) waiting.add(user);
      }
    }
  }

  #circleTimes(group: Int32Array): readonly number[] {
    const times = this.#moments.ofCircle(group, (node) => this.#known(node).times, this.exactUntil);
    if (times.length <= mostMoments) return times;
    this.exactUntil = (times[mostMoments] as number) - 1;
    return times.slice(0, mostMoments);
  }

  /** The family of a node at a moment of its own. */
  #at(node: number, time: number, courseOf: (node: number) => Course): Node {
    const { table, order } = this;
    const inputs = this.#inputs(node);
    const input = (index: number): Course => courseOf(inputs[index] as number);
    switch (this.#system.ops[node]) {
      case op.source:
        return this.#isScheduled(node, time) ? (this.#sourceFamilies.get(node) ?? zero) : one;
      case op.constant:
        return beforeFaults(this.#first[node] === 1);
      case op.hold: {
        const past = familiesIn(input(0), time - (this.#first[node] as number), time);
        return productOf(table, [familyAt(input(0), time), ...past], order);
      }
      case op.after: {
        const past = familiesIn(input(0), time - (this.#first[node] as number), time);
        return unionOf(table, [familyAt(input(0), time), ...past]);
      }
      case op.latch: {
        // The time is one of this node's own, so that what it was just before is the interval before that one.
        const last = this.#justBefore(courseOf(node), time);
        const stays = productOf(table, [last, familyAt(input(2), time)], order);
        return union(table, familyAt(input(0), time), stays);
      }
      case op.standby:
        return this.#standby(node, time, input(0), input(2));
      default:
        return this.#gate(node, inputs, (each) => familyAt(courseOf(each), time));
    }
  }

  #standby(node: number, time: number, mains: Course, genset: Course): Node {
    const { table, order } = this;
    const lost = familyAt(mains, time);
    const both = productOf(table, [lost, familyAt(genset, time)], order);
    const starting = [...new Set(familiesIn(mains, time - (this.#first[node] as number), time))].map(
      (earlier) => outside(table, lost, earlier),
    );
    return unionOf(table, [both, ...starting]);
  }

  #justBefore({ before, times, families }: Course, time: number): Node {
    const index = times.indexOf(time);
    return index <= 0 ? before : (families[index - 1] as Node);
  }

  #gate(node: number, inputs: Int32Array, familyOf: (node: number) => Node): Node {
    const need = this.#system.need[node] as number;
    return atLeastOf(this.table, inputs.length - need + 1, Array.from(inputs, familyOf), this.order);
  }

  #isScheduled(node: number, time: number): boolean {
    return time >= (this.#first[node] as number) && time < (this.#second[node] as number);
  }
}
