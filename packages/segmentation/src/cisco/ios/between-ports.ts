import { contains } from '../../model/interval.ts';
import type { SwitchPort, Switching } from './read-ios-switching.ts';

/**
 * Whether hosts at two ports of one switch reach each other without a router.
 * `isolated` where the switch keeps ports of one VLAN apart, `apart` where they have no VLAN in common; `unknown` where
 * a mode is settled with the neighbour. Trunks count by the VLANs that they carry.
 * @see https://www.easymanua.ls/cisco/me-3400/manual?p=278 Understanding Private VLANs
 */
export function betweenPorts(
  switching: Switching,
  a: SwitchPort,
  b: SwitchPort,
): 'reach' | 'isolated' | 'apart' | 'unknown' {
  if (a.shutdown || b.shutdown) return 'apart';
  if (a.mode === 'dynamic' || b.mode === 'dynamic') return 'unknown';
  if (isPrivate(a) && isPrivate(b)) return betweenPrivate(switching, a, b);
  if (isPrivate(a) || isPrivate(b)) return 'unknown';
  if (!vlansMeet(a, b)) return 'apart';
  return a.isProtected && b.isProtected ? 'isolated' : 'reach';
}

const isPrivate = ({ mode }: SwitchPort): boolean =>
  mode === 'private-host' || mode === 'private-promiscuous';

function vlansMeet(a: SwitchPort, b: SwitchPort): boolean {
  if (a.mode === 'access' && b.mode === 'access') return a.accessVlan === b.accessVlan;
  if (a.mode === 'access') return contains(b.allowed, BigInt(a.accessVlan));
  if (b.mode === 'access') return contains(a.allowed, BigInt(b.accessVlan));
  return a.allowed.some(({ low, high }) => b.allowed.some((other) => other.low <= high && low <= other.high));
}

function betweenPrivate(
  { vlans }: Switching,
  a: SwitchPort,
  b: SwitchPort,
): 'reach' | 'isolated' | 'apart' | 'unknown' {
  const [one, other] = [a.privateVlan, b.privateVlan];
  if (one === undefined || other === undefined) return 'unknown';
  if (one.primary !== other.primary) return 'apart';
  if (a.mode === 'private-promiscuous' && b.mode === 'private-promiscuous') return 'reach';
  const common =
    one.secondary.find(({ low }) => contains(other.secondary, low)) ??
    other.secondary.find(({ low }) => contains(one.secondary, low));
  if (common === undefined) return 'isolated';
  if (a.mode !== b.mode) return 'reach';
  const kind = vlans.find(({ id }) => BigInt(id) === common.low)?.privateVlan;
  return kind === 'community' ? 'reach' : kind === 'isolated' ? 'isolated' : 'unknown';
}
