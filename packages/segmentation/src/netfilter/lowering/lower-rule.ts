import { problem, type Position, type Problem } from '@holdfast/kernel';
import type { Action, Clause, Rule, RuleSource } from '../../model/firewall.ts';
import { only, subtract } from '../../model/interval.ts';
import { connectionStates } from '../../model/packet.ts';
import { meet, merged, outside } from './clauses.ts';
import {
  clausesOf,
  elementClauses,
  elementsOf,
  fieldNames,
  isCatchAll,
  needsOf,
  type Scope,
} from './conditions.ts';
import { fieldOf, portProtocols } from './fields.ts';
import { isVerdict, type Place } from './places.ts';
import type { Expression, Match, RuleText, RuleVerdict, Statement } from '../ruleset.ts';
import { casesOf } from './translations.ts';
import type { Read } from './values.ts';

/** Where a rule stands. */
export interface RuleContext extends Scope {
  readonly places: readonly Place[];
  /** Whether another chain of the same hook may have translated before. */
  readonly isLaterNat: boolean;
  readonly chainId: (chain: string) => string;
  readonly tell: (problem: Problem) => void;
}

/** Before this priority the kernel does not know the connection of a packet. */
const trackingPriority = -200;
const mostClauses = 4000;

/** A rule of a file as rules of the model, each with one action. They do not overlap but where one only goes on. */
export function lowerRule(rule: RuleText, source: RuleSource, context: RuleContext): readonly Rule[] {
  return new Lowering(source, context).run(rule.statements);
}

class Lowering {
  readonly #source: RuleSource;
  readonly #context: RuleContext;
  readonly #rules: Rule[] = [];
  #clauses: readonly Clause[] = [{}];
  #unmodelled: Problem[] = [];
  #isAnyTransport = false;

  constructor(source: RuleSource, context: RuleContext) {
    this.#source = source;
    this.#context = context;
  }

  run(statements: readonly Statement[]): readonly Rule[] {
    for (const statement of statements) {
      if (this.#take(statement) === 'end') return this.#rules;
    }
    if (this.#rules.length === 0) this.#emit({ kind: 'continue' });
    return this.#rules;
  }

  #take(statement: Statement): 'end' | undefined {
    const { at } = statement;
    switch (statement.kind) {
      case 'match':
        return this.#condition([statement], at);
      case 'either':
        return this.#condition(statement.matches, at);
      case 'condition':
        return this.#doubt(at, `'${statement.what}' is not modelled: the rule may or may not match`);
      case 'change':
        return this.#doubt(at, `the rule may fail when the set '${statement.set}' is full`);
      case 'none':
        return undefined;
      case 'note':
        this.#context.tell(unmodelled(at, `'${statement.what}' has no effect on the verdicts here`));
        return undefined;
      case 'untrack':
        return this.#untrack(at);
      case 'verdict':
        return this.#emit(this.#action(statement.verdict));
      case 'verdicts':
        return this.#verdicts(statement.key, statement.data, at);
      case 'nat':
        return this.#translate(statement);
      case 'other':
        return this.#emit(this.#unknown(at, `'${statement.what}' is not modelled`));
      default:
        return statement satisfies never;
    }
  }

  #condition(matches: readonly Match[], at: Position): undefined {
    const clauses: Clause[] = [];
    for (const match of matches) {
      const own =
        this.#usable(match.key, match.operator === '!=' || match.operator === '!') ??
        clausesOf(match, this.#context);
      if ('why' in own) return this.#doubt(at, own.why);
      for (const each of own.value) clauses.push(each);
      this.#see(match.key);
    }
    const met = meet(this.#clauses, clauses);
    if (met.length > mostClauses) return this.#doubt(at, 'this condition takes too many boxes');
    this.#clauses = met;
    return undefined;
  }

  #see(key: Expression): void {
    if (fieldNames(key).some((each) => fieldOf(each)?.isAnyTransport === true)) this.#isAnyTransport = true;
  }

  /** What a key is where packets do not have it yet, or `undefined` where they do. */
  #usable(key: Expression, isNegated: boolean): Read<readonly Clause[]> | undefined {
    for (const name of fieldNames(key)) {
      const lacks = this.#context.places.filter((place) => isLacking(name, place));
      if (lacks.length === 0) continue;
      if (name === 'ct state') return { why: 'the connection is not tracked yet at this priority' };
      if (lacks.length < this.#context.places.length)
        return { why: `'${name}' is not set on all the ways into this chain` };
      return isNegated ? negatedNeeds(key) : { value: [] };
    }
    return undefined;
  }

  #doubt(at: Position, why: string): undefined {
    const doubt = unmodelled(at, why);
    this.#unmodelled.push(doubt);
    this.#context.tell(doubt);
    return undefined;
  }

