import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readOf } from '../cisco/packets.fixture.ts';
import { brokenTexts, expectNoThrow, expectWitnesses } from '../zoned/laws.fixture.ts';
import { readJunosSrx } from './read-junos-srx.ts';

const text = readFileSync(new URL('../../fixtures/junos/hospital.junos', import.meta.url), 'utf8');
const lineOf = (from: string, words: string): number =>
  from.split('\n').findIndex((each) => each.includes(words)) + 1;

describe('a broken configuration in braces', () => {
  it.each<[string, string, string, string | undefined]>([
    [
      'an address that is not there',
      text.replace('destination-address recorders;', 'destination-address recorder;'),
      'have an address recorder',
      'destination-address recorder;',
    ],
    [
      'an address of another zone',
      text.replace('source-address door-controllers', 'source-address all-cameras'),
      'neither zone doors nor all zones have an address all-cameras',
      undefined,
    ],
    [
      'a member that is not there',
      text.replace('address recorder-2;', 'address recorder-3;'),
      'have an address recorder-3',
      'address recorder-3;',
    ],
    [
      'an application that is not there',
      text.replace('application osdp;', 'application odsp;'),
      'there is no application odsp',
      'application odsp;',
    ],
    [
      'a zone that is not there',
      text.replace('from-zone doors to-zone office', 'from-zone door to-zone office'),
      'there is no zone door',
      'from-zone door to-zone office',
    ],
    [
      'a pool that is not there',
      text.replace(
        'pool {\n                                mail;',
        'pool {\n                                male;',
      ),
      'there is no pool male',
      'male;',
    ],
    [
      'a filter that is not there',
      text.replace('input protect-re;', 'input protect;'),
      'there is no filter protect',
      'input protect;',
    ],
    [
      'a list of prefixes that is not there',
      text.replace('our-nets;', 'your-nets;'),
      'there is no prefix list your-nets',
      'your-nets;',
    ],
    [
      'a group that is not there',
      text.replace('apply-groups [ defaults', 'apply-groups [ default'),
      'there is no group default',
      'apply-groups [ default',
    ],
    [
      'a prefix that is none',
      text.replace('address payroll 10.30.200.0/24;', 'address payroll 10.30.200.0/44;'),
      "'10.30.200.0/44' is no prefix",
      '10.30.200.0/44',
    ],
    [
      'a range that ends before it begins',
      text.replace('10.30.0.29;', '10.30.0.2;'),
      'no two addresses in order',
      'range-address 10.30.0.20',
    ],
    [
      'a port that is none',
      text.replace('destination-port 554;', 'destination-port 70554;'),
      "'70554' is no port",
      'destination-port 70554',
    ],
    [
      'a protocol that is none',
      text.replace('protocol icmp;\n        icmp-type', 'protocol imcp;\n        icmp-type'),
      "'imcp' is no protocol",
      'protocol imcp',
    ],
    [
      'a policy that does nothing',
      text.replace(/then \{\s+reject;\s+\}/, 'then {\n count;\n }'),
      'policy bad says not what to do',
      'policy bad {',
    ],
    [
      'a policy for no application',
      text.replace('application web-inside;', ''),
      'policy web matches no application',
      undefined,
    ],
    [
      'a set that holds itself',
      text.replace('application junos-imaps;', 'application-set mail-apps;'),
      'holds itself',
      undefined,
    ],
    [
      'a brace too many',
      text.replace('schedulers {', '}\nschedulers {'),
      'a brace closes nothing',
      undefined,
    ],
    [
      'a file that ends too soon',
      text.slice(0, text.indexOf('schedulers {') - 40),
      'is not closed',
      undefined,
    ],
    [
      'a statement without its end',
      text.replace('10.97.0.1/24;', '10.97.0.1/24'),
      'the statement before the brace has no end',
      undefined,
    ],
    [
      'a quotation mark that is not closed',
      text.replace('"corp\\staff"', '"corp'),
      'a quotation mark is not closed',
      '"corp',
    ],
  ])('%s', (_, broken, message, words) => {
    const result = readJunosSrx({ name: 'hospital.junos', text: broken });
    const errors = result.kind === 'error' ? result.error : [];
    expect(errors.map((each) => each.message).join('\n')).toContain(message);
    const told = errors.find((each) => each.message.includes(message));
    if (words !== undefined) expect(told?.at?.line).toBe(lineOf(broken, words.trim()));
  });
});

