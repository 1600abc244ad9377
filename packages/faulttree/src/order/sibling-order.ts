import type { Component } from '../graph/parts.ts';

/** What decides among the inputs of a gate which is visited first. */
export type SiblingKey = 'most-parents' | 'small' | 'large' | 'deep';

/** What is known of each variable and gate of a component. */
interface Measures {
  readonly parents: Int32Array;
  readonly size: Float64Array;
  readonly depth: Int32Array;
}

function measure({ variables, gates }: Component): Measures {
  const count = variables + gates.length;
  const parents = new Int32Array(count);
  const size = new Float64Array(count).fill(1);
  const depth = new Int32Array(count);
  for (const [index, { inputs }] of gates.entries()) {
    const gate = variables + index;
    for (const each of inputs) {
      parents[each] = (parents[each] as number) + 1;
      size[gate] = (size[gate] as number) + (size[each] as number);
      depth[gate] = Math.max(depth[gate] as number, (depth[each] as number) + 1);
    }
  }
  return { parents, size, depth };
}

const keyOf: Readonly<Record<SiblingKey, (node: number, measures: Measures) => number>> = {
  'most-parents': (node, { parents }) => -(parents[node] as number),
  small: (node, { size }) => size[node] as number,
  large: (node, { size }) => -(size[node] as number),
  deep: (node, { depth }) => -(depth[node] as number),
};

/** The variables as they are met depth first, siblings by some keys, else as they stand. */
export function siblingOrder(component: Component, keys: readonly SiblingKey[]): Int32Array {
  const { variables, gates } = component;
  const measures = measure(component);
  const first = (a: number, b: number): number => {
    for (const key of keys) {
      const difference = keyOf[key](a, measures) - keyOf[key](b, measures);
      if (difference !== 0 && !Number.isNaN(difference)) return difference;
    }
    return 0;
  };
  const order = new Int32Array(variables);
  const seen = new Uint8Array(variables + gates.length);
  const stack = [variables + gates.length - 1];
  let met = 0;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen[node] === 1) continue;
    seen[node] = 1;
    const gate = gates[node - variables];
    if (gate) for (const each of gate.inputs.toSorted(first).toReversed()) stack.push(each);
    else order[met++] = node;
  }
  return order;
}
