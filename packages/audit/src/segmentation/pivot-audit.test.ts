import { loadEstate } from '@holdfast/estate';
import { readFirewall, type DeviceConfig } from '@holdfast/segmentation';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../finding.ts';
import { segmentationAudit } from './segmentation-findings.ts';

const estate = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff } }
parties: { integrator: { name: Integrator, kind: vendor } }
profiles:
  t/firewall: { class: firewall, name: F }
  t/camera: { class: camera, name: C }
  t/server: { class: server, name: S }
networks:
  cams: { name: Cameras, site: h, cidr: 10.0.1.0/24, isolated: false, gateways: fw }
  pay: { name: Payroll net, site: h, cidr: 10.0.4.0/24, isolated: true, gateways: fw }
devices:
  fw: { name: Core firewall, profile: t/firewall, at: in, interfaces: { e1: { network: cams, address: 10.0.1.1 }, e4: { network: pay, address: 10.0.4.1 } } }
  cam: { name: Gate camera, profile: t/camera, at: in, network: cams, address: 10.0.1.11, listens: { tcp/80: { service: http } } }
  payroll: { name: Payroll server, profile: t/server, at: in, network: pay, address: 10.0.4.5, holds: payroll }
vpns: { support: { name: Support line, from: integrator, to: fw, pool: 10.9.0.0/29, lands: cams } }
`;

function findings(...lines: readonly string[]): readonly Finding[] {
  const loaded = loadEstate([{ name: 'estate.yaml', text: estate }]);
  if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error));
  const text = `table inet f {\n  chain fwd {\n    type filter hook forward priority 0; policy drop;\n${lines.map((each) => `    ${each}`).join('\n')}\n  }\n  chain inp { type filter hook input priority 0; policy drop; }\n}\n`;
  const read = readFirewall({ name: 'fw.nft', text });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
  const config: DeviceConfig = {
    firewall: read.value,
    sources: [{ file: 'fw.nft', sha256: read.value.sha256, captured: '2026-11-01' }],
  };
  return segmentationAudit(loaded.value, new Map([['fw', config]])).findings.filter(
    ({ id }) => id === 'SEG-PIVOT',
  );
}

describe('where an attacker gets to', () => {
  test('is found with the chain, its rules, and the rule that would close it', () => {
    const found = findings('ip saddr 10.0.1.11 ip daddr 10.0.4.5 tcp dport 1433 accept');
    const byCamera = found.find(({ message }) => message.startsWith('Who holds a camera'));
    expect(byCamera).toMatchObject({
      verdict: 'fails',
      severity: 'critical',
      subject: 'payroll',
      message: 'Who holds a camera gets to Payroll server directly: Gate camera -> Payroll server.',
      places: ['cam', 'payroll'],
    });
    expect(byCamera?.why).toEqual([
      'Gate camera to Payroll server',
      '  Core firewall: 10.0.1.11 -> 10.0.4.5 tcp/1433: f/fwd/4 (fw.nft:4) ip saddr 10.0.1.11 ip daddr 10.0.4.5 tcp dport 1433 accept',
    ]);
    expect(byCamera?.remedy).toContain('at Core firewall from Cameras to Payroll net');
  });

  test('and from remote access, over the camera that it lands beside', () => {
    const found = findings('ip saddr 10.0.1.11 ip daddr 10.0.4.5 tcp dport 1433 accept');
    expect(found.map(({ message }) => message)).toContain(
      'Integrator, by remote access, gets to Payroll server in 2 steps: Integrator by Support line -> Gate camera -> Payroll server.',
    );
    expect(found.map(({ message }) => message)).toContain(
      'Integrator, by remote access, gets to Gate camera directly: Integrator by Support line -> Gate camera.',
    );
  });

  test('is nowhere where every packet is stopped', () => {
    expect(findings().filter(({ subject }) => subject === 'payroll')).toEqual([]);
  });

  test('has the same fingerprint in every audit', () => {
    const of = (): readonly string[] =>
      findings('ip saddr 10.0.1.11 ip daddr 10.0.4.5 accept').map(({ fingerprint }) => fingerprint);
    expect(of()).toEqual(of());
    expect(new Set(of()).size).toBe(of().length);
  });
});
