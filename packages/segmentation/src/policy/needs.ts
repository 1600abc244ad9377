import { known, type EntityData } from '@holdfast/estate';
import { siteOf } from '@holdfast/topology';
import type { Landscape } from '../network/landscape.ts';
import type { Host } from './hosts.ts';

/** That a device works with another over the network, or with something in the cloud. */
export interface Need {
  readonly from: string;
  /** A device, or the internet for what is in a cloud. */
  readonly to:
    | { readonly kind: 'device'; readonly id: string }
    | { readonly kind: 'internet'; readonly service: string };
  readonly role: string;
}

/** What every device asks for, whether or not its profile has a role for it. */
const common = new Set(['dns', 'ntp', 'dhcp']);

/**
 * Who needs whom, as the roles of devices say, those of their networks and sites included; roles on a line of their own
 * and people are left out. Who opens the connection is not known from this.
 */
export function needsOf({ estate }: Landscape, hosts: ReadonlyMap<string, Host>): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const { device, legs } of hosts.values()) {
    const data = estate.get('device', device);
    if (data === undefined) continue;
    const roles = estate.get('profile', known(data.profile))?.roles ?? {};
    const network = estate.get('network', legs[0]?.network);
    const site = estate.get('site', siteOf(estate, data.at));
    const names = new Set([
      ...Object.keys(data.uses ?? {}),
      ...Object.keys({ ...network?.uses, ...site?.uses }).filter(
        (role) => common.has(role) || Object.hasOwn(roles, role),
      ),
    ]);
    for (const role of names) {
      if (roles[role]?.over === 'line' || data.wires?.[role] !== undefined) continue;
      const who = data.uses?.[role] ?? network?.uses?.[role] ?? site?.uses?.[role];
      for (const to of (known(who) ?? []).flatMap((each) =>
        targetsOf(estate.get('service', each), each, hosts),
      ))
        if (to.kind === 'internet' || to.id !== device)
          needs.set(`${device} ${to.kind === 'device' ? to.id : `internet ${to.service}`}`, {
            from: device,
            to,
            role,
          });
    }
  }
  return [...needs.values()];
}

function targetsOf(
  service: EntityData<'service'> | undefined,
  id: string,
  hosts: ReadonlyMap<string, Host>,
): readonly Need['to'][] {
  if (service === undefined) return hosts.has(id) ? [{ kind: 'device', id }] : [];
  if (service.on === undefined) return [{ kind: 'internet', service: id }];
  return (known(service.on) ?? []).flatMap((each) =>
    hosts.has(each) ? [{ kind: 'device', id: each } as const] : [],
  );
}
