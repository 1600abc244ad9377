import type { Problem } from '@holdfast/kernel';
import { interfaceNumber } from '../netfilter/interface-names.ts';
import { Walk, BudgetSpent } from '../engine/walk.ts';
import type { Fate } from '../engine/fate.ts';
import type { Program } from '../engine/program.ts';
import { intersect, type IntervalSet } from '../model/interval.ts';
import type { Clause } from '../model/firewall.ts';
import { family } from '../model/address.ts';
import { dimensions, ipv6Offset, type Packet } from '../model/packet.ts';
import { decisionOf, type Decision } from '../question/decision.ts';
import {
  asClause,
  opening,
  packetIn,
  ranksOf,
  regionsOf,
  valuesOf,
  type Region,
} from '../question/region.ts';
import { trace } from '../question/trace.ts';
import type { Landscape } from './landscape.ts';
import type { Hop, Way } from './ways.ts';

/** What one router does to packets of a crossing. */
export interface Passage {
  readonly router: string;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
  /** The packet as it comes in. */
  readonly packet: Packet;
  /** What let it through or stopped it; `undefined` where the configuration of the router is not known. */
  readonly decision: Decision | undefined;
}

/** Packets that fare alike all the way. */
export interface Crossed {
  readonly verdict: 'accept' | 'drop' | 'unknown';
  /** The packets as they set out. */
  readonly region: Region;
  /** The packets as they arrive, or as they are where they are stopped. */
  readonly arriving: Region;
  /** What decided at each router in turn; `undefined` where its configuration is not known. */
  readonly decisions: readonly (Decision | undefined)[];
  /** One packet of them, at each router in turn up to the last that it reaches. */
  readonly passages: readonly Passage[];
  /** What is not known; empty unless the verdict is `unknown`. */
  readonly why: readonly string[];
}

/** What is done with each part; `stop` ends it. */
export type VisitCrossed = (part: Crossed) => 'stop' | undefined;

/** Thrown where a crossing takes more steps than it was given. */
export { BudgetSpent };

interface Course {
  readonly landscape: Landscape;
  readonly hops: readonly Hop[];
  readonly target: IntervalSet | undefined;
  readonly visit: VisitCrossed;
  readonly budget: number;
  readonly isAnyInterface: boolean;
}

/** Where one part of the packets stands: as it set out, and as it is now. */
interface Part {
  readonly index: number;
  readonly origin: Region;
  readonly now: Region;
  /** The dimensions that are still as they set out. */
  readonly kept: ReadonlySet<number>;
  readonly doubts: readonly string[];
  readonly passed: readonly (readonly [hop: Hop, decision: Decision | undefined])[];
}

/**
 * Follows packets over all routers of a way, translations included, and tells each part's fate; those that open a connection
 * unless the question says otherwise. `target`, where given, is what the destination must be in the end. Returns whether
 * a visitor stopped it. A router whose configuration is not known makes what passes it unknown, as does one of whose
 * interfaces nobody has said which is taken, where its rules tell them apart; with `isAnyInterface` any will do. Throws BudgetSpent.
 */
export function crossing(
  landscape: Landscape,
  { hops }: Pick<Way, 'hops'>,
  question: Clause,
  visit: VisitCrossed,
  {
    target,
    budget = 200_000,
    isAnyInterface = false,
  }: { target?: IntervalSet; budget?: number; isAnyInterface?: boolean } = {},
): boolean {
  const course: Course = { landscape, hops, target, visit, budget, isAnyInterface };
  const all = new Set(dimensions.keys());
  for (const region of regionsOf(opening(question))) {
    const part: Part = { index: 0, origin: region, now: region, kept: all, doubts: [], passed: [] };
    if (go(course, part) === 'stop') return true;
  }
  return false;
}

function go(course: Course, part: Part): 'stop' | undefined {
  const hop = course.hops[part.index];
  if (hop === undefined) return arrive(course, part);
  const program = course.landscape.routers.get(hop.router)?.program;
  if (program === undefined) return goBlind(course, part, hop);
  const box = ranksOf(program.axes, { ...part.now, ...interfacesOf(program, hop) });
  let stopped: 'stop' | undefined;
  const region = { ...part.now, ...interfacesOf(program, hop) };
  new Walk(
    program,
    'path',
    (fate) => {
      stopped = passed(course, part, hop, program, fate, region);
      return stopped;
    },
    course.budget,
  ).run(box);
  return stopped;
}

/** Past a router whose configuration is not known. Packets that are not for the target may be there all the same: it may translate. */
function goBlind(course: Course, part: Part, hop: Hop): 'stop' | undefined {
  const { landscape, target = [part.now.dst] } = course;
  const on: Part = {
    ...part,
    index: part.index + 1,
    doubts: [...part.doubts, `the configuration of ${landscape.estate.nameOf(hop.router)} is not known`],
    passed: [...part.passed, [hop, undefined]],
  };
  if (intersect([part.now.dst], target).length > 0) return go(course, on);
  const own = part.now.dst.low < ipv6Offset ? family.ipv4 : family.ipv6;
  const kept = new Set([...part.kept].filter((axis) => axis !== dimensions.indexOf('dst')));
  for (const dst of intersect(target, [own]))
    if (go(course, { ...on, now: { ...part.now, dst }, kept }) === 'stop') return 'stop';
  return undefined;
}

