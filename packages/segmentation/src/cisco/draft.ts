import type { Action, Chain, Clause, Interface, Rule, RuleSource, Step } from '../model/firewall.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import type { Problem } from '@holdfast/kernel';
import { sourceOf } from './access/access-list.ts';
import type { ConfigLine } from './text/config-lines.ts';
import type { Reading } from './text/reading.ts';

/** What the readers gather of a firewall: its interfaces by number, and its chains. */
export class Draft {
  readonly reading: Reading;
  readonly interfaceNames: readonly string[];
  readonly chains = new Map<string, Chain>();
  readonly #numbers: ReadonlyMap<string, bigint>;

  constructor(reading: Reading, interfaces: readonly Pick<Interface, 'name'>[]) {
    this.reading = reading;
    this.interfaceNames = ['', ...interfaces.map(({ name }) => name)];
    this.#numbers = new Map(this.interfaceNames.map((name, index) => [name, BigInt(index)]));
  }

  /** The numbers of interfaces on the axes; names that the configuration does not have are left out. */
  numbers(...names: readonly string[]): IntervalSet {
    return intervalSet(
      names.flatMap((name) => {
        const number = this.#numbers.get(name);
        return number === undefined ? [] : [{ low: number, high: number }];
      }),
    );
  }

  /** The interfaces that carry packets; a configuration that has none is a part of one, and says nothing of them. */
  carriers(interfaces: readonly Interface[]): { readonly carriers?: IntervalSet } {
    const open = interfaces.filter(({ shutdown }) => shutdown !== true).map(({ name }) => name);
    return interfaces.length === 0 ? {} : { carriers: this.numbers(...open) };
  }

  /** A rule that a line of the configuration makes. */
  rule(
    id: string,
    line: ConfigLine,
    clauses: readonly Clause[],
    action: Action,
    unmodelled: readonly Problem[] = [],
  ): Rule {
    return { source: sourceOf(this.reading, line, id), clauses, unmodelled, action };
  }

  add(chain: Chain): void {
    this.chains.set(chain.id, chain);
  }

  /** A step of these rules; none where there are no rules. */
  step(
    id: string,
    rules: readonly Rule[],
    kind: Step['kind'] = 'filter',
    policy: 'accept' | 'drop' = 'accept',
  ): readonly Step[] {
    if (rules.length === 0) return [];
    const at = { file: this.reading.file, line: 1, column: 1 };
    const source: RuleSource = { id, at, text: `what no rule of ${id} decides` };
    this.add({ id, rules, policy, source });
    return [{ kind, chain: id }];
  }
}
