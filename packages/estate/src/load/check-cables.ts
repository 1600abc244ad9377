import { problem, type Position, type Problem } from '@holdfast/kernel';
import type { Estate } from '../estate.ts';
import type { EntityData } from '../language/language.ts';
import { known } from '../shape/fact.ts';
import type { Path } from '../shape/shape.ts';

/** Classes of device that pass traffic on. */
const carriers = new Set([
  'switch',
  'router',
  'firewall',
  'access-point',
  'gateway',
  'controller',
  'hub',
  'intercom',
  'recorder',
]);

/** Whether each uplink ends at another device, and at one that passes traffic on. */
export function* checkCables(estate: Estate): Generator<Problem> {
  for (const [id, device] of estate.all('device')) {
    for (const { path, ports } of legs(device)) {
      for (const port of ports) {
        const found = uplink(estate, id, port, () => estate.at('device', id, path));
        if (found) yield found;
      }
    }
  }
}

interface Leg {
  readonly path: Path;
  readonly ports: readonly string[];
}

function legs(device: EntityData<'device'>): readonly Leg[] {
  if (!device.interfaces) return [{ path: ['uplink'], ports: known(device.uplink) ?? [] }];
  return Object.entries(device.interfaces).map(([name, leg]) => ({
    path: ['interfaces', name, 'uplink'],
    ports: leg.uplink === undefined ? [] : [leg.uplink],
  }));
}

function uplink(
  estate: Estate,
  id: string,
  port: string,
  at: () => Position | undefined,
): Problem | undefined {
  const colon = port.indexOf(':');
  const target = colon < 0 ? port : port.slice(0, colon);
  if (target === id) return problem('value-invalid', `device ${id}: it is cabled to itself`, { at: at() });
  const profile = estate.get('profile', known(estate.get('device', target)?.profile));
  if (!profile || carriers.has(profile.class)) return undefined;
  return problem(
    'value-invalid',
    `device ${id}: it is cabled to ${target}, a ${profile.class}, which passes nothing on`,
    { at: at(), hint: "'uplink' names a switch, router, firewall or access point" },
  );
}