describe('broken lines', () => {
  const good =
    'set security zones security-zone in interfaces ge-0/0/0.0\nset security policies policy-rematch\n';
  it.each<[string, string, string]>([
    ['a command', 'delete security policies', "'delete' begins no statement"],
    [
      'a list that is not closed',
      'set security policies from-zone in to-zone in policy p match source-address [ a b',
      'the list is not closed',
    ],
    ['nothing to set', 'set', 'the statement names nothing'],
    [
      'an address of an interface',
      'set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/99',
      'no address with a prefix',
    ],
    ['a route', 'set routing-options static route 10.0.0.0/99 discard', 'is no prefix'],
    [
      'a rule set between what',
      'set security nat source rule-set r from planet mars',
      "'planet' is no end of a rule set",
    ],
    [
      'a routing instance that is not there',
      'set security nat source rule-set r from routing-instance x',
      'there is no routing instance x',
    ],
    [
      'a translation to nothing',
      'set security nat source rule-set r rule x match source-address 0.0.0.0/0',
      'translates to nothing',
    ],
    [
      'a translation of nothing',
      'set security nat source rule-set r rule x match source-address 0.0.0.0/77',
      'is no prefix',
    ],
  ])('%s', (_, line, message) => {
    const broken = good + line;
    const result = readJunosSrx({ name: 'x', text: broken });
    const errors = result.kind === 'error' ? result.error : [];
    expect(errors.map((each) => each.message).join('\n')).toContain(message);
    expect(errors.find((each) => each.message.includes(message))?.at?.line).toBe(3);
  });

  it.each([
    '',
    'hello',
    'system {\n host-name x;\n}\n',
    'config firewall policy\nend\n',
    'set security zones security-zone a\n',
    'set security address-book global address a 10.0.0.0/8\n',
  ])('says that it is another format: %j', (other) => {
    const result = readJunosSrx({ name: 'x', text: other });
    expect(result.kind === 'error' && result.error.some(({ code }) => code === 'format-mismatch')).toBe(true);
  });
});

it('never throws', () => expectNoThrow(readJunosSrx, brokenTexts(text), 150));

it('never throws on lines', () => {
  const lines =
    'set security zones security-zone a interfaces ge-0/0/0.0\nset security policies from-zone a to-zone a policy p match source-address any\nset security policies from-zone a to-zone a policy p match destination-address any\nset security policies from-zone a to-zone a policy p match application junos-ssh\nset security policies from-zone a to-zone a policy p then permit\nset security nat source rule-set r from zone a\nset security nat source rule-set r to zone a\nset security nat source rule-set r rule x match source-address 10.0.0.0/8\nset security nat source rule-set r rule x then source-nat interface\ndeactivate security nat\nset groups g security zones security-zone <*> tcp-rst\nset apply-groups g\n';
  expectNoThrow(readJunosSrx, brokenTexts(lines), 150);
});

it('has witnesses that pass', { timeout: 60_000 }, () => {
  expectWitnesses(readOf(readJunosSrx({ name: 'x', text })), 60);
});

it('gives every rule an id of its own, and a place in the file', () => {
  const firewall = readOf(readJunosSrx({ name: 'hospital.junos', text }));
  const rules = [...firewall.chains.values()].flatMap((chain) => chain.rules);
  expect(new Set(rules.map(({ source }) => source.id)).size).toBe(rules.length);
  expect(rules.every(({ source }) => source.at.line > 0 && source.text !== '')).toBe(true);
  expect(firewall.problems.every(({ at }) => at !== undefined)).toBe(true);
});
