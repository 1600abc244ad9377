import type { Chain, Clause, Rule, Step, Translation } from '../../model/firewall.ts';
import type { Problem } from '@holdfast/kernel';
import { family } from '../../model/address.ts';
import { only, type Interval, type IntervalSet } from '../../model/interval.ts';
import { entryRules, sourceOf, type AccessList } from '../access/access-list.ts';
import type { Draft } from '../draft.ts';
import { ipv4Of } from '../text/wildcard.ts';
import type { IosInterface } from './interfaces.ts';
import type { RouteMaps } from './route-maps.ts';
import type { DynamicStatement, StaticStatement, TranslationStatement } from './translation-statement.ts';

/** What the translations of a router are made from. */
export interface TranslationParts {
  readonly statements: readonly TranslationStatement[];
  readonly pools: ReadonlyMap<string, readonly Interval[]>;
  readonly lists: ReadonlyMap<string, AccessList>;
  readonly routeMaps: RouteMaps;
  readonly interfaces: readonly IosInterface[];
  readonly interfaceNamed: (name: string) => IosInterface | undefined;
}

/** The steps that translate, and what never reaches the router itself because it is translated. */
export interface Translations {
  readonly destination: readonly Step[];
  readonly source: readonly Step[];
  readonly elsewhere: readonly Rule[];
}

/**
 * Translations between the interfaces that are marked inside and those marked outside. Static ones come before dynamic
 * ones. What comes in outside is translated before it is routed, what goes out is routed before it is translated, and
 * both before the outbound access list.
 * @see http://www.remoteaccess.org.ua/1587200732_ch12lev1sec3.html NAT Order of Operation
 */
export function translationsOf(draft: Draft, parts: TranslationParts): Translations {
  return new Translator(draft, parts).run();
}

class Translator {
  readonly #draft: Draft;
  readonly #parts: TranslationParts;
  readonly #inside: IntervalSet;
  readonly #outside: IntervalSet;
  readonly #destination: Rule[] = [];
  readonly #source: Rule[] = [];
  readonly #elsewhere: Rule[] = [];

