import { estateLines, loaded, seeded, type Line } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildForwarding, type Attachment, type Forwarding, type Need } from './forwarding.ts';
import { Reach, type Logic } from './reach.ts';

/** An equation as a reader sees it; circles are closed later. */
interface Gate {
  readonly kind: 'all' | 'any';
  inputs: readonly Gate[];
  readonly need?: Need;
  value: boolean;
}

/** Equations that are kept, to be solved under any failures by iterating from all-false. */
class Equations implements Logic<Gate> {
  readonly #gates: Gate[] = [];
  readonly #needs = new Map<string, Gate>();

  #add(kind: Gate['kind'], inputs: readonly Gate[], need?: Need): Gate {
    const gate: Gate = { kind, inputs, value: false, ...(need ? { need } : {}) };
    this.#gates.push(gate);
    return gate;
  }

  all(inputs: readonly Gate[]): Gate {
    return this.#add('all', inputs);
  }

  any(inputs: readonly Gate[]): Gate {
    return this.#add('any', inputs);
  }

  open(): Gate {
    return this.#add('any', []);
  }

  close(node: Gate, inputs: readonly Gate[]): void {
    node.inputs = inputs;
  }

  need(need: Need): Gate {
    const key = JSON.stringify(need);
    const found = this.#needs.get(key) ?? this.#add('all', [], need);
    this.#needs.set(key, found);
    return found;
  }

  solve(works: (need: Need) => boolean): void {
    for (const gate of this.#gates) gate.value = false;
    for (let changed = true; changed;) {
      changed = false;
      for (const gate of this.#gates) {
        const value = gate.need
          ? works(gate.need)
          : gate.kind === 'all'
            ? gate.inputs.every((each) => each.value)
            : gate.inputs.some((each) => each.value);
        changed ||= value !== gate.value;
        gate.value = value;
      }
    }
  }
}

/** Plain search over the forwarding graph, under failures. */
function searched(forwarding: Forwarding, from: string, to: string, works: (need: Need) => boolean): boolean {
  if (from === to) return true;
  const up = (vertex: number): boolean =>
    works({ kind: 'device', id: forwarding.vertices[vertex]?.device ?? '' });
  const berths = (device: string): readonly number[] =>
    (forwarding.attachments.get(device) ?? [])
      .filter(({ need, vertex }) => (!need || works(need)) && up(vertex))
      .map(({ vertex }) => vertex);
  const seen = new Set(berths(from));
  for (const at of seen) {
    for (const { a, b, need } of forwarding.edges) {
      if (need && !works(need)) continue;
      if (a === at && up(b)) seen.add(b);
      if (b === at && up(a)) seen.add(a);
    }
  }
  return berths(to).some((each) => seen.has(each));
}

/** Whether the internet is reached: a router with a circuit that may carry the sender's network. */
function searchedOutside(
  lines: readonly Line[],
  forwarding: Forwarding,
  from: string,
  works: (need: Need) => boolean,
): boolean {
  const circuits = loaded(lines).all('circuit');
  return (forwarding.attachments.get(from) ?? []).some((berth) => {
    const alone: Forwarding = {
      ...forwarding,
      attachments: new Map<string, readonly Attachment[]>([
        ['sender', [berth]],
        ...[...forwarding.routers].map(
          ([id, vertex]) => [`router ${id}`, [{ vertex, need: undefined, network: '' }]] as const,
        ),
      ]),
    };
    return [...circuits].some(([id, circuit]) => {
      // The generator writes the plain forms of these two facts.
      const carries = circuit.carries as readonly string[] | undefined;
      if (circuit.to === 'private' || circuit.peer !== undefined || !works({ kind: 'circuit', id }))
        return false;
      if (carries !== undefined && berth.network !== '' && !carries.includes(berth.network)) return false;
      return circuit.on.some((end) => searched(alone, 'sender', `router ${end}`, works));
    });
  });
}

