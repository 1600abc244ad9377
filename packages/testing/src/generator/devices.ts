import fc from 'fast-check';
import { fields, perhaps, some, upTo, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

/** Where a host is plugged in; rarely nobody knows. */
export const plugged = ({ site, switches }: SitePlan): fc.Arbitrary<Readonly<Record<string, unknown>>> =>
  fc.tuple(fc.constantFrom('a', 'b'), fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: switches }).map((port) => ({ uplink: `${site}-sw${port}:7` })) }, { weight: 1, arbitrary: fc.constantFrom({}, { uplink: 'unknown' }) }))
    .map(([network, uplink]) => ({ network: `${site}-${network}`, ...uplink }));

const addressed = fc.constantFrom({}, {}, { addressing: 'static' }, { addressing: 'dhcp' });

function powered(plan: SitePlan): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return plugged(plan).chain((plug) => powerFields(plan.site, typeof plug['uplink'] === 'string' && plug['uplink'] !== 'unknown').map((power) => ({ ...plug, ...power })));
}

/** A recorder, the cameras and their views. */
export function devicesOf(plan: SitePlan): fc.Arbitrary<Entities> {
  const { site, cameras } = plan;
  const recorder = `${site}-rec`;
  const filler = (...more: readonly string[]): fc.Arbitrary<readonly string[]> => some([recorder, `${site}-vms`, 'cloud', ...more]);
  const uses = fields(perhaps('recorder', filler()), perhaps('cloud', fc.constant(['cloud'])), perhaps('extra', filler('login', `${site}-r1`, `${site}-sw1`)), perhaps('hub', filler(`${site}-dns`)));
  const camera = fields(powered(plan), addressed, uses.map((each) => ({ uses: each })), fc.constantFrom({ profile: 'cameras/a' }, { profile: 'cameras/b' }), fc.constantFrom({}, {}, { wires: { recorder: 'serial' } }, { wires: { hub: 'rs485' } }));
  const recorders = fields(powered(plan), addressed, fc.constantFrom({ profile: 'recorders/plain' }, { profile: 'recorders/slow' }));
  const every = Object.fromEntries(upTo(cameras).map((index) => [`${site}-cam${index}`, camera.map((data) => ({ kind: 'device' as const, data: { at: site, ...data } }))]));
  return fc.tuple(fc.record({ ...every, [recorder]: recorders.map((data) => ({ kind: 'device' as const, data: { at: site, ...data } })) }), fc.constantFrom('any', 'all')).map(([devices, needs]): Entities => ({
    ...devices,
    [`${site}-hall`]: { kind: 'area', data: { name: 'hall', in: site, class: 'staff' } },
    [`${site}-room`]: { kind: 'area', data: { name: 'room', in: `${site}-hall`, class: 'restricted' } },
    ...Object.fromEntries(upTo(cameras).map((index) => [`${site}-view${index}`, { kind: 'view' as const, data: { name: `view ${index}`, of: `${site}-hall`, cameras: `${site}-cam${index}` } }])),
    [`${site}-views`]: { kind: 'view', data: { name: 'all views', of: `${site}-room`, needs, cameras: upTo(cameras).map((index) => `${site}-cam${index}`) } },
  }));
}
