import type { MudEntry, MudFile } from './mud-file.ts';
import { hasPorts } from '../intent/services.ts';
import { greatest } from '../model/packet.ts';
import { opens } from './mud-openings.ts';

/** An entry that permits more than a policy would. */
export interface Breadth {
  readonly kind: 'anything' | 'everybody-any-port' | 'everybody' | 'local-networks-any-port';
  /** Whether the file can be no policy with it; otherwise it is to be looked at. */
  readonly isTooBroad: boolean;
  readonly entry: MudEntry;
  readonly message: string;
}

/** From so many ports on they are as good as all. */
const mostPorts = 32_768n;

/** The entries of a MUD file by which connections open to or from far more than one peer, in its order. */
export function tooBroad({ entries }: MudFile): readonly Breadth[] {
  return entries.filter((each) => opens(each, entries)).flatMap((each) => breadthOf(each) ?? []);
}

function breadthOf(entry: MudEntry): Breadth | undefined {
  const { peer, protocol, policy, name, acl, pointer } = entry;
  const where = `${acl}/${name} (at ${pointer})`;
  const side = policy === 'from-device' ? 'the device may open to' : 'the device takes from';
  const told = (kind: Breadth['kind'], what: string, isTooBroad = true): Breadth => ({
    kind,
    isTooBroad,
    entry,
    message: `${where}: ${side} ${what}`,
  });
  const isFree = hasAnyPort(entry);
  if (isEverybody(entry)) {
    if (protocol === undefined) return told('anything', 'every address, by every protocol');
    return isFree
      ? told('everybody-any-port', 'every address, on any port')
      : told('everybody', 'every address', false);
  }
  const isLocal = peer.abstractions.some(({ kind }) => kind === 'local-networks');
  const isNarrower = peer.abstractions.length > 1 || peer.network !== undefined || peer.name !== undefined;
  return isLocal && !isNarrower && isFree
    ? told('local-networks-any-port', 'all local networks, on any port')
    : undefined;
}

/** Whether its peer is nobody in particular: no name, no word, and no network but one as wide as half of all addresses. */
function isEverybody({ peer: { network, name, abstractions }, family }: MudEntry): boolean {
  if (name !== undefined || abstractions.length > 0) return false;
  const half = family === 'ipv4' ? 2n ** 31n : 2n ** 127n;
  return network === undefined || network.high - network.low + 1n >= half;
}

function hasAnyPort({ protocol, dport }: MudEntry): boolean {
  if (protocol === undefined) return true;
  if (!hasPorts(protocol)) return false;
  const ports = dport ?? [{ low: 0n, high: greatest.dport }];
  return ports.reduce((sum, { low, high }) => sum + high - low + 1n, 0n) >= mostPorts;
}
