import type { Landscape } from '../network/landscape.ts';
import type { Place } from '../network/place.ts';
import { checkPair } from './check-pair.ts';
import type { PolicyCell, PolicyFlow } from './flow.ts';
import { stoppedNeeds, type Stopped } from './needed.ts';
import { policyOf, type Policy } from './permissions.ts';
import { blockedOf, promisesOf, type Promised } from './promises.ts';
import { Senders } from './senders.ts';
import { pairKey, type Zone } from './zones.ts';

/** How far a check goes before it says that it did not go further. */
export interface PolicyLimits {
  /** Zones; of more, nothing is compared. */
  readonly zones: number;
  /** Pairs of places: networks, the internet, remote access. */
  readonly pairs: number;
  /** Pairs of devices that work together. */
  readonly needs: number;
  /** Whether things are taken down in turn. */
  readonly failover: boolean;
  /** Flows told of one pair of zones. */
  readonly flows: number;
}

const usualLimits: PolicyLimits = { zones: 400, pairs: 120_000, needs: 20_000, failover: true, flows: 40 };

/** What may pass between the zones of an estate, and what does. */
export interface PolicyCheck {
  readonly zones: readonly Zone[];
  /** Whose policy it is: the conduits that the estate declares, or the product's own. */
  readonly policy: 'declared' | 'default';
  /** Each zone with each, in the order of the zones. */
  readonly cells: readonly PolicyCell[];
  /** Where a limit was met. */
  readonly notes: readonly string[];
}

/**
 * Compares what rules and routes let through between zones with what may pass, both ways: what passes and should not, what
 * should pass and does not; as things stand, and with each single thing down. Never throws: where a limit is met, it says so.
 * @see IEC 62443-3-2 ZCR 3, SPEC.md Z1 to Z9
 */
export function checkPolicy(landscape: Landscape, limits: Partial<PolicyLimits> = {}): PolicyCheck {
  const policy = policyOf(landscape);
  const all = { ...usualLimits, ...limits };
  const stopped = stoppedNeeds(landscape, policy, all.needs);
  const course: Course = {
    landscape,
    policy,
    limits: all,
    stopped,
    promises: promisesOf(policy.conduits),
    senders: new Senders(policy.hosts, new Set(landscape.routers.keys())),
    pairsLeft: all.pairs,
  };
  const zones = [...policy.zones.values()];
  const isTooMany = zones.length > all.zones;
  return {
    zones,
    policy: policy.conduits.length > 0 ? 'declared' : 'default',
    cells: isTooMany ? [] : zones.flatMap((from) => zones.map((to) => cellOf(course, from, to))),
    notes: [
      ...(isTooMany ? [`of ${zones.length} zones nothing was compared: ${all.zones} are the most`] : []),
      ...(stopped.skipped === 0 || all.needs === 0
        ? []
        : [`of ${stopped.skipped} pairs of devices that work together nothing was asked`]),
    ],
  };
}

interface Course {
  readonly landscape: Landscape;
  readonly policy: Policy;
  readonly limits: PolicyLimits;
  readonly stopped: Stopped;
  readonly promises: ReadonlyMap<string, readonly Promised[]>;
  readonly senders: Senders;
  pairsLeft: number;
}

function cellOf(course: Course, from: Zone, to: Zone): PolicyCell {
  const key = pairKey(from.id, to.id);
  const base = { from: from.id, to: to.id, denial: undefined, flows: [], notes: [] };
  if (from.id === to.id) return { ...base, verdict: 'same' };
  const denial = course.policy.denial(from, to);
  const promises = course.promises.get(key) ?? [];
  const stopped = course.stopped.flows.get(key) ?? [];
  if (denial === undefined && promises.length === 0 && stopped.length === 0)
    return { ...base, verdict: 'unjudged' };
  const notes = new Set<string>();
  const flows: PolicyFlow[] = [...promises.flatMap((each) => blockedOf(course.landscape, each)), ...stopped];
  if (denial !== undefined || promises.length > 0)
    for (const a of from.places)
      for (const b of to.places) flows.push(...pairFlows(course, a, b, denial !== undefined, notes));
  const told = ordered(flows);
  if (told.length > course.limits.flows)
    notes.add(`${told.length - course.limits.flows} more flows are not told`);
  return {
    ...base,
    denial,
    verdict: verdictOf(told),
    flows: told.slice(0, course.limits.flows),
    notes: [...notes],
  };
}

function pairFlows(
  course: Course,
  from: Place,
  to: Place,
  isDenied: boolean,
  notes: Set<string>,
): readonly PolicyFlow[] {
  if (course.pairsLeft <= 0) {
    const why = `more than ${course.limits.pairs} pairs of networks are to be asked for`;
    return [untold(from, to, [why], [])];
  }
  course.pairsLeft -= 1;
  const { landscape, policy, senders } = course;
  const found = checkPair({
    landscape,
    policy,
    senders,
    from,
    to,
    isDenied,
    failover: course.limits.failover,
  });
  for (const each of found.notes) notes.add(each);
  return found.flows;
}

const untold = (from: Place, to: Place, why: readonly string[], blind: readonly string[]): PolicyFlow => ({
  kind: 'unknown',
  from,
  to,
  under: undefined,
  parcels: [],
  isWhole: true,
  decisions: [],
  witness: undefined,
  why,
  blind,
});

const ranks = ['violating', 'blocked', 'unknown', 'allowed'] as const;

/** The gravest first; what is unknown for the same reason once. */
function ordered(flows: readonly PolicyFlow[]): readonly PolicyFlow[] {
  const told = new Set<string>();
  return flows
    .filter((each) => {
      if (each.kind !== 'unknown') return true;
      const key = [each.under, ...each.blind, ...each.why].join('\n');
      if (told.has(key)) return false;
      told.add(key);
      return true;
    })
    .toSorted(
      (a, b) =>
        ranks.indexOf(a.kind) - ranks.indexOf(b.kind) ||
        Number(a.under !== undefined) - Number(b.under !== undefined),
    );
}

const verdictOf = ([first]: readonly PolicyFlow[]): PolicyCell['verdict'] => first?.kind ?? 'closed';
