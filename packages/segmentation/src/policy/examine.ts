import type { Crossed } from '../network/crossing.ts';
import { BudgetSpent, crossing } from '../network/crossing.ts';
import type { Landscape } from '../network/landscape.ts';
import type { Place } from '../network/place.ts';
import { alongWay, translatesOn } from '../network/reach.ts';
import type { Way } from '../network/ways.ts';
import type { Decision } from '../question/decision.ts';
import type { PolicyFlow } from './flow.ts';
import { common, parcel, without, type Parcel } from './parcel.ts';
import type { Permitted } from './permissions.ts';
import { witnessOf, type Hints } from './sample.ts';

/** Packets of one way are told in so many groups, and each with so many parcels; more is said to be left out. */
const mostGroups = 24;
const mostParcels = 64;
/** So many parts that pass are looked at for one way before only what is forbidden is asked for, and then before it is given up. */
const fewParts = 256;
const manyParts = 4000;

/** What is asked of one way between two places. */
export interface Examined {
  readonly landscape: Landscape;
  readonly from: Place;
  readonly to: Place;
  readonly way: Way;
  readonly under: string | undefined;
  readonly permitted: Permitted;
  /** Whether what is not permitted is forbidden. */
  readonly isDenied: boolean;
  /** What is not to be told again: it passes already while nothing is down. */
  readonly known: readonly Parcel[];
  readonly hints: Hints;
}

/** The flows of a way. */
export interface Examination {
  readonly flows: readonly PolicyFlow[];
  readonly notes: readonly string[];
}

interface Group {
  readonly kind: PolicyFlow['kind'];
  readonly decisions: readonly (Decision | undefined)[];
  readonly why: readonly string[];
  readonly first: Crossed;
  readonly parcels: Parcel[];
  isWhole: boolean;
}

/**
 * Tells what passes on a way and whether it may. First all packets are asked for; where those that pass fall into too many
 * parts, only those that the policy forbids. Throws nothing: beyond a budget it says so.
 */
export function examine(asked: Examined): Examination {
  const { way } = asked;
  if (way.end.kind === 'stopped') return { flows: [], notes: [] };
  const groups = new Groups(asked);
  try {
    if (way.end.kind === 'unknown') return unknownEnd(asked, way.end.why);
    const all = enumerate(asked, groups, {}, fewParts);
    if (all) return groups.told([]);
    const focused = new Groups(asked);
    if (!asked.isDenied) return groups.told(['more passes than is told here']);
    // Where destinations are translated, packets set out otherwise than the policy says: all of them are asked for.
    const questions = translatesOn(asked.landscape, way)
      ? [{}]
      : without([whole(asked)], asked.permitted.certain);
    const done = questions.every((each) => enumerate(asked, focused, each, manyParts));
    return done ? focused.told([]) : focused.told(['more passes than was looked at']);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return {
      flows: [...groups.told([]).flows, overBudget(asked)],
      notes: ['the rules on the way are too many for the step budget'],
    };
  }
}

const whole = ({ way, hints }: Examined): Parcel => parcel(hints.source, way.destinations);

/** Follows the packets of a question; returns whether all that pass were looked at. */
function enumerate(asked: Examined, groups: Groups, question: Partial<Parcel>, limit: number): boolean {
  const { landscape, from, to, way } = asked;
  let parts = 0;
  const { src, dst, ...packets } = question;
  const isStopped = alongWay(
    landscape,
    {
      from,
      to,
      source: src ?? asked.hints.source,
      packets,
      ...(dst === undefined ? {} : { destination: dst }),
    },
    way,
    (part) => {
      if (part.verdict === 'drop') return undefined;
      parts += 1;
      if (parts > limit) return 'stop';
      groups.add(part);
      return undefined;
    },
  );
  return !isStopped;
}

/** A way that leads nobody knows where: nothing is lost where the routers before that stop everything. */
function unknownEnd(asked: Examined, why: string): Examination {
  const { landscape, way, hints } = asked;
  let passes = way.hops.length === 0 || way.destinations.length === 0;
  if (!passes)
    crossing(landscape, way, { src: hints.source, dst: way.destinations }, (part) => {
      passes = part.verdict !== 'drop';
      return passes ? 'stop' : undefined;
    });
  return { flows: passes && asked.isDenied ? [unknownFlow(asked, [why])] : [], notes: [] };
}

