import { one, type Node, type NodeTable } from '@holdfast/faulttree';

/** The sets of a family, as levels from the top of the diagram down. */
export function* setsOf(
  table: NodeTable,
  root: Node,
  above: readonly number[] = [],
): Generator<readonly number[]> {
  let node = root;
  for (; node > one; node = table.low(node))
    yield* setsOf(table, table.high(node), [...above, table.level(node)]);
  if (node === one) yield above;
}
