import type { Problem } from '@holdfast/kernel';
import { family, prefixOf } from '../model/address.ts';
import type { Action, Clause, Rule } from '../model/firewall.ts';
import {
  intersect,
  intervalSet,
  only,
  subtract,
  type Interval,
  type IntervalSet,
} from '../model/interval.ts';
import { numbers } from '../sense/match.ts';
import type { Chains } from '../zoned/chains.ts';
import { allOf, doubted, surely, type Doubtful } from '../zoned/doubtful.ts';
import { portsOf } from './nat-match.ts';
import type { Objects } from './objects.ts';
import { icmpTypeOf, portRangeOf, protocolOf } from './port-names.ts';
import type { Statement } from './statement.ts';

type Family = 'inet' | 'inet6';
const bounds = { inet: family.ipv4, inet6: family.ipv6 } as const;
const flagBits = { fin: 1, syn: 2, rst: 4, push: 8, ack: 16, urgent: 32 } as const;
const withPorts = numbers([6, 17, 132]);

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

function termCondition(term: Statement, which: Family, objects: Objects): Doubtful {
  const from = term.at('from');
  const parts: Doubtful[] = [];
  const doubts: Problem[] = [];
  for (const each of from?.children ?? []) {
    const part = partOf(each, from, which, objects);
    if (part === 'unmodelled')
      doubts.push(
        objects.reading.note(
          objects.reading.at(each.line),
          `the condition '${each.word.slice(0, 40)}' of a filter is not modelled`,
        ),
      );
    else if (part !== 'beside') parts.push(part);
  }
  return doubted(allOf(parts), doubts);
}

const listed = {
  'source-prefix-list': 'source-address',
  'destination-prefix-list': 'destination-address',
  'prefix-list': 'address',
};

function partOf(
  each: Statement,
  from: Statement | undefined,
  which: Family,
  objects: Objects,
): Doubtful | 'unmodelled' | 'beside' {
  const { word } = each;
  if (word === 'source-address' || word === 'destination-address' || word === 'address')
    return addressPart(word, from, which, objects);
  if (word === 'source-prefix-list' || word === 'destination-prefix-list' || word === 'prefix-list') {
    const beside = listed[word];
    return from?.has(beside) === true ? 'beside' : addressPart(beside, from, which, objects);
  }
  if (word === 'protocol' || word === 'next-header' || word === 'payload-protocol')
    return protocolPart(each, objects);
  if (/^(?:source-|destination-)?port(?:-except)?$/.test(word)) return portPart(each, objects);
  if (word === 'icmp-type' || word === 'icmp-code') return icmpPart(each, which);
  if (word === 'tcp-established') return surely({ protocol: only(6n), flags: flagsWith(['ack', 'rst']) });
  if (word === 'tcp-initial') return surely({ protocol: only(6n), flags: flagsSynAlone });
  if (word === 'tcp-flags') return flagPart(each);
  return 'unmodelled';
}

/** Addresses and lists of prefixes; of those that have an address the longest decides, and may take it out again. */
function addressPart(key: string, from: Statement | undefined, which: Family, objects: Objects): Doubtful {
  const { reading, root } = objects;
  const listName = Object.entries(listed).find(([, beside]) => beside === key)?.[0] ?? '';
  const entries: { readonly range: Interval; readonly isOut: boolean }[] = [];
  const add = (text: string, line: Statement['line'], isOut: boolean): void => {
    const range = prefixOf(text);
    if (range !== undefined) entries.push({ range, isOut });
    else reading.error(reading.at(line), `'${text.slice(0, 60)}' is no prefix`, 'for example 10.0.0.0/8');
  };
  for (const each of from?.below(key) ?? []) add(each.word, each.line, each.has('except'));
  for (const each of from?.below(listName) ?? []) {
    const list = root.at('policy-options', 'prefix-list', each.word);
    if (list === undefined)
      reading.error(
        reading.at(each.line),
        `there is no prefix list ${each.word}`,
        undefined,
        'reference-unknown',
      );
    for (const prefix of list?.children ?? [])
      if (prefix.word !== 'apply-path') add(prefix.word, prefix.line, each.has('except'));
  }
  const size = ({ range }: { readonly range: Interval }): bigint => range.high - range.low;
  let set: IntervalSet = [];
  for (const { range, isOut } of entries.toSorted((a, b) =>
    size(a) > size(b) ? -1 : size(a) < size(b) ? 1 : 0,
  ))
    set = isOut ? subtract(set, [range]) : intervalSet([...set, range]);
  const own = intersect(set, [bounds[which]]);
  const apply = from
    ?.below(listName)
    .some((each) => root.at('policy-options', 'prefix-list', each.word, 'apply-path') !== undefined);
  const clauses =
    key === 'address'
      ? [{ src: own }, { dst: own }]
      : [key === 'source-address' ? { src: own } : { dst: own }];
  const known = own.length === 0 ? [] : clauses;
  if (apply !== true) return surely(...known);
  const why = reading.note(
    reading.at((from ?? root).line),
    "what 'apply-path' puts into a list is not modelled",
  );
  return { sure: known, maybe: [{}], why: [why] };
}

