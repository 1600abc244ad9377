import fc from 'fast-check';
import { plugged } from './devices.ts';
import { fields, perhaps, some, upTo, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

/** What cools the room, who watches, the intercom at the first door, and the guards with their radio. */
export function staffOf(plan: SitePlan): fc.Arbitrary<Entities> {
  const { site, doors } = plan;
  const host = perhaps('host', some(['cloud', `${site}-vms`]));
  const video = perhaps('video', some([`${site}-rec`, `${site}-vms`, 'cloud']));
  const device = (
    profile: string,
    uses: fc.Arbitrary<Readonly<Record<string, unknown>>>,
  ): fc.Arbitrary<Entities[string]> =>
    fields(
      plugged(plan),
      powerFields(site, true),
      uses.map((each) => ({ uses: each })),
    ).map((data) => ({ kind: 'device', data: { profile, at: site, ...data } }));
  const radio = perhaps(
    'radio',
    fc.oneof(fc.constant('unknown'), fc.subarray([`${site}-srv`, 'cloud', 'mast', 'isp'], { minLength: 1 })),
  );
  const cooling = perhaps(
    'cooling',
    fc.constantFrom<unknown>('unknown', [`${site}-bms`], [`${site}-bms`, `${site}-bms2`]),
  );
  return fc
    .record({
      [`${site}-bms`]: device('bms-controllers/plain', host),
      [`${site}-bms2`]: device('bms-controllers/plain', host),
      [`${site}-pc`]: device('workstations/plain', fields(host, video)),
      ...Object.fromEntries(
        upTo(Math.min(1, doors)).map((index) => [`${site}-com${index}`, device('intercoms/plain', host)]),
      ),
      [`${site}-post`]: radio.map((more): Entities[string] => ({
        kind: 'post',
        data: { name: 'post', at: site, ...more },
      })),
      [`${site}-cold`]: cooling.map((more): Entities[string] => ({
        kind: 'area',
        data: { name: 'cold room', in: site, class: 'critical', ...more },
      })),
    })
    .map((entities) => entities);
}