  constructor(draft: Draft, parts: TranslationParts) {
    this.#draft = draft;
    this.#parts = parts;
    const side = (which: 'inside' | 'outside'): IntervalSet =>
      draft.numbers(...parts.interfaces.filter(({ nat }) => nat === which).map(({ name }) => name));
    [this.#inside, this.#outside] = [side('inside'), side('outside')];
  }

  run(): Translations {
    const { statements } = this.#parts;
    if (statements.length > 0 && (this.#inside.length === 0 || this.#outside.length === 0)) {
      const [first] = statements;
      if (first !== undefined)
        this.#draft.reading.note(
          this.#draft.reading.at(first.line),
          'nothing is translated: no interface is marked ip nat inside, or none outside',
        );
      return { destination: [], source: [], elsewhere: [] };
    }
    for (const each of statements) if (each.kind === 'static') this.#static(each);
    for (const each of statements) if (each.kind === 'dynamic') this.#dynamic(each);
    for (const { kind, line, ...rest } of statements)
      if (kind === 'opaque' && 'why' in rest) this.#opaque(line, rest.why);
    return {
      destination: this.#draft.step('nat/destination', this.#destination, 'nat'),
      source: this.#draft.step('nat/source', this.#source, 'nat'),
      elsewhere: this.#elsewhere,
    };
  }

  #opaque(line: TranslationStatement['line'], why: Problem): void {
    for (const [rules, iif, oif, id] of [
      [this.#destination, this.#outside, undefined, 'destination'],
      [this.#source, this.#inside, this.#outside, 'source'],
    ] as const)
      rules.push(
        this.#draft.rule(
          `nat/${id}/${line.number}`,
          line,
          [{ iif, ...(oif && { oif }) }],
          { kind: 'unmodelled', why },
          [why],
        ),
      );
  }

  #static(statement: StaticStatement): void {
    const { line, port, unmodelled, side } = statement;
    const outer = this.#outer(statement);
    const id = (what: string): string => `nat/${what}/${line.number}`;
    const [local, global] = [statement.local, outer.range];
    const protocol = port && only(port.protocol === 'tcp' ? 6n : 17n);
    const why = [...unmodelled, ...outer.unmodelled];
    const netmap = local.low !== local.high ? { netmap: true } : {};
    const translate = (
      kind: Translation['kind'],
      address: Interval,
      to: bigint | undefined,
    ): Rule['action'] => ({
      kind: 'translate',
      to: { kind, address, ...netmap, ...(to === undefined ? {} : { port: { low: to, high: to } }) },
    });
    const at = (axis: 'src' | 'dst', range: Interval, value: bigint | undefined): Clause => ({
      [axis]: [range],
      ...(protocol && { protocol }),
      ...(value !== undefined && { [axis === 'src' ? 'sport' : 'dport']: only(value) }),
    });
    const between = { iif: this.#inside, oif: this.#outside };
    const back = { iif: this.#outside };
    if (side === 'inside') {
      const inward = { ...back, ...at('dst', global, port?.global) };
      this.#destination.push(
        this.#draft.rule(
          id('destination'),
          line,
          [inward],
          translate('destination', local, port?.local),
          why,
        ),
      );
      this.#elsewhere.push(this.#draft.rule(id('elsewhere'), line, [inward], { kind: 'drop' }, why));
      this.#source.push(
        this.#draft.rule(
          id('source'),
          line,
          [{ ...between, ...at('src', local, port?.local) }],
          translate('source', global, port?.global),
          why,
        ),
      );
    } else {
      this.#source.push(
        this.#draft.rule(
          id('source'),
          line,
          [{ ...back, ...at('src', global, port?.global) }],
          translate('source', local, port?.local),
          why,
        ),
      );
      this.#destination.push(
        this.#draft.rule(
          id('destination'),
          line,
          [{ ...between, ...at('dst', local, port?.local) }],
          translate('destination', global, port?.global),
          why,
        ),
      );
    }
  }

  /** The global addresses of a static translation; any, and not modelled, where they are those of an interface that gets its own from elsewhere. */
  #outer({ global, line }: StaticStatement): {
    readonly range: Interval;
    readonly unmodelled: readonly Problem[];
  } {
    if (global.kind === 'range') return { range: global.range, unmodelled: [] };
    const found = this.#parts.interfaceNamed(global.name);
    const [first] = this.#addresses(found);
    if (first !== undefined && found?.hasUnknownAddress === false) return { range: first, unmodelled: [] };
    const { reading } = this.#draft;
    const why = reading.note(reading.at(line), `the address of ${global.name} is not in the configuration`);
    return { range: family.ipv4, unmodelled: [why] };
  }

  #addresses(found: IosInterface | undefined): readonly Interval[] {
    const [primary = ''] = found?.addresses.filter((each) => !each.includes(':')) ?? [];
    const value = ipv4Of(primary.split('/', 1)[0]);
    return value === undefined ? [] : only(value);
  }

  #dynamic(statement: DynamicStatement): void {
    const { line, to, picks, overload } = statement;
    const { reading } = this.#draft;
    const target = this.#target(statement);
    if (target === undefined) return;
    const between = { iif: this.#inside, oif: this.#outside, src: [family.ipv4], dst: [family.ipv4] };
    const picked =
      picks.kind === 'list'
        ? [{ list: picks.name, oif: undefined }]
        : this.#parts.routeMaps.picks(picks.name, this.#parts.interfaceNamed);
    if (picked === undefined) {
      this.#opaque(line, reading.note(reading.at(line), `route map ${picks.name} is not modelled`));
      return;
    }
    for (const [index, { list: name, oif }] of picked.entries()) {
      const list = this.#parts.lists.get(name);
      if (list === undefined) {
        reading.note(reading.at(line), `there is no access list ${name}: it picks nothing to translate`);
        continue;
      }
      const chain = `nat/source/${line.number}${index === 0 ? '' : `.${index}`}`;
      const rules = entryRules(list, reading, chain, {
        permit: { kind: 'translate', to: target },
        deny: { kind: 'return' },
      });
      this.#draft.add({ id: chain, rules, source: sourceOf(reading, line, chain) } satisfies Chain);
      const where = oif === undefined ? between : { ...between, oif: this.#draft.numbers(oif) };
      if (where.oif.length > 0)
        this.#source.push(
          this.#draft.rule(`${chain}/jump`, line, [where], { kind: 'jump', chain }, statement.unmodelled),
        );
    }
    if (overload || to.kind !== 'pool' || target.address === undefined) return;
    const why = reading.note(
      reading.at(line),
      `who holds an address of pool ${to.name} is known only at the time`,
    );
    const inward = { iif: this.#outside, dst: [target.address] };
    this.#destination.push(
      this.#draft.rule(`nat/destination/${line.number}`, line, [inward], { kind: 'unmodelled', why }),
    );
  }

  #target({ to, line, overload }: DynamicStatement): Translation | undefined {
    const { reading } = this.#draft;
    // A router keeps the source port where it is free, and takes another where it is not.
    const port = overload || to.kind === 'interface' ? { port: { low: 0n, high: 65_535n } } : {};
    if (to.kind === 'interface') {
      const [address] = this.#addresses(this.#parts.interfaceNamed(to.name));
      if (this.#parts.interfaceNamed(to.name) === undefined)
        return reading.error(
          reading.at(line),
          `there is no interface ${to.name}`,
          undefined,
          'reference-unknown',
        );
      return { kind: 'source', address: address ?? family.ipv4, ...port };
    }
    const ranges = this.#parts.pools.get(to.name);
    if (ranges === undefined)
      return reading.error(reading.at(line), `there is no pool ${to.name}`, undefined, 'reference-unknown');
    const [range, ...others] = ranges;
    if (range !== undefined && others.length === 0) return { kind: 'source', address: range, ...port };
    this.#opaque(
      line,
      reading.note(reading.at(line), `pool ${to.name} has several ranges, which is not modelled`),
    );
    return undefined;
  }
}
