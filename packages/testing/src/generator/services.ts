import fc from 'fast-check';
import { fields, minutes, perhaps, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

/** A server, what runs on it, and who resolves names and gives addresses at the site. */
export function servicesOf({ site, switches, clock }: SitePlan): fc.Arbitrary<Entities> {
  const server = `${site}-srv`;
  const recorder = `${site}-rec`;
  const lease = perhaps('lease', fc.constantFrom('2m', '6m', '12m'));
  return fc
    .record({
      power: powerFields(site, false),
      port: fc.integer({ min: 1, max: switches }),
      network: fc.constantFrom('a', 'b'),
      dhcp: fields(lease, fc.constantFrom({ on: server }, { on: [server, recorder] })),
      on: fc.constantFrom({ on: server }, { on: server }, { on: recorder }, { on: [server, recorder] }),
      vms: fields(
        perhaps('needs', fc.constantFrom(`${site}-dir`, 'login')),
        perhaps('starts', fc.constantFrom(`${site}-dir`, 'login')),
        perhaps('grace', minutes(6)),
      ),
      uses: fields(
        perhaps('dns', fc.constantFrom(`${site}-dns`)),
        perhaps('dhcp', fc.constant(`${site}-dhcp`)),
      ),
      netUses: perhaps('recorder', fc.constantFrom(`${site}-rec`, `${site}-vms`)),
    })
    .map(({ power, port, network, dhcp, on, vms, uses, netUses }): Entities => ({
      [site]: { kind: 'site', data: { name: site, timeZone: clock.zone, uses: { ...uses, ...netUses } } },
      [server]: {
        kind: 'device',
        data: {
          profile: 'servers/plain',
          at: site,
          network: `${site}-${network}`,
          uplink: `${site}-sw${port}:5`,
          addressing: 'static',
          ...power,
        },
      },
      [`${site}-dhcp`]: { kind: 'service', data: { kind: 'dhcp', ...dhcp } },
      [`${site}-dns`]: { kind: 'service', data: { kind: 'dns', on: server } },
      [`${site}-dir`]: { kind: 'service', data: { kind: 'directory', on: server } },
      [`${site}-vms`]: { kind: 'service', data: { kind: 'video-management', ...on, ...vms } },
    }));
}
