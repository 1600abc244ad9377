import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { auditDocument } from '@holdfast/audit';
import { auditHtml } from '@holdfast/report';
import { projectRoot } from '../io/read-estate.ts';
import { print, talk } from '../io/terminal.ts';
import { usage } from '../io/scenario-start.ts';
import { auditFolder } from './audit.ts';

const firstPort = 4600;

/** Audits an estate, the sample where none is given, and serves the page on loopback until it is interrupted. */
export async function start(path: string | undefined, portText: string | undefined): Promise<number> {
  const port = portOf(portText);
  const sample = join(projectRoot, 'samples', 'branch');
  if (path === undefined) talk('Auditing the sample, a small bank branch (samples/branch).');
  const page = auditHtml(auditDocument(await auditFolder(path ?? sample, {})));
  const server = await listen(page, port ?? firstPort, port === undefined ? 20 : 1);
  // A TCP server has an address with a port.
  const { port: own } = server.address() as AddressInfo;
  print(`Read it at http://127.0.0.1:${own}/  (Ctrl-C ends)`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return 0;
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw usage(`'${text}' is not a port`, 'a number from 0 to 65535; 0 takes any that is free');
}

/** The next of some ports that is free. */
async function listen(page: string, port: number, tries: number): Promise<Server> {
  const server = createServer((request, response) => {
    const found = request.url === '/' || request.url?.startsWith('/?') === true;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    response.writeHead(isRead ? (found ? 200 : 404) : 405, {
      'content-type': found ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(
      request.method === 'HEAD' ? undefined : isRead && found ? page : 'There is one page here: /\n',
    );
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (tries <= 1) throw usage(`port ${port} is taken`, 'choose another with --port, or none');
    return listen(page, port + 1, tries - 1);
  }
}
