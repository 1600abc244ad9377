import { present } from '@holdfast/kernel';
import type { FaultTree } from '../fault-tree.ts';
import { always, never, type Gate } from '../graph/fault-graph.ts';

/**
 * Writes a fault tree in the Open-PSA model exchange format: the top first, gates without a name inside those that need
 * them, probabilities as floats. What `readOpenPsa` reads of it is the same tree.
 * @see Open-PSA Model Exchange Format 2.0d, Fault Tree Layer
 */
export function writeOpenPsa(tree: FaultTree, name = tree.top): string {
  return new Writer(tree).document(name);
}

class Writer {
  readonly #tree: FaultTree;
  readonly #names: readonly string[];
  readonly #isInside: readonly boolean[];
  readonly #lines: string[] = [];

  constructor(tree: FaultTree) {
    this.#tree = tree;
    const { events, gates, top } = tree.graph;
    const uses = new Int32Array(gates.length);
    for (const { inputs } of gates)
      for (const each of inputs)
        if (each >= events) uses[each - events] = (uses[each - events] as number) + 1;
    this.#isInside = gates.map(
      (_, at) => tree.gateNames[at] === undefined && uses[at] === 1 && at + events !== top,
    );
    this.#names = this.#gateNames();
  }

  document(name: string): string {
    const { graph, eventNames, probabilities } = this.#tree;
    this.#line(0, '<?xml version="1.0" encoding="UTF-8"?>');
    this.#line(0, '<opsa-mef>');
    this.#line(1, `<define-fault-tree name="${escaped(name)}">`);
    const order = [graph.top - graph.events, ...graph.gates.keys()];
    for (const gate of new Set(order)) if (gate >= 0 && this.#isInside[gate] === false) this.#define(gate);
    this.#line(1, '</define-fault-tree>');
    this.#line(1, '<model-data>');
    for (const [index, event] of eventNames.entries()) this.#event(event, probabilities[index]);
    this.#line(1, '</model-data>');
    this.#line(0, '</opsa-mef>');
    return `${this.#lines.join('\n')}\n`;
  }

  /** Names for the gates that need one and have none, unlike all others. */
  #gateNames(): readonly string[] {
    const { gateNames, eventNames } = this.#tree;
    const taken = new Set([...gateNames, ...eventNames]);
    let next = 1;
    return gateNames.map((name, at) => {
      if (name !== undefined || this.#isInside[at] === true) return name ?? '';
      while (taken.has(`gate-${next}`)) next += 1;
      taken.add(`gate-${next}`);
      return `gate-${next}`;
    });
  }

  #define(gate: number): void {
    this.#line(2, `<define-gate name="${escaped(this.#names[gate] as string)}">`);
    this.#formula(present(this.#tree.graph.gates[gate], 'a gate'), 3);
    this.#line(2, '</define-gate>');
  }

  #formula({ kind, min, inputs }: Gate, depth: number): void {
    this.#line(depth, kind === 'atleast' ? `<atleast min="${min}">` : `<${kind}>`);
    for (const each of inputs) this.#input(each, depth + 1);
    this.#line(depth, `</${kind}>`);
  }

  #input(node: number, depth: number): void {
    const { events, gates } = this.#tree.graph;
    if (node === always || node === never) this.#line(depth, `<constant value="${node === always}"/>`);
    else if (node < events)
      this.#line(depth, `<basic-event name="${escaped(this.#tree.eventNames[node] as string)}"/>`);
    else if (this.#isInside[node - events] === true)
      this.#formula(present(gates[node - events], 'a gate'), depth);
    else this.#line(depth, `<gate name="${escaped(this.#names[node - events] as string)}"/>`);
  }

  #event(name: string, probability: number | undefined): void {
    if (probability === undefined) this.#line(2, `<define-basic-event name="${escaped(name)}"/>`);
    else {
      this.#line(2, `<define-basic-event name="${escaped(name)}">`);
      this.#line(3, `<float value="${probability}"/>`);
      this.#line(2, '</define-basic-event>');
    }
  }

  #line(depth: number, text: string): void {
    this.#lines.push(`${'  '.repeat(depth)}${text}`);
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"\n\t]/g, (each) => entities[each] as string);
