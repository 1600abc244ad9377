import { fact } from '../shape/fact.ts';
import { listOf, mapOf, object, oneOrMany, required } from '../shape/composites.ts';
import { ref, wordsOf } from '../shape/ids.ts';
import { date, duration, oneOf, text, timeOfDay } from '../shape/scalars.ts';
import { faultTarget } from './fault-target.ts';
import { entityKinds } from './kinds.ts';
import type { Infer } from '../shape/shape.ts';

/** The security functions, as the design's table names them. */
export const functionNames = [
  'access',
  'fire-release',
  'video',
  'alarm',
  'intercom',
  'building-control',
  'soc',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** The kinds of fault that a target names a time for. */
export const outageKinds = [
  'cloud',
  'internet',
  'line',
  'power',
  'network',
  'server',
  'identity',
  'dns',
  'fire',
  'room',
  'any',
] as const;
export type OutageKind = (typeof outageKinds)[number];

export const securityFunction = object(
  'a security function',
  {
    name: required(text),
    function: required(oneOf(...functionNames)),
    at: oneOrMany(ref('site', 'building', 'floor', 'area', 'door', 'view')),
    classes: oneOrMany(oneOf('public', 'staff', 'restricted', 'critical')),
    capabilities: required(oneOrMany(text)),
    for: required(mapOf('times', duration, wordsOf(...outageKinds))),
    back: duration,
    drilled: fact(date),
    drillEvery: duration,
    owner: ref('party'),
  },
  {
    at: 'where; everywhere when neither `at` nor `classes` is given',
    classes: 'at areas of these classes, and the doors into them',
    capabilities: 'what must hold, such as admits-known, refuses-revoked-during, egress',
    for: 'how long it must hold without each, such as cloud: 4h',
    back: 'how soon after the end of any fault it must hold again',
    drilled: 'when it was last tried out with something cut off',
    drillEvery: 'how often that is to be done; a year where not said',
  },
);

export const party = object('a party', {
  name: required(text),
  kind: required(oneOf('team', 'person', 'vendor', 'provider', 'landlord', 'authority', 'monitoring-centre')),
  in: ref('party'),
  phone: text,
  email: text,
  role: text,
});

export const contract = object('a contract', {
  name: text,
  with: required(ref('party')),
  covers: oneOrMany(ref(...entityKinds)),
  response: fact(duration),
  until: fact(date),
});

const fault = object(
  'a fault',
  {
    at: required(oneOrMany(faultTarget)),
    from: duration,
    for: duration,
    as: oneOf('dead', 'hostile', 'fire'),
  },
  {
    at: 'ids, those of places for all that stands there; also internet, region:PARTY/NAME, mains:SITE, fire:PANEL, network:ID for all its hosts, kind:dns, or disk:RECORDER for one of its disks',
    from: 'after the start of the scenario; 0 where not said',
    for: 'how long; the target time where not said',
  },
);

export const scenario = object('a scenario', {
  name: required(text),
  at: timeOfDay,
  on: date,
  for: duration,
  faults: required(listOf(fault)),
  drilled: fact(date),
  drillEvery: duration,
});
export type Fault = Infer<typeof fault>;
