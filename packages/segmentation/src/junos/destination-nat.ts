import type { Problem } from '@holdfast/kernel';
import { addressOf, family, prefixOf } from '../model/address.ts';
import type { Action, Clause, Rule } from '../model/firewall.ts';
import { intervalSet, type Interval } from '../model/interval.ts';
import type { Chains } from '../zoned/chains.ts';
import { allOf, doubted, surely, type Doubtful } from '../zoned/doubtful.ts';
import { oneByOne } from '../zoned/one-by-one.ts';
import { endOf, natCondition, portsOf } from './nat-match.ts';
import type { Objects } from './objects.ts';
import { portRangeOf } from './port-names.ts';
import type { Statement } from './statement.ts';

/** Static translations of one rule: what is known outside, and the host inside. */
export interface Static {
  readonly id: string;
  readonly rule: Statement;
  readonly outside: Interval;
  readonly inside: Interval;
  readonly ports: { readonly outside: Interval; readonly inside: Interval } | undefined;
  readonly interfaces: Clause['iif'];
  readonly condition: Doubtful;
}

interface RuleSet {
  readonly statement: Statement;
  readonly interfaces: Clause['iif'];
  readonly closeness: number;
}

/** The rule sets of a kind, those that name their interfaces more closely first. */
function ruleSets(kind: string, objects: Objects): readonly RuleSet[] {
  return objects.root
    .below('security', 'nat', kind, 'rule-set')
    .map((statement) => ({ statement, ...endOf(statement.at('from'), objects) }))
    .toSorted((a, b) => a.closeness - b.closeness);
}

/**
 * Static translations in the order in which they are asked. One that is not modelled makes unknown what it is for.
 * @see https://www.juniper.net/documentation/software/junos-security/junos-security10.3/junos-security-swconfig-security/topic-42806.html
 */
export function staticsOf(objects: Objects, opaque: Rule[], chains: Chains): readonly Static[] {
  return ruleSets('static', objects).flatMap(({ statement, interfaces }) =>
    statement.below('rule').flatMap((rule) => {
      const id = `nat/static/${statement.word}/${rule.word}`;
      const condition = allOf([
        surely(interfaces === undefined ? {} : { iif: interfaces }),
        natCondition(rule, objects),
      ]);
      const read = staticOf(rule, objects);
      if (!('why' in read)) return [{ id, rule, interfaces, condition, ...read }];
      opaque.push(
        ...chains.rules(
          chains.origin(id, rule.line, `rule ${rule.spell()}`.slice(0, 400)),
          doubted(condition, [read.why]),
          {
            kind: 'unmodelled',
            why: read.why,
          },
        ),
      );
      return [];
    }),
  );
}

function staticOf(
  rule: Statement,
  { books, reading }: Objects,
): Pick<Static, 'outside' | 'inside' | 'ports'> | { readonly why: Problem } {
  const note = (line: Statement['line'], message: string): { readonly why: Problem } => ({
    why: reading.note(reading.at(line), message),
  });
  const match = rule.at('match');
  const then = rule.at('then', 'static-nat');
  const to = then?.below('prefix').find(({ word }) => prefixOf(word) !== undefined);
  const name = then
    ?.below('prefix-name')
    .find(({ word }) => word !== 'mapped-port' && word !== 'routing-instance');
  const outer = match?.below('destination-address')[0];
  const outerName = match?.below('destination-address-name')[0];
  const single = (each: Statement | undefined, named: Statement | undefined): Interval | undefined => {
    if (each !== undefined) return prefixOf(each.word);
    if (named === undefined) return undefined;
    const { sure, maybe } = books.named(named.word, '', reading.at(named.line));
    return sure.length === 1 && maybe.length === 0 ? sure[0] : undefined;
  };
  const [outside, inside] = [single(outer, outerName), single(to, name)];
  if (
    outside === undefined ||
    inside === undefined ||
    inside.high - inside.low !== outside.high - outside.low
  )
    return note(
      (then ?? rule).line,
      'a static translation that maps not one prefix to another as large is not modelled',
    );
  if (outside.low >= family.ipv6.low !== inside.low >= family.ipv6.low)
    return note((then ?? rule).line, 'translation between IPv4 and IPv6 is not modelled');
  const target = to ?? name;
  const port = match?.below('destination-port')[0];
  // In lines of their own, `mapped-port` stands beside the prefix.
  const mapped = [
    target?.at('mapped-port'),
    then?.at('prefix', 'mapped-port'),
    then?.at('prefix-name', 'mapped-port'),
  ].find((each) => each !== undefined)?.children[0];
  if (port === undefined || mapped === undefined) return { outside, inside, ports: undefined };
  const [from, into] = [portsOf(port, reading), portsOf(mapped, reading)];
  return from === undefined || into === undefined || from.high - from.low !== into.high - into.low
    ? note(port.line, 'ports that are not mapped one by one are not modelled')
    : { outside, inside, ports: { outside: from, inside: into } };
}

