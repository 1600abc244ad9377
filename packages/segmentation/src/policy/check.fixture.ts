import type { Route } from '../model/firewall.ts';
import { landscapeWith } from '../network/landscape.fixture.ts';
import { checkPolicy, type PolicyCheck } from './check-policy.ts';
import type { PolicyCell } from './flow.ts';

/** Cameras, an office, a recorder among the servers and management, all behind one firewall. */
export const building = `
networks:
  cams: { site: h, cidr: 10.0.1.0/24, gateways: fw }
  office: { site: h, cidr: 10.0.2.0/24, gateways: fw }
  doors: { site: h, cidr: 10.0.3.0/24, gateways: fw }
  srv: { site: h, cidr: 10.0.4.0/24, gateways: fw }
  mgmt: { site: h, cidr: 10.0.9.0/24, zone: management, gateways: fw }
devices:
  fw: { profile: t/firewall, at: in, interfaces: { cam0: { network: cams }, off0: { network: office }, door0: { network: doors }, srv0: { network: srv }, adm0: { network: mgmt } } }
  cam-1: { profile: t/camera, at: in, network: cams, address: 10.0.1.11, uses: { recorder: nvr } }
  cam-2: { profile: t/camera, at: in, network: cams, address: 10.0.1.12, uses: { recorder: nvr } }
  pc-1: { profile: t/workstation, at: in, network: office, address: 10.0.2.21 }
  panel: { profile: t/controller, at: in, network: doors, address: 10.0.3.31 }
  nvr: { profile: t/server, at: in, network: srv, address: 10.0.4.41 }
circuits:
  wan: { on: fw, to: internet }
`;

/** Rules for the firewall of the building, the first of which may be another. */
export const rulesWith = (...rules: readonly string[]): string => `table inet f {
  chain fwd {
    type filter hook forward priority 0; policy drop;
${rules.map((each) => `    ${each}`).join('\n')}
  }
}`;

/** The policy check of an estate with rules, and routes where there are any. */
export const checked = (
  yaml: string,
  rules: Readonly<Record<string, string>>,
  routes: Readonly<Record<string, readonly Route[]>> = {},
): PolicyCheck => checkPolicy(landscapeWith(yaml, rules, routes));

/** The cell of two zones of a check. */
export function cell(check: PolicyCheck, from: string, to: string): PolicyCell {
  const found = check.cells.find((each) => each.from === from && each.to === to);
  if (found === undefined) throw new TypeError(`there is no cell from ${from} to ${to}`);
  return found;
}
