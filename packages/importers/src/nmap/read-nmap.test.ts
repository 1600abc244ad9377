import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPosition } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import type { Import, Observation } from '../observation.ts';
import { looksLikeNmap, readNmap } from './read-nmap.ts';

const folder = join(import.meta.dirname, '../../fixtures/nmap');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const fixture = (name: string): Uint8Array => readFileSync(join(folder, name));

function read(bytes: Uint8Array | string): Import {
  const result = readNmap({ name: 'scan.xml', bytes: typeof bytes === 'string' ? bytesOf(bytes) : bytes });
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function refused(bytes: Uint8Array | string): string {
  const result = readNmap({ name: 'scan.xml', bytes: typeof bytes === 'string' ? bytesOf(bytes) : bytes });
  if (result.kind === 'ok') throw new Error('it was read');
  return result.error
    .map(({ at, code, message }) => `${at ? formatPosition(at) : ''} ${code} ${message}`)
    .join('\n');
}

const saying = (observation: Observation | undefined, ...path: readonly string[]): unknown => {
  const found = observation?.says.find((each) => each.path.join('.') === path.join('.'));
  return found?.kind === 'value' ? found.value : undefined;
};

const run = (inside: string, args = 'nmap -oX - 192.0.2.0/28'): string =>
  `<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap" args="${args}" start="1" version="7.93">\n${inside}\n` +
  '<runstats><finished time="1795532556" elapsed="1" exit="success"/></runstats></nmaprun>';
const host = (address: string, inside = '', state = 'up', reason = 'arp-response'): string =>
  `<host><status state="${state}" reason="${reason}"/><address addr="${address}" addrtype="ipv4"/>${inside}</host>`;

describe('a scan with versions', () => {
  const scan = read(fixture('full.xml'));
  const [router, camera, panel, scanner] = scan.observations;

  test('names the tool and when it had looked', () => {
    expect(scan).toMatchObject({ format: 'nmap-xml', tool: 'Nmap 7.93', file: 'scan.xml' });
    expect(scan.capturedAt).toMatch(/^2026-11-24T1\d:\d\d:\d\d\.000Z$/);
    expect(scan.sha256).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(scan.problems).toEqual([]);
  });

  test('sees each host that answered, by its addresses', () => {
    expect(scan.observations.map(({ id }) => id)).toEqual([
      'host-192.0.2.1',
      'host-192.0.2.5',
      'host-192.0.2.9',
      'host-192.0.2.2',
    ]);
    expect(camera?.marks).toEqual({ macs: ['00:40:8c:12:34:56'], addresses: ['192.0.2.5'] });
    expect(saying(camera, 'mac')).toBe('00:40:8c:12:34:56');
    expect(saying(scanner, 'mac')).toBeUndefined();
  });

  test('says what listens, and only what a probe has learned of it', () => {
    expect(saying(camera, 'listens', 'tcp/80')).toEqual({
      service: 'http',
      product: 'Apache httpd',
      version: '2.4.54',
      about: '(Unix) OpenSSL/1.1.1t',
      cpe: ['cpe:/a:apache:http_server:2.4.54'],
    });
    // Port 21 was probed without a match: its name stands in a table only.
    expect(saying(camera, 'listens', 'tcp/21')).toEqual({
      banner: '220 AXIS P3265-LV Dome Camera 11.2.61 (2023) ready.',
    });
    expect(saying(panel, 'listens', 'tcp/22')).toMatchObject({ service: 'ssh', product: 'OpenSSH' });
    expect(router?.says.map(({ path }) => path[0])).toEqual(['address', 'mac']);
  });

  test('keeps guesses apart from what it saw', () => {
    expect(saying(camera, 'system')).toBeUndefined();
    expect(camera?.note).toMatch(
      /^network interface by Axis Communications AB; system guessed as Linux .* \(\d+ %\)$/,
    );
  });

  test('says where it read each thing', () => {
    expect(camera && formatPosition(camera.at)).toBe('scan.xml:46:1');
    expect(camera?.says[0]?.at).toEqual({ file: 'scan.xml', line: 47, column: 1 });
  });

  test('has its targets as scope', () => {
    expect(scan.scopes).toEqual([{ kind: 'device', networks: ['192.0.2.0/28'] }]);
  });
});

test('a ping scan sees hosts and no ports', () => {
  const scan = read(fixture('ping.xml'));
  expect(scan.observations).toHaveLength(4);
  expect(scan.observations.flatMap(({ says }) => says.map(({ path }) => path[0]))).not.toContain('listens');
  expect(scan.scopes).toEqual([{ kind: 'device', networks: ['192.0.2.0/28'] }]);
});

test('hosts that are told as down are not seen, and lie in the scope', () => {
  const scan = read(fixture('verbose.xml'));
  expect(scan.observations.map(({ id }) => id)).toEqual(['host-192.0.2.5', 'host-192.0.2.9']);
  expect(scan.scopes[0]?.networks).toEqual(['192.0.2.4/30', '192.0.2.8/31']);
  expect(scan.problems).toEqual([]);
});

test('a scan without asking who is there sees who answered, and tells nothing as gone', () => {
  const scan = read(fixture('no-ping.xml'));
  expect(scan.observations.map(({ id }) => id)).toEqual(['host-192.0.2.9']);
  expect(scan.scopes).toEqual([]);
  expect(scan.problems).toMatchObject([{ code: 'import-partial', at: { line: 17, column: 1 } }]);
});

test('a list of targets is no sight of them', () => {
  const scan = read(fixture('list.xml'));
  expect(scan).toMatchObject({ observations: [], scopes: [] });
  expect(scan.problems[0]?.message).toBe('4 of the hosts did not answer: they are not seen');
});

test('IPv6 is spelt in one way', () => {
  const scan = read(fixture('ipv6.xml'));
  expect(scan.observations[0]).toMatchObject({
    id: 'host-2001-db8-5',
    marks: { addresses: ['2001:db8::5'] },
  });
  expect(scan.scopes[0]?.networks).toEqual(['2001:db8::5/128']);
});

test('a host goes by the name that its address has, or that the user gave', () => {
  const names =
    '<hostnames><hostname name="given" type="user"/><hostname name="Cam-Hall.example.net" type="PTR"/></hostnames>';
  expect(read(run(host('192.0.2.5', names))).observations[0]).toMatchObject({
    id: 'cam-hall',
    marks: { hostname: 'cam-hall' },
  });
});

test('two hosts of one name are two', () => {
  const names = '<hostnames><hostname name="cam" type="PTR"/></hostnames>';
  const scan = read(run(host('192.0.2.5', names) + host('192.0.2.6', names)));
  expect(scan.observations.map(({ id }) => id)).toEqual(['cam', 'cam-2']);
});

test('a system that is certain is said', () => {
  const os =
    '<os><osmatch name="Linux 5.4" accuracy="100" line="1"/><osmatch name="Linux 4" accuracy="98" line="2"/></os>';
  const twice =
    '<os><osmatch name="A" accuracy="100" line="1"/><osmatch name="B" accuracy="100" line="2"/></os>';
  expect(saying(read(run(host('192.0.2.5', os))).observations[0], 'system')).toBe('Linux 5.4');
  expect(saying(read(run(host('192.0.2.5', twice))).observations[0], 'system')).toBeUndefined();
});

test('TLS is said, a wrapper without a protocol is no service', () => {
  const port = (id: number, service: string): string =>
    `<port protocol="tcp" portid="${id}"><state state="open" reason="syn-ack" reason_ttl="64"/>${service}</port>`;
  const ports = `<ports>${port(443, '<service name="http" tunnel="ssl" method="probed" conf="10"/>')}${port(9, '<service name="tcpwrapped" method="probed" conf="8"/>')}</ports>`;
  const [seen] = read(run(host('192.0.2.5', ports))).observations;
  expect(saying(seen, 'listens', 'tcp/443')).toEqual({ service: 'http', tls: true });
  expect(saying(seen, 'listens', 'tcp/9')).toEqual({});
});

test('a scan that broke off tells nothing as gone', () => {
  const broken = run(host('192.0.2.5')).replace('exit="success"', 'exit="error" errormsg="killed"');
  expect(read(broken)).toMatchObject({ scopes: [], problems: [{ code: 'import-partial' }] });
});

test('what is no address is located, and the rest is read', () => {
  const scan = read(
    run(`${host('192.0.2.5')}\n${host('192.0.2.999', '<address addr="00:00:5e:00:53:01" addrtype="mac"/>')}`),
  );
  expect(scan.observations).toHaveLength(2);
  expect(scan.problems).toMatchObject([{ code: 'value-invalid', at: { line: 5 } }]);
});

describe('refused', () => {
  test('a file that is cut off anywhere, at the end of what there is', () => {
    const whole = readFileSync(join(folder, 'full.xml'), 'utf8');
    for (let length = 60; length < whole.trimEnd().length; length += 997)
      expect(refused(whole.slice(0, length))).toMatch(/^scan\.xml:\d+:\d+ xml-syntax /);
    expect(refused('')).toMatch(/^scan\.xml:1:1 xml-syntax /);
  });

  test('entities of its own', () => {
    const laughs = `<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol">${'<!ENTITY l "&lol;&lol;">'.repeat(10)}]>\n<nmaprun>&l;</nmaprun>`;
    expect(refused(laughs)).toMatch(/^scan\.xml:2:\d+ xml-syntax the file declares entities of its own/);
    expect(refused('<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<nmaprun>&x;</nmaprun>')).toMatch(
      /^scan\.xml:2:\d+ xml-syntax undefined entity/,
    );
  });

  test('another encoding than UTF-8', () => {
    expect(refused('<?xml version="1.0" encoding="ISO-8859-1"?><nmaprun/>')).toMatch(
      /^scan\.xml:1:\d+ xml-syntax/,
    );
    expect(refused(Buffer.from('<nmaprun></nmaprun>', 'utf16le'))).toMatch(
      /^scan\.xml:1:1 file-unreadable .*UTF-16/,
    );
    expect(refused(Buffer.from('<nmaprun a="\u00e9"/>', 'latin1'))).toMatch(
      /^scan\.xml:1:13 file-unreadable/,
    );
  });

  test('200 MB', () => {
    expect(refused(new Uint8Array(200e6))).toMatch(/^scan\.xml:1:1 file-too-large scan\.xml has 191 MiB/);
  });

  test('elements without end', () => {
    expect(refused(`<nmaprun>${'<a>'.repeat(1e6)}`)).toMatch(/^scan\.xml:1:\d+ xml-syntax this nests deeper/);
  });

  test('other XML', () => {
    expect(refused('<svg></svg>')).toBe(
      'scan.xml:1:1 format-mismatch this is not nmap-xml: expected <nmaprun>, found <svg>',
    );
  });
});

test('is known by its root', () => {
  expect(looksLikeNmap(fixture('ping.xml'))).toBe(true);
  expect(looksLikeNmap(bytesOf('<svg/>'))).toBe(false);
});
