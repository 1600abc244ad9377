import { describe, expect, test } from 'vitest';
import { building, cell, checked, rulesWith } from './check.fixture.ts';
import { spellServices } from './services.ts';

const zoned = building
  .replace('cams: { site: h,', 'cams: { site: h, zone: video,')
  .replace('office: { site: h,', 'office: { site: h, zone: office,')
  .replace('doors: { site: h,', 'doors: { site: h, zone: access,')
  .replace('srv: { site: h,', 'srv: { site: h, zone: servers,');

const withConduits = (...conduits: readonly string[]): string => `${zoned}
conduits:
${conduits.map((each, index) => `  c${index + 1}: ${each}`).join('\n')}
`;

const streams = '{ from: video, to: nvr, services: [rtsp, https] }';
const rtsp = 'iifname "cam0" ip daddr 10.0.4.41 tcp dport 554 accept';
const https = 'iifname "cam0" ip daddr 10.0.4.41 tcp dport 443 accept';

describe('with conduits', () => {
  test('what they name may pass, and everything else to and from security zones may not', () => {
    const check = checked(withConduits(streams), {
      fw: rulesWith(rtsp, https, 'iifname "cam0" ip daddr 10.0.4.42 accept'),
    });
    expect(check.policy).toBe('declared');
    const { verdict, flows, denial } = cell(check, 'video', 'servers');
    expect([verdict, denial]).toEqual(['violating', 'no conduit names it']);
    expect(flows.map(({ kind, parcels }) => [kind, ...spellServices(parcels)])).toEqual([
      ['violating', 'any'],
      ['allowed', 'tcp/554'],
      ['allowed', 'tcp/443'],
    ]);
    expect(cell(check, 'office', 'internet').verdict).toBe('unjudged');
    expect(cell(check, 'access', 'servers').verdict).toBe('closed');
  });

  test('a port beside those of the service is no part of it', () => {
    const check = checked(withConduits(streams), {
      fw: rulesWith(https, 'iifname "cam0" ip daddr 10.0.4.41 tcp dport 550-560 accept'),
    });
    const [flow] = cell(check, 'video', 'servers').flows;
    expect(flow?.kind).toBe('violating');
    expect(flow && spellServices(flow.parcels)).toEqual(['tcp/550-553', 'tcp/555-560']);
  });

  test('a service that no packet of passes is told with what stops it', () => {
    const { verdict, flows } = cell(
      checked(withConduits(streams), { fw: rulesWith(rtsp) }),
      'video',
      'servers',
    );
    expect(verdict).toBe('blocked');
    expect(flows[0]).toMatchObject({ kind: 'blocked', conduit: 'c1', service: 'https' });
    expect(flows[0]?.decisions.map((each) => each?.source.id)).toEqual(['f/fwd/policy']);
    expect(flows.filter(({ kind }) => kind === 'blocked')).toHaveLength(1);
  });

  test('unless it may fail', () => {
    const lenient = withConduits(streams.replace('{', '{ mayFail: true,'));
    expect(cell(checked(lenient, { fw: rulesWith(rtsp) }), 'video', 'servers').verdict).toBe('allowed');
  });

  test('a pair of devices is told where the conduit passes for others only', () => {
    const one = rulesWith('ip saddr 10.0.1.11 ip daddr 10.0.4.41 accept');
    const { verdict, flows } = cell(checked(withConduits(streams), { fw: one }), 'video', 'servers');
    expect(verdict).toBe('violating');
    expect(flows.find(({ kind }) => kind === 'blocked')?.why).toEqual(['cam-2 works with nvr (recorder)']);
  });

  test('an end of a conduit is a zone, a network, a device, a service or a party', () => {
    const estate = `${withConduits(
      '{ from: cam-1, to: time, services: ntp }',
      '{ from: integrator, to: cams, services: https }',
      '{ from: access, to: far, services: https, mayFail: true }',
    )}
services:
  time: { kind: ntp, on: nvr }
  far: { kind: access-cloud, provider: integrator }
parties: { integrator: { name: I, kind: vendor } }
vpns: { remote: { from: integrator, to: fw, pool: 10.9.0.0/28 } }
`;
    const check = checked(estate, {
      fw: rulesWith(
        'ip saddr 10.0.1.11 ip daddr 10.0.4.41 udp dport 123 accept',
        'ip saddr 10.9.0.0/28 ip daddr 10.0.1.0/24 tcp dport 443 accept',
        'iifname "door0" tcp dport 443 ip daddr 198.51.100.0/24 accept',
      ),
    });
    expect(cell(check, 'video', 'servers').verdict).toBe('allowed');
    expect(cell(check, 'remote', 'video').verdict).toBe('allowed');
    expect(cell(check, 'access', 'internet').verdict).toBe('allowed');
    expect(cell(check, 'remote', 'access').verdict).toBe('closed');
  });

  test('a translated port is judged where it arrives', () => {
    const forwarding = `table ip n {
  chain pre { type nat hook prerouting priority -100; ip daddr 198.51.100.1 tcp dport { 443, 8443 } dnat to 10.0.4.41:443; ip daddr 198.51.100.1 tcp dport 2222 dnat to 10.0.1.11:22; }
}
${rulesWith('ip daddr 10.0.4.41 tcp dport 443 accept', 'ip daddr 10.0.1.11 accept')}`;
    const open = checked(withConduits('{ from: internet, to: nvr, services: https }'), { fw: forwarding });
    expect(cell(open, 'internet', 'servers').verdict).toBe('allowed');
    const [flow] = cell(open, 'internet', 'video').flows;
    expect(flow?.kind).toBe('violating');
    expect(flow && spellServices(flow.parcels)).toEqual(['tcp/22']);
    const packet = flow?.witness?.passages[0]?.packet;
    expect([packet?.dst, packet?.dport]).toEqual([3_325_256_705n, 2222n]);
  });
});

