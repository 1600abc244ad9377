import { expect, test } from 'vitest';
import { isWithin, scannedNetworks } from './scanned-networks.ts';

test.each([
  ['nmap 192.0.2.0/24', ['192.0.2.0/24']],
  ['nmap -n -sn 192.0.2.77/28', ['192.0.2.64/28']],
  ['nmap -p 80 -oX out.xml 192.0.2.1', ['192.0.2.1/32']],
  ['nmap -T4 -p22 --top-ports 100 192.0.2.1-3', ['192.0.2.1/32', '192.0.2.2/31']],
  ['nmap 192.0.2.1,9 198.51.100.*', ['192.0.2.1/32', '192.0.2.9/32', '198.51.100.0/24']],
  ['nmap 192.0.0-1.-1', ['192.0.0.0/31', '192.0.1.0/31']],
  ['nmap 192.0.2.0/30 --exclude 192.0.2.1', ['192.0.2.0/32', '192.0.2.2/31']],
  ['nmap --exclude=192.0.2.0,192.0.2.3 192.0.2.0/30', ['192.0.2.1/32', '192.0.2.2/32']],
  ['nmap -6 2001:db8::/126', ['2001:db8::/126']],
  ['nmap cam.example.net', []],
  ['nmap -sS', []],
])('%s', (args, networks) => {
  expect(scannedNetworks(args)).toEqual(networks);
});

test.each([
  'nmap -iL targets.txt',
  'nmap -iR 100',
  'nmap 10.0.0.0/8 --excludefile x',
  'nmap --resume x',
  'nmap 192.0.2.0/24 --exclude host',
])('%s does not say what it scanned', (args) => {
  expect(scannedNetworks(args)).toBeUndefined();
});

test('a target that would be a million ranges is none', () => {
  expect(scannedNetworks('nmap *.*.*.1')).toEqual([]);
});

test('an address lies within a network of its family', () => {
  expect(isWithin('192.0.2.5', ['192.0.2.0/29'])).toBe(true);
  expect(isWithin('192.0.2.9', ['192.0.2.0/29'])).toBe(false);
  expect(isWithin('::5', ['0.0.0.0/0', '::/125'])).toBe(true);
  expect(isWithin('nothing', ['0.0.0.0/0'])).toBe(false);
});
