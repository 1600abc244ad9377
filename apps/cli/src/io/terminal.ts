import { once } from 'node:events';

/** Whether stdout may carry colour. @see https://no-color.org */
export function mayColour(): boolean {
  const { env, stdout } = process;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0') return true;
  return stdout.isTTY && env['TERM'] !== 'dumb';
}

/** Columns of the terminal; 100 where there is none. */
export const terminalWidth = (): number => Math.min(Math.max(process.stdout.columns ?? 100, 40), 140);

/** Prints to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Prints a text to stdout that is too long for one string, no faster than its reader takes it: what waits is memory. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  process.stdout.write('\n');
}

/** Writes bytes to stdout, and waits until they are taken. */
export async function printBytes(bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** Talks to the user, on stderr. */
export function talk(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A line of progress on stderr that replaces itself; silent where stderr is no terminal. */
export function progress(what: string): (done: number, of: number) => void {
  if (!process.stderr.isTTY) return () => {};
  let last = 0;
  return (done, of) => {
    const now = Date.now();
    if (now - last < 100) return;
    last = now;
    process.stderr.write(`\r${what} ${done} of ${of}\u001B[K`);
  };
}

/** Ends a line of progress. */
export function progressEnds(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}
