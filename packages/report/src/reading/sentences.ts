import type { AuditDocument, ScenarioRow } from '@holdfast/audit';
import { asMillis, spellDuration } from '@holdfast/kernel';
import { phrases } from '@holdfast/outage';
import type { ThemeReading } from './headline.ts';
import { count, joinWords } from './names.ts';
import type { Fare } from './place-reading.ts';
import type { ScenarioClock } from './scenario-clock.ts';

/** A sentence in parts; those that carry the answer say how it fares. */
export type Sentence = readonly (string | { readonly text: string; readonly fare: Fare })[];

/** A sentence without its emphasis. */
export const plainSentence = (sentence: Sentence): string =>
  sentence.map((part) => (typeof part === 'string' ? part : part.text)).join('');

/** `No cloud at all for 4 hours: doors give way at once, cameras after 1 hour; alarms hold.` */
export function answerSentence(
  scenario: ScenarioRow,
  themes: readonly ThemeReading[],
  clock: ScenarioClock,
): Sentence {
  const said = (each: readonly ThemeReading[]): string =>
    joinWords(each.map(({ title }) => title.toLowerCase()));
  const failing = Map.groupBy(
    themes
      .filter(({ failsFrom }) => failsFrom !== undefined)
      .toSorted((a, b) => (a.failsFrom ?? 0) - (b.failsFrom ?? 0)),
    ({ failsFrom }) => failsFrom ?? 0,
  );
  const open = themes.filter(
    ({ failsFrom, unknownFrom }) => failsFrom === undefined && unknownFrom !== undefined,
  );
  const hold = themes.filter(
    ({ failsFrom, unknownFrom }) => failsFrom === undefined && unknownFrom === undefined,
  );
  const clauses: Sentence[] = [];
  if (failing.size > 0) {
    const verbs = [...failing.values()].map((each) => (each.every(isWeakened) ? 'weaken' : 'give way'));
    clauses.push(
      [...failing].flatMap(([at, each], index) => [
        index === 0 ? '' : index === failing.size - 1 ? ' and ' : ', ',
        {
          text: `${said(each)} ${verbs[index] === verbs[index - 1] ? '' : `${verbs[index]} `}${clock.after(at)}`,
          fare: 'fails' as const,
        },
      ]),
    );
  }
  if (open.length > 0) clauses.push([`of ${said(open)} `, { text: 'nobody can tell', fare: 'unknown' }]);
  if (hold.length > 0) clauses.push([{ text: `${said(hold)} hold`, fare: 'holds' }]);
  const asked =
    scenario.kind === 'none'
      ? scenario.name
      : `${scenario.name} for ${spellDuration(asMillis(scenario.length))}`;
  if (clauses.length === 0)
    return [
      { text: 'Nothing is judged', fare: 'unknown' },
      ': the estate describes no door, no view and no alarm.',
    ];
  return [`${asked}: `, ...clauses.flatMap((clause, index) => [index === 0 ? '' : '; ', ...clause]), '.'];
}

const weakening = new Set<string>(['refuses-revoked-before', 'refuses-revoked-during', 'reports-forced']);

/** Doors that still open for whom they should and keep others out, but no longer hear of dismissals, or tell of force. */
const isWeakened = ({ losses }: ThemeReading): boolean =>
  losses.every(
    ({ capability, verdict, comfort }) => comfort || verdict !== 'fails' || weakening.has(capability),
  );

/** What is wrong whatever happens: people who can be locked in, and places that fall short with nothing at fault. Empty where nothing is. */
export function anywaySentence({ places, findings }: AuditDocument): Sentence {
  const traps = new Set(
    findings.flatMap((each) =>
      each.id === 'OUT-LIFE-SAFETY' && each.verdict === 'fails' && each.scenario === undefined
        ? each.places
        : [],
    ),
  );
  const short = places.filter(({ capabilities }) =>
    capabilities.some(({ name, verdict }) => verdict === 'fails' && phrases[name].weight !== 'comfort'),
  );
  const parts: Sentence[] = [];
  if (traps.size > 0)
    parts.push([{ text: `${count(traps.size, 'door')} can lock people in`, fare: 'fails' }, '. ']);
  if (short.length > 0) {
    const named = short.slice(0, 3).map(({ name }) => name);
    const more = short.length > 3 ? [...named, `${short.length - 3} more`] : named;
    parts.push([
      {
        text: `With nothing at fault ${joinWords(more)} already ${short.length === 1 ? 'falls' : 'fall'} short`,
        fare: 'fails',
      },
      '. ',
    ]);
  }
  return parts.flat();
}

/** `Of doors and alarms some is unknown, and 3 facts would settle it.` */
export function unknownSentence({ questions }: AuditDocument, themes: readonly ThemeReading[]): Sentence {
  const open = themes.filter(
    ({ failsFrom, unknownFrom }) => failsFrom !== undefined && unknownFrom !== undefined,
  );
  const where =
    open.length === 0
      ? ''
      : `Of ${joinWords(open.map(({ title }) => title.toLowerCase()))} part is unknown. `;
  if (questions.length === 0) return [where, 'No verdict hangs on a fact that is missing.'];
  const whom = [...new Set(questions.flatMap((each) => each.whom ?? []))];
  const ask =
    whom.length === 0
      ? 'whoever installed it'
      : whom.length > 3
        ? `${whom.slice(0, 2).join(', ')} and ${whom.length - 2} others`
        : joinWords(whom);
  return [where, `${count(questions.length, 'fact is', 'facts are')} missing: ask ${ask}.`];
}

/** `In 34 scenarios 21 findings are critical.` */
export function auditSentence({ scenarios, findings }: AuditDocument): Sentence {
  const critical = findings.filter(({ severity }) => severity === 'critical').length;
  const asked = `Over all ${count(scenarios.length, 'scenario')} there are ${count(findings.length, 'finding')}`;
  return critical === 0
    ? [`${asked}, none of them critical.`]
    : [`${asked}, `, { text: `${critical} of them critical`, fare: 'fails' }, '.'];
}
