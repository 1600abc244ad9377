import fc from 'fast-check';
import { plugged } from './devices.ts';
import { fields, perhaps, some, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

const operated = fields(
  perhaps('operator', fc.constantFrom('isp', 'isp2')),
  perhaps('paths', some(['duct', 'mast'])),
);

/** An alarm panel, a detector on its loop, and the ways to the monitoring centre. */
export function alarmsOf(plan: SitePlan): fc.Arbitrary<Entities> {
  const { site } = plan;
  const [panel, communicator] = [`${site}-panel`, `${site}-com`];
  const device = (profile: string): fc.Arbitrary<Entities[string]> =>
    fields(plugged(plan), powerFields(site, false)).map((each) => ({
      kind: 'device',
      data: { profile, at: site, ...each },
    }));
  const over = fc.oneof(
    fc.constant({ over: 'ip' }),
    operated.map((each) => ({ over: 'cellular', ...each })),
  );
  const sender = perhaps('communicator', fc.constant(communicator));
  const path = fields(over, sender).map((each): Entities[string] => ({
    kind: 'transmission',
    data: { panel, centre: 'centre', ...each },
  }));
  return fc
    .record({
      [panel]: device('alarm-panels/plain'),
      [communicator]: device('communicators/plain'),
      [`${site}-ats1`]: path,
      [`${site}-ats2`]: path,
    })
    .map((each): Entities => ({
      ...each,
      [`${site}-pir`]: {
        kind: 'device',
        data: { profile: 'detectors/plain', at: site, uses: { panel }, detects: `${site}-vault` },
      },
      [`${site}-vault`]: { kind: 'area', data: { name: 'vault', in: site, class: 'critical', alarm: panel } },
    }));
}
