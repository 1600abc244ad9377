import type { Millis } from '@holdfast/kernel';
import type { Estate } from '@holdfast/estate';
import type { Label } from '../compile/model.ts';
import type { Reason } from './reason.ts';

/** Says a reason in a plain sentence. `time` spells a moment of the scenario. */
export function sayReason(estate: Estate, reason: Reason, time: (at: Millis) => string): string {
  if (reason.label) return sayLabel(estate, reason.label, reason.value);
  const fact = reason.fact;
  switch (reason.leaf) {
    case 'fault':
      return `${reason.component?.name ?? 'it'} ${failed[reason.component?.kind ?? ''] ?? 'has failed'} (${time(reason.since)})`;
    case 'intact':
      return reason.component?.kind === 'fire'
        ? `${reason.component.name} has not come`
        : `${reason.component?.name ?? 'it'} is whole`;
    case 'empty':
      return fact
        ? fact.unknown
          ? `${fact.what} is unknown; at worst it lasts no time`
          : `${fact.what}, ${fact.value}, ran out (${time(reason.since)})`
        : `its store ran out (${time(reason.since)})`;
    case 'lasting':
      return fact
        ? fact.unknown
          ? `${fact.what} is unknown; at best it lasts`
          : `${fact.what}, ${fact.value}, still lasts`
        : 'its store still lasts';
    case 'starting':
      return `it is still starting${fact?.value === undefined ? '' : `: ${fact.what} is ${fact.value}`}`;
    case 'fact':
      return fact
        ? `${fact.what} is ${fact.unknown ? 'unknown' : (fact.value ?? 'so')}`
        : reason.value
          ? 'it is so'
          : 'it is not so';
    case 'hours':
      return reason.value ? 'the schedule says so' : 'no schedule says so';
    case 'pending':
      return reason.value ? 'the change was due' : 'the change was not due yet';
    case 'declared':
      return reason.value
        ? 'it is built so: nothing that can fail is part of it'
        : 'the estate declares nothing that would do it';
    case undefined:
      return '';
    default:
      return reason.leaf satisfies never;
  }
}

const failed: Readonly<Record<string, string>> = { fire: 'came', honesty: 'is gone: it serves an attacker' };

function sayLabel(estate: Estate, { kind, subject, object }: Label, value: boolean): string {
  const name = estate.nameOf(subject);
  const other = object === undefined ? '' : estate.nameOf(object);
  switch (kind) {
    case 'running':
      return value ? `${name} runs` : `${name} does not run`;
    case 'power':
      return value ? `${name} has power` : `${name} has no power`;
    case 'reach':
    case 'line':
      return value ? `${name} reaches ${other}` : `${name} does not reach ${other}`;
    case 'internet':
      return value ? `${name} reaches the internet` : `${name} does not reach the internet`;
    case 'capability':
      return value ? `${name} provides '${object}'` : `${name} does not provide '${object}'`;
    case 'decision':
      return value ? `${name} decides (${object})` : `${name} cannot decide (${object})`;
    case 'knows':
      return value
        ? `${name} has learned what was ${object}`
        : `${name} has not learned what was ${object} the fault`;
    case 'lock-power':
      return value ? `the lock of ${name} has power` : `the lock of ${name} has no power`;
    case 'supply':
      return value ? `${name} carries its load` : `${name} gives no power`;
    case 'service':
    case 'circuit':
    case 'vpn':
    case 'transmission':
      return value ? `${name} works` : `${name} does not work`;
    case 'cable':
      return value ? 'the cable is whole' : 'the cable is broken';
    case 'address':
      return value ? `${name} has an address` : `${name} has lost its address`;
    case 'dns':
      return value ? `${name} resolves names` : `${name} cannot resolve names`;
    case 'everything':
      return value ? 'nothing at all has failed' : 'something has failed, and what it is tied to is unknown';
    default:
      return kind satisfies never;
  }
}

/** Reasons as indented lines, each cause under what it explains; what has only one cause is told once. */
export function sayReasons(
  estate: Estate,
  reasons: readonly Reason[],
  time: (at: Millis) => string,
  depth = 0,
): readonly string[] {
  const seen = new Set<string>();
  return reasons.flatMap((reason) => {
    const text = sayReason(estate, reason, time);
    if (seen.has(text)) return [];
    seen.add(text);
    return [`${'  '.repeat(depth)}${text}`, ...sayReasons(estate, reason.because, time, depth + 1)];
  });
}
