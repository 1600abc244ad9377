import type { Problem } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import { prefixOf } from '../model/address.ts';
import type { Clause } from '../model/firewall.ts';
import { intervalSet, only, type Interval, type IntervalSet } from '../model/interval.ts';
import { sureOf, unionOf, type Doubted } from '../sense/doubted.ts';
import { allOf, anyOf, doubted, onAxis, surely, type Doubtful } from '../zoned/doubtful.ts';
import type { Objects } from './objects.ts';
import { portRangeOf, protocolOf } from './port-names.ts';
import type { Statement } from './statement.ts';

/** One end of a rule set: the interfaces that it is for, and how closely it names them; less is closer. */
export interface End {
  readonly interfaces: IntervalSet | undefined;
  readonly closeness: number;
}

/** Reads `from` or `to` of a rule set. */
export function endOf(statement: Statement | undefined, { network, reading }: Objects): End {
  const kind = statement?.children[0];
  if (kind === undefined) return { interfaces: undefined, closeness: 3 };
  const names = kind.children;
  if (kind.word === 'interface')
    return { interfaces: network.numbers(names.map(({ word }) => word)), closeness: 0 };
  if (kind.word === 'zone')
    return {
      interfaces: intervalSet(names.flatMap(({ word, line }): IntervalSet => network.ofZone(word, line))),
      closeness: 1,
    };
  if (kind.word === 'routing-instance')
    return {
      interfaces: intervalSet(names.flatMap(({ word, line }): IntervalSet => network.ofInstance(word, line))),
      closeness: 2,
    };
  reading.error(
    reading.at(kind.line),
    `'${kind.word.slice(0, 40)}' is no end of a rule set`,
    'zone, interface or routing-instance',
  );
  return { interfaces: undefined, closeness: 3 };
}

const known: ReadonlySet<string> = new Set([
  'source-address',
  'source-address-name',
  'destination-address',
  'destination-address-name',
  'source-port',
  'destination-port',
  'protocol',
  'application',
]);

/** What a translation rule matches, whatever its rule set says of interfaces. */
export function natCondition(rule: Statement, objects: Objects): Doubtful {
  const { reading, applications } = objects;
  const match = rule.at('match');
  const doubts: Problem[] = (match?.children ?? [])
    .filter(({ word }) => !known.has(word))
    .map((each) =>
      reading.note(reading.at(each.line), `the condition '${each.word.slice(0, 40)}' is not modelled`),
    );
  const protocols = (match?.below('protocol') ?? []).map((each) => ({ each, number: protocolOf(each.word) }));
  for (const { each, number } of protocols)
    if (number === undefined)
      reading.error(reading.at(each.line), `'${each.word.slice(0, 40)}' is no protocol`);
  const ports = portClauses(match, objects);
  const services = (match?.below('application') ?? []).map(({ word, line }) =>
    applications.named(word, reading.at(line)),
  );
  return doubted(
    allOf([
      addressCondition(match, 'source', objects),
      addressCondition(match, 'destination', objects),
      protocols.length === 0
        ? surely({})
        : surely({ protocol: intervalSet(protocols.flatMap(({ number }) => only(number ?? 0n))) }),
      surely(
        protocols.length === 0 && Object.keys(ports).length > 0 ? { ...ports, protocol: withPorts } : ports,
      ),
      services.length === 0 ? surely({}) : anyOf(services),
    ]),
    doubts,
  );
}

const withPorts: IntervalSet = intervalSet([6n, 17n, 132n].map((each) => ({ low: each, high: each })));

function addressCondition(
  match: Statement | undefined,
  side: 'source' | 'destination',
  objects: Objects,
): Doubtful {
  const { books, reading } = objects;
  const written = (match?.below(`${side}-address`) ?? []).map((each): Doubted => {
    const prefix = each.word === 'any' ? undefined : prefixOf(each.word);
    if (each.word === 'any') return books.named('any', '', reading.at(each.line));
    if (prefix !== undefined) return sureOf([prefix]);
    reading.error(
      reading.at(each.line),
      `'${each.word.slice(0, 60)}' is no prefix`,
      'for example 10.0.0.0/8',
    );
    return sureOf([]);
  });
  const named = (match?.below(`${side}-address-name`) ?? []).map(({ word, line }) =>
    books.named(word, '', reading.at(line)),
  );
  const all = [...written, ...named];
  return all.length === 0 ? surely({}) : onAxis(side === 'source' ? 'src' : 'dst', unionOf(all));
}

function portClauses(match: Statement | undefined, objects: Objects): Clause {
  const side = (key: string, axis: 'sport' | 'dport'): Clause => {
    const ranges = (match?.below(key) ?? []).flatMap((each) => portsOf(each, objects.reading) ?? []);
    return ranges.length === 0 ? {} : { [axis]: intervalSet(ranges) };
  };
  return { ...side('source-port', 'sport'), ...side('destination-port', 'dport') };
}

/** `443`, or `8000 to 8010`. */
export function portsOf(each: Statement, reading: Reading): Interval | undefined {
  const [from, to] = [portRangeOf(each.word), each.value('to')];
  const end = to === undefined ? from : portRangeOf(to);
  if (from !== undefined && end !== undefined && from.low <= end.high)
    return { low: from.low, high: end.high };
  return reading.error(reading.at(each.line), `'${each.word.slice(0, 40)}' is no port or range of ports`);
}
