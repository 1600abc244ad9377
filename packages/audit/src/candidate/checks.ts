import { asMillis, formatDuration } from '@holdfast/kernel';
import type { Estate } from '@holdfast/estate';
import {
  builtIn,
  compile,
  OutageSolver,
  QuestionBook,
  phrases,
  spans,
  verdictAt,
  type Answer,
  type Capability,
  type Model,
  type Scenario,
} from '@holdfast/outage';
import { Targets } from '../targets.ts';
import type { CandidateCheck, Outcome } from './candidate-document.ts';

/** One capability of the place in one scenario. */
interface Check {
  readonly capability: Capability;
  readonly scenario: Scenario;
  readonly target: string;
  readonly declared?: string;
  readonly outcome: Outcome;
}

/** An estate with all its scenarios solved, as far as one place is asked. */
export interface Judged {
  readonly model: Model;
  readonly book: QuestionBook;
  readonly checks: readonly Check[];
}

/** Asks every built-in fault of some places of an estate, but for those of what is judged itself: that it fails without itself says nothing. */
export function judge(
  estate: Estate,
  places: readonly string[],
  start: number,
  itself: readonly string[],
): Judged {
  const whole = compile(estate);
  const model = { ...whole, capabilities: whole.capabilities.filter(({ place }) => places.includes(place)) };
  const solver = new OutageSolver(model);
  const answers = builtIn(model, { start })
    .filter(({ components }) => components.length !== 1 || !itself.includes(components[0] ?? ''))
    .map((scenario) => solver.solve(scenario));
  const book = new QuestionBook(model);
  for (const answer of answers)
    book.add(answer, solver.solve({ ...answer.scenario, components: [], faults: [] }));
  const targets = new Targets(model);
  const checks = answers
    .filter(({ scenario }) => scenario.kind !== 'fire')
    .flatMap((answer) => model.capabilities.flatMap((each) => checkOf(model, targets, answer, each)));
  return { model, book, checks };
}

function checkOf(model: Model, targets: Targets, answer: Answer, capability: Capability): readonly Check[] {
  const { scenario } = answer;
  const target = targets.of(capability, scenario);
  if (!target) return [];
  const timeline = answer.timeline(capability);
  const worst = (['fails', 'unknown'] as const).find(
    (verdict) => spans(timeline, [verdict], target.until).length > 0,
  );
  const at = worst && spans(timeline, [worst], target.until)[0]?.from;
  const outcome: Outcome =
    worst === undefined
      ? { verdict: verdictAt(timeline, asMillis(0)) }
      : { verdict: worst, ...(at === undefined ? {} : { at }) };
  const declared = target.declared === undefined ? {} : { declared: model.estate.nameOf(target.declared) };
  return [{ capability, scenario, target: formatDuration(target.until), ...declared, outcome }];
}

const badness = { fails: 0, unknown: 1, holds: 2 } as const;

/** The checks that do not hold today or with the candidate, the worst first; scenarios that fare alike are one. */
export function compareChecks(today: Judged, withIt: Judged): readonly CandidateCheck[] {
  const keyOf = ({ capability, scenario }: Check): string => `${scenario.key} ${capability.id}`;
  const before = new Map(today.checks.map((each) => [keyOf(each), each.outcome]));
  const rows = withIt.checks.map((check) => ({ check, was: before.get(keyOf(check)) }));
  const telling = rows.filter(
    ({ check, was }) => check.outcome.verdict !== 'holds' || (was && was.verdict !== 'holds'),
  );
  const groups = Map.groupBy(telling, ({ check: { capability, target, declared, outcome }, was }) =>
    JSON.stringify([capability.name, target, declared, outcome, was]),
  );
  return [...groups.values()]
    .map((group): CandidateCheck => {
      const [{ check, was }] = group as [(typeof group)[number]];
      return {
        capability: phrases[check.capability.name].title,
        scenarios: group.map(({ check: { scenario } }) => scenario.name),
        target: check.target,
        ...(check.declared === undefined ? {} : { declared: check.declared }),
        ...(was === undefined ? {} : { today: was }),
        withIt: check.outcome,
      };
    })
    .toSorted(
      (a, b) =>
        badness[a.withIt.verdict] - badness[b.withIt.verdict] || (a.withIt.at ?? 0) - (b.withIt.at ?? 0),
    );
}
