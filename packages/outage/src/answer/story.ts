import { asMillis, type Millis } from '@holdfast/kernel';
import { known, type Estate } from '@holdfast/estate';
import type { Capability, Component, Label, Model } from '../compile/model.ts';
import { meanwhile } from './meanwhile.ts';
import { phrases } from './phrases.ts';
import type { Answer } from './solve.ts';
import { verdictAt, type Verdict } from './timeline.ts';

/** One line of a story: what happens at a time, to which places. */
export interface StoryLine {
  readonly at: Millis;
  readonly kind: 'fault' | 'cause' | 'effect' | 'recovery';
  readonly text: string;
  readonly subjects: readonly string[];
  readonly capability?: Capability['name'];
  readonly verdict?: Verdict;
  /** That a fault itself is over. */
  readonly ends?: boolean;
}

/**
 * A scenario told in order: the faults, what stops because of them, and what people notice.
 * What happens at one time to several places alike is one line. What happens without any fault is left out.
 */
export function tell(model: Model, answer: Answer, quiet: Answer): readonly StoryLine[] {
  const lines = [
    ...faultLines(model, answer),
    ...causeLines(model, answer),
    ...effectLines(model, answer, quiet),
  ];
  return lines.toSorted(
    (a, b) =>
      a.at - b.at ||
      rank[a.kind] - rank[b.kind] ||
      Number(isEnd(b)) - Number(isEnd(a)) ||
      (a.text < b.text ? -1 : 1),
  );
}

/** That a fault is over is told before what comes of it. */
const isEnd = (line: StoryLine): boolean =>
  line.kind === 'recovery' && line.capability === undefined && line.ends === true;

const rank = { fault: 0, cause: 1, recovery: 2, effect: 3 } as const;

function faultLines(model: Model, { scenario }: Answer): readonly StoryLine[] {
  return scenario.faults.flatMap(({ node, from, until }) => {
    const component = model.componentOf.get(node);
    if (!component) return [];
    const begins: StoryLine = {
      at: asMillis(Math.max(0, from)),
      kind: 'fault',
      text: `${capital(component.name)} ${failing(component)}`,
      subjects: [component.key],
    };
    const ends: StoryLine = {
      at: until,
      kind: 'recovery',
      text: `${capital(component.name)} ${returning(component)}`,
      subjects: [component.key],
      ends: true,
    };
    return Number.isFinite(until) && until < scenario.horizon ? [begins, ends] : [begins];
  });
}

const failing = ({ kind }: Component): string =>
  kind === 'fire' ? 'comes' : kind === 'honesty' ? 'is gone: it serves an attacker' : 'fails';
const returning = ({ kind }: Component): string =>
  kind === 'fire' ? 'is reset' : kind === 'honesty' ? 'is restored' : 'is back';

const told: Readonly<Partial<Record<Label['kind'], readonly [string, string]>>> = {
  supply: ['gives no more power', 'gives power again'],
  running: ['stops', 'is up again'],
  'lock-power': ['has a lock without power', 'has power on its lock again'],
  address: ['loses its address', 'has an address again'],
};

function causeLines(model: Model, { traces, scenario }: Answer): readonly StoryLine[] {
  const faulty = new Set(scenario.components);
  const groups = new Map<string, { at: Millis; down: boolean; kind: Label['kind']; subjects: string[] }>();
  for (const node of traces.best.changed()) {
    const label = model.labels.get(node);
    if (!label || !told[label.kind] || faulty.has(label.subject)) continue;
    for (const { at, value } of traces.best.flips(node)) {
      const key = `${at} ${value} ${label.kind} ${classOf(model, label.subject)}`;
      const group = groups.get(key) ?? { at, down: !value, kind: label.kind, subjects: [] };
      group.subjects.push(label.subject);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ at, down, kind, subjects }) => ({
    at,
    kind: down ? 'cause' : 'recovery',
    text: sayOf(model.estate, subjects, told[kind]?.[down ? 0 : 1] ?? ''),
    subjects: subjects.toSorted(),
  }));
}

const classOf = (model: Model, id: string): string =>
  model.estate.get('profile', known(model.estate.get('device', id)?.profile))?.class ??
  model.estate.kindOf(id) ??
  '';

function effectLines(model: Model, answer: Answer, quiet: Answer): readonly StoryLine[] {
  const groups = new Map<
    string,
    { at: Millis; capability: Capability; verdict: Verdict; subjects: string[] }
  >();
  for (const capability of answer.touched) {
    const timeline = answer.timeline(capability);
    const usual = quiet.timeline(capability);
    // What was so before the scenario is not news; what it changes in its first instant is.
    let last = verdictAt(usual, asMillis(0));
    for (const { at, verdict } of timeline.steps) {
      const changed = verdict !== last;
      const alsoUsual = usual.steps.some(
        (step) => step.at === at && step.verdict === verdict && verdictAt(usual, asMillis(at - 1)) === last,
      );
      last = verdict;
      if (!changed || alsoUsual) continue;
      const key = `${at} ${capability.name} ${verdict} ${capability.site}`;
      const group = groups.get(key) ?? { at, capability, verdict, subjects: [] };
      group.subjects.push(capability.place);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ at, capability, verdict, subjects }) => ({
    at,
    kind: verdict === 'holds' ? 'recovery' : 'effect',
    text: `${sayOf(model.estate, subjects, phrases[capability.name].tells[verdict])}${meanwhile(model.estate, capability.name, verdict, subjects)}`,
    subjects: subjects.toSorted(),
    capability: capability.name,
    verdict,
  }));
}

/** Names in a sentence: all of up to four, else three and how many more. */
export function listNames(estate: Estate, ids: readonly string[]): string {
  const names = [...new Set(ids)].map((id) => estate.nameOf(id)).toSorted();
  const shown = names.length <= 4 ? names : [...names.slice(0, 3), `${names.length - 3} more`];
  const last = shown.at(-1) ?? '';
  return capital(shown.length <= 1 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`);
}

/** A sentence without its full stop: what is told of one or of several. */
export const sayOf = (estate: Estate, ids: readonly string[], tells: string): string =>
  `${listNames(estate, ids)} ${plural(tells, new Set(ids).size)}`;

const verbs: readonly (readonly [RegExp, string])[] = [
  [/^is\b/, 'are'],
  [/^has\b/, 'have'],
  [/^does\b/, 'do'],
  [/^loses its\b/, 'lose their'],
  [/^keeps\b/, 'keep'],
  [/^opens\b/, 'open'],
  [/^refuses\b/, 'refuse'],
  [/^admits\b/, 'admit'],
  [/^lets\b/, 'let'],
  [/^reports\b/, 'report'],
  [/^loses\b/, 'lose'],
  [/^detects\b/, 'detect'],
  [/^makes\b/, 'make'],
  [/^sounds\b/, 'sound'],
  [/^tells\b/, 'tell'],
  [/^sends\b/, 'send'],
  [/^holds\b/, 'hold'],
  [/^takes\b/, 'take'],
  [/^reaches\b/, 'reach'],
  [/^gives\b/, 'give'],
  [/^stops\b/, 'stop'],
  [/^no longer keeps\b/, 'no longer keep'],
];

/** What is told of one, told of as many as `count`. */
export function plural(text: string, count: number): string {
  const verb = count > 1 ? verbs.find(([pattern]) => pattern.test(text)) : undefined;
  return verb ? text.replace(verb[0], verb[1]) : text;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
