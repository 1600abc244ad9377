import type { Clause, Rule, Step, Translation } from '../../model/firewall.ts';
import type { Problem } from '@holdfast/kernel';
import type { Interval } from '../../model/interval.ts';
import type { Known } from '../access/matching.ts';
import type { Draft } from '../draft.ts';
import { sizeOf } from '../text/wildcard.ts';
import { hullOf, type AsaTranslation } from './translation-rules.ts';

/** The steps that translate: destinations before any access list, sources behind them all, so that lists see real addresses. */
export interface AsaTranslationSteps {
  readonly prerouting: readonly Step[];
  readonly postrouting: readonly Step[];
}

/** Makes the steps of the translations, which are in their order. */
export function asaTranslationSteps(
  draft: Draft,
  translations: readonly AsaTranslation[],
): AsaTranslationSteps {
  const [destinations, sources]: [Rule[], Rule[]] = [[], []];
  for (const each of translations) {
    destinations.push(...destinationRules(draft, each));
    sources.push(...sourceRules(draft, each));
  }
  return {
    prerouting: draft.step('nat/destination', destinations, 'nat'),
    postrouting: draft.step('nat/source', sources, 'nat'),
  };
}

const on = (axis: 'iif' | 'oif', draft: Draft, name: string): Clause =>
  name === 'any' ? {} : { [axis]: draft.numbers(name) };

function destinationRules(draft: Draft, each: AsaTranslation): readonly Rule[] {
  const { line, from, to, real, mapped, destination, ports, isStatic, isOneWay } = each;
  const rules: Rule[] = [];
  const id = (way: string): string => `nat/destination/${line.number}${way}`;
  if (destination !== undefined) {
    const clause = { ...on('iif', draft, from), src: real.set, dst: destination.mapped.set };
    const pair = ports?.axis === 'destination' ? { protocol: ports.protocol, dport: [ports.real] } : {};
    rules.push(
      moving(
        draft,
        each,
        id(''),
        { ...clause, ...pair },
        'destination',
        destination.mapped,
        destination.real,
        ports?.axis === 'destination' ? ports.mapped : undefined,
      ),
    );
  }
  if (isStatic && !isOneWay) {
    const clause = {
      ...on('iif', draft, to),
      dst: mapped.set,
      ...(destination && { src: destination.real.set }),
    };
    const pair = ports?.axis === 'source' ? { protocol: ports.protocol, dport: [ports.mapped] } : {};
    rules.push(
      moving(
        draft,
        each,
        id('/back'),
        { ...clause, ...pair },
        'destination',
        mapped,
        real,
        ports?.axis === 'source' ? ports.real : undefined,
      ),
    );
  }
  return rules;
}

function sourceRules(draft: Draft, each: AsaTranslation): readonly Rule[] {
  const { line, from, to, real, mapped, destination, ports, isStatic, isOneWay } = each;
  const id = (way: string): string => `nat/source/${line.number}${way}`;
  const clause = {
    ...on('iif', draft, from),
    ...on('oif', draft, to),
    src: real.set,
    ...(destination && { dst: destination.real.set }),
  };
  const pair: Clause =
    ports === undefined
      ? {}
      : ports.axis === 'source'
        ? { protocol: ports.protocol, sport: [ports.real] }
        : { protocol: ports.protocol, dport: [ports.mapped] };
  // A dynamic translation to few addresses takes any free port.
  const port = isStatic ? (ports?.axis === 'source' ? ports.mapped : undefined) : { low: 0n, high: 65_535n };
  const rules = [moving(draft, each, id(''), { ...clause, ...pair }, 'source', real, mapped, port)];
  if (destination === undefined || isOneWay) return rules;
  const back = {
    ...on('iif', draft, to),
    ...on('oif', draft, from),
    src: destination.real.set,
    dst: real.set,
  };
  return [
    ...rules,
    moving(draft, each, id('/back'), back, 'source', destination.real, destination.mapped, undefined),
  ];
}

function moving(
  draft: Draft,
  each: AsaTranslation,
  id: string,
  clause: Clause,
  kind: Translation['kind'],
  before: Known,
  after: Known,
  port: Interval | undefined,
): Rule {
  const { line, isStatic } = each;
  const why: readonly Problem[] = [...each.unmodelled, ...each.real.unknown, ...each.mapped.unknown];
  const clauses = Object.values(clause).some((set) => set.length === 0) ? [] : [clause];
  const to = portTo(port);
  const [doubt] = why;
  if (doubt !== undefined) {
    // What is not known may be any address; a source is translated behind every list, and decides nothing here.
    const free = Object.fromEntries(
      Object.entries(clause).filter(([axis]) => axis === 'iif' || axis === 'oif'),
    );
    const action: Rule['action'] =
      kind === 'source'
        ? { kind: 'translate', to: { kind, address: hullOf([]) } }
        : { kind: 'unmodelled', why: doubt };
    return draft.rule(id, line, kind === 'source' ? clauses : [free], action, kind === 'source' ? [] : why);
  }
  if (sameSet(before, after))
    return draft.rule(id, line, clauses, { kind: 'translate', to: { kind, ...to } });
  const [range, ...others] = after.set;
  const isEven = before.set.length === 1 && sizeOf(before.set) === sizeOf(after.set);
  if (range !== undefined && others.length === 0 && (isEven || !isStatic)) {
    const netmap = isEven && range.low !== range.high && isStatic ? { netmap: true } : {};
    return draft.rule(id, line, clauses, {
      kind: 'translate',
      to: { kind, address: range, ...netmap, ...to },
    });
  }
  const note = draft.reading.note(
    draft.reading.at(line),
    'which address becomes which is not modelled where ranges differ',
  );
  if (kind === 'source')
    return draft.rule(id, line, clauses, {
      kind: 'translate',
      to: { kind, address: hullOf(after.set), ...to },
    });
  return draft.rule(id, line, clauses, { kind: 'unmodelled', why: note });
}

const portTo = (port: Interval | undefined): { readonly port?: Interval } =>
  port === undefined ? {} : { port };

const sameSet = (a: Known, b: Known): boolean =>
  a.set.length === b.set.length &&
  a.set.every(({ low, high }, index) => b.set[index]?.low === low && b.set[index].high === high);