  #unknown(at: Position, what: string): Action {
    const why = unmodelled(at, what);
    this.#context.tell(why);
    return { kind: 'unmodelled', why };
  }

  #action(verdict: RuleVerdict): Action {
    return 'chain' in verdict
      ? { kind: verdict.kind, chain: this.#context.chainId(verdict.chain) }
      : { kind: verdict.kind };
  }

  /** Only what has no connection yet can be taken out of tracking. */
  #untrack(at: Position): undefined {
    const early = this.#context.places.filter(({ priority }) => priority < trackingPriority);
    if (early.length === this.#context.places.length) this.#emit({ kind: 'untrack' });
    else if (early.length > 0)
      this.#emit(this.#unknown(at, 'notrack works on some of the ways into this chain only'));
    else {
      const invalid = only(BigInt(connectionStates.indexOf('invalid')));
      this.#emit({ kind: 'untrack' }, meet(this.#clauses, [{ state: invalid }]));
    }
    return undefined;
  }

  #verdicts(key: Expression, data: Expression, at: Position): 'end' {
    const absent = this.#usable(key, false);
    const needs = needsOf(key);
    const elements = elementsOf(data, this.#context);
    if (absent && 'why' in absent) return this.#emit(this.#unknown(at, absent.why));
    if ('why' in needs) return this.#emit(this.#unknown(at, needs.why));
    if ('why' in elements) return this.#emit(this.#unknown(at, elements.why));
    // A key that packets do not have matches no element.
    if (absent) return this.#emit({ kind: 'continue' }, []);
    this.#see(key);
    const base = meet(this.#clauses, [needs.value]);
    const groups = new Map<string, { readonly action: Action; readonly clauses: Clause[] }>();
    const all: Clause[] = [];
    let rest: RuleVerdict | undefined;
    for (const element of elements.value) {
      if (!isVerdict(element.value)) return this.#emit(this.#unknown(at, 'this map gives no verdicts'));
      if (isCatchAll(element)) {
        rest = element.value;
        continue;
      }
      const clauses = elementClauses(key, element.key, this.#context);
      if ('why' in clauses) return this.#emit(this.#unknown(at, clauses.why));
      const action = this.#action(element.value);
      const name = JSON.stringify(action);
      const group = groups.get(name) ?? { action, clauses: [] };
      groups.set(name, group);
      group.clauses.push(...clauses.value);
      all.push(...clauses.value);
    }
    for (const { action, clauses } of groups.values()) this.#emit(action, meet(base, merged(clauses)));
    if (rest === undefined) return 'end';
    const others = outside(merged(all), mostClauses);
    return others === undefined
      ? this.#emit(this.#unknown(at, 'the rest of this map takes too many boxes'), base)
      : this.#emit(this.#action(rest), meet(base, others));
  }

  #translate(statement: Extract<Statement, { kind: 'nat' }>): 'end' {
    const { at } = statement;
    const cases = casesOf(statement, this.#context);
    if ('why' in cases) return this.#emit(this.#unknown(at, cases.why));
    if (statement.nat === 'redirect' && this.#context.places.some(({ hook }) => hook === 'output'))
      return this.#emit(this.#unknown(at, 'redirecting what the firewall itself sends is not modelled'));
    if (this.#context.isLaterNat)
      this.#doubt(at, 'an earlier nat chain of this hook may have translated already');
    if (statement.address?.kind === 'map') this.#see(statement.address.key);
    for (const { clauses, to } of cases.value)
      this.#emit({ kind: 'translate', to }, meet(this.#clauses, clauses));
    return 'end';
  }

  #emit(action: Action, clauses = this.#clauses): 'end' {
    const rule = (of: readonly Clause[], doubts: readonly Problem[]): void => {
      if (of.length > 0 || this.#rules.length === 0)
        this.#rules.push({ source: this.#source, clauses: of, unmodelled: doubts, action });
    };
    if (!this.#isAnyTransport) {
      rule(clauses, this.#unmodelled);
      return 'end';
    }
    rule(meet(clauses, [{ protocol: portProtocols }]), this.#unmodelled);
    const others = meet(clauses, [{ protocol: subtract([{ low: 0n, high: 255n }], portProtocols) }]);
    if (others.length > 0) {
      const doubt = unmodelled(
        this.#source.at,
        "'th' reads other bytes than ports in protocols without them",
      );
      this.#context.tell(doubt);
      rule(
        others.map(({ sport: _sport, dport: _dport, ...more }) => more),
        [...this.#unmodelled, doubt],
      );
    }
    return 'end';
  }
}

function negatedNeeds(key: Expression): Read<readonly Clause[]> {
  const needs = needsOf(key);
  return 'why' in needs ? needs : { value: [needs.value] };
}

/** Whether packets do not have a field at a place: the way out before they are routed, the way in of what is sent. */
function isLacking(name: string, { hook, priority }: Place): boolean {
  if (name === 'ct state')
    return (hook === 'prerouting' || hook === 'output') && priority <= trackingPriority;
  if (name.startsWith('meta oif')) return hook === 'prerouting' || hook === 'input';
  return name.startsWith('meta iif') && hook === 'output';
}

const unmodelled = (at: Position, message: string): Problem => problem('import-partial', message, { at });