/** The interfaces of a hop as numbers of its firewall; all of them where they are not known. */
function interfacesOf({ firewall }: Program, { iif, oif }: Hop): Pick<Region, 'iif' | 'oif'> {
  const last = BigInt(firewall.interfaceNames.length);
  const of = (name: string | undefined): Region['iif'] => {
    const carriers = firewall.carriers ?? [];
    // Where the configuration names all its interfaces, packets use none but these.
    if (name === undefined) return { low: carriers[0]?.low ?? 0n, high: carriers.at(-1)?.high ?? last };
    const number = BigInt(interfaceNumber(firewall.interfaceNames, name));
    return { low: number, high: number };
  };
  return { iif: of(iif), oif: of(oif) };
}

function passed(
  course: Course,
  part: Part,
  hop: Hop,
  program: Program,
  fate: Fate,
  asked: Region,
): 'stop' | undefined {
  const inside = valuesOf(program.axes, fate.part, asked);
  const decision = decisionOf(program, fate);
  const origin = narrowed(part, inside);
  const nameless = unnamed(course, hop, inside, asked);
  const doubts = [...part.doubts, ...fate.doubts.flatMap(({ why }) => why.map(sayWhy)), ...nameless];
  const here = [...part.passed, [hop, decision] as const];
  if (fate.verdict === 'drop' || fate.verdict === 'reject')
    return tell(course, 'drop', [origin, inside], here, part.doubts);
  const [now, kept] = moved(program, fate, inside, part.kept);
  return go(course, {
    index: part.index + 1,
    origin,
    now,
    kept,
    doubts: fate.verdict === 'unknown' ? doubts : [...part.doubts, ...nameless],
    passed: here,
  });
}

const sayWhy = ({ message, at }: Problem): string =>
  at === undefined ? message : `${message} (${at.file}:${at.line})`;

/** Doubts for interfaces that nobody has named, where these packets would fare otherwise by another. */
function unnamed({ isAnyInterface }: Course, hop: Hop, inside: Region, asked: Region): readonly string[] {
  if (isAnyInterface) return [];
  return (['iif', 'oif'] as const).flatMap((end) =>
    hop[end] === undefined && (inside[end].low > asked[end].low || inside[end].high < asked[end].high)
      ? [`nobody has said by which interface of ${hop.router} packets ${end === 'iif' ? 'come in' : 'leave'}`]
      : [],
  );
}

/** The packets as they set out that are in a part of what they are now. */
function narrowed({ origin, kept }: Part, inside: Region): Region {
  return regionOf((dimension, axis) =>
    kept.has(axis) && dimension !== 'iif' && dimension !== 'oif' ? inside[dimension] : origin[dimension],
  );
}

function moved(
  { axes }: Program,
  { flow }: Fate,
  inside: Region,
  kept: ReadonlySet<number>,
): readonly [Region, ReadonlySet<number>] {
  const still = new Set<number>();
  const now = regionOf((dimension, axis) => {
    if (dimension === 'iif' || dimension === 'oif') return { low: 0n, high: 0n };
    // Each router keeps its own connections.
    if (dimension === 'state') return inside.state;
    if ((flow.linked & (1 << axis)) !== 0) {
      if (kept.has(axis)) still.add(axis);
      return inside[dimension];
    }
    const by = flow.moved?.get(axis);
    if (by !== undefined) return { low: inside[dimension].low + by, high: inside[dimension].high + by };
    return {
      low: axes.low(axis, flow.box[2 * axis] ?? 0),
      high: axes.high(axis, flow.box[2 * axis + 1] ?? 0),
    };
  });
  return [now, still];
}

// One entry for each dimension.
const regionOf = (of: (dimension: (typeof dimensions)[number], axis: number) => Region['src']): Region =>
  Object.fromEntries(dimensions.map((dimension, axis) => [dimension, of(dimension, axis)])) as Region;

/** Behind the last router: whether the packets are where they were to go. */
function arrive(course: Course, part: Part): 'stop' | undefined {
  const { target } = course;
  const dst = target === undefined ? [part.now.dst] : intersect([part.now.dst], target);
  if (dst.length === 0) return undefined;
  const isKept = part.kept.has(dimensions.indexOf('dst'));
  for (const each of dst) {
    const origin = isKept ? { ...part.origin, dst: each } : part.origin;
    const verdict = part.doubts.length > 0 ? 'unknown' : 'accept';
    if (tell(course, verdict, [origin, { ...part.now, dst: each }], part.passed, part.doubts) === 'stop')
      return 'stop';
  }
  return undefined;
}

function tell(
  course: Course,
  verdict: Crossed['verdict'],
  [region, arriving]: readonly [Region, Region],
  steps: Part['passed'],
  doubts: readonly string[],
): 'stop' | undefined {
  return course.visit({
    verdict,
    region,
    arriving,
    decisions: steps.map(([, decision]) => decision),
    get passages() {
      return passagesOf(course, region, steps);
    },
    why: verdict === 'unknown' ? [...new Set(doubts)] : [],
  });
}

/** One packet of a region, as it is at each router. */
function passagesOf(course: Course, region: Region, steps: Part['passed']): readonly Passage[] {
  let packet = packetIn(region);
  return steps.map(([hop, decision]) => {
    const program = course.landscape.routers.get(hop.router)?.program;
    const named = program === undefined ? packet : { ...packet, ...firstOf(interfacesOf(program, hop)) };
    const passage = { router: hop.router, iif: hop.iif, oif: hop.oif, packet: named, decision };
    if (program !== undefined) packet = trace(program, 'path', named).packet;
    return passage;
  });
}

const firstOf = ({ iif, oif }: Pick<Region, 'iif' | 'oif'>): Pick<Packet, 'iif' | 'oif'> => ({
  iif: iif.low,
  oif: oif.low,
});

/** What of a question one part is: for asking on about the rest. */
export const clauseOf = (region: Region): Clause => {
  const { iif: _in, oif: _out, ...rest } = asClause(region);
  return rest;
};
