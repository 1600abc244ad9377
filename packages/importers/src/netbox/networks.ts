import { isIpv4 } from '@holdfast/estate';
import type { ObservedRef } from '../observation.ts';
import { addressOf, rangeOf, spellAddress, type AddressRange } from '../observe/address.ts';
import { numberAt, textAt } from '../reading/json-node.ts';
import type { Draft, Export } from './draft.ts';
import { choiceAt, idsAt, type Entry } from './pages.ts';

interface Known {
  readonly range: AddressRange;
  readonly ref: ObservedRef;
  readonly vrf: number | undefined;
}

/** The networks of the export, found by address or by VLAN. */
export interface Networks {
  readonly ofAddress: (address: string, vrf: number | undefined) => ObservedRef | undefined;
}

/**
 * Networks from VLANs and prefixes: a VLAN with its prefix is one network, a prefix without a VLAN is one, too. Prefixes
 * that only hold others (`container`) are none. A site is `site` before NetBox 4.2, and `scope` from then on.
 */
export function readNetworks(box: Export): Networks {
  for (const entry of box.entries('ipam/vlans')) {
    const name = textAt(entry.node, 'name') ?? `VLAN ${entry.id}`;
    const vid = numberAt(entry.node, 'vid');
    box
      .begin('network', 'ipam/vlans', entry, name)
      .say(['name'], name)
      .say(['vlan'], vid !== undefined && vid >= 1 && vid <= 4094 ? vid : undefined)
      .refer(['site'], box.refsAt(entry, 'dcim/sites', 'site'));
  }
  const ranges: Known[] = [];
  const given = new Map<Draft, string>();
  for (const entry of box.entries('ipam/prefixes')) {
    const known = prefixOf(box, entry, given);
    if (known) ranges.push(known);
  }
  return { ofAddress: finder(ranges) };
}

/** Finds the narrowest prefix around an address, by looking up one for each length that there is. */
function finder(known: readonly Known[]): Networks['ofAddress'] {
  const byKey = new Map<string, ObservedRef>();
  const sizes = new Set<bigint>();
  const keyOf = (vrf: number | undefined, family: number, size: bigint, first: bigint): string =>
    `${vrf}/${family}/${size}/${first}`;
  for (const { range, ref, vrf } of known) {
    const size = range.last - range.first;
    sizes.add(size);
    byKey.set(keyOf(vrf, range.family, size, range.first), ref);
  }
  const narrowestFirst = [...sizes].toSorted((a, b) => (a < b ? -1 : 1));
  return (address, vrf) => {
    const found = addressOf(address);
    if (!found) return undefined;
    for (const size of narrowestFirst) {
      const ref = byKey.get(keyOf(vrf, found.family, size, found.bits & ~size));
      if (ref) return ref;
    }
    return undefined;
  };
}

function prefixOf(box: Export, entry: Entry, given: Map<Draft, string>): Known | undefined {
  const text = textAt(entry.node, 'prefix') ?? '';
  const range = rangeOf(text);
  if (!range) {
    box.notes.add('value-invalid', `'${text.slice(0, 60)}' is not a prefix`, entry.at);
    return undefined;
  }
  if (choiceAt(entry.node, 'status') === 'container') return undefined;
  const cidr = `${spellAddress(range.family, range.first)}${text.slice(text.indexOf('/'))}`;
  const [vrf] = idsAt(entry.node, 'vrf');
  const [vlan] = box.refsAt(entry, 'ipam/vlans', 'vlan');
  const draft = vlan && box.draft('ipam/vlans', idsAt(entry.node, 'vlan')[0]);
  const first = draft && given.get(draft);
  if (draft && first !== undefined) {
    // A network has one prefix; the second is most often that of the other family.
    box.notes.add(
      'import-partial',
      `${cidr} is a second prefix of the VLAN of ${first}`,
      entry.at,
      'the first stays; add it as a network of its own where hosts need it',
    );
    return { range, ref: draft.ref, vrf };
  }
  if (draft) {
    given.set(draft, cidr);
    draft.say(['cidr'], cidr, entry.at);
    return { range, ref: draft.ref, vrf };
  }
  const own = box.begin('network', 'ipam/prefixes', entry, nameOf(entry, cidr));
  own.say(['name'], nameOf(entry, cidr)).say(['cidr'], cidr).refer(['site'], siteOf(box, entry));
  return { range, ref: own.ref, vrf };
}

const nameOf = (entry: Entry, cidr: string): string =>
  (
    textAt(entry.node, 'description') ?? `${isIpv4(cidr.split('/', 1)[0] ?? '') ? 'net' : 'net6'} ${cidr}`
  ).slice(0, 200);

function siteOf(box: Export, entry: Entry): readonly ObservedRef[] {
  if (textAt(entry.node, 'scope_type') !== 'dcim.site') return box.refsAt(entry, 'dcim/sites', 'site');
  const id = numberAt(entry.node, 'scope_id');
  const site = box.draft('dcim/sites', id);
  if (!site && id !== undefined) box.dangling(entry, 'dcim/sites', id, 'scope');
  return site ? [site.ref] : [];
}
