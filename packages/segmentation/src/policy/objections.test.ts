import { expect, test } from 'vitest';
import { landscapeWith } from '../network/landscape.fixture.ts';
import type { Intent } from '../intent/intent.ts';
import { prefixOf } from '../model/address.ts';
import { only, type IntervalSet } from '../model/interval.ts';
import { objections } from './objections.ts';

const set = (cidr: string): IntervalSet => {
  const range = prefixOf(cidr);
  return range ? [range] : [];
};
const networks = `networks:
  cams: { site: h, cidr: 10.0.1.0/24, zone: video, gateways: fw }
  srv: { site: h, cidr: 10.0.2.0/24, zone: servers, gateways: fw }
  off: { site: h, cidr: 10.0.3.0/24, zone: corporate, gateways: fw }
devices:
  fw: { profile: t/firewall, at: in, interfaces: { e1: { network: cams }, e2: { network: srv }, e3: { network: off } } }
`;
const conduit = 'conduits: { rec: { from: video, to: servers, services: [rtsp] } }\n';

const intent = (dst: string, port?: number): Intent => ({
  name: 'camera',
  permissions: [
    {
      id: 'entry-1',
      src: set('10.0.1.9'),
      dst: set(dst),
      services: [{ protocol: 6, ...(port === undefined ? {} : { dport: only(BigInt(port)) }) }],
    },
  ],
});
const said = (yaml: string, of: Intent): readonly string[] =>
  objections(landscapeWith(yaml, {}), of).map(({ message, hint }) => `${message} | ${hint}`);

test('what a conduit names passes, and what none names is objected to', () => {
  expect(said(networks + conduit, intent('10.0.2.0/24', 554))).toEqual([]);
  expect(said(networks + conduit, intent('10.0.2.0/24', 22))).toEqual([
    'entry-1 permits tcp/22 from video to servers | no conduit names it: narrow it, or declare a conduit that names it',
  ]);
  expect(said(networks + conduit, intent('10.0.2.0/24'))[0]).toContain('tcp/0-553, tcp/555-65535');
});

test('without conduits the policy of the product is kept', () => {
  expect(said(networks, intent('10.0.2.0/24', 22))).toEqual([]);
  expect(said(networks, intent('10.0.3.7', 445))[0]).toContain(
    'entry-1 permits tcp/445 from video to corporate',
  );
});

test('each pair of zones is told once', () => {
  expect(said(networks + conduit, intent('10.0.0.0/16', 22))).toHaveLength(2);
});
