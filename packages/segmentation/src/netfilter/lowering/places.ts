import type { Position } from '@holdfast/kernel';
import { hooks, type Hook } from '../../model/firewall.ts';
import type { Expression, RuleVerdict, Statement, TableText } from '../ruleset.ts';
import { fault } from '../syntax-fault.ts';

/** From where packets come into a chain. */
export interface Place {
  readonly hook: Hook;
  readonly priority: number;
  readonly type: string;
}

interface Call {
  readonly chain: string;
  readonly at: Position;
}

/** The hook of a name, or `undefined` for those that are not modelled. */
export const hookOf = (name: string): Hook | undefined => hooks.find((each) => each === name);

/**
 * For each chain of a table, the base chains whose packets come into it.
 * Faults where a rule jumps to a chain that is not there, or chains call each other in a circle.
 */
export function placesOf(table: TableText): ReadonlyMap<string, readonly Place[]> {
  const calls = callsOf(table);
  refuseCircles(calls);
  const places = new Map<string, Place[]>();
  for (const { name, base } of table.chains.values()) {
    const hook = base && hookOf(base.hook);
    if (base === undefined || hook === undefined) continue;
    const reached = new Set([name]);
    for (const each of reached) {
      places.set(each, [...(places.get(each) ?? []), { hook, priority: base.priority, type: base.type }]);
      for (const { chain } of calls.get(each) ?? []) reached.add(chain);
    }
  }
  return places;
}

function callsOf(table: TableText): ReadonlyMap<string, readonly Call[]> {
  const calls = new Map<string, Call[]>();
  for (const { name, rules } of table.chains.values()) {
    const own = new Map<string, Call>();
    for (const statement of rules.flatMap(({ statements }) => statements)) {
      for (const chain of targets(statement, table)) {
        if (!table.chains.has(chain))
          fault(
            statement.at,
            `there is no chain '${chain}' in the table ${table.name}`,
            undefined,
            'reference-unknown',
          );
        own.set(chain, { chain, at: statement.at });
      }
    }
    calls.set(name, [...own.values()]);
  }
  return calls;
}

function targets(statement: Statement, table: TableText): readonly string[] {
  if (statement.kind === 'verdict') return targetOf(statement.verdict);
  if (statement.kind !== 'verdicts') return [];
  const { data } = statement;
  const elements =
    data.kind === 'set'
      ? data.elements
      : data.kind === 'named'
        ? (table.sets.get(data.name)?.elements ?? [])
        : [];
  return elements.flatMap(({ value }) => (isVerdict(value) ? targetOf(value) : []));
}

const targetOf = (verdict: RuleVerdict): readonly string[] => ('chain' in verdict ? [verdict.chain] : []);

const verdictKinds: ReadonlySet<string> = new Set([
  'accept',
  'drop',
  'reject',
  'return',
  'continue',
  'jump',
  'goto',
]);

/** Whether the value of a map's element is a verdict. */
export const isVerdict = (value: Expression | RuleVerdict | undefined): value is RuleVerdict =>
  value !== undefined && verdictKinds.has(value.kind);

function refuseCircles(calls: ReadonlyMap<string, readonly Call[]>): void {
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string, at: Position | undefined): void => {
    if (done.has(name)) return;
    if (open.has(name) && at) fault(at, `the chain '${name}' comes back to itself here`);
    open.add(name);
    for (const call of calls.get(name) ?? []) visit(call.chain, call.at);
    open.delete(name);
    done.add(name);
  };
  for (const name of calls.keys()) visit(name, undefined);
}
