import { packetDocument, type PacketDocument } from '../document/packet-document.ts';
import type { Passage } from '../network/crossing.ts';
import type { ConfigSource, Landscape } from '../network/landscape.ts';
import type { Place } from '../network/place.ts';
import type { AddedRule, Broken } from './added-rule.ts';
import type { PivotNode } from './node.ts';
import type { Arrow, Closing, PivotPath, Pivots } from './paths.ts';

/** Somebody or something by id and name. */
export interface NamedDocument {
  readonly id: string;
  readonly name: string;
}

/** What a router did to the packet of a hop. `rule` is null where its configuration is not known. */
export interface PassageDocument {
  readonly router: NamedDocument;
  readonly iif?: string;
  readonly oif?: string;
  readonly packet: PacketDocument;
  readonly rule: {
    readonly id: string;
    readonly file: string;
    readonly line: number;
    readonly text: string;
  } | null;
}

/** One arrow of a path. */
export interface ArrowDocument {
  readonly kind: 'packet' | 'reverse';
  readonly from: NamedDocument;
  readonly to: NamedDocument;
  /** How certain it is: of the last arrow that a packet gets there, of all others that it gets to something that listens. */
  readonly verdict: 'yes' | 'unknown';
  /** What listens where the packet arrives. */
  readonly service?: string;
  /** The network that both are on, where no firewall stands. */
  readonly network?: NamedDocument;
  /** By which role the one that is reached back holds the session. */
  readonly role?: string;
  readonly passages: readonly PassageDocument[];
  readonly why: readonly string[];
}

export interface PathDocument {
  readonly verdict: 'yes' | 'unknown';
  readonly reverse: boolean;
  readonly arrows: readonly ArrowDocument[];
  /** Other targets that are reached just so. */
  readonly alike: readonly NamedDocument[];
}

/** Rules to add that close paths; `null` where no rule can, with the arrows that none can close. */
export type ClosingDocument =
  | {
      readonly rules: readonly {
        readonly at: NamedDocument;
        readonly from: NamedDocument;
        readonly to: NamedDocument;
        readonly source: readonly string[];
        readonly destination: readonly string[];
        readonly breaks: readonly BrokenDocument[];
      }[];
      readonly isLeast: boolean;
    }
  | { readonly rules: null; readonly arrows: readonly ArrowDocument[] };

export type BrokenDocument =
  | {
      readonly kind: 'need';
      readonly device: NamedDocument;
      readonly target: NamedDocument;
      readonly role: string;
    }
  | { readonly kind: 'conduit'; readonly conduit: NamedDocument };

/** The paths between two selectors. */
export interface PivotsDocument {
  readonly from: string;
  readonly to: string;
  /** What is taken to be down. */
  readonly under?: string;
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly sources: number;
  readonly targets: readonly NamedDocument[];
  readonly paths: readonly PathDocument[];
  /** How many paths there are; `paths` has at most as many as were asked for. */
  readonly found: number;
  readonly unreached: readonly NamedDocument[];
  readonly closing?: ClosingDocument;
  readonly closingAll?: ClosingDocument;
}

/** The answer of `segmentation paths`, as `schemas/segmentation-answers.schema.json` says. */
export interface PathsDocument extends PivotsDocument {
  readonly holdfast: { readonly kind: 'segmentation-paths'; readonly version: 1 };
  readonly estate: string;
  /** The bytes that the answer was computed from. */
  readonly configurations: readonly (ConfigSource & { readonly device: string })[];
}

interface AskedPaths {
  readonly from: string;
  readonly to: string;
  readonly under?: string;
  readonly limit?: number;
}

/** The answer of `segmentation paths` as plain data. */
export const pathsDocument = (landscape: Landscape, asked: AskedPaths, answer: Pivots): PathsDocument => ({
  holdfast: { kind: 'segmentation-paths', version: 1 },
  estate: landscape.estate.hash,
  ...pivotsDocument(landscape, asked, answer),
  configurations: [...landscape.configs].flatMap(([device, { sources }]) =>
    sources.map((each) => ({ device, ...each })),
  ),
});