const backup = withConduits(streams)
  .replaceAll('gateways: fw }', 'gateways: [fw, fw2] }')
  .replace(
    'devices:',
    'devices:\n  fw2: { profile: t/firewall, at: in, interfaces: { c: { network: cams }, o: { network: office }, d: { network: doors }, s: { network: srv }, a: { network: mgmt } } }',
  );

describe('while something is down', () => {
  test('what passes only over the backup is told with what is down', () => {
    const check = checked(backup, { fw: rulesWith(rtsp, https), fw2: rulesWith('iifname "c" accept') });
    const { verdict, flows } = cell(check, 'video', 'office');
    expect(verdict).toBe('violating');
    expect(flows.map(({ kind, under }) => [kind, under])).toEqual([['violating', 'fw']]);
    expect(flows[0]?.witness?.passages.map(({ router }) => router)).toEqual(['fw2']);
  });

  test('what the backup lets through as well is told once', () => {
    const open = 'ip saddr 10.0.1.0/24 ip daddr 10.0.2.0/24 tcp dport 22 accept';
    const check = checked(backup, { fw: rulesWith(rtsp, https, open), fw2: rulesWith(rtsp, https, open) });
    expect(cell(check, 'video', 'office').flows.map(({ kind, under }) => [kind, under])).toEqual([
      ['violating', undefined],
    ]);
  });

  test('a conduit that the backup stops is told with what is down', () => {
    const check = checked(backup, {
      fw: rulesWith(rtsp, https),
      fw2: rulesWith('iifname "c" ip daddr 10.0.4.41 tcp dport 554 accept'),
    });
    const { verdict, flows } = cell(check, 'video', 'servers');
    expect(verdict).toBe('blocked');
    expect(flows.filter(({ kind }) => kind === 'blocked')).toMatchObject([{ service: 'https', under: 'fw' }]);
  });

  test('a backup without configuration leaves open what would be shut', () => {
    const { verdict, flows } = cell(checked(backup, { fw: rulesWith(rtsp, https) }), 'video', 'office');
    expect(verdict).toBe('unknown');
    expect(flows).toMatchObject([{ kind: 'unknown', under: 'fw', blind: ['fw2'] }]);
  });
});

describe('remote access', () => {
  const remote = (lands: string): string => `${zoned}
parties: { integrator: { name: I, kind: vendor } }
vpns: { remote: { from: integrator, to: fw, pool: 10.9.0.0/28${lands} } }
`;

  test('that comes out in a network of cameras meets no rule', () => {
    const { verdict, flows } = cell(checked(remote(', lands: cams'), { fw: rulesWith() }), 'remote', 'video');
    expect(verdict).toBe('violating');
    expect(flows[0]?.why).toEqual(['remote comes out in cams itself, so that no rule stands between']);
  });

  test('goes where the rules for its pool let it where nobody says where it comes out', () => {
    expect(cell(checked(remote(''), { fw: rulesWith() }), 'remote', 'video').verdict).toBe('closed');
    const open = checked(remote(''), { fw: rulesWith('ip saddr 10.9.0.0/28 accept') });
    expect(cell(open, 'remote', 'video').verdict).toBe('violating');
    expect(cell(open, 'remote', 'servers').verdict).toBe('unjudged');
  });
});
