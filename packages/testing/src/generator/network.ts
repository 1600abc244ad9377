import fc from 'fast-check';
import { fields, perhaps, some, upTo, type Entities, type SitePlan } from './plan.ts';
import { powerFields } from './power.ts';

const boot = fc.constantFrom(
  {},
  {},
  { facts: { boot: '1m' } },
  { facts: { boot: '3m' } },
  { facts: { boot: { between: ['1m', '4m'] } } },
);
const steady = fc.constant({ facts: { boot: '0' } });

/** Networks, switches in trees and rings, their cables, routers and circuits of a site. */
export function networkOf({ site, switches, routers }: SitePlan): fc.Arbitrary<Entities> {
  const nets = [`${site}-a`, `${site}-b`];
  const all = upTo(switches).map((index) => `${site}-sw${index}`);
  const edges = upTo(routers).map((index) => `${site}-r${index}`);
  return fc
    .tuple(
      networks(site, nets, edges),
      switchesOf(site, all),
      trunks(site, all, nets),
      routersOf(site, edges, all, nets),
      circuits(edges, nets),
    )
    .map((parts) => Object.assign({}, ...parts) as Entities);
}

function networks(site: string, nets: readonly string[], edges: readonly string[]): fc.Arbitrary<Entities> {
  return fc.constantFrom('vrrp', 'none', undefined).map((redundancy) =>
    Object.fromEntries(
      nets.map((id) => [
        id,
        {
          kind: 'network' as const,
          data: { site, gateways: edges, ...(redundancy ? { redundancy } : {}) },
        },
      ]),
    ),
  );
}

function switchesOf(site: string, all: readonly string[]): fc.Arbitrary<Entities> {
  const one = fields(powerFields(site, false), fc.oneof(boot, steady)).map((more) => ({
    kind: 'device' as const,
    data: { profile: 'switches/plain', at: site, network: `${site}-a`, ...more },
  }));
  return fc.record(Object.fromEntries(all.map((id) => [id, one])));
}

/** A tree of switches, perhaps doubled to a LAG, perhaps closed to a ring. */
function trunks(site: string, all: readonly string[], nets: readonly string[]): fc.Arbitrary<Entities> {
  const pairs = all.slice(1).map((id, index) => [all[index] ?? '', id] as const);
  const ring = all.length > 2 ? [[all.at(-1) ?? '', all[0] ?? ''] as const] : [];
  const carries = perhaps('carries', some(nets));
  const paths = perhaps('paths', some(['duct', 'mast']));
  const cable = (from: string, to: string): fc.Arbitrary<Entities[string]> =>
    fields(carries, paths).map((more) => ({
      kind: 'cable',
      data: { from: `${from}:1`, to: `${to}:2`, ...more },
    }));
  const kept = fc.subarray([
    ...pairs.map((pair) => ({ pair, name: 'lag' })),
    ...ring.map((pair) => ({ pair, name: 'ring' })),
  ]);
  return kept.chain((extra) => {
    const every = [...pairs.map((pair) => ({ pair, name: 'trunk' })), ...extra];
    return fc.record(
      Object.fromEntries(
        every.map(({ pair: [from, to], name }, index) => [`${site}-${name}${index}`, cable(from, to)]),
      ),
    );
  });
}

/** Routers on the switches, each with a leg in each network, or on a cable that carries all. */
function routersOf(
  site: string,
  edges: readonly string[],
  all: readonly string[],
  nets: readonly string[],
): fc.Arbitrary<Entities> {
  const one = (id: string): fc.Arbitrary<Entities> =>
    fc
      .tuple(
        fc.boolean(),
        fc.constantFrom(...all),
        fields(powerFields(site, false), fc.oneof(boot, steady)),
        fc.constantFrom('routers/plain', 'firewalls/plain'),
      )
      .map(([legs, into, more, profile]): Entities => {
        const data = { profile, at: site, addressing: 'static', ...more };
        if (!legs)
          return {
            [id]: { kind: 'device', data },
            [`${id}-line`]: { kind: 'cable', data: { from: `${id}:1`, to: `${into}:9` } },
          };
        return {
          [id]: {
            kind: 'device',
            data: {
              ...data,
              interfaces: Object.fromEntries(
                nets.map((network, index) => [`if${index}`, { network, uplink: `${into}:${index}` }]),
              ),
            },
          },
        };
      });
  return fc.tuple(...edges.map(one)).map((parts) => Object.assign({}, ...parts) as Entities);
}

function circuits(edges: readonly string[], nets: readonly string[]): fc.Arbitrary<Entities> {
  const circuit = (on: string, provider: string): fc.Arbitrary<Entities[string]> =>
    fields(
      perhaps('paths', some(['duct', 'mast'])),
      fc.constantFrom({}, { to: 'internet' }, { to: 'unknown' }),
      fc.constantFrom({}, {}, { carries: [nets[0]] }),
    ).map((more) => ({ kind: 'circuit', data: { on, provider, ...more } }));
  return fc.record(
    Object.fromEntries(edges.map((id, index) => [`${id}-wan`, circuit(id, index === 0 ? 'isp' : 'isp2')])),
  );
}
