import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Problem, Result } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArpTable, readLldp, readMacTable, readNmap, type Import } from './index.ts';

const run = promisify(execFile);

function has(...tools: readonly string[]): boolean {
  try {
    for (const tool of tools) execFileSync('which', [tool], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['HOLDFAST_REQUIRE_SERVICES'] === '1') throw new Error(`needs ${tools.join(', ')}`);
    console.log(`skipped: needs ${tools.join(', ')}`);
    return false;
  }
}

/** Network namespaces want root and a kernel that lets it make them. */
function mayMakeSpaces(): boolean {
  try {
    execFileSync('ip', ['netns', 'add', 'hf-probe'], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'del', 'hf-probe'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('skipped: no network namespaces can be made here');
    return false;
  }
}

function value(result: Result<Import, readonly Problem[]>): Import {
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}
const file = (text: string): { name: string; bytes: Uint8Array } => ({
  name: 'out',
  bytes: new TextEncoder().encode(text),
});

describe.skipIf(!has('nmap'))('the nmap that is installed', () => {
  let server: Server | undefined;
  let port = 0;

  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('SSH-2.0-OpenSSH_9.9\r\n');
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    // A server on a TCP port has an address with a number.
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server?.close());

  test('is read: a service on this machine, found and named', async () => {
    const { stdout } = await run('nmap', [
      '-n',
      '-sT',
      '-sV',
      '--version-intensity',
      '2',
      '-p',
      String(port),
      '-oX',
      '-',
      '127.0.0.1/32',
    ]);
    const scan = value(readNmap(file(stdout)));
    expect(scan.observations).toHaveLength(1);
    expect(scan.observations[0]?.says.find(({ path }) => path[1] === `tcp/${port}`)).toMatchObject({
      value: { service: 'ssh', product: 'OpenSSH', version: '9.9' },
    });
    expect(scan.scopes).toEqual([{ kind: 'device', networks: ['127.0.0.1/32'] }]);
    expect(scan.problems).toEqual([]);
    expect(scan.tool).toMatch(/^Nmap \d/);
  });
});

describe.skipIf(!has('lldpd', 'lldpctl', 'ip', 'bridge', 'unshare') || !mayMakeSpaces())(
  'the lldpd and iproute2 that are installed',
  () => {
    const work = mkdtempSync(join(tmpdir(), 'hf-lldp-'));
    const [one, two] = [`hf-${process.pid}-1`, `hf-${process.pid}-2`];
    const daemons: ChildProcess[] = [];
    const ip = (...args: readonly string[]): void => void execFileSync('ip', args, { stdio: 'ignore' });

    beforeAll(async () => {
      // lldpd gives up root, and still wants to reach its socket.
      chmodSync(work, 0o755);
      for (const space of [one, two]) ip('netns', 'add', space);
      ip('link', 'add', 'ge1', 'netns', one, 'type', 'veth', 'peer', 'name', 'up1', 'netns', two);
      ip('-n', two, 'link', 'set', 'up1', 'address', '02:00:5e:00:53:02', 'up');
      ip('-n', two, 'addr', 'add', '192.0.2.2/30', 'dev', 'up1');
      ip('-n', one, 'link', 'add', 'br0', 'type', 'bridge');
      ip('-n', one, 'addr', 'add', '192.0.2.1/30', 'dev', 'br0');
      ip('-n', one, 'link', 'set', 'br0', 'up');
      ip('-n', one, 'link', 'set', 'ge1', 'master', 'br0', 'up');
      for (const [index, space] of [one, two].entries())
        daemons.push(
          spawn(
            'ip',
            [
              'netns',
              'exec',
              space,
              'unshare',
              '-um',
              'sh',
              '-c',
              `hostname node-${index + 1}; mkdir -p ${work}/${space}; mount --bind ${work}/${space} /run; mkdir -p /run/lldpd; exec lldpd -d -u ${work}/${space}.sock`,
            ],
            { stdio: 'ignore' },
          ),
        );
      await sleep(2000);
      for (const space of [one, two])
        execFileSync('lldpcli', ['-u', `${work}/${space}.sock`, 'configure', 'lldp', 'tx-interval', '1'], {
          stdio: 'ignore',
        });
    });
    afterAll(async () => {
      for (const daemon of daemons) daemon.kill();
      await sleep(500);
      for (const space of [one, two]) ip('netns', 'del', space);
      rmSync(work, { recursive: true, force: true });
    });

    test.each(['json', 'json0'])('a neighbour and its cable, as %s', async (form) => {
      let seen: Import | undefined;
      for (let tries = 0; tries < 40 && (seen?.observations.length ?? 0) < 3; tries += 1) {
        await sleep(250);
        const { stdout } = await run('lldpctl', ['-u', `${work}/${one}.sock`, '-f', form]);
        seen = value(readLldp(file(stdout), { device: 'node-1' }));
      }
      expect(seen?.observations.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
        'device node-1',
        'device node-2',
        'cable node-1-ge1--node-2-up1',
      ]);
      expect(seen?.problems).toEqual([]);
    });

    test('the forwarding table of a bridge and its neighbours, as text and as JSON', async () => {
      await run('ip', [
        'netns',
        'exec',
        two,
        process.execPath,
        '-e',
        'const s = require("node:dgram").createSocket("udp4"); s.send("x", 9, "192.0.2.1", () => setTimeout(() => s.close(), 300))',
      ]);
      for (const json of [[], ['-j']]) {
        const fdb = await run('bridge', ['-n', one, ...json, 'fdb']);
        const uplinks = value(readMacTable(file(fdb.stdout), { device: 'node-1' })).observations.flatMap(
          ({ says }) => says.filter(({ path }) => path[0] === 'uplink'),
        );
        expect(uplinks).toMatchObject([{ to: { id: 'node-1', port: 'ge1' } }]);
        const neighbours = await run('ip', ['-n', one, ...json, 'neigh']);
        expect(value(readArpTable(file(neighbours.stdout))).observations).toMatchObject([
          { marks: { macs: ['02:00:5e:00:53:02'], addresses: ['192.0.2.2'] } },
        ]);
      }
    });
  },
);
