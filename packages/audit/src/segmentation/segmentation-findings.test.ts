import { loadEstate, type Estate } from '@holdfast/estate';
import { readFirewall, readIosSwitching, type DeviceConfig } from '@holdfast/segmentation';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../finding.ts';
import { segmentationAudit } from './segmentation-findings.ts';

const base = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff }, yard: { name: Yard, in: h, class: public } }
profiles:
  t/firewall: { class: firewall, name: F }
  t/switch: { class: switch, name: S }
  t/camera: { class: camera, name: C }
  t/controller: { class: controller, name: A }
  t/workstation: { class: workstation, name: W }
`;
const networks = `networks:
  cams: { name: Cameras, site: h, cidr: 10.0.1.0/24, gateways: [fw, fw2] }
  office: { name: Office, site: h, cidr: 10.0.2.0/24, gateways: [fw, fw2] }
  mgmt: { site: h, cidr: 10.0.9.0/24, zone: management, riskClass: critical, gateways: [fw, fw2] }
`;
const legs = 'interfaces: { cam0: { network: cams }, off0: { network: office }, adm0: { network: mgmt } }';
const devices = `devices:
  fw: { name: Core firewall, profile: t/firewall, at: in, ${legs} }
  fw2: { profile: t/firewall, at: in, ${legs} }
  cam: { profile: t/camera, at: in, network: cams, address: 10.0.1.11 }
  pc: { profile: t/workstation, at: in, network: office, address: 10.0.2.21 }
