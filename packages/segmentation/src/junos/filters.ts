import type { Action, Clause, Rule } from '../model/firewall.ts';
import type { Chains } from '../zoned/chains.ts';
import { bounds, termCondition, type Family } from './filter-conditions.ts';
import type { Objects } from './objects.ts';
import type { Statement } from './statement.ts';

/**
 * The filters on interfaces, which look at every packet by itself: on the way in before all else, on the way out behind
 * all else. What no term of a filter matches is discarded.
 * @see https://juniper.net/documentation/us/en/software/junos/automation-scripting/topics/example/junos-script-automation-commit-script-adding-firewall-final-accept-term.html
 * @see https://juniper.net/documentation/us/en/software/junos/routing-policy/topics/concept/firewall-filter-stateless-match-conditions-address-fields.html
 */
export function interfaceFilters(
  objects: Objects,
  side: 'input' | 'output',
  chains: Chains,
): readonly Rule[] {
  const axis = side === 'input' ? 'iif' : 'oif';
  return objects.network.units
    .filter(({ name }) => !name.startsWith('lo0.'))
    .flatMap(({ name, statement }) =>
      applied(statement, side).flatMap(({ which, filters }) => {
        const clause = { [axis]: objects.network.numbers([name]), src: [bounds[which]] };
        return called(filters, which, `${name}/${side}/${which}`, clause, objects, chains);
      }),
    );
}

/** The filter of the loopback interface, which is for all that the device itself gets. */
export function ownFilters(objects: Objects, chains: Chains): readonly Rule[] {
  return objects.network.units
    .filter(({ name }) => name.startsWith('lo0.'))
    .flatMap(({ name, statement }) =>
      applied(statement, 'input').flatMap(({ which, filters }) =>
        called(filters, which, `${name}/input/${which}`, { src: [bounds[which]] }, objects, chains),
      ),
    );
}

/** The filters of a unit; several of a list are asked one behind the other as one. */
function applied(
  unit: Statement | undefined,
  side: 'input' | 'output',
): readonly { readonly which: Family; readonly filters: readonly Statement[] }[] {
  return (['inet', 'inet6'] as const).flatMap((which) => {
    const filter = unit?.at('family', which, 'filter');
    const filters = [...(filter?.below(side) ?? []), ...(filter?.below(`${side}-list`) ?? [])];
    return filters.length === 0 ? [] : [{ which, filters }];
  });
}

function called(
  filters: readonly Statement[],
  which: Family,
  id: string,
  clause: Clause,
  objects: Objects,
  chains: Chains,
): readonly Rule[] {
  const [first] = filters;
  if (first === undefined) return [];
  const chain = `filter/${which}/${filters.map(({ word }) => word).join('+')}`;
  if (!chains.all.has(chain)) {
    const rules = filters.flatMap((filter) => filterRules(filter, which, objects, chains));
    const last = chains.rule(
      `${chain}/implicit-discard`,
      first.line,
      {},
      { kind: 'drop' },
      'what no term matches is discarded',
    );
    chains.add(chain, [...rules, ...last], objects.reading.at(first.line), chain);
  }
  return chains.rule(`${id}/here`, first.line, clause, { kind: 'goto', chain });
}

function filterRules(name: Statement, which: Family, objects: Objects, chains: Chains): readonly Rule[] {
  const { root, reading } = objects;
  const filter =
    root.at('firewall', 'family', which, 'filter', name.word) ??
    (which === 'inet' ? root.at('firewall', 'filter', name.word) : undefined);
  if (filter === undefined) {
    reading.error(
      reading.at(name.line),
      `there is no filter ${name.word} of ${which}`,
      undefined,
      'reference-unknown',
    );
    return [];
  }
  return filter
    .below('term')
    .flatMap((term) => termRules(term, `filter/${which}/${name.word}/${term.word}`, which, objects, chains));
}

/** What does not end a term, and has no say in what becomes of the packet. */
const modifiers: ReadonlySet<string> = new Set([
  'count',
  'log',
  'syslog',
  'sample',
  'loss-priority',
  'forwarding-class',
  'dscp',
  'port-mirror',
  'packet-mode',
  'next',
]);

function termRules(
  term: Statement,
  id: string,
  which: Family,
  objects: Objects,
  chains: Chains,
): readonly Rule[] {
  const { reading } = objects;
  const condition = termCondition(term, which, objects);
  const then = term.at('then');
  const words = then?.children ?? [];
  const origin = chains.origin(id, term.line, `term ${term.spell()}`.slice(0, 400));
  const verb = words.find(({ word }) => ['accept', 'discard', 'reject'].includes(word));
  const odd = words.find((each) => each !== verb && !modifiers.has(each.word));
  const packets = words.find(({ word }) => word === 'packet-mode');
  if (packets !== undefined) {
    const why = reading.note(
      reading.at(packets.line),
      'packets that are not looked at as flows are not modelled',
    );
    return chains.rules(origin, condition, { kind: 'unmodelled', why });
  }
  if (odd !== undefined && verb?.word !== 'discard' && verb?.word !== 'reject') {
    const why = reading.note(reading.at(odd.line), `'then ${odd.word.slice(0, 40)}' is not modelled`);
    return chains.rules(origin, condition, { kind: 'unmodelled', why });
  }
  const isNext = then?.at('next', 'term') !== undefined;
  const passes = verb === undefined ? !isNext : verb.word === 'accept';
  const action: Action = passes
    ? passed(chains, term)
    : { kind: verb === undefined ? 'continue' : verb.word === 'discard' ? 'drop' : 'reject' };
  return chains.rules(origin, condition, action);
}

/** Lets a packet go on, and leaves the policy as the rule that decided. */
function passed(chains: Chains, { line }: Statement): Action {
  chains.add('filter/accepted', [], chains.reading.at(line), 'what a filter accepts');
  return { kind: 'goto', chain: 'filter/accepted' };
}
