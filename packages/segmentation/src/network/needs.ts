import { known, type Estate } from '@holdfast/estate';
import { siteOf } from '@holdfast/topology';

/** That one device needs another, or a cloud service, by a role of its own, of its network or of its site. */
export interface Need {
  readonly device: string;
  readonly role: string;
  /** What is needed: a device, a service or a party. */
  readonly target: string;
  /** The devices that provide it; none where it is in a cloud. */
  readonly hosts: readonly string[];
}

/** Who needs whom over the network. Roles that are filled over a line of their own are none. */
export function needsOf(estate: Estate): readonly Need[] {
  const needs: Need[] = [];
  for (const [device, data] of estate.all('device')) {
    const network = data.network ?? Object.values(data.interfaces ?? {})[0]?.network;
    if (network === undefined) continue;
    const site = siteOf(estate, data.at);
    const roles = {
      ...(site === undefined ? {} : estate.get('site', site)?.uses),
      ...estate.get('network', network)?.uses,
      ...data.uses,
    };
    for (const [role, fact] of Object.entries(roles)) {
      if (data.wires?.[role] !== undefined) continue;
      for (const target of known(fact) ?? []) {
        if (target === device) continue;
        needs.push({ device, role, target, hosts: hostsOf(estate, target) });
      }
    }
  }
  return needs;
}

function hostsOf(estate: Estate, target: string): readonly string[] {
  if (estate.get('device', target)) return [target];
  return known(estate.get('service', target)?.on) ?? [];
}
