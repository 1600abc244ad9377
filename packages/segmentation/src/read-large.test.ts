import { expect, it } from 'vitest';
import { present } from '@holdfast/kernel';
import { readOf } from './cisco/packets.fixture.ts';
import { programOf, type Program } from './engine/program.ts';
import { addressOf } from './model/address.ts';
import { only } from './model/interval.ts';
import { permits } from './question/permits.ts';
import { readFirewall } from './read-firewall.ts';

const count = 10_000;
const net = (index: number): string => `10.${index >> 8}.${index & 255}`;
const numbers = Array.from({ length: count }, (_, index) => index);

/** The verdict on packets of one network to one host and port, and the rule behind it. */
function asked(program: Program, index: number, port: number): string {
  const [iif, oif] = [1n, 2n];
  const found = permits(program, 'forward', {
    src: only(present(addressOf(`${net(index)}.7`), 'an address')),
    dst: only(present(addressOf(`192.0.2.${index % 200}`), 'an address')),
    protocol: only(6n),
    dport: only(BigInt(port)),
    iif: only(iif),
    oif: only(oif),
  });
  return found.verdict === 'no'
    ? `no ${found.certificate?.[0]?.decision.source.id}`
    : `${found.verdict} ${found.decision.source.id}`;
}

it('reads ten thousand policies of a FortiGate whole', { timeout: 120_000 }, () => {
  const text = [
    '#config-version=FGT60F-7.4.5-FW-build1-1:opmode=0',
    'config system interface\nedit "in"\nset ip 10.255.0.1 255.255.255.0\nnext\nedit "out"\nset ip 203.0.113.1 255.255.255.0\nnext\nend',
    'config firewall address',
    ...numbers.map((index) => `edit "net ${index}"\nset subnet ${net(index)}.0 255.255.255.0\nnext`),
    ...numbers
      .slice(0, 200)
      .map((index) => `edit "host ${index}"\nset subnet 192.0.2.${index} 255.255.255.255\nnext`),
    'end\nconfig firewall vip',
    ...numbers
      .slice(0, 200)
      .map(
        (index) =>
          `edit "v${index}"\nset extip 203.0.113.${index + 2}\nset mappedip ${net(index)}.9\nset extintf "out"\nnext`,
      ),
    'end\nconfig firewall service custom',
    ...numbers.slice(0, 500).map((index) => `edit "s${index}"\nset tcp-portrange ${1000 + index}\nnext`),
    'end\nconfig firewall policy',
    ...numbers.map(
      (index) =>
        `edit ${index + 1}\nset srcintf "in"\nset dstintf "out"\nset srcaddr "net ${index}"\nset dstaddr "host ${index % 200}"\nset action ${index % 7 === 0 ? 'deny' : 'accept'}\nset schedule "always"\nset service "s${index % 500}" "HTTPS"\nset nat ${index % 2 === 0 ? 'enable' : 'disable'}\nnext`,
    ),
    'end',
  ].join('\n');
  const firewall = readOf(readFirewall({ name: 'large.conf', text }));
  expect(firewall.format).toBe('fortigate');
  expect(firewall.chains.get('forward')?.rules.length).toBeGreaterThan(count);
  const program = programOf(firewall);
  expect(asked(program, 9_999, 1_499)).toBe('yes policy/10000');
  expect(asked(program, 9_996, 443)).toBe('no policy/9997');
});

it('reads ten thousand policies of an SRX whole', { timeout: 120_000 }, () => {
  const text = [
    'set version 21.4R3',
    'set interfaces ge-0/0/0 unit 0 family inet address 10.255.0.1/24',
    'set interfaces ge-0/0/1 unit 0 family inet address 203.0.113.1/24',
    'set security zones security-zone in interfaces ge-0/0/0.0',
    'set security zones security-zone out interfaces ge-0/0/1.0',
    ...numbers.map((index) => `set security address-book global address n${index} ${net(index)}.0/24`),
    ...numbers
      .slice(0, 200)
      .map((index) => `set security address-book global address h${index} 192.0.2.${index}/32`),
    ...numbers
      .slice(0, 500)
      .flatMap((index) => [
        `set applications application s${index} protocol tcp`,
        `set applications application s${index} destination-port ${1000 + index}`,
      ]),
    ...numbers.flatMap((index) => {
      const policy = `set security policies from-zone in to-zone out policy p${index}`;
      return [
        `${policy} match source-address n${index}`,
        `${policy} match destination-address h${index % 200}`,
        `${policy} match application [ s${index % 500} junos-https ]`,
        `${policy} then ${index % 7 === 0 ? 'deny' : 'permit'}`,
      ];
    }),
  ].join('\n');
  const firewall = readOf(readFirewall({ name: 'large.set', text }));
  expect(firewall.format).toBe('junos-srx');
  expect(firewall.chains.get('in-to-out')?.rules.length).toBe(count);
  const program = programOf(firewall);
  expect(asked(program, 9_999, 1_499)).toBe('yes in-to-out/p9999');
  expect(asked(program, 9_996, 443)).toBe('no in-to-out/p9996');
});
