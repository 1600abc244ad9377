import fc from 'fast-check';
import { plugged } from './devices.ts';
import { fields, minutes, perhaps, some, upTo, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

const time = (minute: number): string =>
  [Math.floor(minute / 60) % 24, minute % 60].map((each) => String(each).padStart(2, '0')).join(':');
const hoursFrom = (start: number): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 20 }),
      fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(23 * 60)),
      fc.constantFrom({}, {}, { days: 'weekdays' }, { days: 'mon' }, { days: ['tue', 'weekend'] }),
    )
    .map(([from, long, days]) => ({
      ...days,
      from: time(start + from),
      to: time(start + from + long),
    }));
const relay = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  {},
  { relay: 'unknown' },
  { relay: { contact: 'no' } },
  { relay: { contact: 'nc', side: 'unsecure' } },
  { relay: { contact: 'unknown', side: 'unknown' } },
);

const lock = (site: string): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fields(
    fc.constantFrom(
      { kind: 'maglock', onPowerLoss: 'fail-safe' },
      { kind: 'strike', onPowerLoss: 'fail-secure' },
      { kind: 'motor', onPowerLoss: 'stays' },
      { kind: 'strike' },
      { kind: 'maglock' },
      { kind: 'mechanical' },
    ),
    some([`${site}-feed`, `${site}-ups`, `${site}-ctl`]).map((power) => ({ power })),
    fc.oneof(
      fc.constant({}),
      minutes(5).map((battery) => ({ battery })),
      fc.integer({ min: 1, max: 5 }).map((each) => ({ battery: `${each}m`, recharge: `${each}m` })),
    ),
  );

const exit = fc.constantFrom<unknown>(
  'unknown',
  { kind: 'none' },
  { kind: 'reader' },
  { kind: 'panic-bar' },
  { kind: 'lever', wiring: 'mechanical' },
  { kind: 'button', wiring: 'cuts-lock-power' },
  { kind: 'motion', wiring: 'through-controller' },
);
const release = fc
  .tuple(fc.constantFrom('hardwired', 'none', 'unknown', 'network'), fc.boolean())
  .map(([fire, callPoint]) => ({ fire, callPoint }));
const released = (site: string): fc.Arbitrary<unknown> =>
  fc
    .tuple(release, fc.boolean())
    .map(([each, panel]) => ({ ...each, ...(panel ? { panel: `${site}-fire` } : {}) }));

/** A controller, a module behind it, readers, a fire panel, and doors of every kind of lock. */
export function doorsOf(plan: SitePlan): fc.Arbitrary<Entities> {
  const { site, doors } = plan;
  const hours = hoursFrom(plan.clock.at);
  if (doors === 0) return fc.constant({});
  const device = (data: fc.Arbitrary<Readonly<Record<string, unknown>>>): fc.Arbitrary<Entities[string]> =>
    data.map((each) => ({ kind: 'device', data: { at: site, ...each } }));
  const controller = fields(
    plugged(plan),
    powerFields(site, true),
    fc.constant({ profile: 'controllers/full' }),
    perhaps(
      'uses',
      fc.constantFrom({ host: 'cloud' }, { host: `${site}-vms` }, { host: ['cloud', `${site}-vms`] }),
    ),
    fc.constantFrom({}, { facts: { cache: '3m' } }, { facts: { cache: 'unknown' } }),
  );
  const wired = {
    profile: 'modules/plain',
    uses: { controller: `${site}-ctl` },
    wires: { controller: 'rs485' },
  };
  const module = fields(
    fc.constant(wired),
    fc.constantFrom({}, { facts: { facility: true } }, { facts: { facility: false } }),
    fc.constantFrom({}, { power: [`${site}-ups`] }),
  );
  const reader = fields(
    fc.constant({ profile: 'readers/plain' }),
    some([`${site}-feed`, `${site}-ups`, `${site}-ctl`]).map((power) => ({ power })),
  );
  const door = (index: number): fc.Arbitrary<Entities[string]> =>
    fields(
      lock(site).map((each) => ({ lock: each })),
      exit.map((each) => ({ exit: each })),
      perhaps('release', released(site)),
      fc.constantFrom(
        { decidedBy: `${site}-ctl` },
        { decidedBy: `${site}-ctl` },
        { decidedBy: `${site}-mod` },
        { decidedBy: `${site}-mod` },
        {},
      ),
      perhaps(
        'unlocked',
        hours.map((each) => [each]),
      ),
      perhaps(
        'timeLock',
        hours.map((each) => [each]),
      ),
      fc.constantFrom({}, { mobile: true }),
      relay,
      index > 1 ? perhaps('interlockedWith', fc.constant(`${site}-door1`)) : fc.constant({}),
    ).map((data) => ({
      kind: 'door',
      data: {
        name: `door ${index}`,
        from: `${site}-hall`,
        to: `${site}-room`,
        reader: { device: `${site}-reader` },
        ...(index === 1 ? { intercom: `${site}-com1` } : {}),
        ...data,
      },
    }));
  return fc.record({
    [`${site}-ctl`]: device(controller),
    [`${site}-mod`]: device(module),
    [`${site}-reader`]: device(reader),
    [`${site}-fire`]: device(
      fc.constant({
        profile: 'fire-panels/plain',
        power: [`${site}-ups`],
        network: `${site}-a`,
        uplink: `${site}-sw1:15`,
      }),
    ),
    ...Object.fromEntries(upTo(doors).map((index) => [`${site}-door${index}`, door(index)])),
  });
}
