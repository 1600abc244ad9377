import { problem, type Problem } from '@holdfast/kernel';
import type { Estate } from '../estate.ts';
import { checkProfile } from '../profiles/check-profile.ts';
import { known } from '../shape/fact.ts';
import { checkCables } from './check-cables.ts';
import { checkDevices } from './check-devices.ts';
import { checkPolicy } from './check-policy.ts';
import { findCycle } from './find-cycle.ts';

/** What must hold over a whole estate, beyond each entity's shape: no circles, and names that profiles know. */
export function* checkInvariants(estate: Estate): Generator<Problem> {
  for (const [id, each] of estate.all('profile'))
    yield* checkProfile(id, each, (path) => estate.at('profile', id, path));
  yield* supplyCycles(estate);
  yield* placeCycles(estate);
  yield* partyCycles(estate);
  yield* serviceCycles(estate);
  yield* checkDevices(estate);
  yield* checkCables(estate);
  yield* checkPolicy(estate);
  yield* doors(estate);
}

function* supplyCycles(estate: Estate): Generator<Problem> {
  const cycle = findCycle(
    [...estate.all('supply').keys()],
    (id) => known(estate.get('supply', id)?.from) ?? [],
  );
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return;
  yield problem('cycle-power', `power supplies feed each other in a circle: ${circle(cycle, ' <- ')}`, {
    at: estate.at('supply', first, ['from']),
    hint: "'from' names what feeds a supply, not what it feeds",
  });
}

function* placeCycles(estate: Estate): Generator<Problem> {
  const cycle = findCycle([...estate.all('area').keys()], (id) => only(estate.get('area', id)?.in));
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return;
  yield problem('cycle-place', `areas lie inside each other in a circle: ${circle(cycle, ' in ')}`, {
    at: estate.at('area', first, ['in']),
    hint: "'in' names the larger place",
  });
}

function* partyCycles(estate: Estate): Generator<Problem> {
  const cycle = findCycle([...estate.all('party').keys()], (id) => only(estate.get('party', id)?.in));
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return;
  yield problem('cycle-place', `parties belong to each other in a circle: ${circle(cycle, ' in ')}`, {
    at: estate.at('party', first, ['in']),
    hint: "'in' names the larger team or company",
  });
}

function* serviceCycles(estate: Estate): Generator<Problem> {
  const cycle = findCycle(
    [...estate.all('service').keys()],
    (id) => known(estate.get('service', id)?.needs) ?? [],
  );
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return;
  yield problem('cycle-service', `services need each other in a circle: ${circle(cycle, ' needs ')}`, {
    at: estate.at('service', first, ['needs']),
    hint: "if one is needed only to come up, write it under 'starts'",
  });
}

const only = (id: string | undefined): readonly string[] => (id === undefined ? [] : [id]);

/** A circle in words: all of a short one, the beginning of a long one. */
function circle(nodes: readonly string[], joint: string): string {
  const [first = ''] = nodes;
  const said =
    nodes.length > 12 ? [...nodes.slice(0, 10), `... (${nodes.length - 10} more)`, first] : [...nodes, first];
  return said.join(joint);
}

const deciders = new Set(['controller', 'module', 'reader', 'lock', 'hub', 'alarm-panel', 'intercom']);

function* doors(estate: Estate): Generator<Problem> {
  for (const [id, door] of estate.all('door')) {
    const decider = known(door.decidedBy);
    const profile = estate.get('profile', known(estate.get('device', decider)?.profile));
    const at = (key: string): { at: ReturnType<Estate['at']> } => ({ at: estate.at('door', id, [key]) });
    if (profile && !deciders.has(profile.class)) {
      yield problem('value-invalid', `door ${id}: ${decider} is a ${profile.class} and decides at no door`, {
        ...at('decidedBy'),
        hint: 'name its interface module, controller, lock or reader',
      });
    } else if (profile && !profile.decisions) {
      yield problem('value-invalid', `door ${id}: the profile of ${decider} says nothing about decisions`, {
        ...at('decidedBy'),
        hint: "a profile for doors has 'decisions'",
      });
    }
    if (door.from === door.to) {
      yield problem('value-invalid', `door ${id}: both sides are ${door.to}`, {
        ...at('to'),
        hint: "'from' is the side where nobody needs a right, 'to' the side that it protects",
      });
    }
  }
}
