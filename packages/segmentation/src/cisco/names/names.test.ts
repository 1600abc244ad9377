import { expect, it } from 'vitest';
import { icmpNamed } from './icmp-names.ts';
import { portNamed } from './port-names.ts';
import { protocolNamed } from './protocol-names.ts';

it('knows ports by name, per dialect and protocol', () => {
  expect(portNamed('ios', 'tcp', 'www')).toBe(80);
  expect(portNamed('ios', 'tcp', 'cmd')).toBe(514);
  expect(portNamed('ios', 'udp', 'syslog')).toBe(514);
  expect(portNamed('ios', 'tcp', 'https')).toBeUndefined();
  expect(portNamed('asa', 'tcp', 'https')).toBe(443);
  expect(portNamed('asa', 'udp', 'radius')).toBe(1645);
  expect(portNamed('asa', 'tcp', 'kerberos')).toBeUndefined();
  expect(portNamed('asa', 'tcp-udp', 'domain')).toBe(53);
  expect(portNamed('ios', 'tcp', 'constructor')).toBeUndefined();
});

it('knows protocols and ICMP messages by name', () => {
  expect(['gre', 'esp', 'ip', '89', '256', 'toString'].map(protocolNamed)).toEqual([
    47n,
    50n,
    'any',
    89n,
    undefined,
    undefined,
  ]);
  expect(icmpNamed('icmp', 'administratively-prohibited')).toEqual({ type: 3, code: 13 });
  expect(icmpNamed('icmp6', 'echo-request')).toEqual({ type: 128 });
  expect(icmpNamed('icmp', 'precedence-unreachable')).toBeUndefined();
});