/**
 * The rules that translate destinations: static ones first, then those of pools; the first that matches ends it.
 * @see https://www.juniper.net/documentation/software/junos-security/junos-security10.3/junos-security-swconfig-security/topic-42811.html
 */
export function destinationRules(
  objects: Objects,
  statics: readonly Static[],
  opaque: readonly Rule[],
  chains: Chains,
): readonly Rule[] {
  const pools = ruleSets('destination', objects).flatMap(({ statement, interfaces }) =>
    statement.below('rule').flatMap((rule) => {
      const origin = chains.origin(
        `nat/destination/${statement.word}/${rule.word}`,
        rule.line,
        `rule ${rule.spell()}`.slice(0, 400),
      );
      const side = surely(interfaces === undefined ? {} : { iif: interfaces });
      return chains.rules(
        origin,
        allOf([side, natCondition(rule, objects)]),
        poolAction(rule, objects, chains),
      );
    }),
  );
  return [...opaque, ...statics.flatMap((each) => staticRules(each, chains)), ...pools];
}

function staticRules(each: Static, chains: Chains): readonly Rule[] {
  const origin = chains.origin(each.id, each.rule.line, `rule ${each.rule.spell()}`.slice(0, 400));
  const { ports } = each;
  const forwarded = ports === undefined ? [undefined] : oneByOne(ports.outside, ports.inside);
  const pieces = oneByOne(each.outside, each.inside).flatMap((address) =>
    forwarded.map((port) => ({ address, port })),
  );
  return pieces.flatMap(({ address, port }, index) =>
    chains.rules(
      index === 0 ? origin : { ...origin, id: `${origin.id}/${index + 1}` },
      allOf([each.condition, surely({ dst: [address.from], ...(port && { dport: [port.from] }) })]),
      chains.translate({
        kind: 'destination',
        address: address.to,
        ...(address.from.low === address.from.high ? {} : { netmap: true }),
        ...(port && { port: port.to }),
      }),
    ),
  );
}

/** Ends the translation without one, and leaves the policy as the rule that decided. */
export function untranslated(chains: Chains, line: Statement['line']): Action {
  chains.add('nat/off', [], chains.reading.at(line), 'what is not translated');
  return { kind: 'goto', chain: 'nat/off' };
}

function poolAction(rule: Statement, objects: Objects, chains: Chains): Action {
  const { reading, root } = objects;
  const then = rule.at('then', 'destination-nat');
  if (then?.has('off') === true) return untranslated(chains, rule.line);
  const name = then?.at('pool')?.children[0];
  const pool = name === undefined ? undefined : root.at('security', 'nat', 'destination', 'pool', name.word);
  if (name === undefined || pool === undefined) {
    const at = reading.at((name ?? rule).line);
    if (name === undefined)
      reading.error(at, `rule ${rule.word} translates to nothing`, 'destination-nat pool NAME, or off');
    else reading.error(at, `there is no pool ${name.word}`, undefined, 'reference-unknown');
    return { kind: 'drop' };
  }
  const address = rangeOf(pool, objects);
  const port =
    pool.value('address', 'port') ?? pool.below('address').flatMap((each) => each.value('port') ?? [])[0];
  const mapped = port === undefined ? undefined : portRangeOf(port);
  if (address === undefined) return { kind: 'drop' };
  return chains.translate({
    kind: 'destination',
    address,
    ...(address.low === address.high ? {} : { netmap: true }),
    ...(mapped && { port: mapped }),
  });
}

/** The addresses of a pool as one range, from the lowest to the highest. Told where it has none. */
export function rangeOf(pool: Statement, { reading }: Objects): Interval | undefined {
  const ranges = pool.below('address').flatMap((each) => {
    if (each.word === 'port') return [];
    const [prefix, end] = [prefixOf(each.word), each.value('to')];
    if (prefix !== undefined && end === undefined) return [prefix];
    const [low, high] = [
      addressOf(each.word.split('/', 1)[0] ?? ''),
      addressOf((end ?? '').split('/', 1)[0] ?? ''),
    ];
    return low === undefined || high === undefined || high < low ? [] : [{ low, high }];
  });
  const [first] = intervalSet(ranges);
  const last = intervalSet(ranges).at(-1);
  if (first === undefined || last === undefined)
    return reading.error(
      reading.at(pool.line),
      `the pool ${pool.word} has no addresses`,
      'for example 192.0.2.1/32',
    );
  return { low: first.low, high: last.high };
}
