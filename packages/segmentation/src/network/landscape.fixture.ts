import { loadEstate, type Estate } from '@holdfast/estate';
import { expect } from 'vitest';
import type { Route } from '../model/firewall.ts';
import { readFirewall } from '../read-firewall.ts';
import { landscapeOf, type DeviceConfig, type Landscape } from './landscape.ts';

const profiles = `
profiles:
  t/firewall: { class: firewall, name: F }
  t/router: { class: router, name: R }
  t/switch: { class: switch, name: S }
  t/camera: { class: camera, name: C, roles: { recorder: {}, cloud: {} } }
  t/recorder: { class: recorder, name: N, roles: { directory: {} } }
  t/controller: { class: controller, name: A, roles: { host: {} } }
  t/server: { class: server, name: V }
  t/workstation: { class: workstation, name: W, roles: { video: {}, host: {} } }
`;

/** An estate of one site `h` with an area `in`, from the rest of its YAML. */
function estateOf(yaml: string): Estate {
  const base = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff }, yard: { name: Y, in: h, class: public } }
`;
  const loaded = loadEstate([{ name: 'estate.yaml', text: base + yaml + profiles }]);
  expect(loaded.kind === 'error' ? loaded.error : []).toEqual([]);
  if (loaded.kind === 'error') throw new TypeError('the estate of a test is sound');
  return loaded.value;
}

/** A landscape with the rules of its devices as text in any format that is read, and their routes. */
export function landscapeWith(
  yaml: string,
  rules: Readonly<Record<string, string>>,
  routes: Readonly<Record<string, readonly Route[]>> = {},
): Landscape {
  const configs = Object.keys({ ...rules, ...routes }).map((id): [string, DeviceConfig] => {
    const text = rules[id];
    const own = routes[id];
    const read = text === undefined ? undefined : readFirewall({ name: `${id}.conf`, text });
    expect(read?.kind === 'error' ? read.error : []).toEqual([]);
    return [
      id,
      {
        ...(read?.kind === 'ok' ? { firewall: read.value } : {}),
        ...(own === undefined ? {} : { routes: own }),
        sources: [],
      },
    ];
  });
  return landscapeOf(estateOf(yaml), new Map(configs));
}