`;
const circuits = 'circuits:\n  wan: { on: fw, to: internet }\n';

function estateOf(...parts: readonly string[]): Estate {
  const loaded = loadEstate([{ name: 'estate.yaml', text: base + parts.join('') }]);
  if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error));
  return loaded.value;
}

function rules(file: string, ...lines: readonly string[]): DeviceConfig {
  const text = `table inet f {\n  chain fwd {\n    type filter hook forward priority 0; policy drop;\n${lines.map((each) => `    ${each}`).join('\n')}\n  }\n}\n`;
  const read = readFirewall({ name: file, text });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
  return { firewall: read.value, sources: [{ file, sha256: read.value.sha256, captured: '2026-11-01' }] };
}

const shut = { fw: rules('fw.nft'), fw2: rules('fw2.nft') };

const findings = (estate: Estate, configs: Readonly<Record<string, DeviceConfig>> = {}): readonly Finding[] =>
  segmentationAudit(estate, new Map(Object.entries(configs))).findings;

const of = (
  all: readonly Finding[],
  id: Finding['id'],
  verdict: Finding['verdict'] = 'fails',
): readonly Finding[] => all.filter((each) => each.id === id && each.verdict === verdict);

describe('what passes between zones', () => {
  const whole = estateOf(networks, devices, circuits);

  test('nothing is found but that no policy is declared where everything is shut', () => {
    expect(findings(whole, shut).map(({ id }) => id)).toEqual(['SEG-UNDOC']);
  });

  test('a finding shows the packet, the hop, the rule and the bytes that it stands in', () => {
    const [found, ...more] = of(
      findings(whole, { ...shut, fw: rules('fw.nft', 'iifname "cam0" oifname "off0" tcp dport 445 accept') }),
      'SEG-ANYANY',
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      severity: 'medium',
      function: 'video',
      message:
        'Cameras may open connections to Office (tcp/445), but security devices are apart from corporate networks, guests and the internet.',
      at: { file: 'fw.nft', line: 4 },
      places: ['cams', 'office'],
    });
    expect(found?.why.slice(0, 3)).toEqual([
      'Cameras to Office: tcp/445',
      expect.stringMatching(
        /^ {2}Core firewall, in cam0, out off0: 10\.0\.1\.11 -> 10\.0\.2\.21 tcp\/445: f\/fwd\/4 \(fw\.nft:4, captured 2026-11-01, sha256 [0-9a-f]{12}\)$/,
      ),
      '    iifname "cam0" oifname "off0" tcp dport 445 accept',
    ]);
  });

  test('into management is a kind of its own, as bad as the zone', () => {
    const [found] = of(
      findings(whole, { ...shut, fw: rules('fw.nft', 'oifname "adm0" tcp dport 22 accept') }),
      'SEG-MGMT',
    );
    expect(found?.severity).toBe('critical');
  });

  test('from the internet to a security device is a kind of its own', () => {
    const open = `table ip n {
  chain pre { type nat hook prerouting priority -100; tcp dport 8443 dnat to 10.0.1.11:443; }
}`;
    const read = readFirewall({ name: 'fw.nft', text: open });
    if (read.kind === 'error') throw new TypeError('it is read');
    const all = findings(whole, { ...shut, fw: { firewall: read.value, sources: [] } });
    const [found] = of(all, 'EXP-INTERNET');
    expect(found?.message).toContain('Internet may open connections to Cameras (tcp/443 to 10.0.1.11)');
    expect(found?.severity).toBe('high');
  });

  test('what is open only while something is down is a kind of its own', () => {
    const all = findings(whole, { ...shut, fw2: rules('fw2.nft', 'iifname "cam0" accept') });
    const found = of(all, 'SEG-FAILOVER');
    expect(found.map(({ message }) => message)).toEqual([
      'While Core firewall is down, Cameras may open connections to management that it may not otherwise.',
      'While Core firewall is down, Cameras may open connections to Office that it may not otherwise.',
    ]);
    expect(of(all, 'SEG-ANYANY')).toEqual([]);
  });

  test('each firewall without configuration is told once, with the zones that hang on it', () => {
    const all = findings(whole, { fw: rules('fw.nft') });
    const open = of(all, 'SEG-ANYANY', 'unknown');
    expect(open.map(({ subject }) => subject)).toEqual(['fw2']);
    expect(open[0]?.message).toContain('Cameras to Office');
    expect(of(findings(whole), 'SEG-ANYANY', 'unknown').map(({ subject }) => subject)).toContain('fw');
    expect(of(findings(whole), 'SEG-ANYANY')).toEqual([]);
  });

  test('fingerprints stay when rules move', () => {
    const rule = 'iifname "cam0" oifname "off0" tcp dport 445 accept';
    const [a] = of(findings(whole, { ...shut, fw: rules('fw.nft', rule) }), 'SEG-ANYANY');
    const [b] = of(
      findings(whole, { ...shut, fw: rules('fw.nft', 'ct state established accept', rule) }),
      'SEG-ANYANY',
    );
    expect(a?.at).not.toEqual(b?.at);
    expect(a?.fingerprint).toBe(b?.fingerprint);
  });
});

describe('what stands together', () => {
  test('security devices beside workstations', () => {
    const all = findings(
      estateOf(networks, `${devices}  cam-2: { profile: t/camera, at: in, network: office }\n`),
      shut,
    );
    expect(of(all, 'SEG-FLAT').map(({ subject, places }) => [subject, places])).toEqual([
      ['office', ['office', 'cam-2']],
    ]);
    expect(of(all, 'SEG-MIX')).toEqual([]);
  });

  test('a recorder with a leg in the office', () => {
    const two = `${devices}  nvr: { profile: t/camera, at: in, interfaces: { a: { network: cams }, b: { network: office } } }\n`;
    expect(of(findings(estateOf(networks, two), shut), 'SEG-FLAT')).toHaveLength(1);
  });

  test('two security functions in one network', () => {
    const all = findings(
      estateOf(networks, `${devices}  panel: { profile: t/controller, at: in, network: cams }\n`),
      shut,
    );
    expect(of(all, 'SEG-MIX').map(({ message }) => message)).toEqual([
      'Cameras holds several security functions: access (panel); video (cam).',
    ]);
  });

  test.each([
    ['none', 'fails'],
    ['unknown', 'unknown'],
  ] as const)('a device outside whose port access is %s', (access, verdict) => {
    const outside = `${devices}  cam-2: { profile: t/camera, at: yard, network: cams, portAccess: ${access} }\n`;
    const found = of(findings(estateOf(networks, outside), shut), 'SEG-OUTDOOR', verdict);
    expect(found.map(({ places }) => places)).toEqual([['cams', 'cam-2']]);
    expect(
      of(findings(estateOf(networks, outside.replace(access, '802.1x')), shut), 'SEG-OUTDOOR', verdict),
    ).toEqual([]);
    const apart = networks.replace('name: Cameras,', 'name: Cameras, isolated: true,');
    expect(of(findings(estateOf(apart, outside), shut), 'SEG-OUTDOOR', verdict)).toEqual([]);
  });
});

describe('switch ports', () => {
  const read = readIosSwitching({
    name: 'sw.cfg',
    text: `interface GigabitEthernet1/0/1
 switchport mode access
