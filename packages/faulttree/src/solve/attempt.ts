import { and, decide, or } from '../diagram/boolean.ts';
import { union } from '../diagram/families.ts';
import { minimalOf } from '../diagram/minimal.ts';
import { BudgetSpent, NodeTable, one, zero, type Node } from '../diagram/node-table.ts';
import { product } from '../diagram/product.ts';
import type { Gate } from '../graph/fault-graph.ts';
import type { Component } from '../graph/parts.ts';

/** How a component is solved: over its function, or over families of minimal sets from the start. */
export type Method = 'function' | 'families';

/** What an attempt came to. The level `i` of the diagrams is the variable `order[i]`. */
export interface Solved {
  readonly table: NodeTable;
  readonly order: Int32Array;
  /** The minimal sets up to the order asked for. */
  readonly family: Node;
  /** The function, where the attempt went over it. */
  readonly f: Node | undefined;
}

export interface Task {
  readonly component: Component;
  /** The least number of events for each variable. */
  readonly weights: Int32Array;
  /** The greatest order asked for, or `unlimited`. */
  readonly limit: number;
}

/** One way to solve a component under one order of its variables, that can be interrupted and taken up again. */
export class Attempt {
  readonly #task: Task;
  readonly #method: Method;
  readonly #order: Int32Array;
  #table: NodeTable;
  readonly #nodes: Int32Array;
  #next = 0;
  #isStuck = false;

  constructor(task: Task, method: Method, order: Int32Array) {
    const { component, weights, limit } = task;
    this.#task = task;
    this.#method = method;
    this.#order = order;
    this.#table = new NodeTable(Int32Array.from(order, (variable) => weights[variable] as number));
    this.#nodes = new Int32Array(component.variables + component.gates.length);
    for (const [level, variable] of order.entries()) {
      const fits = method === 'function' || (weights[variable] as number) <= limit;
      this.#nodes[variable] = fits ? decide(this.#table, level, zero, one) : zero;
    }
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.#table.steps;
  }

  /** Gates done so far. */
  get done(): number {
    return this.#next;
  }

  /** Whether more steps would not help. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Gives the attempt up, and its memory back. */
  giveUp(): void {
    this.#isStuck = true;
    this.#table = new NodeTable(new Int32Array(0));
  }

  /** Works out the gates until the attempt has taken so many steps in all; whether it has them all. */
  build(stepLimit: number): boolean {
    const { variables, gates } = this.#task.component;
    return this.#within(stepLimit, () => {
      for (; this.#next < gates.length; this.#next += 1)
        this.#nodes[variables + this.#next] = this.#gate(gates[this.#next] as Gate);
    });
  }

  /** Builds, and takes what is minimal; undefined where the attempt has then taken so many steps in all. */
  finish(stepLimit: number): Solved | undefined {
    if (!this.build(stepLimit)) return undefined;
    const root = this.#nodes.at(-1) as Node;
    const [table, order] = [this.#table, this.#order];
    if (this.#method === 'families') return { table, order, family: root, f: undefined };
    let family = zero;
    const isDone = this.#within(stepLimit, () => {
      family = minimalOf(table, root, this.#task.limit);
    });
    return isDone ? { table, order, family, f: root } : undefined;
  }

  #within(stepLimit: number, work: () => void): boolean {
    this.#table.stepLimit = stepLimit;
    try {
      work();
      return true;
    } catch (error) {
      if (error instanceof BudgetSpent) {
        if (error.what === 'nodes') this.#isStuck = true;
        return false;
      }
      // Diagrams are as deep as they have variables, and the stack is not: that ends this attempt.
      if (!(error instanceof RangeError)) throw error;
      this.#isStuck = true;
      return false;
    }
  }

  #gate({ kind, min, inputs }: Gate): Node {
    const table = this.#table;
    const nodes = inputs
      .map((each) => this.#nodes[each] as Node)
      .toSorted((a, b) => table.level(b) - table.level(a));
    if (kind === 'and') return nodes.reduce((before, each) => this.#both(before, each), one);
    if (kind === 'or') return nodes.reduce((before, each) => this.#either(before, each), zero);
    /** At least so many of the inputs so far. */
    const reached = new Int32Array(min + 1);
    reached[0] = one;
    for (const each of nodes)
      for (let count = min; count > 0; count -= 1) {
        const more = this.#both(reached[count - 1] as Node, each);
        reached[count] = this.#either(reached[count] as Node, more);
      }
    return reached[min] as Node;
  }

  #both(a: Node, b: Node): Node {
    return this.#method === 'function'
      ? and(this.#table, a, b)
      : product(this.#table, a, b, this.#task.limit);
  }

  #either(a: Node, b: Node): Node {
    return this.#method === 'function' ? or(this.#table, a, b) : union(this.#table, a, b);
  }
}
