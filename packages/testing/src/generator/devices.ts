import fc from 'fast-check';
import { fields, perhaps, some, upTo, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

/** Where a host is plugged in; rarely nobody knows. */
export const plugged = ({ site, switches }: SitePlan): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc
    .tuple(
      fc.constantFrom('a', 'b'),
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc
            .integer({ min: 0, max: switches })
            .map((port) => ({ uplink: port === 0 ? `${site}-ap` : `${site}-sw${port}:7` })),
        },
        { weight: 1, arbitrary: fc.constantFrom({}, { uplink: 'unknown' }) },
      ),
    )
    .map(([network, uplink]) => ({ network: `${site}-${network}`, ...uplink }));

const addressed = fc.constantFrom({}, {}, { addressing: 'static' }, { addressing: 'dhcp' });

function powered(plan: SitePlan): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return plugged(plan).chain((plug) =>
    powerFields(plan.site, typeof plug['uplink'] === 'string' && plug['uplink'] !== 'unknown').map(
      (power) => ({ ...plug, ...power }),
    ),
  );
}

/** What a device says otherwise than its profile; and, rarely, that it has failed. */
const overrides = fc.constantFrom<Readonly<Record<string, unknown>>>(
  {},
  {},
  {},
  {},
  { facts: { poe: true } },
  { facts: { 'self-powered': true } },
  { facts: { stays: '3m' } },
  { state: 'failed' },
);

/** What is said of a recorder's disks, and from how many cameras it may fetch. */
const disks = fields(
  perhaps('raid', fc.constantFrom('healthy', 'degraded', 'unknown', 'failed')),
  perhaps('raidLevel', fc.constantFrom('raid0', 'raid1', 'raid5', 'raid6', 'unknown')),
  perhaps('disks', fc.constantFrom(4, 5)),
  perhaps('backfillChannels', fc.constantFrom<unknown>(0, 1, 2, 'unknown')),
);

const retention = perhaps(
  'retention',
  fc.constantFrom<unknown>({ required: '5h' }, { required: '11h' }, { required: 'unknown' }),
);

/** A recorder, the cameras and their views; perhaps a standby for the recorder. */
export function devicesOf(plan: SitePlan): fc.Arbitrary<Entities> {
  const { site, cameras } = plan;
  const recorder = `${site}-rec`;
  const filler = (...more: readonly string[]): fc.Arbitrary<readonly string[]> =>
    some([recorder, `${site}-vms`, 'cloud', ...more]);
  const uses = fields(
    perhaps('recorder', filler()),
    perhaps('cloud', fc.constant(['cloud'])),
    perhaps('extra', filler('login', `${site}-r1`, `${site}-sw1`)),
    perhaps('hub', filler(`${site}-dns`)),
  );
  const camera = fields(
    powered(plan),
    addressed,
    uses.map((each) => ({ uses: each })),
    fc.constantFrom({ profile: 'cameras/a' }, { profile: 'cameras/b' }),
    fc.constantFrom({}, {}, { wires: { recorder: 'serial' } }, { wires: { hub: 'rs485' } }),
    overrides,
    perhaps('bitrate', fc.constantFrom<unknown>('1Mbit/s', '2Mbit/s', '4Mbit/s', 'unknown')),
    perhaps('storage', fc.constantFrom<unknown>('4GB', { between: ['1GB', '8GB'] })),
  );
  const recorders = fields(
    powered(plan),
    addressed,
    fc.constantFrom({ profile: 'recorders/plain' }, { profile: 'recorders/slow' }),
    perhaps('storage', fc.constantFrom<unknown>('10GB', '20GB', { between: ['5GB', '40GB'] }, 'unknown')),
    disks,
  );
  const every = Object.fromEntries(
    upTo(cameras).map((index) => [
      `${site}-cam${index}`,
      camera.map((data) => ({ kind: 'device' as const, data: { at: site, ...data } })),
    ]),
  );
  const asDevice = (data: Readonly<Record<string, unknown>>): Entities[string] => ({
    kind: 'device',
    data: { at: site, ...data },
  });
  const ap = powerFields(site, true).map((power) =>
    asDevice({ profile: 'access-points/plain', network: `${site}-a`, uplink: `${site}-sw1:3`, ...power }),
  );
  const standby = fc.constantFrom<Entities>(
    {},
    {
      [`${site}-pair`]: {
        kind: 'group',
        data: { kind: 'failover', members: [recorder], standby: [`${site}-rec2`], covers: 1 },
      },
    },
    {
      [`${site}-pair`]: {
        kind: 'group',
        data: {
          kind: 'failover',
          members: [recorder, `${site}-srv`],
          standby: [`${site}-rec2`, `${site}-sw1`],
          covers: 'unknown',
        },
      },
    },
  );
  return fc
    .tuple(
      fc.record({
        ...every,
        [recorder]: recorders.map(asDevice),
        [`${site}-rec2`]: recorders.map(asDevice),
        [`${site}-ap`]: ap,
      }),
      fc.constantFrom('any', 'all'),
      standby,
      cabled(plan),
      retention,
    )
    .map(([devices, needs, spare, more, kept]): Entities => ({
      ...devices,
      ...spare,
      ...more,
      [`${site}-hall`]: { kind: 'area', data: { name: 'hall', in: site, class: 'staff' } },
      [`${site}-room`]: { kind: 'area', data: { name: 'room', in: `${site}-hall`, class: 'restricted' } },
      ...Object.fromEntries(
        upTo(cameras).map((index) => [
          `${site}-view${index}`,
          {
            kind: 'view' as const,
            data: { name: `view ${index}`, of: `${site}-hall`, cameras: `${site}-cam${index}`, ...kept },
          },
        ]),
      ),
      [`${site}-views`]: {
        kind: 'view',
        data: {
          name: 'all views',
          of: `${site}-room`,
          needs,
          ...kept,
          cameras: upTo(cameras).map((index) => `${site}-cam${index}`),
        },
      },
    }));
}

/** A camera that a declared cable plugs in, instead of an uplink of its own. */
function cabled({ site, switches }: SitePlan): fc.Arbitrary<Entities> {
  const cable = fields(
    perhaps('carries', some([`${site}-a`, `${site}-b`])),
    perhaps('paths', some(['duct', 'mast'])),
  );
  return fc
    .record({
      port: fc.integer({ min: 1, max: switches }),
      cable,
      power: powerFields(site, true),
      there: fc.boolean(),
    })
    .map(({ port, cable: more, power, there }): Entities =>
      there
        ? {
            [`${site}-wired`]: {
              kind: 'device',
              data: {
                at: site,
                network: `${site}-b`,
                profile: 'cameras/a',
                uses: { recorder: `${site}-rec`, cloud: 'cloud' },
                ...power,
              },
            },
            [`${site}-drop`]: {
              kind: 'cable',
              data: { from: `${site}-wired`, to: `${site}-sw${port}:12`, ...more },
            },
            [`${site}-wired-view`]: {
              kind: 'view',
              data: { name: 'wired', of: `${site}-hall`, cameras: `${site}-wired` },
            },
          }
        : {},
    );
}
