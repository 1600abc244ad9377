import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutations } from '../cisco/mutations.fixture.ts';
import { fateOf, readOf, type Written } from '../cisco/packets.fixture.ts';
import { programOf } from '../engine/program.ts';
import { addressOf } from '../model/address.ts';
import type { Firewall } from '../model/firewall.ts';
import { only } from '../model/interval.ts';
import { permits } from '../question/permits.ts';
import { detectConfig } from '../read-firewall.ts';
import { readAws } from './read-aws.ts';

const text = readFileSync(new URL('../../fixtures/aws/vpc.json', import.meta.url), 'utf8');
const read = (of: string): Firewall => readOf(readAws({ name: 'vpc.json', text: of }));
const vpc = read(text);
// The fixture is an object of lists.
const document = JSON.parse(text) as Record<string, unknown>;
const part = (...keys: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(keys.map((each) => [each, document[each]])));

const web = '10.0.1.10';
const db = '10.0.2.20';
const far = '198.51.100.9';

describe('a VPC with groups, network ACLs, subnets and interfaces', () => {
  it.each<[string, Written, string]>([
    ['a port of a group from anywhere', { src: far, dst: web, dport: 443 }, 'accept sg-web/ingress/0'],
    [
      'what no permission names',
      { src: far, dst: web, dport: 80 },
      'drop security-groups/ingress/implicit-deny',
    ],
    [
      'a second address of an interface',
      { src: far, dst: '10.0.1.11', dport: 443 },
      'accept sg-web/ingress/0',
    ],
    [
      'a rule of an ACL with a lower number',
      { src: '203.0.113.5', dst: web, dport: 443 },
      'drop acl-front/ingress/100',
    ],
    ['members of a group that is referred to', { src: web, dst: db, dport: 5432 }, 'accept sg-db/ingress/0'],
    ['a group that is not in the file may allow', { src: far, dst: db, dport: 22 }, 'unknown'],
    ['and others by their network', { src: '10.0.9.7', dst: db, dport: 22 }, 'accept sg-db/ingress/1'],
    ['and no other port', { src: far, dst: db, dport: 23 }, 'drop security-groups/ingress/implicit-deny'],
    [
      'any group of an interface allows',
      { src: web, dst: '10.0.1.30', dport: 5432 },
      'accept sg-db/ingress/0',
    ],
    ['a prefix list in the file', { src: db, dst: '52.219.1.1', dport: 443 }, 'accept acl-back/egress/100'],
    ['a prefix list that is not', { src: db, dst: '192.0.2.1', dport: 80 }, 'unknown'],
    [
      'what no egress permission names',
      { src: db, dst: '192.0.2.1', dport: 443 },
      'drop security-groups/egress/implicit-deny',
    ],
    ['the metadata of the platform', { src: db, dst: '169.254.169.254', dport: 80 }, 'accept'],
    ['the resolver of the VPC', { src: db, dst: '10.0.0.2', protocol: 17, dport: 53 }, 'accept'],
    ['an interface without groups: no group drops', { src: web, dst: '10.0.2.99', dport: 5432 }, 'accept'],
    ['an address of a subnet that no interface has', { src: far, dst: '10.0.2.50', dport: 443 }, 'unknown'],
    ['what passes elsewhere', { src: far, dst: '192.0.2.1' }, 'unknown'],
    [
      'ICMP of a type',
      { src: db, dst: web, protocol: 1, icmp: [8, 0] },
      'drop security-groups/egress/implicit-deny',
    ],
    [
      'ICMP of a type, allowed',
      { src: '10.0.2.99', dst: web, protocol: 1, icmp: [8, 0] },
      'accept sg-web/ingress/1',
    ],
    [
      'ICMP of another type',
      { src: '10.0.2.99', dst: web, protocol: 1, icmp: [13, 0] },
      'drop security-groups/ingress/implicit-deny',
    ],
    [
      'a protocol by number, whatever its ports',
      { src: '198.51.100.7', dst: web, protocol: 50 },
      'accept sg-web/ingress/2',
    ],
  ])('%s', (_, packet, fate) => {
    expect(fateOf(vpc, packet).slice(0, fate.length)).toBe(fate);
  });

  it.each<[string, Written, string]>([
    ['a group lets replies pass', { src: db, dst: web, sport: 5432, dport: 50_000, state: 1 }, 'accept'],
    [
      'an ACL asks them again: to a high port',
      { src: web, dst: far, sport: 443, dport: 50_000, state: 1 },
      'accept',
    ],
    ['and to a low one', { src: web, dst: far, sport: 443, dport: 900, state: 1 }, 'drop acl-front/egress/*'],
    ['within a subnet no ACL is met', { src: web, dst: '10.0.1.30', dport: 443 }, 'accept sg-web/ingress/0'],
  ])('states and ways: %s', (_, packet, fate) => {
    expect(fateOf(vpc, packet).slice(0, fate.length)).toBe(fate);
  });

  it('has its interfaces and routes, and says what was left out', () => {
    expect(vpc.interfaces).toContainEqual(
      expect.objectContaining({
        name: 'eni-web',
        zone: 'subnet-front',
        addresses: ['10.0.1.10', '10.0.1.11'],
      }),
    );
    expect(vpc.routes).toMatchObject([
      { prefix: '10.0.0.0/16', interface: 'local' },
      { prefix: '0.0.0.0/0', interface: 'igw-1', table: 'rtb-1' },
      { prefix: '10.9.0.0/16', kind: 'discard' },
    ]);
    const told = vpc.problems.map(({ message }) => message).join('\n');
    expect(told).toContain('RouteTables[0].Routes[3]');
    expect(told).toContain('SecurityGroups[1].IpPermissions[1].UserIdGroupPairs[0]');
    expect(told).toContain('pl-other');
  });

  it('does not say allowed where a group of an interface is not in the file', () => {
    const lacking = read(
      text.replace('"GroupId": "sg-db",\n                    "GroupName": "db"', '"GroupId": "sg-gone"'),
    );
    expect(fateOf(lacking, { src: far, dst: db, dport: 9999 })).toMatch(/^unknown/);
  });
});

