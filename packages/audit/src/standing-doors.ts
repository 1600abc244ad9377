import { known } from '@holdfast/estate';
import type { Model } from '@holdfast/outage';
import type { Finding } from './finding.ts';
import { standing } from './standing-finding.ts';

/** Doors whose relay sits where people without right stand: whoever tears the reader off reaches the wires of the lock. */
export function relayFindings(model: Model, siteOf: (place: string) => string): readonly Finding[] {
  const { estate } = model;
  return [...estate.all('door')].flatMap(([id, door]) => {
    if (door.relay === undefined || known(door.lock.kind) === 'mechanical') return [];
    const relay = known(door.relay);
    const side = known(relay?.side);
    if (side === 'secure' || (relay !== undefined && relay.side === undefined)) return [];
    const critical = known(estate.get('area', door.to)?.class) === 'critical';
    const fails = side === 'unsecure';
    return [
      standing(model, siteOf(id), {
        id: 'OUT-RELAY-SIDE',
        verdict: fails ? 'fails' : 'unknown',
        severity: fails ? (critical ? 'high' : 'medium') : 'low',
        function: 'access',
        kind: 'door',
        subject: id,
        path: ['relay'],
        message: fails
          ? `The relay of ${door.name} is on the side of ${estate.nameOf(door.from)}: whoever takes the reader off the wall opens the door with a piece of wire, and no badge is logged.`
          : `Nobody can say on which side of ${door.name} its relay is.`,
        ...(fails ? {} : { remedy: 'Look behind the reader, and write the side into the estate.' }),
      }),
    ];
  });
}
