import { expect, test } from 'vitest';
import type { Intent } from '../intent/intent.ts';
import { intentFirewall } from '../intent/intent-firewall.ts';
import { servicesOf } from '../intent/services.ts';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { readFirewall, type ReadableFormat } from '../read-firewall.ts';
import { generate } from './generate.ts';
import { prove, type Comparison } from './prove.ts';

const set = (...texts: readonly string[]): IntervalSet =>
  intervalSet(texts.flatMap((each) => prefixOf(each) ?? []));

const intent: Intent = {
  name: 'two',
  permissions: [
    {
      id: 'video',
      src: set('10.20.30.0/24'),
      dst: set('10.20.40.5', '10.20.40.7'),
      services: ['rtsp', 'tcp/8000-8010'].flatMap((each) => servicesOf(each) ?? []),
      iif: ['cams'],
    },
    {
      id: 'ping',
      src: set('10.20.0.0/24'),
      dst: set('10.20.30.0/24'),
      services: [{ protocol: 'icmp', icmpType: 8 }],
    },
  ],
};

function written(format: 'nftables' | 'iptables'): string {
  const result = generate(intent, format);
  if (result.kind === 'error') throw new TypeError(JSON.stringify(result.error));
  return result.value.text;
}

function compared(
  text: string,
  format: ReadableFormat,
  more: Partial<Comparison> = {},
): ReturnType<typeof prove> {
  const read = readFirewall({ name: 'changed', text }, format);
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
  return prove({ meant: intentFirewall(intent), written: read.value, ...more });
}

const forms = [
  ['nftables', 'nft-text', {}, /accept comment "(?:video|ping)"/],
  ['iptables', 'iptables-save', { family: 'ipv4' }, /-j (?:ACCEPT|HOLDFAST-\d+)$/],
] as const;

test.each(forms)(
  '%s: each rule that is missing is told with a packet that it would pass (W2)',
  (format, as, more, rule) => {
    const lines = written(format).split('\n');
    const rules = lines.filter((line) => rule.test(line) && !line.includes('"replies"'));
    expect(rules.length).toBeGreaterThan(2);
    for (const each of rules) {
      const text = lines.filter((line) => line !== each).join('\n');
      expect(compared(text, as, more)).toMatchObject({ equal: false, meant: 'pass' });
    }
  },
);

test.each([
  ['a port beside', '8010', '8011', 'stop'],
  ['a port less', '8010', '8009', 'pass'],
  ['another interface', '"cams"', '"office"', 'pass'],
  ['a wider source', '10.20.30.0/24', '10.20.30.0/23', 'stop'],
  ['another message', 'icmp type 8', 'icmp type 13', 'pass'],
  ['an open end', 'policy drop', 'policy accept', 'stop'],
] as const)('%s is told with a packet', (_, from, to, meant) => {
  const found = compared(written('nftables').replace(from, to), 'nft-text');
  expect(found).toMatchObject({ equal: false, meant });
  expect(found.equal ? undefined : found.packet.src).toBeDefined();
});

test('a condition that is not modelled is no proof', () => {
  const text = written('nftables').replace('icmp type 8', 'icmp type 8 limit rate 1/second');
  expect(compared(text, 'nft-text')).toMatchObject({ equal: false, meant: 'pass' });
});