describe('groups alone', () => {
  const groups = read(part('SecurityGroups'));
  const through = (name: string): string => name;
  it('are the interfaces of a question', () => {
    expect(fateOf(groups, { oif: through('sg-web'), src: far, dst: web, dport: 443 })).toMatch(
      /^accept sg-web/,
    );
    expect(fateOf(groups, { oif: 'sg-web', src: far, dst: web, dport: 80 })).toMatch(/^drop/);
    expect(fateOf(groups, { iif: 'sg-web', oif: 'sg-db', src: web, dst: db, dport: 5432 })).toMatch(
      /^accept sg-db/,
    );
    expect(fateOf(groups, { iif: 'sg-db', oif: 'sg-db', src: web, dst: db, dport: 5432 })).toMatch(/^drop/);
  });
  it('say nothing of packets that name none', () => {
    expect(fateOf(groups, { src: far, dst: web, dport: 443 })).toMatch(/^unknown/);
    const question = { src: only(addressOf(far) ?? 0n), dst: only(addressOf(web) ?? 0n), dport: only(443n) };
    expect(permits(programOf(groups), 'forward', question).verdict).toBe('yes');
  });
});

describe('network ACLs', () => {
  it('alone are the interfaces of a question', () => {
    const acls = read(part('NetworkAcls'));
    expect(fateOf(acls, { oif: 'acl-front', src: '203.0.113.5', dst: web, dport: 443 })).toMatch(
      /^drop acl-front\/ingress\/100/,
    );
    expect(fateOf(acls, { oif: 'acl-front', src: far, dst: web, dport: 443 })).toMatch(
      /^accept acl-front\/ingress\/200/,
    );
  });
  it('beside groups and without subnets may drop', () => {
    const both = read(part('SecurityGroups', 'NetworkAcls'));
    expect(fateOf(both, { oif: 'sg-web', src: far, dst: web, dport: 443 })).toMatch(/^unknown/);
  });
  it('of a subnet that has none in the file may drop', () => {
    const lacking = read(
      text.replace(
        '"SubnetId": "subnet-back"\n                }\n            ],\n            "Entries"',
        '"SubnetId": "subnet-gone"\n                }\n            ],\n            "Entries"',
      ),
    );
    expect(fateOf(lacking, { src: web, dst: db, dport: 5432 })).toMatch(/^unknown/);
  });
});

