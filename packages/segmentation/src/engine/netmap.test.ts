import { describe, expect, test } from 'vitest';
import { addressOf, prefixOf } from '../model/address.ts';
import type { Clause, Firewall } from '../model/firewall.ts';
import type { Packet } from '../model/packet.ts';
import { readIptablesSave } from '../netfilter/save/read-iptables-save.ts';
import { permits } from '../question/permits.ts';
import { PermittedSet } from '../question/permitted.ts';
import { replay } from '../question/replay.ts';
import { trace } from '../question/trace.ts';
import { programOf } from './program.ts';

const read = (nat: string, filter: string): Firewall => {
  const text = `*nat\n:PREROUTING ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n${nat}\nCOMMIT\n*filter\n:FORWARD DROP [0:0]\n${filter}\nCOMMIT\n`;
  const found = readIptablesSave('iptables-save', { name: 'r.rules', text });
  if (found.kind === 'error') throw new TypeError(JSON.stringify(found.error));
  return found.value;
};
const at = (text: string): bigint => addressOf(text) ?? -1n;
const to = (text: string): Clause => {
  const dst = prefixOf(text);
  return { src: [{ low: at('10.9.0.1'), high: at('10.9.0.1') }], ...(dst && { dst: [dst] }) };
};
const packet = (dst: string): Packet => ({
  src: at('10.9.0.1'),
  dst: at(dst),
  protocol: 6n,
  sport: 50_000n,
  dport: 554n,
  iif: 0n,
  oif: 0n,
  state: 0n,
  icmpType: 0n,
  icmpCode: 0n,
  flags: 2n,
});

describe('a network that is translated to another', () => {
  const firewall = read(
    '-A PREROUTING -d 192.168.5.0/24 -j NETMAP --to 10.1.2.0/24',
    '-A FORWARD -d 10.1.2.7/32 -j ACCEPT',
  );
  const program = programOf(firewall);

  test('keeps the host part of each address', () => {
    expect(permits(program, 'path', to('192.168.5.7')).verdict).toBe('yes');
    expect(permits(program, 'path', to('192.168.5.7'), 0).verdict).toBe('yes');
    expect(trace(program, 'path', packet('192.168.5.200')).verdict).toBe('drop');
    const { verdict, packet: left, open } = trace(program, 'path', packet('192.168.5.7'));
    expect([verdict, left.dst, open]).toStrictEqual(['accept', at('10.1.2.7'), []]);
  });

  test('is exact on sets', () => {
    const { clauses } = new PermittedSet(program, 'path', to('192.168.0.0/16')).certain();
    expect(clauses.map(({ dst }) => dst)).toStrictEqual([
      [{ low: at('192.168.5.7'), high: at('192.168.5.7') }],
    ]);
    expect(new PermittedSet(program, 'path', to('192.168.0.0/16')).unknown().clauses).toStrictEqual([]);
  });

  test('has a certificate of no that replays', () => {
    const question = to('192.168.5.128/25');
    const found = permits(program, 'path', question);
    if (found.verdict !== 'no' || found.certificate === undefined) throw new TypeError(found.verdict);
    expect(replay(firewall, 'path', question, found.certificate)).toMatchObject({ kind: 'ok' });
  });

  test('of another size keeps the bits behind the prefix', () => {
    const wide = programOf(
      read(
        '-A PREROUTING -d 192.168.4.0/23 -j NETMAP --to 10.1.2.0/24',
        '-A FORWARD -d 10.1.2.7/32 -j ACCEPT',
      ),
    );
    const { clauses } = new PermittedSet(wide, 'path', to('192.168.0.0/16')).certain();
    expect(clauses.flatMap(({ dst }) => dst?.map(({ low }) => low))).toStrictEqual([
      at('192.168.4.7'),
      at('192.168.5.7'),
    ]);
  });
});

test('what is translated to an address of the firewall itself is not forwarded', () => {
  const firewall = {
    ...read('-A PREROUTING -d 203.0.113.5/32 -j DNAT --to-destination 192.0.2.1', '-A FORWARD -j ACCEPT'),
    interfaces: [{ name: 'eth0', addresses: ['192.0.2.1/24'] }],
  };
  const program = programOf(firewall);
  for (const budget of [1000, 0]) {
    expect(permits(program, 'path', to('203.0.113.5'), budget).verdict).toBe('no');
    expect(permits(program, 'path', to('203.0.113.6'), budget).verdict).toBe('yes');
  }
  expect(trace(program, 'path', packet('203.0.113.5')).decision.source.id).toMatch(/^nat\/PREROUTING\//);
  expect(trace(program, 'prerouting', packet('203.0.113.5')).verdict).toBe('accept');
});
