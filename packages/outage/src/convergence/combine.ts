import { one, product, union, zero, type Node, type NodeTable } from '@holdfast/faulttree';

/** The minimal sets of any of the families, joined two by two: many small ones are no more than a few large ones. */
export function unionOf(table: NodeTable, families: readonly Node[]): Node {
  let left = [...new Set(families)];
  if (left.includes(one)) return one;
  // Families of one size meet in each round, and neighbours share the most.
  left.sort((a, b) => table.level(b) - table.level(a));
  while (left.length > 1) {
    const next: Node[] = [];
    for (let index = 0; index < left.length; index += 2)
      next.push(union(table, left[index] as Node, left[index + 1] ?? zero));
    left = next;
  }
  return left[0] ?? zero;
}

/** The minimal sets up to an order that contain one of every family. */
export function productOf(table: NodeTable, families: readonly Node[], order: number): Node {
  if (families.includes(zero)) return zero;
  let result: Node = one;
  for (const each of new Set(families)) {
    result = product(table, result, each, order);
    if (result === zero) return zero;
  }
  return result;
}

/** The minimal sets up to an order that contain one of at least `count` of the families; one that stands twice counts twice. */
export function atLeastOf(table: NodeTable, count: number, families: readonly Node[], order: number): Node {
  if (count <= 0) return one;
  if (count > families.length) return zero;
  if (count === 1) return unionOf(table, families);
  if (count === families.length) return productOf(table, families, order);
  const reached: Node[] = [one, ...Array.from({ length: count }, () => zero)];
  for (const each of families)
    for (let had = count; had > 0; had -= 1)
      reached[had] = union(
        table,
        reached[had] as Node,
        product(table, reached[had - 1] as Node, each, order),
      );
  return reached[count] as Node;
}
