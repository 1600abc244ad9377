import { nearestName, problem, type Problem } from '@holdfast/kernel';
import type { Estate } from '../estate.ts';

const joined = ['zone', 'network', 'device', 'service', 'party'] as const;

/** Whether networks name zones that there are, and conduits something that can open or take a connection. */
export function* checkPolicy(estate: Estate): Generator<Problem> {
  const declared = [...estate.all('zone').keys()];
  const words = new Set<string>();
  for (const [id, { zone }] of estate.all('network')) {
    if (zone === undefined) continue;
    words.add(zone);
    if (declared.length === 0 || estate.get('zone', zone)) continue;
    const near = nearestName(zone, declared);
    yield problem('reference-unknown', `network ${id}: there is no zone '${zone}'`, {
      at: estate.at('network', id, ['zone']),
      hint: near ? `did you mean '${near}'?` : `zones are: ${declared.join(', ')}`,
    });
  }
  for (const [id, conduit] of estate.all('conduit')) {
    for (const end of ['from', 'to'] as const) {
      for (const each of conduit[end]) {
        if (each === 'internet' || words.has(each) || joined.some((kind) => estate.get(kind, each))) continue;
        const kind = estate.kindOf(each);
        const near = nearestName(each, [
          ...declared,
          ...words,
          ...joined.flatMap((of) => [...estate.all(of).keys()]),
        ]);
        yield problem(
          kind === undefined ? 'reference-unknown' : 'reference-kind',
          kind === undefined
            ? `conduit ${id}: there is no zone '${each}'`
            : `conduit ${id}: '${each}' is of kind ${kind}, and opens or takes no connection`,
          {
            at: estate.at('conduit', id, [end]),
            hint: near
              ? `did you mean '${near}'?`
              : 'name a zone, a network, a device, a service, a party, or internet',
          },
        );
      }
    }
  }
}
