import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from '@holdfast/estate';

const profiles = join(import.meta.dirname, '..', 'packages', 'estate', 'profiles');

/** The product's profiles. */
export const library: readonly SourceFile[] = readdirSync(profiles)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(join(profiles, name), 'utf8') }));

type Put = (kind: string, id: string, data: object) => void;

/** A portfolio of alike sites in canonical form: two cores in a ring with eight access switches, sixty cameras, twenty doors, one recorder, two lines. */
export function portfolio(sites: number): SourceFile {
  const lines: string[] = ['{"holdfast":1}'];
  const put: Put = (kind, id, data) => lines.push(JSON.stringify({ data, id, kind }));
  put('party', 'cloud', { name: 'Cloud', kind: 'provider' });
  put('party', 'telco-a', { name: 'Telco A', kind: 'provider' });
  put('party', 'telco-b', { name: 'Telco B', kind: 'provider' });
  put('service', 'access', { kind: 'access-cloud', provider: 'cloud', region: 'west' });
  for (let site = 0; site < sites; site += 1) addSite(put, `s${site}`);
  return { name: 'portfolio.ndjson', text: `${lines.join('\n')}\n` };
}

function addSite(put: Put, s: string): void {
  put('site', s, { name: `Site ${s}`, timeZone: 'Europe/Berlin' });
  put('area', `${s}-out`, { name: 'Outside', in: s, class: 'public' });
  put('area', `${s}-in`, { name: 'Inside', in: s, class: 'restricted', alarm: `${s}-panel` });
  for (const net of ['video', 'access']) put('network', `${s}-${net}`, { site: s, gateways: [`${s}-fw`] });
  put('supply', `${s}-feed`, { kind: 'feed', at: s });
  put('supply', `${s}-ups`, { kind: 'ups', at: s, from: [`${s}-feed`], autonomy: '30m' });
  const device = (id: string, data: object): void => put('device', `${s}-${id}`, { at: `${s}-in`, ...data });
  device('fw', { profile: 'firewalls/generic', power: [`${s}-ups`] });
  for (const line of ['a', 'b'])
    put('circuit', `${s}-line-${line}`, { on: [`${s}-fw`], provider: `telco-${line}`, paths: [`${s}-duct`] });
  put('path', `${s}-duct`, { kind: 'duct' });
  for (let core = 0; core < 2; core += 1)
    device(`core${core}`, {
      profile: 'switches/generic-poe',
      network: `${s}-video`,
      uplink: [`${s}-fw:${core}`],
      power: [`${s}-ups`],
    });
  put('cable', `${s}-ring`, { from: `${s}-core0:48`, to: `${s}-core1:48` });
  for (let each = 0; each < 8; each += 1)
    device(`sw${each}`, {
      profile: 'switches/generic-poe',
      network: `${s}-video`,
      uplink: [`${s}-core0:${each}`, `${s}-core1:${each}`],
      power: [each % 2 ? `${s}-ups` : `${s}-feed`],
    });
  device('nvr', {
    profile: 'recorders/generic-nvr',
    network: `${s}-video`,
    uplink: [`${s}-core0:40`],
    power: [`${s}-ups`],
    storage: '80TB',
  });
  for (let each = 0; each < 60; each += 1) {
    device(`cam${each}`, {
      profile: 'cameras/generic-sd',
      network: `${s}-video`,
      uplink: [`${s}-sw${each % 8}:${each}`],
      uses: { recorder: [`${s}-nvr`] },
      bitrate: '4Mbit/s',
      storage: '128GB',
    });
    put('view', `${s}-view${each}`, { name: `View ${each}`, of: `${s}-in`, cameras: [`${s}-cam${each}`] });
  }
  device('panel', {
    profile: 'alarm-panels/generic',
    network: `${s}-access`,
    uplink: [`${s}-sw0:40`],
    power: [`${s}-ups`],
  });
  for (let each = 0; each < 20; each += 1) {
    device(`ctl${each}`, {
      profile: 'controllers/generic-cloud',
      network: `${s}-access`,
      uplink: [`${s}-sw${each % 8}:${20 + each}`],
      power: [`${s}-ups`],
      uses: { cloud: ['access'] },
    });
    device(`rd${each}`, {
      profile: 'readers/generic-osdp',
      uses: { controller: [`${s}-ctl${each}`] },
      power: [`${s}-ctl${each}`],
      wires: { controller: 'osdp' },
    });
    put('door', `${s}-door${each}`, {
      name: `Door ${each}`,
      from: `${s}-out`,
      to: `${s}-in`,
      lock: { kind: 'strike', onPowerLoss: 'fail-secure', power: [`${s}-ups`] },
      decidedBy: `${s}-ctl${each}`,
      reader: { device: `${s}-rd${each}`, link: 'osdp' },
      exit: { kind: 'lever' },
    });
  }
}
