import type { Action, Rule } from '../model/firewall.ts';
import { intersect, type IntervalSet } from '../model/interval.ts';
import { anySource, freePort } from '../zoned/any-source.ts';
import type { Chains } from '../zoned/chains.ts';
import { allOf, surely } from '../zoned/doubtful.ts';
import { oneByOne } from '../zoned/one-by-one.ts';
import { rangeOf, untranslated, type Static } from './destination-nat.ts';
import { endOf, natCondition, type End } from './nat-match.ts';
import type { Objects } from './objects.ts';
import type { Statement } from './statement.ts';

/**
 * The rules that translate sources: static translations backwards, then the rule sets, those that name their ends more
 * closely first.
 * @see https://www.juniper.net/documentation/software/junos-security/junos-security10.3/junos-security-swconfig-security/topic-42821.html
 */
export function sourceRules(objects: Objects, statics: readonly Static[], chains: Chains): readonly Rule[] {
  const sets = objects.root
    .below('security', 'nat', 'source', 'rule-set')
    .map((statement) => ({
      statement,
      from: endOf(statement.at('from'), objects),
      to: endOf(statement.at('to'), objects),
    }))
    .toSorted((a, b) => a.to.closeness - b.to.closeness || a.from.closeness - b.from.closeness);
  tellConflicts(sets, objects);
  return [
    ...statics.flatMap((each) => backRules(each, chains)),
    ...sets.flatMap(({ statement, from, to }) => {
      const side = surely({
        ...(from.interfaces && { iif: from.interfaces }),
        ...(to.interfaces && { oif: to.interfaces }),
      });
      return statement.below('rule').flatMap((rule) => {
        const origin = chains.origin(
          `nat/source/${statement.word}/${rule.word}`,
          rule.line,
          `rule ${rule.spell()}`.slice(0, 400),
        );
        const { sure, maybe } = allOf([side, natCondition(rule, objects)]);
        const rest = { ...origin, id: `${origin.id}/unmodelled` };
        return [
          ...chains.rules(origin, surely(...sure), actionOf(rule, objects, chains)),
          ...(maybe.length === 0
            ? []
            : chains.rules(rest, surely(...maybe), anySource('nat/source/any', rule.line, chains))),
        ];
      });
    }),
  ];
}

/** Rule sets for the same packets of which each names one end more closely. */
function tellConflicts(
  sets: readonly { readonly statement: Statement; readonly from: End; readonly to: End }[],
  { reading }: Objects,
): void {
  const meets = (a: IntervalSet | undefined, b: IntervalSet | undefined): boolean =>
    a === undefined || b === undefined || intersect(a, b).length > 0;
  sets.forEach((one, index) => {
    for (const other of sets.slice(index + 1)) {
      const isCrossed = one.to.closeness < other.to.closeness && one.from.closeness > other.from.closeness;
      if (
        !isCrossed ||
        !meets(one.from.interfaces, other.from.interfaces) ||
        !meets(one.to.interfaces, other.to.interfaces)
      )
        continue;
      reading.note(
        reading.at(other.statement.line),
        `which of the rule sets ${one.statement.word} and ${other.statement.word} goes first is not documented: the one that names where packets leave more closely is read first`,
      );
    }
  });
}

/** What the host of a static translation opens towards where it is known outside gets its outer address. */
function backRules(each: Static, chains: Chains): readonly Rule[] {
  if (each.ports !== undefined) return [];
  const { outside, inside, interfaces } = each;
  const text = `rule ${each.rule.spell()}`.slice(0, 400);
  return oneByOne(inside, outside).flatMap(({ from, to }, index) =>
    chains.rule(
      `${each.id}/back${index === 0 ? '' : `/${index + 1}`}`,
      each.rule.line,
      { src: [from], ...(interfaces && { oif: interfaces }) },
      chains.translate({
        kind: 'source',
        address: to,
        ...(from.low === from.high ? {} : { netmap: true }),
      }),
      text,
    ),
  );
}

function actionOf(rule: Statement, objects: Objects, chains: Chains): Action {
  const { reading, root } = objects;
  const then = rule.at('then', 'source-nat');
  if (then?.has('off') === true) return untranslated(chains, rule.line);
  if (then?.has('interface') === true)
    return chains.translate({ kind: 'source', toInterface: true, port: freePort });
  const name = then?.at('pool')?.children.find(({ word }) => word !== 'persistent-nat');
  const pool = name === undefined ? undefined : root.at('security', 'nat', 'source', 'pool', name.word);
  if (name === undefined || pool === undefined) {
    const at = reading.at((name ?? rule).line);
    if (name === undefined)
      reading.error(at, `rule ${rule.word} translates to nothing`, 'source-nat interface, pool NAME, or off');
    else reading.error(at, `there is no pool ${name.word}`, undefined, 'reference-unknown');
    return { kind: 'accept' };
  }
  const address = rangeOf(pool, objects);
  if (address === undefined) return { kind: 'accept' };
  const keeps = pool.at('port', 'no-translation') !== undefined || pool.has('host-address-base');
  return chains.translate({ kind: 'source', address, ...(keeps ? {} : { port: freePort }) });
}
