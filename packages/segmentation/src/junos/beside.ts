import type { Problem } from '@holdfast/kernel';
import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Rule } from '../model/firewall.ts';
import type { Chains } from '../zoned/chains.ts';
import type { Objects } from './objects.ts';
import type { Statement } from './statement.ts';

/** Sections that are told, and have no say in which packets pass that open a connection. */
const told: readonly (readonly [path: readonly string[], message: string])[] = [
  [['security', 'screen'], 'what a screen drops, by rate or as malformed, is not modelled'],
  [['logical-systems'], 'logical systems are not modelled'],
  [['tenants'], 'tenants are not modelled'],
  [['security', 'advance-policy-based-routing'], 'routing by application is not modelled'],
  [['protocols', 'l2-learning'], 'which frames go between ports of a VLAN is not modelled'],
  [['bridge-domains'], 'which frames go between ports of a bridge is not modelled'],
];

/** Tells what is not modelled, and makes unknown what it may decide. */
export function tellBeside(objects: Objects, start: ConfigLine, chains: Chains): readonly Rule[] {
  const { root, reading } = objects;
  for (const [path, message] of told) {
    const found = root.at(...path);
    if (found !== undefined) reading.note(reading.at(found.line), message);
  }
  const doubts = [
    ...clusterDoubts(root, objects),
    ...rangeDoubts(root, objects),
    ...nestedDoubts(root, objects),
  ];
  const [why] = doubts;
  return why === undefined
    ? []
    : chains.rule(
        'nodes',
        start,
        { state: [{ low: 0n, high: 0n }] },
        { kind: 'unmodelled', why },
        'what is said for one node, a range of interfaces, or by a group in a group',
      );
}

/** Policies, zones, translations or filters that stand in a group for one node of a cluster. */
function clusterDoubts(root: Statement, { reading }: Objects): readonly Problem[] {
  const applies = root.at('apply-groups')?.words.some((word) => word.includes('$')) === true;
  if (!applies) return [];
  return root.below('groups').flatMap((group) => {
    if (!/^(?:node|re)\d$/.test(group.word)) return [];
    const found = ['security', 'applications', 'firewall', 'policy-options'].flatMap(
      (word) => group.at(word) ?? [],
    );
    return found.map(({ word, line }) =>
      reading.note(reading.at(line), `'${word}' for one node of a cluster is not modelled`),
    );
  });
}

function rangeDoubts(root: Statement, { reading }: Objects): readonly Problem[] {
  return root
    .below('interfaces', 'interface-range')
    .filter((range) => range.has('unit'))
    .map(({ word, line }) =>
      reading.note(reading.at(line), `what the range ${word} says of its interfaces is not modelled`),
    );
}

/** Groups that are applied within groups. */
function nestedDoubts(root: Statement, { reading }: Objects): readonly Problem[] {
  const nested = (statement: Statement): readonly Statement[] =>
    statement.children.flatMap((child) => (child.word === 'apply-groups' ? [child] : nested(child)));
  const applied = new Set(root.at('apply-groups')?.words);
  return root
    .below('groups')
    .filter(({ word }) => applied.has(word))
    .flatMap((group) => nested(group))
    .map(({ line }) => reading.note(reading.at(line), 'a group that is applied in a group is not modelled'));
}
