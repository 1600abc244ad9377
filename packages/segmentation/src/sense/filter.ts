import type { Draft } from './draft.ts';
import { filterRule } from './filter-rule.ts';
import type { Names } from './sides.ts';
import { childOf, childrenOf, elementAt, textOf, type Element } from './xml-tree.ts';

/**
 * The filter rules that people wrote: `filter/rule` of both products, and OPNsense's `OPNsense/Firewall/Filter`. Of equal
 * rank, those of the newer form come first, by their sequence.
 * @see https://github.com/opnsense/core/blob/master/src/opnsense/mvc/app/models/OPNsense/Firewall/Filter.xml
 */
export function writtenRules(root: Element, names: Names): readonly Draft[] {
  const newer = bySequence(childrenOf(elementAt(root, 'OPNsense', 'Firewall', 'Filter', 'rules'), 'rule'));
  const older = childrenOf(childOf(root, 'filter'), 'rule');
  const [firstNewer] = newer;
  if (firstNewer && older.length > 0)
    names.reading.unmodelled(
      'the file has rules of the older and of the newer form; they are read as current releases of OPNsense order them, which earlier ones did not',
      firstNewer.at,
    );
  return [
    ...newer.map((each) => filterRule(each, true, names)),
    ...older.map((each) => filterRule(each, false, names)),
  ].flatMap((each) => each ?? []);
}

/** Elements in the order of their `sequence`; those of the same keep theirs. */
export function bySequence(elements: readonly Element[]): readonly Element[] {
  return elements
    .map((element) => ({ element, sequence: Number(textOf(element, 'sequence')) || 0 }))
    .toSorted((a, b) => a.sequence - b.sequence)
    .map(({ element }) => element);
}
