import fc from 'fast-check';
import { fields, minutes, perhaps, some, type Entities, type SitePlan } from './plan.ts';

const supply = (
  kind: string,
  at: string,
  more: fc.Arbitrary<Readonly<Record<string, unknown>>>,
): fc.Arbitrary<Entities[string]> => more.map((each) => ({ kind: 'supply', data: { kind, at, ...each } }));

/** A battery that fills as fast as it drains, or faster, so that every instant is a whole minute. */
const battery: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  perhaps('autonomy', minutes(9)),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 2))
    .map(([each, rate]) => ({ autonomy: `${each * rate}m`, recharge: `${each}m` })),
);

/** The supplies of a site: what comes from the street, an UPS, a generator, a board. */
export function powerOf({ site }: SitePlan): fc.Arbitrary<Entities> {
  const [feed, ups, genset, board, pre] = ['feed', 'ups', 'gen', 'board', 'pre'].map(
    (each) => `${site}-${each}`,
  ) as [string, string, string, string, string];
  const from = (of: readonly string[]): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
    perhaps('from', some(of));
  return fc.record({
    [feed]: supply('feed', site, perhaps('provider', fc.constant('isp2'))),
    [pre]: supply('ups', site, fields(from([feed]), battery)),
    [genset]: supply(
      'generator',
      site,
      fields(from([feed, pre]), perhaps('startDelay', minutes(3)), perhaps('fuel', minutes(12))),
    ),
    [ups]: supply('ups', site, fields(from([feed, genset]), battery)),
    [board]: supply('board', site, from([feed, genset, ups])),
  });
}

/** What gives a device its power, and how long it goes on without; `poe` where its uplink may. */
export function powerFields(site: string, poe: boolean): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const supplied = some([`${site}-feed`, `${site}-ups`, `${site}-board`, `${site}-gen`]).map((power) => ({
    power,
  }));
  const fed = poe
    ? fc.constantFrom({ poe: true }, { poe: true }, { poe: true }, { poe: false }, { power: 'unknown' }, {})
    : fc.constantFrom({ power: 'unknown' }, {});
  return fields(
    fc.oneof({ weight: 3, arbitrary: supplied }, { weight: poe ? 3 : 1, arbitrary: fed }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: minutes(5).map((each) => ({ battery: each })) },
    ),
  );
}