interface GigabitEthernet1/0/2
 switchport mode access
interface GigabitEthernet1/0/3
 switchport mode access
 shutdown
interface GigabitEthernet1/0/24
 switchport mode trunk
`,
  });
  if (read.kind === 'error') throw new TypeError('it is read');
  const sw = { switching: read.value, sources: [] };
  const cabled = (end: string): Estate =>
    estateOf(
      'devices:\n  sw: { profile: t/switch, at: in }\n',
      `  cam: { profile: t/camera, at: in, uplink: "${end}" }\n`,
    );

  test.each(['sw:Gi1/0/1', 'sw:GigabitEthernet1/0/1', 'sw:1', 'sw:1/0/1'])(
    '%s is in use, the other is not',
    (end) => {
      const [found] = of(findings(cabled(end), { sw }), 'SEG-PORTS');
      expect(found?.message).toBe(
        'Ports of sw that nothing is cabled to are not shut down: GigabitEthernet1/0/2.',
      );
      expect(found?.at).toMatchObject({ file: 'sw.cfg', line: 3 });
    },
  );

  test('nobody knows where the estate names no port of the switch', () => {
    expect(of(findings(cabled('sw'), { sw }), 'SEG-PORTS', 'unknown')).toHaveLength(1);
  });
});

describe('whether the policy is written down', () => {
  const declared = (approved: string): Estate =>
    estateOf(
      networks
        .replaceAll('site: h, cidr: 10.0.1', 'site: h, zone: v, cidr: 10.0.1')
        .replaceAll('site: h, cidr: 10.0.2', 'site: h, zone: o, cidr: 10.0.2'),
      devices,
      'zones: { v: { function: video, riskClass: high }, o: { function: corporate, riskClass: low }, management: { function: management, riskClass: high } }\n',
      `conduits: { c: { from: o, to: v, services: https, mayFail: true${approved} } }\n`,
    );

  test('neither zones nor conduits', () => {
    expect(of(findings(estateOf(networks, devices), shut), 'SEG-UNDOC')).toHaveLength(1);
    expect(of(findings(estateOf()), 'SEG-UNDOC')).toEqual([]);
  });

  test.each([
    [', approved: 2026-11-02', 0, 0],
    [', approved: 2026-10-31', 1, 0],
    ['', 0, 1],
  ])('conduits%s', (approved, fails, unknown) => {
    const all = findings(declared(approved), shut);
    expect([of(all, 'SEG-UNDOC').length, of(all, 'SEG-UNDOC', 'unknown').length]).toEqual([fails, unknown]);
  });

  test('a conduit that no packet of passes', () => {
    const needed = declared(', approved: 2026-11-02').all('conduit');
    expect(needed.size).toBe(1);
    const strict = estateOf(
      networks,
      devices,
      'conduits: { c: { from: office, to: cams, services: [https, ssh], approved: 2026-11-02 } }\n',
    );
    const rule = 'ip daddr 10.0.1.0/24 tcp dport 443 accept';
    const [found] = of(
      findings(strict, { fw: rules('fw.nft', rule), fw2: rules('fw2.nft', rule) }),
      'SEG-BLOCKED',
    );
    expect(found?.message).toBe('Rules stop ssh from Office to Cameras, which is meant to pass.');
  });
});
