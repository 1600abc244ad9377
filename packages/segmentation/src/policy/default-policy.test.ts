import { describe, expect, test } from 'vitest';
import { spellAddress } from '../model/address.ts';
import { building, cell, checked, rulesWith } from './check.fixture.ts';
import { spellServices } from './services.ts';
import { zonesOf } from './zones.ts';
import { landscapeWith } from '../network/landscape.fixture.ts';

const needed = 'ip saddr 10.0.1.0/24 ip daddr 10.0.4.41 tcp dport 554 accept';

describe('zones that nobody has declared', () => {
  const zones = zonesOf(landscapeWith(building, {}));

  test('are for what most of their devices are for', () => {
    expect([...zones.values()].map(({ id, function: name, basis }) => [id, name, basis])).toEqual([
      ['cams', 'video', 'devices'],
      ['doors', 'access', 'devices'],
      ['management', 'management', 'word'],
      ['office', 'corporate', 'devices'],
      ['srv', 'servers', 'devices'],
      ['internet', 'internet', 'built-in'],
    ]);
  });

  test('and without devices nobody knows', () => {
    const empty = zonesOf(landscapeWith('networks: { n: { site: h }, t: { site: h, transit: true } }', {}));
    expect([...empty.values()].map(({ id, function: name }) => [id, name])).toEqual([
      ['n', 'unknown'],
      ['t', 'transit'],
      ['internet', 'internet'],
    ]);
  });
});

describe('without conduits', () => {
  test('security devices are shut off where no rule lets them through', () => {
    const check = checked(building, { fw: rulesWith(needed) });
    expect(check.policy).toBe('default');
    for (const [from, to] of [
      ['cams', 'office'],
      ['office', 'cams'],
      ['cams', 'doors'],
      ['internet', 'cams'],
      ['cams', 'internet'],
      ['office', 'management'],
    ] as const)
      expect(cell(check, from, to).verdict, `${from} to ${to}`).toBe('closed');
    expect(cell(check, 'office', 'internet').verdict).toBe('unjudged');
    expect(cell(check, 'cams', 'cams').verdict).toBe('same');
    expect(cell(check, 'cams', 'srv').verdict).toBe('unjudged');
  });

  test.each([
    ['cam0', 'off0', 'cams', 'office'],
    ['off0', 'cam0', 'office', 'cams'],
    ['cam0', 'door0', 'cams', 'doors'],
    ['off0', 'adm0', 'office', 'management'],
    ['cam0', 'adm0', 'cams', 'management'],
  ])('a rule from %s to %s opens %s to %s', (iif, oif, from, to) => {
    const check = checked(building, {
      fw: rulesWith(needed, `iifname "${iif}" oifname "${oif}" tcp dport 22 accept`),
    });
    const { verdict, flows } = cell(check, from, to);
    expect(verdict).toBe('violating');
    const [flow] = flows;
    expect(flow?.decisions.map((each) => each?.source.id)).toEqual(['f/fwd/5']);
    expect(flow && spellServices(flow.parcels)).toEqual(['tcp/22']);
    expect(check.cells.filter((each) => each.verdict === 'violating')).toHaveLength(1);
  });

  test('the witness is a packet that a host would send', () => {
    const check = checked(building, {
      fw: rulesWith('iifname "cam0" oifname "off0" accept'),
    });
    const packet = cell(check, 'cams', 'office').flows[0]?.witness?.passages[0]?.packet;
    expect([packet?.src, packet?.dst].map((each) => spellAddress(each ?? 0n))).toEqual([
      '10.0.1.11',
      '10.0.2.21',
    ]);
    expect([packet?.protocol, packet?.dport, packet?.sport, packet?.state]).toEqual([6n, 443n, 49_152n, 0n]);
  });

  test('what two devices need of each other may pass, between these two alone', () => {
    const shown = building.replace('network: srv, address: 10.0.4.41', 'network: doors, address: 10.0.3.41');
    const open = checked(shown, {
      fw: rulesWith('ip saddr { 10.0.1.11, 10.0.1.12 } ip daddr 10.0.3.41 accept'),
    });
    expect(cell(open, 'cams', 'doors').verdict).toBe('allowed');
    const wide = checked(shown, { fw: rulesWith('ip saddr 10.0.1.0/24 ip daddr 10.0.3.41 accept') });
    const { verdict, flows } = cell(wide, 'cams', 'doors');
    expect(verdict).toBe('violating');
    const [flow] = flows;
    // Two cameras may; the sources that remain are all others.
    expect(
      flow?.parcels
        .flatMap(({ src }) => src)
        .some(({ low, high }) => low <= 167_772_427n && 167_772_428n <= high),
    ).toBe(false);
  });

  test('where the address of such a device is not known, nobody knows whether it is it', () => {
    const shown = building
      .replace('network: srv, address: 10.0.4.41', 'network: doors, address: 10.0.3.41')
      .replace(', address: 10.0.1.11', '');
    const check = checked(shown, {
      fw: rulesWith('ip saddr { 10.0.1.12, 10.0.1.50 } ip daddr 10.0.3.41 accept'),
    });
    const { verdict, flows } = cell(check, 'cams', 'doors');
    expect(verdict).toBe('unknown');
    expect(flows[0]?.why).toEqual(['nobody has said which address cam-1 has']);
  });

  test('two devices that work together and cannot speak are told', () => {
    const { verdict, flows } = cell(checked(building, { fw: rulesWith() }), 'cams', 'srv');
    expect(verdict).toBe('blocked');
    expect(flows).toHaveLength(1);
    expect(flows[0]?.why).toEqual(['cam-1 works with nvr (recorder)', 'cam-2 works with nvr (recorder)']);
    expect(flows[0]?.decisions.map((each) => each?.source.id)).toEqual(['f/fwd/policy']);
    // Whoever opens it: a recorder that fetches is as good.
    expect(
      cell(checked(building, { fw: rulesWith('ip saddr 10.0.4.41 accept') }), 'cams', 'srv').verdict,
    ).toBe('unjudged');
  });

  test('a firewall without configuration leaves everything behind it open', () => {
    const check = checked(building, {});
    const { verdict, flows } = cell(check, 'cams', 'office');
    expect(verdict).toBe('unknown');
    expect(flows).toHaveLength(1);
    expect(flows[0]?.blind).toEqual(['fw']);
    expect(check.cells.filter((each) => each.verdict === 'closed' || each.verdict === 'allowed')).toEqual([]);
  });
});
