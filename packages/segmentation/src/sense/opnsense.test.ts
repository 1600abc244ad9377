import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prefixOf } from '../model/address.ts';
import { permits } from '../question/permits.ts';
import { programOf } from '../engine/program.ts';
import { endsOf, fateOf, read, told } from './reading.fixture.ts';

const text = readFileSync(join(import.meta.dirname, '../../fixtures/sense/branch.opnsense.xml'), 'utf8');
const program = programOf(read(text));
const lines = text.split('\n');

/** The line of the rule that holds a text, as ids name it. */
function lineOf(words: string, tag = '<rule'): number {
  const at = lines.findIndex((line) => line.includes(words));
  return lines.findLastIndex((line, index) => index < at && line.includes(tag)) + 1;
}
const camera = { iif: 'igb2_vlan30', src: '10.20.30.5' };
const vendor = { iif: 'wg1', src: '10.99.0.7' };
const office = { iif: 'igb1', src: '10.20.0.50' };
const outside = { iif: 'igb0', src: '192.0.2.200' };

describe('what stands in the file', () => {
  test('interfaces have devices, descriptions, networks and VLANs', () => {
    const { hostname, format, interfaces } = program.firewall;
    expect([hostname, format]).toEqual(['fw-harbour.example.org', 'opnsense']);
    expect(interfaces.map(({ name, zone, vlan, shutdown }) => [name, zone, vlan, shutdown])).toEqual([
      ['igb0', 'Provider', undefined, undefined],
      ['igb1', 'Office', undefined, undefined],
      ['igb2_vlan30', 'Cameras', 30, undefined],
      ['igb2_vlan40', 'Recorders', 40, undefined],
      ['wg1', 'Vendor', undefined, undefined],
      ['igb3', 'Spare', undefined, true],
    ]);
    expect(interfaces[3]?.addresses).toEqual(['10.20.40.1/24', '2001:db8:40::1/64']);
  });

  test('routes lead by the gateways that they name', () => {
    expect(program.firewall.routes.map(({ prefix, via, interface: by }) => [prefix, via, by])).toEqual([
      ['10.60.0.0/16', '10.20.0.2', 'igb1'],
      ['0.0.0.0/0', '198.51.100.9', 'igb0'],
    ]);
  });

  test('a secret is nowhere in what is kept', () => {
    const kept = JSON.stringify(program.firewall, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value instanceof Map ? [...value] : value,
    );
    expect(kept).not.toContain('Secret');
  });

  test('every id is unique', () => {
    const ids = [...program.firewall.chains.values()].flatMap(({ rules }) =>
      rules.map(({ source }) => source.id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('filter rules', () => {
  test('cameras reach recorders on video ports, and nothing else', () => {
    const rule = `in/${lineOf('Cameras to recorders')}`;
    const out = 'accept out/built-in/from-the-firewall';
    const to = { ...camera, oif: 'igb2_vlan40', dst: '10.20.40.5' };
    expect(fateOf(program, { ...to, dport: 554 })).toBe(out);
    expect(fateOf(program, { ...to, dport: 554, hook: 'input' })).toBe(`accept ${rule}`);
    expect(fateOf(program, { ...to, dport: 8010, protocol: 17 })).toBe(out);
    expect(fateOf(program, { ...to, dst: '10.20.40.79', dport: 8000 })).toBe(out);
    expect(fateOf(program, { ...to, dport: 8011 })).toBe('drop in/built-in/default-deny');
    expect(fateOf(program, { ...to, dst: '10.20.40.7', dport: 554 })).toBe('drop in/built-in/default-deny');
    expect(fateOf(program, { ...to, dst: '10.20.40.80', dport: 554 })).toBe('drop in/built-in/default-deny');
  });

  test('a quick floating rule comes before those of interfaces, in both directions', () => {
    const rule = lineOf('Nobody but the office');
    const payroll = { dst: '10.20.0.200', dport: 443, oif: 'igb1' };
    expect(fateOf(program, { ...camera, ...payroll })).toBe(`drop in/${rule}`);
    expect(fateOf(program, { ...office, ...payroll })).toBe('accept out/built-in/from-the-firewall');
    expect(fateOf(program, { ...office, dst: '10.20.0.200', oif: 'wg1' })).toBe(`drop out/${rule}`);
  });

  test('a floating rule that is not quick decides where no quick rule of an interface does', () => {
    const rule = `in/${lineOf('Floating, not quick')}`;
    const block = `in/${lineOf('10.20.30.7')}`;
    expect(fateOf(program, { ...vendor, hook: 'input', dst: '10.20.30.8', dport: 80 })).toBe(
      `accept ${rule}`,
    );
    expect(fateOf(program, { ...vendor, hook: 'input', dst: '10.20.30.7', dport: 80 })).toBe(`drop ${block}`);
  });

  test('not, and reject', () => {
    expect(fateOf(program, { ...office, oif: 'igb2_vlan40', dst: '10.20.40.5' })).toMatch(/^accept/);
    expect(fateOf(program, { ...office, oif: 'igb2_vlan30', dst: '10.20.30.5' })).toBe(
      `reject in/${lines.findIndex((line) => line.includes('<type>reject'))}`,
    );
  });

  test('rules of a group, of the newer form, by their sequence', () => {
    const time = { dst: '10.20.0.4', oif: 'igb1', protocol: 17, dport: 123 };
    expect(fateOf(program, { ...camera, ...time, hook: 'input' })).toBe(
      `accept in/${lineOf('<sequence>20')}`,
    );
    expect(fateOf(program, { ...camera, ...time, src: '10.20.30.66' })).toBe(
      `drop in/${lineOf('<sequence>10')}`,
    );
    expect(fateOf(program, { ...vendor, ...time })).toBe('drop in/built-in/default-deny');
  });

  test('ICMP is of the family', () => {
    const ping = { ...camera, hook: 'input', dst: '10.20.30.1', protocol: 1 } as const;
    expect(fateOf(program, { ...ping, icmpType: 8 })).toMatch(/^accept in\/\d+$/);
    expect(fateOf(program, { ...ping, icmpType: 13 })).toBe('drop in/built-in/default-deny');
  });

  test('what a schedule or DNS decides is unknown', () => {
    const schedule = { ...vendor, oif: 'igb2_vlan40', dst: '10.20.40.5', dport: 22 };
    expect(fateOf(program, schedule)).toBe('unknown in/built-in/default-deny');
    expect(fateOf(program, { ...vendor, oif: 'igb0', dst: '192.0.2.9', dport: 443 })).toMatch(/^unknown/);
    expect(fateOf(program, { ...vendor, oif: 'igb0', dst: '192.0.2.9', dport: 444 })).toBe(
      'drop in/built-in/default-deny',
    );
  });

  test('a packet of a connection passes; a stray one does not', () => {
    const packet = { ...camera, oif: 'igb2_vlan40', dst: '10.20.40.5', dport: 554, flags: 16 };
    expect(fateOf(program, { ...packet, state: 'established' })).toBe('accept out/built-in/state-table');
    expect(fateOf(program, { ...packet, state: 'invalid' })).toBe('drop in/built-in/default-deny');
  });

  test('a rule of an interface that is off matches nothing', () => {
    expect(fateOf(program, { iif: 'wireguard', src: '10.20.50.9', dst: '10.20.0.3' })).toBe(
      'drop in/built-in/default-deny',
    );
  });
});

describe('what the product makes by itself', () => {
  test('the office reaches the page of the firewall', () => {
    expect(fateOf(program, { ...office, hook: 'input', dst: '10.20.30.1', dport: 8443 })).toBe(
      'accept in/built-in/anti-lockout',
    );
    expect(fateOf(program, { ...camera, hook: 'input', dst: '10.20.30.1', dport: 8443 })).toBe(
      'drop in/built-in/default-deny',
    );
  });

  test('private networks are blocked from outside', () => {
    expect(fateOf(program, { ...outside, src: '10.1.1.1', dst: '198.51.100.10', dport: 8554 })).toBe(
      'drop in/built-in/private-wan',
    );
  });
});

describe('translations', () => {
  test('a port forward moves the destination, and the filter sees where to', () => {
    const packet = { ...outside, oif: 'igb2_vlan40', dst: '198.51.100.10', dport: 8554 };
    expect(fateOf(program, packet)).toBe('accept out/built-in/from-the-firewall');
    expect(fateOf(program, { ...packet, dport: 8555 })).toBe('drop in/built-in/default-deny');
    expect(fateOf(program, { ...packet, dport: 3389 })).toBe('drop in/built-in/default-deny');
  });

  test('the packet goes where the port forward leads', () => {
    const packet = { ...outside, oif: 'igb2_vlan40', dst: '198.51.100.10', dport: 8554 };
    expect(endsOf(program, packet)).toEqual(['192.0.2.200', '10.20.40.5', '554']);
    expect(endsOf(program, { ...packet, iif: 'igb1', src: '10.20.0.50' })[1]).toBe('198.51.100.10');
  });

  test('sources: what is written first, then what is automatic; 1:1 before both', () => {
    const out = (src: string, dst: string, oif = 'igb0'): string | undefined =>
      endsOf(program, { iif: 'igb2_vlan40', oif, src, dst })[0];
    expect(out('10.20.40.5', '192.0.2.77')).toBe('10.20.40.5');
    expect(out('10.20.40.5', '192.0.2.78')).toBe('198.51.100.10');
    expect(out('10.20.40.6', '192.0.2.77')).toBe('198.51.100.12');
    expect(out('10.20.40.5', '192.0.2.78', 'igb1')).toBe('10.20.40.5');
    expect(endsOf(program, { ...outside, dst: '198.51.100.12', dport: 22 })[1]).toBe('10.20.40.6');
  });

  test('1:1 works both ways: in, the filter drops what no rule passes', () => {
    expect(fateOf(program, { ...outside, dst: '198.51.100.12', dport: 554 })).toBe(
      'drop in/built-in/default-deny',
    );
  });

  test('the internet reaches the recorder, and no camera', () => {
    const from = { iif: [{ low: 2n, high: 2n }] };
    const to = (prefix: string) => ({ dst: [prefixOf(prefix) ?? { low: 0n, high: 0n }] });
    expect(permits(program, 'path', { ...from, ...to('198.51.100.10') }).verdict).toBe('yes');
    const cameras = permits(program, 'path', { ...from, ...to('10.20.30.0/24') });
    expect(cameras.verdict).toBe('no');
  });
});

test('what is not modelled is told where it stands', () => {
  const found = told(program.firewall).map((each) => each.replace(/^\d+: /, ''));
  expect(found).toContainEqual(expect.stringContaining("leaves by the gateway 'DEPOT'"));
  expect(found).toContainEqual(expect.stringContaining('the time of a schedule'));
  expect(found).toContainEqual(expect.stringContaining('shop.example.net'));
  expect(found).toContainEqual(expect.stringContaining('all interfaces of this rule are off'));
  expect(found).toContainEqual(expect.stringContaining('of the older and of the newer form'));
});
