import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import { fateOf, read, told } from './reading.fixture.ts';

const text = readFileSync(join(import.meta.dirname, '../../fixtures/sense/shop.pfsense.xml'), 'utf8');
const program = programOf(read(text));
const lines = text.split('\n');
const ruleOf = (words: string): number => {
  const at = lines.findIndex((line) => line.includes(words));
  return lines.findLastIndex((line, index) => index < at && line.includes('<rule>')) + 1;
};
const panel = { iif: 'em1.20', src: '192.168.20.50', oif: 'em0' };
const office = { iif: 'em1', src: '192.168.10.9' };

describe('pfSense', () => {
  test('a list that is fetched makes unknown what it may block, and nothing else', () => {
    expect(fateOf(program, { ...panel, dst: '203.0.113.5', dport: 443 })).toMatch(/^unknown/);
    expect(fateOf(program, { ...panel, dst: '203.0.113.5', dport: 80 })).toBe(
      'drop in/built-in/default-deny',
    );
  });

  test('a match rule decides nothing', () => {
    expect(fateOf(program, { ...office, hook: 'input', dst: '9.9.9.9', protocol: 17, dport: 53 })).toBe(
      `accept in/${ruleOf('1700000003')}`,
    );
  });

  test('a floating rule on the way out sees packets by the interface that they leave by', () => {
    const mail = { ...office, oif: 'em0', dst: '9.9.9.9', dport: 25 };
    expect(fateOf(program, mail)).toBe(`drop out/${ruleOf('1700000005')}`);
    expect(fateOf(program, { ...mail, oif: 'em1.20' })).toBe('accept out/built-in/from-the-firewall');
  });

  test('the page and the shell stay within reach of the LAN, under its own address and that of CARP', () => {
    const rule = 'accept in/built-in/anti-lockout';
    for (const dst of ['192.168.10.1', '192.168.10.254']) {
      for (const dport of [443, 80, 22])
        expect(fateOf(program, { ...office, hook: 'input', dst, dport })).toBe(rule);
    }
  });

  test('link-local and private sources do not come in', () => {
    expect(fateOf(program, { iif: 'em0', src: '169.254.1.1', dst: '192.168.20.50' })).toBe(
      'drop in/built-in/link-local-source',
    );
    expect(fateOf(program, { iif: 'em0', src: '100.64.1.1', dst: '192.168.20.50' })).toMatch(/^drop/);
  });

  test('sources that are reserved are bogons for certain; others may be', () => {
    expect(fateOf(program, { iif: 'em0', src: '203.0.113.9', dst: '192.168.20.50' })).toBe(
      'drop in/built-in/bogons-wan',
    );
  });

  test('a port forward to an address that DHCP gives is unknown', () => {
    const packet = { iif: 'em0', oif: 'em1.20', src: '9.9.9.9', dst: '192.0.2.1', dport: 5002 };
    expect(fateOf(program, packet)).toMatch(/^unknown/);
    expect(fateOf(program, { ...packet, dport: 5004 })).toMatch(/^drop/);
    const moved = program.firewall.chains
      .get('rdr')
      ?.rules.map(({ action }) => action.kind === 'translate' && action.to.port?.low);
    expect(moved).toEqual([6000n, 6001n, 6002n, 6003n]);
  });

  test('what is fetched is told without its address, which may hold a password', () => {
    const found = told(program.firewall).join('\n');
    expect(found).toContain("the alias 'blocklist' (urltable)");
    expect(found).not.toContain('secret');
  });
});
