import fc from 'fast-check';
import { fields, minutes, perhaps, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

/** A server, what runs on it, and who resolves names and gives addresses at the site. */
export function servicesOf({ site, switches }: SitePlan): fc.Arbitrary<Entities> {
  const server = `${site}-srv`;
  const on = { on: server };
  const lease = perhaps('lease', fc.constantFrom('2m', '6m', '12m'));
  return fc.record({
    power: powerFields(site, false),
    port: fc.integer({ min: 1, max: switches }),
    network: fc.constantFrom('a', 'b'),
    dhcp: lease,
    vms: fields(perhaps('needs', fc.constantFrom(`${site}-dir`, 'login')), perhaps('starts', fc.constantFrom(`${site}-dir`, 'login')), perhaps('grace', minutes(6))),
    uses: fields(perhaps('dns', fc.constantFrom(`${site}-dns`)), perhaps('dhcp', fc.constant(`${site}-dhcp`))),
    netUses: perhaps('recorder', fc.constantFrom(`${site}-rec`, `${site}-vms`)),
  }).map(({ power, port, network, dhcp, vms, uses, netUses }): Entities => ({
    [site]: { kind: 'site', data: { name: site, timeZone: 'UTC', uses: { ...uses, ...netUses } } },
    [server]: { kind: 'device', data: { profile: 'servers/plain', at: site, network: `${site}-${network}`, uplink: `${site}-sw${port}:5`, addressing: 'static', ...power } },
    [`${site}-dhcp`]: { kind: 'service', data: { kind: 'dhcp', ...on, ...dhcp } },
    [`${site}-dns`]: { kind: 'service', data: { kind: 'dns', ...on } },
    [`${site}-dir`]: { kind: 'service', data: { kind: 'directory', ...on } },
    [`${site}-vms`]: { kind: 'service', data: { kind: 'video-management', ...on, ...vms } },
  }));
}
