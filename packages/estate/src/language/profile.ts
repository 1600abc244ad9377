import { fact } from '../shape/fact.ts';
import { listOf, mapOf, object, required } from '../shape/composites.ts';
import { namesOf } from '../shape/ids.ts';
import { bitsPerSecondOf, bytesOf } from '../shape/quantity.ts';
import { date, duration, flag, oneOf, text } from '../shape/scalars.ts';
import { mismatch, type Infer, type Shape } from '../shape/shape.ts';
import { expression } from './expression.ts';

/** The classes of device. */
export const deviceClasses = [
  'camera',
  'recorder',
  'controller',
  'module',
  'reader',
  'lock',
  'hub',
  'alarm-panel',
  'communicator',
  'detector',
  'intercom',
  'fire-panel',
  'bms-controller',
  'sensor',
  'workstation',
  'server',
  'switch',
  'router',
  'firewall',
  'access-point',
  'ups',
  'gateway',
] as const;
export type DeviceClass = (typeof deviceClasses)[number];

const names = namesOf('lower-case letters, digits, dot, underscore and hyphen');

/** A fact's value in a profile: yes or no, a number, a word, a duration, a size or a rate. */
const scalar: Shape<string | number | boolean> = {
  expected: 'true, false, a number or a text',
  read(value, trail, sink) {
    if (typeof value === 'string' && value.length <= 4000) return value;
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
    return mismatch(this.expected, value, trail, sink);
  },
  schema: () => ({ type: ['string', 'number', 'boolean'], maxLength: 4000 }),
  measure(value) {
    if (typeof value !== 'string') return typeof value === 'number' ? value : undefined;
    return [duration.measure?.(value), bytesOf(value), bitsPerSecondOf(value)].find(
      (each) => each !== undefined && !Number.isNaN(each),
    );
  },
};

/** Facts by name, as profiles claim them and devices override them. */
export const facts = mapOf('facts', fact(scalar, { range: true }), names);
export type Facts = Infer<typeof facts>;

const role = object('a role', {
  about: text,
  over: oneOf('ip', 'line', 'either'),
  needed: flag,
});

/** A way in which a device decides whether a badge is admitted; the first whose `when` holds is in control. */
const decision = object('a decision', {
  id: required(text),
  when: required(expression),
  ask: text,
  rules: required(oneOf('full', 'cached', 'facility-code', 'asked')),
  learns: expression,
  within: text,
  known: expression,
  enrolled: expression,
  visitor: expression,
  mobile: expression,
});
export type Decision = Infer<typeof decision>;

export const profile = object(
  'a profile',
  {
    class: required(oneOf(...deviceClasses)),
    name: required(text),
    vendor: text,
    model: text,
    about: text,
    reviewed: date,
    roles: mapOf('roles', role, names),
    facts,
    starts: expression,
    provides: mapOf('capabilities', expression, names),
    decisions: listOf(decision),
  },
  {
    roles: 'what the device needs others for; the estate binds each with `uses`',
    facts: 'what is claimed of the product, each with its source; `unknown` where no page says',
    starts: 'what it needs to come up again after its power was lost',
    provides: 'capability: what it requires',
    decisions: 'for access control: who decides at the door, the best first',
  },
);
export type Profile = Infer<typeof profile>;
