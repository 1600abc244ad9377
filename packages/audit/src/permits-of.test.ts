import { loadEstate } from '@holdfast/estate';
import { asMillis } from '@holdfast/kernel';
import { adHoc, compile, explain, OutageSolver, sayReasons, verdictAt, type Model } from '@holdfast/outage';
import { readFirewall, type DeviceConfig } from '@holdfast/segmentation';
import { describe, expect, test } from 'vitest';
import { permitsOf } from './permits-of.ts';

const estate = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: Inside, in: h, class: staff } }
views: { v: { name: View, of: in, cameras: cam } }
networks:
  cams: { name: Cameras, site: h, cidr: 10.0.1.0/24, gateways: [fw, fw2], redundancy: vrrp }
  srv: { name: Servers, site: h, cidr: 10.0.2.0/24, gateways: [fw, fw2], redundancy: vrrp }
devices:
  sw: { profile: t/switch, at: in }
  fw: { profile: t/firewall, at: in, uplink: sw:1 }
  fw2: { profile: t/firewall, at: in, uplink: sw:2, configurations: { file: networks/fw2.nft, captured: 2026-11-01 } }
  cam: { profile: t/camera, at: in, network: cams, address: 10.0.1.9, uplink: sw:3, uses: { recorder: nvr } }
  nvr: { profile: t/recorder, at: in, network: srv, address: 10.0.2.10, uplink: sw:4 }
profiles:
  t/switch: { class: switch, name: S }
  t/firewall: { class: firewall, name: F }
  t/camera: { class: camera, name: C, roles: { recorder: {} }, provides: { records: { all: [running, { reach: recorder, its: stores }] } } }
  t/recorder: { class: recorder, name: N, provides: { stores: running } }
`;

const rules = (body: string): string =>
  `table inet f {\n  chain fwd {\n    type filter hook forward priority 0; policy drop;\n    ${body}\n  }\n}\n`;

function modelWith(text: string | undefined): Model {
  const loaded = loadEstate([{ name: 'estate.yaml', text: estate }]);
  if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error));
  if (text === undefined) return compile(loaded.value, permitsOf(loaded.value, new Map()));
  const read = readFirewall({ name: 'networks/fw2.nft', text });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
  const sources = [{ file: 'networks/fw2.nft', sha256: read.value.sha256, captured: '2026-11-01' }];
  const configs = new Map<string, DeviceConfig>([['fw2', { firewall: read.value, sources }]]);
  return compile(loaded.value, permitsOf(loaded.value, configs));
}

function recordsWithout(model: Model, fault: readonly string[]): readonly [string, readonly string[]] {
  const scenario = adHoc(model, fault, { start: Date.UTC(2026, 10, 24) });
  if (scenario.kind === 'error') throw new TypeError(JSON.stringify(scenario.error));
  const answer = new OutageSolver(model).solve(scenario.value);
  const capability = model.capabilities.find(({ id }) => id === 'v/records');
  if (capability === undefined) throw new TypeError('the view records');
  const at = asMillis(60_000);
  const { reasons } = explain(model, answer, capability, at);
  return [verdictAt(answer.timeline(capability), at), sayReasons(model.estate, reasons, String)];
}

describe('what firewalls let pass counts in an outage', () => {
  const open = modelWith(rules('ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 accept'));
  const shut = modelWith(rules('ip saddr 10.0.3.0/24 accept'));

  test('a recorder that the backup firewall does not let through is not reached, and the rule is named', () => {
    expect(recordsWithout(shut, [])[0]).toBe('holds');
    const [verdict, lines] = recordsWithout(shut, ['fw']);
    expect(verdict).toBe('fails');
    expect(lines.join('\n')).toContain(
      'what fw2 lets pass between Cameras and Servers is nothing: f/fwd/policy (networks/fw2.nft:2)',
    );
    expect(recordsWithout(open, ['fw'])[0]).toBe('holds');
  });

  test('a reply direction is enough: nobody has said who opens the connection', () => {
    const back = modelWith(rules('ip saddr 10.0.2.10 ip daddr 10.0.1.0/24 accept'));
    expect(recordsWithout(back, ['fw'])[0]).toBe('holds');
  });

  test('what is not modelled makes the way unknown, and no configuration forbids nothing', () => {
    const unsure = modelWith(rules('ip saddr 10.0.1.0/24 meta skuid 0 accept'));
    expect(recordsWithout(unsure, ['fw'])[0]).toBe('unknown');
    expect(recordsWithout(unsure, [])[0]).toBe('holds');
    expect(recordsWithout(modelWith(undefined), ['fw'])[0]).toBe('holds');
  });

  test('a fault elsewhere is judged as before', () => {
    expect(recordsWithout(shut, ['sw'])[0]).toBe('fails');
    expect(recordsWithout(shut, ['fw2'])[0]).toBe('holds');
  });
});
