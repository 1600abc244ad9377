import type { Position } from '@holdfast/kernel';
import type { Reading } from '../cisco/text/reading.ts';
import type { Clause } from '../model/firewall.ts';
import { intervalSet, only, type Interval } from '../model/interval.ts';
import { anyOf, doubted, every, none, perhaps, surely, type Doubtful } from '../zoned/doubtful.ts';
import { icmpTypeOf, portRangeOf, protocolOf } from './port-names.ts';
import { predefinedApplications, predefinedApplicationSets } from './predefined-applications.ts';
import type { Statement } from './statement.ts';

const deepest = 32;

/** What an application says that is no condition on a packet. */
const inert: ReadonlySet<string> = new Set([
  'description',
  'inactivity-timeout',
  'application-protocol',
  'alg',
  'ether-type',
  'do-not-translate-AAAA-query-to-A-query',
  'do-not-translate-A6-query-to-A-query',
  'ttl-threshold',
]);

/** Applications and sets, as conditions on protocol, ports and ICMP messages. Those of the configuration go before the shipped ones. */
export class Applications {
  readonly #reading: Reading;
  readonly #applications: Statement | undefined;
  readonly #sets: Statement | undefined;
  readonly #known = new Map<string, Doubtful>();
  readonly #open = new Set<string>();

  constructor(root: Statement, reading: Reading) {
    this.#reading = reading;
    this.#applications = root.at('applications', 'application');
    this.#sets = root.at('applications', 'application-set');
  }

  /** What an application or a set has. Told where it is not there. */
  named(name: string, at: Position): Doubtful {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const value = this.#read(name, at);
    this.#known.set(name, value);
    return value;
  }

  #read(name: string, at: Position): Doubtful {
    if (name === 'any') return every;
    const [own, set] = [this.#applications?.child(name), this.#sets?.child(name)];
    if (own !== undefined) return this.#application(own);
    if (set !== undefined) return this.#set(set, at);
    const shipped = predefinedApplications.get(name);
    if (shipped !== undefined) return surely(...shipped.map(clauseOf));
    const members = predefinedApplicationSets.get(name);
    if (members !== undefined) return anyOf(members.map((each) => this.named(each, at)));
    if (name.startsWith('junos-'))
      return perhaps([this.#reading.note(at, `the predefined application ${name} is not known`)], {});
    this.#reading.error(at, `there is no application ${name}`, undefined, 'reference-unknown');
    return none;
  }

  #set(set: Statement, at: Position): Doubtful {
    if (this.#open.has(set.word) || this.#open.size >= deepest) {
      this.#reading.error(
        at,
        this.#open.has(set.word)
          ? `the set ${set.word} holds itself`
          : `sets lie in each other more than ${deepest} deep`,
      );
      return none;
    }
    this.#open.add(set.word);
    const members = [...set.below('application'), ...set.below('application-set')];
    const value = anyOf(members.map(({ word, line }) => this.named(word, this.#reading.at(line))));
    this.#open.delete(set.word);
    return value;
  }

  #application(statement: Statement): Doubtful {
    const terms = statement.below('term');
    return terms.length === 0
      ? this.#term(statement, statement)
      : anyOf(terms.map((term) => this.#term(term, statement)));
  }

  #term(term: Statement, application: Statement): Doubtful {
    const said = pairsOf(term);
    const protocol = this.#protocol(said, application);
    if (protocol === undefined) return none;
    const clause: { -readonly [K in keyof Clause]: Clause[K] } =
      protocol === 'any' ? {} : { protocol: only(protocol) };
    const ports: Record<'dport' | 'sport', Interval[]> = { dport: [], sport: [] };
    const doubts = [];
    for (const { key, value } of said) {
      const at = this.#reading.at(value.line);
      if (key === 'destination-port' || key === 'source-port') {
        const range = portRangeOf(value.word);
        if (range === undefined) this.#invalid(value, 'port');
        else ports[key === 'destination-port' ? 'dport' : 'sport'].push(range);
      } else if (/^icmp6?-(?:type|code)$/.test(key)) {
        const isLong = key.startsWith('icmp6');
        const number = key.endsWith('type') ? icmpTypeOf(value.word, isLong) : protocolOf(value.word);
        if (number === undefined)
          doubts.push(this.#reading.note(at, `the ICMP message '${value.word.slice(0, 40)}' is not known`));
        else clause[key.endsWith('type') ? 'icmpType' : 'icmpCode'] = only(number);
        if (protocol === 'any') clause.protocol = only(isLong ? 58n : 1n);
      } else if (key !== 'protocol' && !inert.has(key))
        doubts.push(this.#reading.note(at, `'${key}' of an application is not modelled`));
    }
    for (const axis of ['dport', 'sport'] as const)
      if (ports[axis].length > 0) clause[axis] = intervalSet(ports[axis]);
    return doubted(surely(clause), doubts);
  }

  #protocol(said: readonly Pair[], application: Statement): bigint | 'any' | undefined {
    const value = said.find(({ key }) => key === 'protocol')?.value;
    if (value === undefined) {
      const hasPorts = said.some(({ key }) => key.endsWith('-port'));
      if (hasPorts)
        this.#reading.error(
          this.#reading.at(application.line),
          `application ${application.word} has ports but no protocol`,
        );
      return hasPorts ? undefined : 'any';
    }
    const number = protocolOf(value.word);
    if (number === undefined) this.#invalid(value, 'protocol');
    return number;
  }

  #invalid(value: Statement, what: string): void {
    this.#reading.error(this.#reading.at(value.line), `'${value.word.slice(0, 60)}' is no ${what}`);
  }
}

interface Pair {
  readonly key: string;
  readonly value: Statement;
}

const words: ReadonlySet<string> = new Set([
  ...inert,
  'protocol',
  'destination-port',
  'source-port',
  'icmp-type',
  'icmp-code',
  'icmp6-type',
  'icmp6-code',
  'rpc-program-number',
  'uuid',
  'snmp-command',
]);

/** What a term says, also where all of it stands in one statement: `term t1 protocol tcp destination-port 22`. */
function pairsOf(statement: Statement): readonly Pair[] {
  return statement.children.flatMap((key) => {
    if (!words.has(key.word)) return key.word === 'term' ? [] : [{ key: key.word, value: key }];
    return key.children.flatMap((value) => [{ key: key.word, value }, ...pairsOf(value)]);
  });
}

/** A shipped application in its short spelling. */
export function clauseOf(spelt: string): Clause {
  const [name = '', rest] = spelt.split('/');
  if (rest === undefined) return { protocol: only(BigInt(name)) };
  if (name === 'icmp' || name === 'icmp6')
    return { protocol: only(name === 'icmp' ? 1n : 58n), icmpType: only(BigInt(rest)) };
  const range = portRangeOf(rest);
  return { protocol: only(name === 'udp' ? 17n : 6n), ...(range && { dport: [range] }) };
}