describe('a file that is broken', () => {
  const group = (permission: string): string =>
    `{"SecurityGroups":[{"GroupId":"sg-1","IpPermissions":[\n${permission}]}]}`;
  const acl = (entry: string): string => `{"NetworkAcls":[{"NetworkAclId":"a","Entries":[\n${entry}]}]}`;
  it.each<[string, string, string]>([
    ['no JSON', 'SecurityGroups', 'vpc.json:1'],
    ['cut off', text.slice(0, 900), 'vpc.json:'],
    ['another document', '{"Reservations":[]}', 'vpc.json:1'],
    ['an empty list', '[]', ':1'],
    ['a list that is none', '{"SecurityGroups":{}}', 'vpc.json:1'],
    ['a group without an id', '{"SecurityGroups":[{}]}', 'vpc.json:1'],
    ['a protocol that is none', group('{"IpProtocol":"tpc"}'), 'vpc.json:2'],
    ['a port that is none', group('{"IpProtocol":"tcp","FromPort":70000,"ToPort":70000}'), 'vpc.json:2'],
    ['ports the wrong way round', group('{"IpProtocol":"tcp","FromPort":9,"ToPort":8}'), 'vpc.json:2'],
    [
      'a network that is none',
      group('{"IpProtocol":"-1","IpRanges":[{"CidrIp":"10.0.0.0/40"}]}'),
      'vpc.json:2',
    ],
    [
      'a network of the other family',
      group('{"IpProtocol":"-1","IpRanges":[{"CidrIp":"::/0"}]}'),
      'vpc.json:2',
    ],
    [
      'an action that is none',
      acl('{"RuleNumber":1,"Protocol":"-1","RuleAction":"maybe","Egress":true,"CidrBlock":"0.0.0.0/0"}'),
      'vpc.json:2',
    ],
    [
      'a rule that says no way',
      acl('{"RuleNumber":1,"Protocol":"-1","RuleAction":"deny","CidrBlock":"0.0.0.0/0"}'),
      'vpc.json:2',
    ],
    [
      'a rule without a network',
      acl('{"RuleNumber":1,"Protocol":"-1","RuleAction":"deny","Egress":true}'),
      'vpc.json:2',
    ],
    [
      'two networks with the same addresses',
      '{"SecurityGroups":[],"Subnets":[{"SubnetId":"a","VpcId":"v","CidrBlock":"10.0.0.0/24"},\n{"SubnetId":"b","VpcId":"w","CidrBlock":"10.0.0.0/25"}]}',
      'vpc.json:2',
    ],
  ])('is refused with its place: %s', (_, broken, place) => {
    const found = readAws({ name: 'vpc.json', text: broken });
    if (found.kind === 'ok') throw new TypeError('it was read');
    const [first] = found.error;
    expect(`${first?.at?.file}:${first?.at?.line}`).toContain(place);
  });

  it('never throws, whatever becomes of it', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(mutations(text), fc.string({ unit: 'binary' }), fc.json()), (mutated) => {
        const result = readAws({ name: 'm.json', text: mutated });
        if (result.kind === 'error') expect(result.error.every(({ at }) => at !== undefined)).toBe(true);
        else programOf(result.value);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});

it('is told from other JSON, and reads a list of documents', () => {
  expect(detectConfig({ name: 'x', text })).toBe('aws-json');
  const listed = read(`[${part('SecurityGroups')},${part('NetworkInterfaces', 'Vpcs')}]`);
  expect(fateOf(listed, { src: far, dst: web, dport: 443 })).toMatch(/^accept sg-web/);
});

it('reads a long file whole', { timeout: 60_000 }, () => {
  const groups = Array.from({ length: 500 }, (_, index) => ({
    GroupId: `sg-${index}`,
    IpPermissions: Array.from({ length: 20 }, (_unused, rule) => ({
      IpProtocol: 'tcp',
      FromPort: 1000 + rule,
      ToPort: 1000 + rule,
      IpRanges: [{ CidrIp: `10.${index % 256}.${rule}.0/24` }],
    })),
  }));
  const firewall = read(JSON.stringify({ SecurityGroups: groups }));
  expect(firewall.chains.size).toBe(1002);
});
