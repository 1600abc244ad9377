import { fact } from '../shape/fact.ts';
import { listOf, mapOf, object, oneOrMany, required } from '../shape/composites.ts';
import { idsOf, namesOf, ref } from '../shape/ids.ts';
import { count, date, duration, flag, oneOf, text, timeOfDay, timeZone } from '../shape/scalars.ts';
import type { Infer } from '../shape/shape.ts';

const place = ref('site', 'building', 'floor', 'area');
const anyThing = ref('device', 'service', 'post', 'party');
const days = oneOf('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'weekdays', 'weekend', 'daily');

/** Hours of the week on the site's own clock; `to` before `from` runs past midnight. */
export const hours = object('hours of the week', {
  days: oneOrMany(days),
  from: required(timeOfDay),
  to: required(timeOfDay),
});
export type Hours = Infer<typeof hours>;

/** Which device or service fills which role. */
export const uses = mapOf('roles', fact(oneOrMany(anyThing)), namesOf('the name of a role of the profile'));

export const site = object(
  'a site',
  {
    name: required(text),
    timeZone: required(timeZone),
    address: text,
    jurisdiction: fact(oneOf('us', 'eu', 'uk', 'de', 'fr', 'ch', 'ca', 'au', 'other')),
    tenure: fact(oneOf('owner', 'tenant', 'landlord')),
    people: fact(count),
    outage: duration,
    uses,
    owner: ref('party'),
  },
  {
    outage: 'how long the site must ride out a fault, where no function says; 4h where nothing is said',
    jurisdiction: 'whose life-safety rules hold',
    uses: 'defaults for the whole site: dns, ntp, dhcp, directory...',
  },
);

export const building = object('a building', { name: required(text), in: required(ref('site')) });
export const floor = object('a floor', { name: required(text), in: required(ref('building')), level: count });

export const area = object(
  'an area',
  {
    name: required(text),
    in: required(place),
    class: required(fact(oneOf('public', 'staff', 'restricted', 'critical'))),
    people: fact(count),
    alarm: fact(ref('device')),
    cooling: fact(oneOrMany(ref('device'))),
  },
  { alarm: 'the alarm panel that guards it', cooling: 'the BMS controllers that cool it' },
);

const lock = object(
  'a lock',
  {
    kind: required(fact(oneOf('maglock', 'strike', 'motor', 'mechanical'))),
    onPowerLoss: fact(oneOf('fail-safe', 'fail-secure', 'stays')),
    power: fact(oneOrMany(ref('supply', 'device'))),
    battery: fact(duration, { range: true }),
    recharge: fact(duration, { range: true }),
    batteryTested: fact(date),
  },
  {
    onPowerLoss: 'fail-safe: unlocked without power; fail-secure: locked; stays: as it last was',
    power: "the lock's own supply, not the controller's",
    battery: 'how long the battery of the lock supply holds it',
  },
);

const release = object(
  'a release',
  {
    fire: fact(oneOf('hardwired', 'network', 'software', 'none')),
    panel: ref('device'),
    powerLoss: fact(flag),
    callPoint: fact(flag),
  },
  {
    fire: 'how the fire signal cuts the power of the lock',
    panel: 'the fire panel that gives the signal',
    powerLoss: 'whether the lock lets go when its power is lost; follows from the lock where not said',
    callPoint: 'a green call point that cuts lock power by itself',
  },
);

const exit = object(
  'an exit device',
  {
    kind: required(fact(oneOf('lever', 'panic-bar', 'button', 'motion', 'reader', 'none'))),
    wiring: fact(oneOf('mechanical', 'cuts-lock-power', 'through-controller')),
    listed: fact(flag),
  },
  { wiring: 'what the exit device acts on', listed: 'listed as egress hardware' },
);

const reader = object('a reader at a door', {
  device: fact(ref('device')),
  link: fact(oneOf('osdp-secure', 'osdp', 'wiegand', 'wireless', 'built-in')),
  card: fact(text),
});

export const door = object(
  'a door',
  {
    name: required(text),
    from: required(ref('area')),
    to: required(ref('area')),
    kind: fact(oneOf('door', 'turnstile', 'interlock', 'lift', 'vault', 'gate')),
    lock: required(lock),
    decidedBy: fact(ref('device')),
    reader: fact(reader),
    relay: fact(
      object('a relay', { side: fact(oneOf('secure', 'unsecure')), contact: fact(oneOf('nc', 'no')) }),
    ),
    release: fact(release),
    exit: required(fact(exit)),
    emergencyExit: flag,
    key: fact(object('a key', { holders: oneOrMany(ref('party', 'post')) })),
    contact: fact(flag),
    unlocked: listOf(hours),
    timeLock: listOf(hours),
    interlockedWith: oneOrMany(ref('door')),
    floors: oneOrMany(ref('floor')),
    intercom: ref('device'),
    mobile: fact(flag),
  },
  {
    from: 'the side where nobody needs a right',
    to: 'the side that the door protects',
    reader: 'where none is given, the device that decides reads badges itself; unknown where nobody knows',
    decidedBy: 'the device nearest to the door that can decide: interface module, controller, lock or reader',
    unlocked: 'when a schedule holds it open',
    timeLock: 'when nobody gets in whatever their badge says',
    contact: 'whether a contact tells that the door is open',
  },
);

const retention = object('retention', { required: fact(duration), maximum: fact(duration) });

export const view = object(
  'a view',
  {
    name: required(text),
    of: required(ref('area', 'door')),
    cameras: required(fact(oneOrMany(ref('device')))),
    needs: oneOf('any', 'all'),
    retention,
  },
  { retention: 'how long the law or a policy wants the recording kept, and how long at most' },
);

export const post = object(
  'a guard post',
  {
    name: required(text),
    at: required(place),
    guards: fact(count),
    shifts: listOf(hours),
    reaches: mapOf('places', duration, idsOf('site', 'building', 'floor', 'area', 'door')),
    radio: fact(oneOrMany(ref('device', 'service', 'path', 'party'))),
    phone: text,
  },
  { reaches: 'how long a guard walks to each place', radio: 'what the radio or phone of the guards needs' },
);
