import { fail, ok, type Millis, type Problem, type Result } from '@holdfast/kernel';
import type { Estate } from '@holdfast/estate';
import {
  blackStarts,
  builtIn,
  compile,
  declared,
  OutageSolver,
  questions,
  type Answer,
  type Model,
  type Question,
  type Scenario,
} from '@holdfast/outage';
import { siteOf } from '@holdfast/topology';
import type { Finding } from './finding.ts';
import { lifeSafetyFindings } from './life-safety.ts';
import { recoveryFindings } from './recovery-findings.ts';
import { scenarioFindings } from './scenario-findings.ts';
import { bySeverity } from './severity.ts';
import { relayFindings } from './standing-doors.ts';
import { backupFindings, syncFindings, testFindings } from './standing-upkeep.ts';
import {
  alarmPathFindings,
  batteryFindings,
  blackStartFindings,
  coverageFindings,
  retentionFindings,
} from './standing-findings.ts';

/** How an audit is asked. `start` is the instant of each fault; `today` the day on which batteries are judged. */
export interface AuditOptions {
  readonly start: number;
  readonly today: string;
  /** Instead of the targets of the estate. */
  readonly length?: Millis;
  /** Is told of each scenario, for progress. */
  readonly onScenario?: (done: number, of: number) => void;
}

/** Everything that an estate's audit found. */
export interface Audit {
  readonly estate: Estate;
  readonly hash: string;
  readonly start: number;
  readonly today: string;
  readonly model: Model;
  readonly quiet: Answer;
  /** What would be without the faults of a scenario, over the same time. */
  readonly usual: (scenario: Scenario) => Answer;
  readonly answers: readonly Answer[];
  readonly findings: readonly Finding[];
  readonly questions: readonly Question[];
}

/** Audits an estate: every built-in scenario and its own ones, and the estate as it stands. */
export function audit(estate: Estate, options: AuditOptions): Result<Audit, readonly Problem[]> {
  const model = compile(estate);
  const asked = { start: options.start, ...(options.length === undefined ? {} : { length: options.length }) };
  const own = declared(model, asked);
  if (own.kind === 'error') return fail(own.error);
  const solver = new OutageSolver(model);
  const scenarios = [...builtIn(model, asked), ...own.value];
  const quiets = new Map<string, Answer>();
  const quietFor = (scenario: Scenario): Answer => {
    const key = `${scenario.start} ${scenario.horizon}`;
    const quiet =
      quiets.get(key) ??
      solver.solve({ ...scenario, key: 'none', kind: 'none', name: 'No fault', components: [], faults: [] });
    quiets.set(key, quiet);
    return quiet;
  };
  const answers: Answer[] = [];
  const findings: Finding[] = [...standingFindings(model, options.today)];
  for (const [index, scenario] of scenarios.entries()) {
    options.onScenario?.(index, scenarios.length);
    const answer = scenario.kind === 'none' ? quietFor(scenario) : solver.solve(scenario);
    const named = scenario.kind === 'none' ? { ...answer, scenario } : answer;
    answers.push(named);
    findings.push(...scenarioFindings(model, named, quietFor(scenario)));
    findings.push(...recoveryFindings(model, named, quietFor(scenario)));
  }
  const [quiet] = answers as [Answer];
  return ok({
    estate,
    hash: estate.hash,
    start: options.start,
    today: options.today,
    model,
    quiet,
    usual: quietFor,
    answers,
    findings: findings.toSorted(
      (a, b) => bySeverity(a.severity, b.severity) || byVerdict(a, b) || (a.message < b.message ? -1 : 1),
    ),
    questions: questions(model, answers),
  });
}

const byVerdict = (a: Finding, b: Finding): number =>
  Number(a.verdict === 'unknown') - Number(b.verdict === 'unknown');

function standingFindings(model: Model, today: string): readonly Finding[] {
  const { estate } = model;
  const site = (place: string): string => siteOf(estate, estate.get('device', place)?.at ?? place) ?? place;
  return [
    ...lifeSafetyFindings(model, site),
    ...batteryFindings(model, today, site),
    ...testFindings(model, today, site),
    ...backupFindings(model, today, site),
    ...syncFindings(model, today, site),
    ...relayFindings(model, site),
    ...alarmPathFindings(model, site),
    ...retentionFindings(model, site),
    ...coverageFindings(model, site),
    ...blackStartFindings(model, site, blackStarts(model)),
  ];
}
