import type { MudEnd, MudEntry } from './mud-file.ts';

/**
 * Whether a connection opens by an entry. One that a TCP entry says is opened the other way is its replies; so is an entry
 * that names a port of its source alone, where one of the other policy names the same port as its destination.
 * @see RFC 8520 section 3.15 (direction-initiated)
 */
export function opens(entry: MudEntry, all: readonly MudEntry[]): boolean {
  if (entry.initiated !== undefined) return entry.initiated === entry.policy;
  if (entry.sport === undefined || entry.dport !== undefined) return true;
  return !all.some((other) => isMirror(entry, other));
}

function isMirror(reply: MudEntry, other: MudEntry): boolean {
  return (
    other.policy !== reply.policy &&
    other.family === reply.family &&
    other.protocol === reply.protocol &&
    // What opens says its destination and, like its replies, nothing of the other port.
    other.sport === undefined &&
    text(other.dport) === text(reply.sport) &&
    sameEnd(other.peer, reply.peer)
  );
}

const sameEnd = (a: MudEnd, b: MudEnd): boolean => text(a) === text(b);

const text = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)) ?? '';