/** The paths between two selectors as plain data. */
export function pivotsDocument(
  landscape: Landscape,
  { from, to, under, limit = Infinity }: AskedPaths,
  answer: Pivots,
): PivotsDocument {
  return {
    from,
    to,
    ...(under === undefined ? {} : { under }),
    verdict: answer.verdict,
    sources: answer.sources.length,
    targets: answer.targets.map(named),
    paths: answer.paths.slice(0, limit).map((each) => pathDocument(landscape, each)),
    found: answer.paths.length,
    unreached: answer.unreached.map(named),
    ...(answer.closing === undefined ? {} : { closing: closingDocument(landscape, answer.closing) }),
    ...(answer.closingAll === undefined ? {} : { closingAll: closingDocument(landscape, answer.closingAll) }),
  };
}

const named = ({ id, name }: PivotNode): NamedDocument => ({ id, name });

/** One path as plain data. */
const pathDocument = (landscape: Landscape, path: PivotPath): PathDocument => ({
  verdict: path.verdict,
  reverse: path.isReverse,
  arrows: path.arrows.map((arrow, index) =>
    arrowDocument(landscape, arrow, index === path.arrows.length - 1),
  ),
  alike: path.alike.map(named),
});

function arrowDocument(landscape: Landscape, arrow: Arrow, isLast: boolean): ArrowDocument {
  const ends = { from: named(arrow.from), to: named(arrow.to) };
  if (arrow.kind === 'reverse')
    return { kind: 'reverse', ...ends, verdict: 'unknown', role: arrow.role, passages: [], why: [] };
  const { option } = arrow;
  const verdict = isLast ? option.touch : option.take;
  const { place } = option.to;
  return {
    kind: 'packet',
    ...ends,
    verdict: verdict === 'yes' ? 'yes' : 'unknown',
    ...(option.service === undefined ? {} : { service: option.service.name }),
    ...(option.way === undefined && place.kind === 'network'
      ? { network: { id: place.id, name: landscape.estate.nameOf(place.id) } }
      : {}),
    passages: option.passages.map((each) => passageDocument(landscape, each)),
    why: option.why,
  };
}

/** What a router did to a packet, as plain data. */
function passageDocument(
  { estate, routers }: Landscape,
  { router, iif, oif, packet, decision }: Passage,
): PassageDocument {
  const names = routers.get(router)?.program?.firewall.interfaceNames ?? [];
  return {
    router: { id: router, name: estate.nameOf(router) },
    ...(iif === undefined ? {} : { iif }),
    ...(oif === undefined ? {} : { oif }),
    packet: packetDocument(packet, names),
    rule:
      decision === undefined
        ? null
        : {
            id: decision.source.id,
            file: decision.source.at.file,
            line: decision.source.at.line,
            text: decision.source.text,
          },
  };
}

function closingDocument(landscape: Landscape, closing: Closing): ClosingDocument {
  if (closing.kind === 'none-can')
    return { rules: null, arrows: closing.arrows.map((each) => arrowDocument(landscape, each, false)) };
  return { rules: closing.rules.map((each) => ruleDocument(landscape, each)), isLeast: closing.isLeast };
}

function ruleDocument({ estate }: Landscape, { at, from, to, source, destination, breaks }: AddedRule) {
  const ref = (id: string): NamedDocument => ({ id, name: estate.nameOf(id) });
  const place = (each: Place): NamedDocument =>
    each.kind === 'internet'
      ? { id: 'internet', name: 'the internet' }
      : { id: each.id, name: estate.nameOf(each.id) };
  const broken = (each: Broken): BrokenDocument =>
    each.kind === 'need'
      ? { kind: 'need', device: ref(each.device), target: ref(each.target), role: each.role }
      : { kind: 'conduit', conduit: ref(each.id) };
  return {
    at: ref(at),
    from: place(from),
    to: place(to),
    source,
    destination,
    breaks: breaks.map(broken),
  };
}