function protocolPart(each: Statement, { reading }: Objects): Doubtful {
  const found = each.children.flatMap((value) => {
    const number = protocolOf(value.word);
    if (number !== undefined) return [number];
    reading.error(reading.at(value.line), `'${value.word.slice(0, 40)}' is no protocol`);
    return [];
  });
  return surely({ protocol: intervalSet(found.map((number) => ({ low: number, high: number }))) });
}

function portPart(each: Statement, { reading }: Objects): Doubtful {
  const ranges = each.children.flatMap((value) => portRangeOf(value.word) ?? portsOf(value, reading) ?? []);
  const isOut = each.word.endsWith('-except');
  const set = isOut ? subtract([{ low: 0n, high: 65_535n }], intervalSet(ranges)) : intervalSet(ranges);
  const base = { protocol: withPorts };
  if (each.word.startsWith('source')) return surely({ ...base, sport: set });
  if (each.word.startsWith('destination')) return surely({ ...base, dport: set });
  return isOut
    ? surely({ ...base, sport: set, dport: set })
    : surely({ ...base, sport: set }, { ...base, dport: set });
}

function icmpPart(each: Statement, which: Family): Doubtful | 'unmodelled' {
  const isType = each.word === 'icmp-type';
  const values = each.children.map(({ word }) =>
    isType ? icmpTypeOf(word, which === 'inet6') : /^\d+$/.test(word) ? BigInt(word) : undefined,
  );
  if (values.some((value) => value === undefined || value > 255n)) return 'unmodelled';
  const set = intervalSet(values.flatMap((value) => (value === undefined ? [] : only(value))));
  return surely({ protocol: only(which === 'inet' ? 1n : 58n), [isType ? 'icmpType' : 'icmpCode']: set });
}

const flagsWith = (names: readonly (keyof typeof flagBits)[]): IntervalSet => {
  const bits = names.reduce((sum, name) => sum | flagBits[name], 0);
  return numbers(Array.from({ length: 256 }, (_, value) => value).filter((value) => (value & bits) !== 0));
};

const flagsSynAlone = numbers(
  Array.from({ length: 256 }, (_, value) => value).filter((value) => (value & 2) !== 0 && (value & 16) === 0),
);

/** One flag, or all of `(a & b)`; negations in it with `!`. */
function flagPart(each: Statement): Doubtful | 'unmodelled' {
  const [only6, ...more] = each.words;
  const text = (only6 ?? '').replaceAll(/[()"\s]/g, '');
  if (more.length > 0 || text === '' || text.includes('|')) return 'unmodelled';
  let [on, off] = [0, 0];
  for (const part of text.split('&')) {
    const name = part.replace('!', '');
    if (!Object.hasOwn(flagBits, name)) return 'unmodelled';
    const bit = flagBits[name as keyof typeof flagBits];
    if (part.startsWith('!')) off |= bit;
    else on |= bit;
  }
  const values = Array.from({ length: 256 }, (_, value) => value).filter(
    (value) => (value & on) === on && (value & off) === 0,
  );
  return surely({ protocol: only(6n), flags: numbers(values) });
}
