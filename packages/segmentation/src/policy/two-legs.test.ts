import { expect, test } from 'vitest';
import { landscapeWith } from '../network/landscape.fixture.ts';
import { checkPolicy } from './check-policy.ts';

const yaml = `networks:
  cams: { site: h, cidr: 10.0.1.0/24, zone: video, gateways: fw }
  srv: { site: h, cidr: 10.0.2.0/24, zone: servers, gateways: fw }
  off: { site: h, cidr: 10.0.3.0/24, zone: corporate, gateways: fw }
devices:
  fw: { profile: t/firewall, at: in, interfaces: { e1: { network: cams, address: 10.0.1.1 }, e2: { network: srv, address: 10.0.2.1 }, e3: { network: off, address: 10.0.3.1 } } }
  nvr: { profile: t/recorder, at: in, interfaces: { a: { network: srv, address: 10.0.2.10 }, b: { network: off, address: 10.0.3.10 } } }
conduits: { rec: { from: video, to: nvr, services: rtsp } }
`;

const blocked = (line: string): readonly string[] => {
  const rules = `table inet f { chain fwd { type filter hook forward priority 0; policy drop; ${line} } }`;
  return checkPolicy(landscapeWith(yaml, { fw: rules }))
    .cells.filter(({ verdict }) => verdict === 'blocked')
    .map(({ from, to }) => `${from} ${to}`);
};

test('a conduit to a device that is reached by one of its interfaces is not missed at the other', () => {
  expect(blocked('ip daddr 10.0.2.10 meta l4proto { tcp, udp } th dport 554 accept;')).toEqual([]);
  expect(blocked('')).toEqual(['video corporate', 'video servers']);
});
