import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { auditDocument, type AuditDocument } from '@holdfast/audit';
import { loadPages, type Pages } from '@holdfast/report';
import { Failure } from '@holdfast/kernel';
import { printPdf } from '../io/print-pdf.ts';
import { projectRoot } from '../io/read-estate.ts';
import { print, talk } from '../io/terminal.ts';
import { usage } from '../io/scenario-start.ts';
import { auditFolder } from './audit.ts';

const firstPort = 4600;

/** Audits an estate, the sample where none is given, and serves the page on loopback until it is interrupted. */
export async function start(path: string | undefined, portText: string | undefined): Promise<number> {
  const port = portOf(portText);
  const sample = join(projectRoot, 'samples', 'campus');
  if (path === undefined)
    talk('Auditing the sample, a campus of five buildings and a branch (samples/campus).');
  const { audit, inputs } = await auditFolder(path ?? sample, {});
  const server = await listen(
    pagesOf(auditDocument(audit, inputs), await loadPages()),
    port ?? firstPort,
    port === undefined ? 20 : 1,
  );
  // A TCP server has an address with a port.
  const { port: own } = server.address() as AddressInfo;
  print(`Read it at http://127.0.0.1:${own}/  (Ctrl-C ends)`);
  talk('Beside it: /cards for the guard desk, /audit.pdf for paper.');
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

/** What is served at an address. */
interface Served {
  readonly type: string;
  readonly body: () => string | Promise<Buffer>;
}

/** The page, the cards and the PDF; the last two are made when they are first asked for. */
function pagesOf(document: AuditDocument, pages: Pages): ReadonlyMap<string, Served> {
  const html = 'text/html; charset=utf-8';
  const page = pages.html(document);
  let cards: string | undefined;
  let paper: Promise<Buffer> | undefined;
  return new Map<string, Served>([
    ['/', { type: html, body: () => page }],
    ['/cards', { type: html, body: () => (cards ??= pages.cards(document)) }],
    ['/audit.pdf', { type: 'application/pdf', body: () => (paper ??= printPdf(pages.paper(document))) }],
  ]);
}

/** The next of some ports that is free. */
async function listen(pages: ReadonlyMap<string, Served>, port: number, tries: number): Promise<Server> {
  const server = createServer((request, response) => void answer(pages, request, response));
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (tries <= 1) throw usage(`port ${port} is taken`, 'choose another with --port, or none');
    return listen(pages, port + 1, tries - 1);
  }
}

async function answer(
  pages: ReadonlyMap<string, Served>,
  { url = '/', method = 'GET' }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = pages.get(url.replace(/\?.*$/u, ''));
  const isRead = method === 'GET' || method === 'HEAD';
  const say = (status: number, type: string, body: string | Buffer): void => {
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(method === 'HEAD' ? undefined : body);
  };
  const text = 'text/plain; charset=utf-8';
  if (!found || !isRead)
    return say(isRead ? 404 : 405, text, 'There are three pages here: / /cards /audit.pdf\n');
  try {
    say(200, found.type, await found.body());
  } catch (error) {
    const [problem] = error instanceof Failure ? error.problems : [];
    say(503, text, problem ? `${problem.message}\n${problem.hint ?? ''}\n` : 'the PDF could not be made\n');
  }
}
