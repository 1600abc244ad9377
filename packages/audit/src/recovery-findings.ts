import { asMillis, parseDuration, sha256, spellDuration, type Millis } from '@holdfast/kernel';
import type { EntityData } from '@holdfast/estate';
import {
  explain,
  phrases,
  sayOf,
  sayReasons,
  spellTime,
  verdictAt,
  type Answer,
  type Capability,
  type Model,
} from '@holdfast/outage';
import type { Finding } from './finding.ts';
import { findingKinds } from './finding-kinds.ts';
import { bySeverity, severityOf } from './severity.ts';
import { asksFor } from './targets.ts';

type Function = EntityData<'function'>;

/** What a function wants back by a time after the end of the faults, and what is not back by then: one finding for each function and verdict. */
export function recoveryFindings(model: Model, answer: Answer, quiet: Answer): readonly Finding[] {
  const { scenario } = answer;
  if (scenario.kind === 'none' || !Number.isFinite(scenario.length)) return [];
  return [...model.estate.all('function')].flatMap(([id, data]) => {
    const back = data.back === undefined ? undefined : parseDuration(data.back);
    if (back?.kind !== 'ok' || !Number.isFinite(back.value)) return [];
    const due = asMillis(scenario.length + back.value);
    const late = answer.touched.filter(
      (each) => asksFor(model, data, each) && verdictAt(quiet.timeline(each), due) === 'holds',
    );
    return (['fails', 'unknown'] as const).flatMap((verdict) => {
      const own = late.filter((each) => verdictAt(answer.timeline(each), due) === verdict);
      return own.length === 0 ? [] : [finding(model, answer, { id, data, due, verdict }, own)];
    });
  });
}

interface Due {
  readonly id: string;
  readonly data: Function;
  readonly due: Millis;
  readonly verdict: 'fails' | 'unknown';
}

function finding(
  model: Model,
  answer: Answer,
  { id, data, due, verdict }: Due,
  late: readonly Capability[],
): Finding {
  const { scenario } = answer;
  const severity = (each: Capability): Finding['severity'] => severityOf(model, each, verdict, true);
  const ordered = late.toSorted((a, b) => bySeverity(severity(a), severity(b)) || (a.id < b.id ? -1 : 1));
  const [worst] = ordered as [Capability];
  const zone = model.estate.get('site', worst.site)?.timeZone ?? 'UTC';
  const time = (at: Millis): string => spellTime(scenario.start, at, zone);
  const lost = [...Map.groupBy(ordered, ({ name }) => name)].map(([name, each]) =>
    sayOf(
      model.estate,
      each.map(({ place }) => place),
      phrases[name].tells[verdict],
    ),
  );
  const at = model.estate.at('function', id, ['back']);
  return {
    id: 'OUT-RTO',
    fingerprint: sha256(['OUT-RTO', scenario.key, id, verdict].join('\n')),
    verdict,
    severity: severity(worst),
    site: worst.site,
    function: data.function,
    scenario: scenario.key,
    subject: id,
    message: `${scenario.name}. ${data.name} must be back ${spellDuration(asMillis(due - scenario.length))} after it ends, at ${time(due)}; then still: ${lost.join('; ')}.`,
    evidence: ordered.map((capability) => ({
      place: capability.place,
      name: model.estate.nameOf(capability.place),
      capability: capability.name,
      timeline: answer.timeline(capability),
    })),
    why: sayReasons(model.estate, explain(model, answer, worst, due).reasons, time),
    remedy: findingKinds['OUT-RTO'].remedy,
    places: [...new Set(ordered.map(({ place }) => place))].toSorted(),
    ...(at ? { at } : {}),
  };
}
