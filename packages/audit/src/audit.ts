import { fail, ok, type Millis, type Problem, type Result } from '@holdfast/kernel';
import type { Estate } from '@holdfast/estate';
import {
  blackStarts,
  builtIn,
  compile,
  declared,
  OutageSolver,
  QuestionBook,
  type Answer,
  type Model,
  type OpenVerdict,
  type Question,
  type Scenario,
} from '@holdfast/outage';
import { siteOf } from '@holdfast/topology';
import {
  landscapeOf,
  type DeviceConfig,
  type PivotsDocument,
  type SegmentationDocument,
} from '@holdfast/segmentation';
import type { ScenarioRow } from './audit-document.ts';
import type { Finding } from './finding.ts';
import { lifeSafetyFindings } from './life-safety.ts';
import { permitsOf } from './permits-of.ts';
import { recoveryFindings } from './recovery-findings.ts';
import { ScenarioFindings } from './scenario-findings.ts';
import { ScenarioRows } from './scenario-row.ts';
import { segmentationAudit } from './segmentation/segmentation-findings.ts';
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
import { unjudgedFindings } from './unjudged-findings.ts';

/** How an audit is asked. `start` is the instant of each fault; `today` the day on which batteries are judged. */
export interface AuditOptions {
  readonly start: number;
  readonly today: string;
  /** Instead of the targets of the estate. */
  readonly length?: Millis;
  /** The configurations of its devices, read; without them everything is taken as permitted. */
  readonly configs?: ReadonlyMap<string, DeviceConfig>;
  /**
   * How the rows will be read. Those of which few are read are found out only where they are; those of a large estate that
   * are read one after the other, too, since a portfolio has millions of them. `often` where not said: all are kept.
   */
  readonly rows?: 'few' | 'once' | 'often';
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
  /** What would be without any fault, for each start and length that scenarios have. */
  readonly usuals: readonly Answer[];
  /** What each scenario does. An answer itself is let go: a portfolio has thousands. */
  readonly answers: readonly { readonly scenario: Scenario; readonly row: ScenarioRow }[];
  readonly rows: ScenarioRows;
  readonly findings: readonly Finding[];
  readonly questions: readonly Question[];
  /** Of a large estate, how many of the questions were tried by solving again; the others are ranked by how much waits for them. */
  readonly tried?: number | undefined;
  /** The verdicts that nobody can tell. */
  readonly open: readonly OpenVerdict[];
  /** The zones, and what passes between them; where that was asked. */
  readonly segmentation?: SegmentationDocument;
  /** Where an attacker gets to. */
  readonly pivots?: readonly PivotsDocument[];
}

/** Audits an estate: every built-in scenario and its own ones, and the estate as it stands. */
export function audit(estate: Estate, options: AuditOptions): Result<Audit, readonly Problem[]> {
  const landscape = landscapeOf(estate, options.configs ?? new Map());
  const model = compile(estate, permitsOf(estate, options.configs, landscape));
  const asked = { start: options.start, ...(options.length === undefined ? {} : { length: options.length }) };
  const own = declared(model, asked);
  if (own.kind === 'error') return fail(own.error);
  const solver = new OutageSolver(model);
  const quiets = new Quiets(solver);
  const rows = new ScenarioRows(model);
  const found = new ScenarioFindings(model);
  const book = new QuestionBook(model);
  const scenarios = [...builtIn(model, asked), ...own.value];
  const segmentation = segmentationAudit(estate, options.configs, landscape);
  const isKept = options.rows === 'once' ? !rows.isLarge : options.rows !== 'few';
  const solve = (scenario: Scenario): Answer =>
    scenario.kind === 'none' ? { ...quiets.of(scenario), scenario } : solver.solve(scenario);
  const findings: Finding[] = [...standingFindings(model, options.today), ...segmentation.findings];
  const answers = scenarios.map((scenario, index) => {
    options.onScenario?.(index, scenarios.length);
    const quiet = quiets.of(scenario);
    const answer = solve(scenario);
    findings.push(...found.of(answer, quiet), ...recoveryFindings(model, answer, quiet));
    book.add(answer, quiet);
    const usual = quiets.all.indexOf(quiet);
    const row = isKept
      ? rows.row(answer, quiet, usual)
      : rows.rowWhenRead(scenario, () => ({ answer: solve(scenario), quiet: quiets.of(scenario) }), usual);
    return { scenario, row };
  });
  const [quiet] = quiets.all as [Answer];
  const questions = book.questions();
  return ok({
    estate,
    hash: estate.hash,
    start: options.start,
    today: options.today,
    model,
    quiet,
    usuals: quiets.all,
    answers,
    rows,
    findings: findings.toSorted(
      (a, b) => bySeverity(a.severity, b.severity) || byVerdict(a, b) || (a.message < b.message ? -1 : 1),
    ),
    questions,
    tried: book.tried,
    get open() {
      return book.open();
    },
    segmentation: segmentation.document,
    pivots: segmentation.pivots,
  });
}

/** What would be without the faults of scenarios, solved once for each start and length. */
class Quiets {
  readonly #solver: OutageSolver;
  readonly #found = new Map<string, Answer>();

  constructor(solver: OutageSolver) {
    this.#solver = solver;
  }

  of(scenario: Scenario): Answer {
    const key = `${scenario.start} ${scenario.horizon}`;
    const found = this.#found.get(key);
    if (found) return found;
    const none = { key: 'none', kind: 'none', name: 'No fault', components: [], faults: [] } as const;
    const quiet = this.#solver.solve({ ...scenario, ...none });
    this.#found.set(key, quiet);
    return quiet;
  }

  get all(): readonly Answer[] {
    return [...this.#found.values()];
  }
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
    ...unjudgedFindings(model, site),
  ];
}
