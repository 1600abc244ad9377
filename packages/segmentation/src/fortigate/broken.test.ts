import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brokenTexts, expectNoThrow, expectWitnesses } from '../zoned/laws.fixture.ts';
import { readOf } from '../cisco/packets.fixture.ts';
import { readFortigate } from './read-fortigate.ts';

const text = readFileSync(new URL('../../fixtures/fortigate/campus.conf', import.meta.url), 'utf8');
const lineOf = (from: string, words: string): number =>
  from.split('\n').findIndex((each) => each.includes(words)) + 1;

describe('a broken configuration', () => {
  it.each<[string, string, string, string | undefined]>([
    [
      'an address that is not there',
      text.replace('set dstaddr "recorders"', 'set dstaddr "recorder"'),
      'there is no address recorder',
      'set dstaddr "recorder"',
    ],
    [
      'a member that is not there',
      text.replace('set member "recorder-1"', 'set member "recorder-9"'),
      'there is no address recorder-9',
      'recorder-9',
    ],
    [
      'a service that is not there',
      text.replace('set service "video"', 'set service "vide"'),
      'there is no service vide',
      'set service "vide"',
    ],
    [
      'an interface that is not there',
      text.replace('set srcintf "cctv"', 'set srcintf "cctv2"'),
      'there is no interface or zone cctv2',
      'cctv2',
    ],
    [
      'a member of a zone that is not there',
      text.replace('"doors" "bms"', '"doors" "bsm"'),
      'has an interface bsm that is not there',
      'edit "building"',
    ],
    [
      'a pool that is not there',
      text.replace('set poolname "outgoing"', 'set poolname "outgo"'),
      'there is no pool outgo',
      'set poolname "outgo"',
    ],
    [
      'a mask that is none',
      text.replace('10.30.0.10 255.255.255.255', '10.30.0.10 255.255.255.999'),
      'no right subnet',
      '255.255.255.999',
    ],
    [
      'a range that ends before it begins',
      text.replace('set end-ip 10.30.0.29', 'set end-ip 10.30.0.2'),
      'no right end-ip',
      'set end-ip 10.30.0.2',
    ],
    [
      'ports that are none',
      text.replace('set tcp-portrange 554 7070 8554', 'set tcp-portrange 554 70700'),
      "'70700' is no range of ports",
      '70700',
    ],
    [
      'a group that holds itself',
      text
        .replace('set member "recorders" "door-server"', 'set member "servers" "door-server"')
        .replace('set dstaddr "recorders"', 'set dstaddr "servers"'),
      'the group servers holds itself',
      'edit "servers"',
    ],
    [
      'a virtual address to nowhere',
      text.replace('set mappedip "172.16.9.20"', 'set mappedip "nowhere"'),
      'mail-host has no mapped address',
      'set mappedip "nowhere"',
    ],
    [
      'a policy without services',
      text.replace('set service "video"\n', '\n'),
      'policy 1 has no service',
      undefined,
    ],
    [
      'a policy without sources',
      text.replace('set srcaddr "cctv address"\n', '\n'),
      'policy 1 has no srcaddr',
      undefined,
    ],
    [
      'an address of an interface',
      text.replace('set ip 10.20.0.1 255.255.0.0', 'set ip 10.20.0.1 255.0.255.0'),
      'no address with a netmask',
      '10.20.0.1 255.0.255.0',
    ],
    [
      'a route to no prefix',
      text.replace('set dst 10.80.0.0 255.255.0.0', 'set dst 10.80.0.0 255.0.255.0'),
      'is no prefix',
      'set dst 10.80.0.0 255.0.255.0',
    ],
    [
      'a statement that is none',
      text.replace('set action accept', 'sat action accept'),
      "'sat' begins no statement",
      'sat action',
    ],
    [
      'an end too many',
      text.replace('config firewall ippool', 'end\nconfig firewall ippool'),
      'closes nothing',
      undefined,
    ],
    ['a file that ends too soon', text.slice(0, text.indexOf('edit 12\n') + 40), 'is not closed', 'edit 12'],
    [
      'a quotation mark that is not closed',
      `${text}config system dns\n    set domain "x\nend\n`,
      'a quotation mark is not closed',
      'set domain "x',
    ],
    ['a setting outside of all', `set name x\n${text}`, 'stands outside of any section', 'set name x'],
  ])('%s', (_, broken, message, words) => {
    const result = readFortigate({ name: 'campus.conf', text: broken });
    const errors = result.kind === 'error' ? result.error : [];
    const told = errors.find((each) => each.message.includes(message));
    expect(errors.map((each) => each.message).join('\n')).toContain(message);
    if (words !== undefined) expect(told?.at?.line).toBe(lineOf(broken, words));
  });

  it.each([
    '',
    'hello',
    'interface Gi0/0\n',
    'config system dns\nset primary 1.1.1.1\nend\n',
    'config system interface\nedit a\nnext\nend\n',
  ])('says that it is another format: %j', (other) => {
    const result = readFortigate({ name: 'x', text: other });
    expect(result.kind === 'error' && result.error.some(({ code }) => code === 'format-mismatch')).toBe(true);
  });

  it('shows no secret', () => {
    const secret = text.replace(
      'set snmp-index 7',
      'set snmp-index 7\n        set pppoe-password ENC c2VjcmV0c2VjcmV0',
    );
    const firewall = readOf(readFortigate({ name: 'x', text: secret }));
    const told = [...firewall.chains.values()].flatMap(({ rules }) => rules.map((rule) => rule.source.text));
    expect(
      `${told.join()}${JSON.stringify(firewall.problems)}${JSON.stringify(firewall.interfaces)}`,
    ).not.toContain('c2VjcmV0');
  });

  it('never makes it throw', () => expectNoThrow(readFortigate, brokenTexts(text), 150));
});

it('has witnesses that pass', { timeout: 60_000 }, () => {
  expectWitnesses(readOf(readFortigate({ name: 'campus.conf', text })), 150);
});

it('gives every rule an id of its own, and a place in the file', () => {
  const firewall = readOf(readFortigate({ name: 'campus.conf', text }));
  const rules = [...firewall.chains.values()].flatMap((chain) => chain.rules);
  expect(new Set(rules.map(({ source }) => source.id)).size).toBe(rules.length);
  expect(rules.every(({ source }) => source.at.line > 0 && source.text !== '')).toBe(true);
  expect(firewall.problems.every(({ at }) => at !== undefined)).toBe(true);
});
