import { describe, expect, test } from 'vitest';
import type { Intent } from '../intent/intent.ts';
import { servicesOf } from '../intent/services.ts';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { writableFormats, type WritableFormat } from './formats.ts';
import { generate, type Generated } from './generate.ts';

const set = (...texts: readonly string[]): IntervalSet =>
  intervalSet(texts.flatMap((each) => prefixOf(each) ?? []));
const services = (...words: readonly string[]): Intent['permissions'][number]['services'] =>
  words.flatMap((each) => servicesOf(each) ?? []);

const cameras: Intent = {
  name: 'core',
  permissions: [
    {
      id: 'video',
      reason: 'cameras stream "live"',
      src: set('10.20.30.0/24', '2001:db8:30::/64'),
      dst: set('10.20.40.5', '10.20.40.7', '2001:db8:40::5'),
      services: services('rtsp', 'https', 'tcp/8000-8010'),
      iif: ['lan'],
    },
    { id: 'ping', src: set('10.20.0.0/24'), dst: set('10.20.30.0/24'), services: services('icmp', 'ip/50') },
  ],
};

const written = (format: WritableFormat): Generated => {
  const result = generate(cameras, format, { interfaces: ['lan', 'wan'] });
  if (result.kind === 'error') throw new TypeError(JSON.stringify(result.error));
  return result.value;
};

describe('files as they are written', () => {
  test.each(writableFormats)('%s', async (format) => {
    await expect(written(format).text).toMatchFileSnapshot(`../../fixtures/write/cameras.${format}.txt`);
  });

  test('what a product does by itself is told', () => {
    expect(written('nftables').proof).toMatchObject({ passesAnyway: [], stopsAnyway: [] });
    expect(written('cisco-ios').proof).toMatchObject({
      passesAnyway: [{ family: 'ipv6', protocol: ['icmpv6'], icmpType: ['135-136'] }],
      stopsAnyway: [],
    });
    expect(written('opnsense').proof).toMatchObject({
      passesAnyway: [
        { family: 'ipv4', protocol: ['112'] },
        { family: 'ipv6', protocol: ['icmpv6'], icmpType: ['1-2', '128', '133-136'] },
        { family: 'ipv6', protocol: ['112'] },
      ],
    });
  });
});

describe('what a format cannot say is refused (W3)', () => {
  const only = (more: Partial<Intent['permissions'][number]>): Intent => ({
    name: 'one',
    permissions: [{ id: 'c', src: set('10.0.0.1'), dst: set('10.0.0.2'), services: [{}], ...more }],
  });
  const refused = (intent: Intent, format: WritableFormat, interfaces = ['lan']): string => {
    const result = generate(intent, format, { interfaces });
    return result.kind === 'ok'
      ? ''
      : result.error.map(({ code, message }) => `${code} ${message}`).join('; ');
  };

  const inexpressible: readonly (readonly [
    WritableFormat,
    string,
    Partial<Intent['permissions'][number]>,
  ])[] = [
    ['cisco-ios', 'cisco-ios rules do not say the interface that a packet leaves by', { oif: ['lan'] }],
    ['opnsense', 'opnsense rules do not say the interface that a packet leaves by', { oif: ['lan'] }],
    ['cisco-ios', 'the interface dmz is not among those that rules are written for', { iif: ['dmz'] }],
    ['opnsense', 'OPNsense tells ports of TCP and UDP apart only', { services: services('sctp/80') }],
    [
      'opnsense',
      'OPNsense does not tell ICMP codes apart',
      { services: [{ protocol: 'icmp', icmpType: 3, icmpCode: 1 }] },
    ],
    ['nftables', 'protocol 0 is none that a firewall tells apart', { services: [{ protocol: 0 }] }],
    [
      'nftables',
      'ports stand without a protocol that has them',
      { services: [{ protocol: 50, dport: [{ low: 1n, high: 1n }] }] },
    ],
  ];
  test.each(inexpressible)('%s: %s', (format, message, more) => {
    expect(refused(only(more), format)).toBe(`rule-inexpressible c: ${message}`);
  });

  test.each([
    ['nftables', 'GigabitEthernet0/1'],
    ['iptables', 'eth 1'],
    ['iptables', 'a-name-beyond-15'],
    ['cisco-ios', 'GigabitEthernet 0/1'],
    ['opnsense', 'eth1.30'],
    ['nftables', 'x" accept #'],
  ] as const)('%s: an interface named %s', (format, name) => {
    expect(refused(only({ iif: [name] }), format, [name])).toBe(
      `rule-inexpressible '${name}' is no name of an interface in ${format} rules`,
    );
  });

  test('access lists without an interface', () => {
    expect(refused(only({}), 'cisco-ios', [])).toContain('usage access lists need the interfaces');
  });

  test('what another check finds wrong is not written', () => {
    const wrong = { code: 'value-invalid', message: 'cameras may not reach payroll' } as const;
    const result = generate(only({}), 'nftables', { checkAgainst: () => [wrong] });
    expect(result).toStrictEqual({ kind: 'error', error: [wrong] });
  });
});