/** Which needs fail, by the hash of their name and a seed. */
function failing(seed: number, share: number): (need: Need) => boolean {
  return (need) => {
    let hash = seed;
    for (const letter of JSON.stringify(need)) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
    return (hash >>> 8) % 100 >= share;
  };
}

const failures = fc.record({ seed: fc.integer(), share: fc.constantFrom(0, 10, 25, 50) });

describe('reachability in equations', () => {
  test('equals plain search between all devices, under random failures', () => {
    fc.assert(
      fc.property(estateLines, fc.array(failures, { minLength: 1, maxLength: 4 }), (lines, rounds) => {
        const estate = loaded(lines);
        const forwarding = buildForwarding(estate);
        const equations = new Equations();
        const reach = new Reach(estate, forwarding, equations);
        const ids = [...estate.all('device').keys()];
        const pairs = ids.flatMap((from) => ids.map((to) => ({ from, to, gate: reach.devices(from, to) })));
        for (const { seed, share } of rounds) {
          const works = failing(seed, share);
          equations.solve(works);
          for (const { from, to, gate } of pairs)
            expect(gate.value, `${from} to ${to}`).toBe(searched(forwarding, from, to, works));
        }
      }),
      seeded(60),
    );
  }, 60_000);

  test('equals plain search for the internet, under random failures', () => {
    fc.assert(
      fc.property(estateLines, fc.array(failures, { minLength: 1, maxLength: 4 }), (lines, rounds) => {
        const estate = loaded(lines);
        const forwarding = buildForwarding(estate);
        const equations = new Equations();
        const reach = new Reach(estate, forwarding, equations);
        const gates = [...estate.all('device').keys()].map((from) => ({ from, gate: reach.internet(from) }));
        for (const { seed, share } of rounds) {
          const works = failing(seed, share);
          equations.solve(works);
          for (const { from, gate } of gates)
            expect(gate.value, from).toBe(searchedOutside(lines, forwarding, from, works));
        }
      }),
      seeded(60),
    );
  }, 60_000);

  test('is the same in both directions', () => {
    fc.assert(
      fc.property(estateLines, failures, (lines, { seed, share }) => {
        const estate = loaded(lines);
        const equations = new Equations();
        const reach = new Reach(estate, buildForwarding(estate), equations);
        const ids = [...estate.all('device').keys()].slice(0, 8);
        const pairs = ids.flatMap((from) =>
          ids.map((to) => [reach.devices(from, to), reach.devices(to, from)] as const),
        );
        equations.solve(failing(seed, share));
        for (const [there, back] of pairs) expect(there.value).toBe(back.value);
      }),
      seeded(60),
    );
  }, 60_000);

  test('does not overflow the stack on a chain of 20,000 switches', () => {
    const lines = chain(20_000);
    const estate = loaded(lines);
    const equations = new Equations();
    const reach = new Reach(estate, buildForwarding(estate), equations);
    expect(reach.devices('h0', 'h1').kind).toBe('any');
  });
});

/** Two hosts at the ends of a long chain of switches. */
function chain(length: number): readonly Line[] {
  const profile = (id: string, kind: string): Line => ({
    kind: 'profile',
    id,
    data: { class: kind, name: id },
  });
  const host = (id: string, into: string): Line => ({
    kind: 'device',
    id,
    data: { profile: 'hosts/plain', at: 's', network: 'n', uplink: into },
  });
  return [
    profile('switches/plain', 'switch'),
    profile('hosts/plain', 'server'),
    { kind: 'site', id: 's', data: { name: 's', timeZone: 'UTC' } },
    { kind: 'network', id: 'n', data: { site: 's' } },
    ...Array.from({ length }, (_, index): Line => ({
      kind: 'device',
      id: `sw${index}`,
      data: { profile: 'switches/plain', at: 's', ...(index > 0 ? { uplink: `sw${index - 1}:1` } : {}) },
    })),
    host('h0', 'sw0:2'),
    host('h1', `sw${length - 1}:2`),
  ];
}
