import type { Position } from '@holdfast/kernel';
import { spellPrefixes } from '../model/address.ts';
import { intervalSet, subtract, type IntervalSet } from '../model/interval.ts';
import type { Passage } from '../network/crossing.ts';
import type { Landscape } from '../network/landscape.ts';
import type { Place } from '../network/place.ts';
import { addressesOf } from '../network/ways.ts';
import { packetDocument, type PacketDocument } from '../document/packet-document.ts';
import type { Decision } from '../question/decision.ts';
import type { PolicyCheck } from './check-policy.ts';
import type { PolicyCell, PolicyFlow } from './flow.ts';
import { spellServices } from './services.ts';
import type { Zone } from './zones.ts';

/** A rule as its file has it. */
interface RuleDocument {
  readonly id: string;
  readonly text: string;
  readonly at: Position;
}

/** One router of a witness. */
export interface HopDocument {
  readonly router: string;
  readonly iif?: string;
  readonly oif?: string;
  /** The packet as it comes in. */
  readonly packet: PacketDocument;
  /** What let it through or stopped it; `null` where the configuration is not known. */
  readonly rule: RuleDocument | null;
}

/** Packets between two zones that fare alike by the same rules. */
export interface FlowDocument {
  readonly kind: PolicyFlow['kind'];
  /** A network, `internet`, or a VPN. */
  readonly from: string;
  readonly to: string;
  /** What is down where it is so. */
  readonly under?: string;
  /** `tcp/22`, `udp/5000-5010`, `any`, `any but tcp/554`; together more than they are with each address. */
  readonly services: readonly string[];
  /** Prefixes, or `all` of the place. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** Whether all its packets are named here. */
  readonly isWhole: boolean;
  readonly hops: readonly HopDocument[];
  readonly why: readonly string[];
  /** The routers whose configuration is missing. */
  readonly blind: readonly string[];
  readonly conduit?: string;
  readonly service?: string;
}

export interface CellDocument {
  readonly from: string;
  readonly to: string;
  readonly verdict: PolicyCell['verdict'];
  readonly denial?: string;
  readonly flows: readonly FlowDocument[];
  readonly notes: readonly string[];
}

interface ZoneDocument {
  readonly id: string;
  readonly name: string;
  readonly function: Zone['function'];
  readonly riskClass?: string;
  readonly basis: Zone['basis'];
  readonly places: readonly string[];
}

/** A policy check as plain data. */
export interface SegmentationDocument {
  readonly policy: PolicyCheck['policy'];
  readonly zones: readonly ZoneDocument[];
  /** The configurations that it was computed from. */
  readonly sources: readonly {
    readonly device: string;
    readonly file: string;
    readonly sha256: string;
    readonly captured?: string;
  }[];
  readonly cells: readonly CellDocument[];
  readonly notes: readonly string[];
}

/** Addresses are written out up to so many prefixes. */
const mostPrefixes = 8;

/** Writes a policy check as plain data. */
export function segmentationDocument(landscape: Landscape, check: PolicyCheck): SegmentationDocument {
  return {
    policy: check.policy,
    zones: check.zones.map(({ id, name, function: what, riskClass, basis, places }) => ({
      id,
      name,
      function: what,
      ...(riskClass === undefined ? {} : { riskClass }),
      basis,
      places: places.map(nameOfPlace),
    })),
    sources: [...landscape.configs].flatMap(([device, { sources }]) =>
      sources.map(({ file, sha256, captured }) => ({
        device,
        file,
        sha256,
        ...(captured === undefined ? {} : { captured }),
      })),
    ),
    cells: check.cells.map(({ from, to, verdict, denial, flows, notes }) => ({
      from,
      to,
      verdict,
      ...(denial === undefined ? {} : { denial }),
      flows: flows.map((each) => flowDocument(landscape, each)),
      notes,
    })),
    notes: check.notes,
  };
}

const nameOfPlace = (place: Place): string => (place.kind === 'internet' ? 'internet' : place.id);

/** Writes one flow. */
export function flowDocument(landscape: Landscape, flow: PolicyFlow): FlowDocument {
  const { kind, from, to, under, parcels, isWhole, witness, why, blind, conduit, service } = flow;
  return {
    kind,
    from: nameOfPlace(from),
    to: nameOfPlace(to),
    ...(under === undefined ? {} : { under }),
    services: parcels.length === 0 ? [] : spellServices(parcels),
    sources: spellSet(
      parcels.flatMap(({ src }) => src),
      addressesOf(landscape, from),
    ),
    destinations: spellSet(
      parcels.flatMap(({ dst }) => dst),
      addressesOf(landscape, to),
    ),
    isWhole,
    hops: (witness?.passages ?? []).map((each) => hopDocument(landscape, each)),
    why,
    blind,
    ...(conduit === undefined ? {} : { conduit }),
    ...(service === undefined ? {} : { service }),
  };
}

function hopDocument({ routers }: Landscape, { router, iif, oif, packet, decision }: Passage): HopDocument {
  const names = routers.get(router)?.program?.firewall.interfaceNames ?? [];
  const { iif: _in, oif: _out, ...rest } = packetDocument(packet, names);
  return {
    router,
    ...(iif === undefined ? {} : { iif }),
    ...(oif === undefined ? {} : { oif }),
    packet: rest,
    rule: decision === undefined ? null : ruleDocument(decision),
  };
}

/** Writes what decided. */
const ruleDocument = ({ source: { id, text, at } }: Decision): RuleDocument => ({ id, text, at });

function spellSet(parts: IntervalSet, whole: IntervalSet | undefined): readonly string[] {
  const set = intervalSet(parts);
  if (set.length > 0 && whole !== undefined && subtract(whole, set).length === 0) return ['all'];
  const prefixes = set.flatMap(spellPrefixes);
  return prefixes.length <= mostPrefixes
    ? prefixes
    : [...prefixes.slice(0, mostPrefixes), `... (${prefixes.length - mostPrefixes} more)`];
}
