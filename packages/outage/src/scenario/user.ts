import {
  asMillis,
  fail,
  ok,
  parseDuration,
  problem,
  type Millis,
  type Problem,
  type Result,
} from '@holdfast/kernel';
import type { EntityData } from '@holdfast/estate';
import type { Component, Model } from '../compile/model.ts';
import type { FaultSpan } from '../solver/fault-span.ts';
import { startInstant } from './clock.ts';
import { defaultLength, recoveryOf, scenario, targetLength } from './built-in.ts';
import { standingIn } from './rooms.ts';
import { select } from './selectors.ts';
import type { Asked, Scenario } from './scenario.ts';

/** Scenarios that the estate declares itself. Every selector that names nothing is a problem at its line. */
export function declared(model: Model, asked: Asked): Result<readonly Scenario[], readonly Problem[]> {
  const problems: Problem[] = [];
  const scenarios = [...model.estate.all('scenario')].flatMap(([id, data]) => {
    const read = one(model, id, data, asked);
    if (read.kind === 'ok') return [read.value];
    problems.push(...read.error);
    return [];
  });
  return problems.length > 0 ? fail(problems) : ok(scenarios);
}

function one(
  model: Model,
  id: string,
  data: EntityData<'scenario'>,
  asked: Asked,
): Result<Scenario, readonly Problem[]> {
  const problems: Problem[] = [];
  const whole = asked.length ?? (data.for === undefined ? targetLength(model, 'any') : read(data.for));
  const faults: FaultSpan[] = [];
  const components: string[] = [];
  for (const [index, fault] of data.faults.entries()) {
    const from = fault.from === undefined ? asMillis(0) : read(fault.from);
    const until = asMillis(fault.for === undefined ? whole : from + read(fault.for));
    for (const selector of fault.at) {
      const found = select(model, selector, fault.as === 'hostile');
      if (found.kind === 'error') {
        problems.push(
          problem('selector-unmatched', `scenario ${id}: ${found.error.message}`, {
            hint: found.error.hint,
            at: model.estate.at('scenario', id, ['faults', index, 'at']),
          }),
        );
      } else {
        faults.push(...found.value.map(({ node }) => ({ node, from, until })));
        components.push(...found.value.map(({ key }) => key));
      }
    }
  }
  if (problems.length > 0) return fail(problems);
  const last = asMillis(Math.max(whole, ...faults.map(({ until }) => (Number.isFinite(until) ? until : 0))));
  return ok({
    key: `own:${id}`,
    name: data.name,
    kind: 'own',
    components,
    faults,
    start: startOf(model, data, asked),
    length: last,
    horizon: asMillis(last + recoveryOf(model)),
  });
}

/** When a scenario starts: on its own day and hour where it says them, on the clock of the estate's first site. */
function startOf(model: Model, data: EntityData<'scenario'>, asked: Asked): number {
  if (data.at === undefined && data.on === undefined) return asked.start;
  const zone = [...model.estate.all('site').values()][0]?.timeZone ?? 'UTC';
  const date = data.on ?? new Date(asked.start).toISOString().slice(0, 10);
  return startInstant(date, data.at ?? '08:00', zone);
}

/** A scenario put together on the command line: selectors that all fail at 0. */
export function adHoc(
  model: Model,
  selectors: readonly string[],
  asked: Asked,
): Result<Scenario, readonly Problem[]> {
  const problems: Problem[] = [];
  const components = selectors.flatMap((selector) => {
    const hostile = selector.startsWith('hostile:');
    const found = select(model, hostile ? selector.slice('hostile:'.length) : selector, hostile);
    if (found.kind === 'ok') return found.value;
    problems.push(found.error);
    return [];
  });
  if (problems.length > 0) return fail(problems);
  const name =
    selectors.length === 0
      ? 'No fault'
      : selectors.flatMap((each) => namesOf(model, each, components)).join(', ');
  return ok(
    scenario(
      `fault:${selectors.join('+') || 'none'}`,
      name,
      'own',
      components,
      asked,
      asked.length ?? targetLength(model, 'any'),
      recoveryOf(model),
    ),
  );
}

/** What a selector is called: a place by its name, anything else by what it strikes. */
function namesOf(model: Model, selector: string, components: readonly Component[]): readonly string[] {
  if (standingIn(model, selector).length > 0 && !model.components.has(selector))
    return [`All that stands in ${model.estate.nameOf(selector)}`];
  const own = select(model, selector.replace(/^hostile:/u, ''), selector.startsWith('hostile:'));
  return (own.kind === 'ok' ? own.value : components).map(({ name }) => name);
}

function read(text: string): Millis {
  const duration = parseDuration(text);
  return duration.kind === 'ok' ? duration.value : defaultLength;
}
