import { auditDocument, ScenarioRows, type Audit, permitsOf } from '@holdfast/audit';
import { Failure, parseDuration, asMillis, nearestName, problem, type Millis } from '@holdfast/kernel';
import {
  adHoc,
  compile,
  counterfactuals,
  explain,
  firstTime,
  OutageSolver,
  sameTimeline,
  sayReason,
  sayReasons,
  spellTime,
  type Answer,
  type Capability,
  type Model,
  type Scenario,
} from '@holdfast/outage';
import { outageText } from '@holdfast/report';
import { readConfigs } from '../io/read-configs.ts';
import { openEstate } from '../io/read-estate.ts';
import { durationOption, scenarioStart, today, usage } from '../io/scenario-start.ts';
import { mayColour, print, terminalWidth } from '../io/terminal.ts';

/** What `holdfast outage run` is called with. */
export interface OutageCall {
  readonly fault: readonly string[];
  readonly for?: string;
  readonly at?: string;
  readonly on?: string;
  readonly with?: string;
  readonly why?: string;
  readonly format: string;
}

interface Solved {
  readonly model: Model;
  readonly answer: Answer;
  readonly quiet: Answer;
}

/** Runs one scenario and tells it; with `why`, explains one capability. */
export async function runOutage(path: string, call: OutageCall): Promise<number> {
  const solved = await solve(path, call, call.with);
  if (call.why !== undefined) {
    print(why(solved, call.why));
    return 0;
  }
  const document = auditDocument(asAudit(solved));
  if (call.format === 'json') print(JSON.stringify(document, undefined, 1));
  else {
    const row = document.scenarios.at(-1);
    if (row) print(outageText(row, document, { width: terminalWidth(), colour: mayColour() }));
    if (call.with !== undefined) print(whatIf(await solve(path, call, undefined), solved));
  }
  return 0;
}

async function solve(path: string, call: OutageCall, overlay: string | undefined): Promise<Solved> {
  const estate = await openEstate(path, overlay);
  const model = compile(estate, permitsOf(estate, await readConfigs(path, estate)));
  const length = durationOption(call.for);
  const asked = {
    start: scenarioStart(estate, call.at, call.on),
    ...(length === undefined ? {} : { length }),
  };
  const scenario = adHoc(model, call.fault, asked);
  if (scenario.kind === 'error') throw new Failure(scenario.error);
  const solver = new OutageSolver(model);
  const answer = solver.solve(scenario.value);
  return { model, answer, quiet: solver.solve(quietly(scenario.value)) };
}

const quietly = (scenario: Scenario): Scenario => ({
  ...scenario,
  key: 'none',
  kind: 'none',
  name: 'No fault',
  components: [],
  faults: [],
});

function asAudit({ model, answer, quiet }: Solved): Audit {
  const { estate } = model;
  const rows = new ScenarioRows(model);
  return {
    estate,
    hash: estate.hash,
    start: answer.scenario.start,
    today: today(),
    model,
    quiet,
    usuals: [quiet],
    answers: [{ scenario: answer.scenario, row: rows.row(answer, quiet, 0) }],
    rows,
    findings: [],
    questions: [],
    open: [],
  };
}

/** What a change makes different in one scenario. */
function whatIf(before: Solved, after: Solved): string {
  const lines = after.model.capabilities.flatMap((capability) => {
    const old = before.model.capabilities.find((each) => each.id === capability.id);
    const now = after.answer.timeline(capability);
    if (!old) return [`+ ${capability.id}: ${spell(after, capability)}`];
    return sameTimeline(before.answer.timeline(old), now)
      ? []
      : [`~ ${capability.id}: ${spell(before, old)}  ->  ${spell(after, capability)}`];
  });
  const gone = before.model.capabilities
    .filter((each) => !after.model.capabilities.some((one) => one.id === each.id))
    .map((each) => `- ${each.id}`);
  const all = [...lines, ...gone];
  return all.length === 0
    ? '\nWith the change nothing is different in this scenario.'
    : `\nWith the change:\n${all.join('\n')}`;
}

function spell({ model, answer }: Solved, capability: Capability): string {
  const zone = zoneOf(model, capability);
  return answer
    .timeline(capability)
    .steps.map(({ at, verdict }) => `${spellTime(answer.scenario.start, at, zone)} ${verdict}`)
    .join(', ');
}

const zoneOf = (model: Model, capability: Capability): string =>
  model.estate.get('site', capability.site)?.timeZone ?? 'UTC';

/** Explains `place/capability`, or `place/capability@1h30m`; without a time, at the first moment at which it is worst. */
function why({ model, answer }: Solved, text: string): string {
  const [id = '', moment] = text.split('@');
  const capability = model.capabilities.find((each) => each.id === id);
  if (!capability) {
    const near = nearestName(
      id,
      model.capabilities.map((each) => each.id),
    );
    throw usage(
      `there is no capability '${id}'`,
      near ? `did you mean '${near}'?` : 'write place/capability, such as front-door/admits-known',
    );
  }
  const timeline = answer.timeline(capability);
  const at =
    moment === undefined
      ? (firstTime(timeline, ['fails']) ?? firstTime(timeline, ['unknown']) ?? asMillis(0))
      : momentOf(moment);
  const explanation = explain(model, answer, capability, at);
  const time = (when: Millis): string =>
    when < 0 ? 'always' : spellTime(answer.scenario.start, when, zoneOf(model, capability));
  const changes = counterfactuals(model, answer, explanation).map(
    ({ reason, verdict }) =>
      `  were it not that ${sayReason(model.estate, reason, time)}: it ${verdict === 'unknown' ? 'would be unknown' : verdict === 'holds' ? 'would hold' : 'would fail'}`,
  );
  return [
    `${model.estate.nameOf(capability.place)}: ${capability.name} ${explanation.verdict} at ${time(at)}, because`,
    ...sayReasons(model.estate, explanation.reasons, time, 1),
    ...(changes.length > 0
      ? ['One fact alone would change it:', ...new Set(changes)]
      : ['No single fact would change it.']),
    ...sources(model, explanation.reasons),
  ].join('\n');
}

function sources(
  model: Model,
  reasons: readonly ReturnType<typeof explain>['reasons'][number][],
): readonly string[] {
  const lines = new Set<string>();
  const visit = (each: (typeof reasons)[number]): void => {
    if (each.fact) {
      const at = model.estate.at(each.fact.kind, each.fact.id, each.fact.path);
      const { basis, source, asOf } = each.fact;
      lines.add(
        `  ${at ? `${at.file}:${at.line}` : each.fact.id}  ${each.fact.what}: ${each.fact.value ?? 'unknown'} (${[basis, source, asOf].filter((part) => part !== undefined).join(', ')})`,
      );
    }
    each.because.forEach(visit);
  };
  reasons.forEach(visit);
  return lines.size === 0 ? [] : ['The facts:', ...lines];
}

function momentOf(text: string): Millis {
  const read = parseDuration(text);
  if (read.kind === 'error')
    throw new Failure([
      problem('usage', `'${text}' is not a time in the scenario`, {
        hint: 'write it as a duration from the start, such as front-door/egress@1h30m',
      }),
    ]);
  return read.value;
}