const overBudget = (asked: Examined): PolicyFlow =>
  unknownFlow(asked, ['the rules on the way are too many for the step budget']);

const unknownFlow = (asked: Examined, why: readonly string[]): PolicyFlow => ({
  kind: 'unknown',
  from: asked.from,
  to: asked.to,
  under: asked.under,
  parcels: [],
  isWhole: true,
  decisions: [],
  witness: undefined,
  why,
  blind: blindOn(asked),
});

const blindOn = ({ landscape, way }: Pick<Examined, 'landscape' | 'way'>): readonly string[] => [
  ...new Set(
    way.hops.flatMap(({ router }) => (landscape.routers.get(router)?.program === undefined ? [router] : [])),
  ),
];

/** Flows by what decided them. */
class Groups {
  readonly #asked: Examined;
  readonly #groups = new Map<string, Group>();
  #isWhole = true;

  constructor(asked: Examined) {
    this.#asked = asked;
  }

  add(part: Crossed): void {
    const { permitted, isDenied, known } = this.#asked;
    const packets = without([arrivedParcel(part)], known);
    if (part.verdict === 'unknown') {
      // What may pass anyway is no matter whether it does.
      const rest = isDenied ? without(packets, permitted.certain) : [];
      if (rest.length > 0) this.#put('unknown', part, rest, part.why);
      return;
    }
    if (!isDenied) {
      this.#put('allowed', part, packets, []);
      return;
    }
    const forbidden = without(packets, permitted.certain);
    const certain = without(forbidden, permitted.possible);
    if (certain.length > 0) this.#put('violating', part, certain, []);
    const doubtful = permitted.possible.length === 0 ? [] : overlap(forbidden, permitted.possible);
    if (doubtful.length > 0) this.#put('unknown', part, doubtful, [...new Set(permitted.why)]);
    const allowed = overlap(packets, permitted.certain);
    if (allowed.length > 0) this.#put('allowed', part, allowed, []);
  }

  #put(kind: PolicyFlow['kind'], part: Crossed, packets: readonly Parcel[], why: readonly string[]): void {
    if (packets.length === 0) return;
    const key = [kind, ...part.decisions.map((each) => each?.source.id ?? '?'), ...why].join('\n');
    const found = this.#groups.get(key);
    if (found === undefined) {
      if (this.#groups.size >= mostGroups) {
        this.#isWhole = false;
        return;
      }
      this.#groups.set(key, {
        kind,
        decisions: part.decisions,
        why,
        first: part,
        parcels: [...packets],
        isWhole: true,
      });
      return;
    }
    for (const each of packets) {
      if (found.parcels.length < mostParcels) found.parcels.push(each);
      else found.isWhole = false;
    }
  }

  told(notes: readonly string[]): Examination {
    const { landscape, from, to, way, under, hints } = this.#asked;
    const flows = [...this.#groups.values()].map(
      ({ kind, decisions, why, first, parcels, isWhole }): PolicyFlow => ({
        kind,
        from,
        to,
        under,
        parcels,
        isWhole,
        decisions,
        witness: witnessOf(landscape, way, first, parcels, hints),
        why,
        blind: kind === 'unknown' ? blindOn({ landscape, way }) : [],
      }),
    );
    return {
      flows,
      notes: this.#isWhole ? notes : [...notes, 'more rules let packets through than are told here'],
    };
  }
}

/** What a policy tells of packets: the source as they set out, the rest as they arrive. */
const arrivedParcel = ({ region, arriving }: Crossed): Parcel => ({
  src: [region.src],
  dst: [arriving.dst],
  protocol: [arriving.protocol],
  dport: [arriving.dport],
});

/** What some parcels have in common with others, once each. */
function overlap(parcels: readonly Parcel[], others: readonly Parcel[]): readonly Parcel[] {
  const shared: Parcel[] = [];
  let rest = parcels;
  for (const other of others) {
    shared.push(...rest.flatMap((each) => common(each, other) ?? []));
    rest = without(rest, [other]);
  }
  return shared;
}
