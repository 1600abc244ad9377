import { loadEstate, type Estate } from '@holdfast/estate';
import fc from 'fast-check';
import { expressionOf, randomFacts } from './generator/expressions.ts';
import { alarmsOf } from './generator/alarms.ts';
import { doorsOf } from './generator/doors.ts';
import { fixedProfiles } from './generator/profiles.ts';
import { networkOf } from './generator/network.ts';
import { powerOf } from './generator/power.ts';
import { staffOf } from './generator/staff.ts';
import { servicesOf } from './generator/services.ts';
import { devicesOf } from './generator/devices.ts';
import type { Entities, Line, SitePlan } from './generator/plan.ts';

export type { Line } from './generator/plan.ts';

/** An estate as one NDJSON file: a header, then its entities in the order given. */
export const asNdjson = (lines: readonly Line[]): string =>
  [{ holdfast: 1 }, ...lines].map((each) => `${JSON.stringify(each)}\n`).join('');

/** Reads a generated estate; a generator that makes one with problems is at fault. */
export function loaded(lines: readonly Line[]): Estate {
  const read = loadEstate([{ name: 'random.ndjson', text: asNdjson(lines) }]);
  if (read.kind === 'ok') return read.value;
  throw new TypeError(
    `the generator made a bad estate: ${read.error
      .map(({ message }) => message)
      .slice(0, 5)
      .join('; ')}`,
  );
}

const plan = (site: string, alone: boolean): fc.Arbitrary<SitePlan> =>
  fc.record({
    site: fc.constant(site),
    alone: fc.constant(alone),
    switches: fc.integer({ min: 1, max: 3 }),
    routers: fc.integer({ min: 1, max: 2 }),
    cameras: fc.integer({ min: 1, max: 3 }),
    doors: fc.integer({ min: 0, max: 2 }),
    clock: fc.constantFrom(
      { zone: 'UTC', at: 480 },
      { zone: 'Europe/Berlin', at: 540 },
      { zone: 'Asia/Kolkata', at: 810 },
      { zone: 'Pacific/Auckland', at: 1260 },
      { zone: 'Pacific/Kiritimati', at: 1320 },
    ),
  });

const linesOf = (entities: Entities): readonly Line[] =>
  Object.entries(entities).map(([id, { kind, data }]) => ({ kind, id, data }));

function siteOf(each: SitePlan): fc.Arbitrary<Entities> {
  return fc
    .tuple(
      powerOf(each),
      networkOf(each),
      servicesOf(each),
      devicesOf(each),
      doorsOf(each),
      alarmsOf(each),
      staffOf(each),
    )
    .map((parts) => Object.assign({}, ...parts) as Entities);
}

/** What two sites share: providers, ducts, cloud services, and what joins the sites. */
function sharedOf(sites: readonly string[]): fc.Arbitrary<Entities> {
  const two = sites.length === 2;
  const [here = '', there = ''] = sites.map((site) => `${site}-r1`);
  const grace = fc.option(fc.constantFrom<unknown>('3m', '8m', { between: ['2m', '6m'] }, 'unknown'), {
    nil: undefined,
  });
  return fc
    .record({
      join: fc.constantFrom('vpn', 'private', 'both', 'cable', 'none'),
      grace,
      region: fc.boolean(),
      needs: fc.boolean(),
      starts: fc.boolean(),
    })
    .map(
      ({ join, grace: held, region, needs, starts }) =>
        ({
          isp: { kind: 'party', data: { name: 'isp', kind: 'provider' } },
          isp2: { kind: 'party', data: { name: 'isp2', kind: 'provider' } },
          vendor: { kind: 'party', data: { name: 'vendor', kind: 'provider' } },
          duct: { kind: 'path', data: { kind: 'duct' } },
          mast: { kind: 'path', data: { kind: 'mast' } },
          cloud: {
            kind: 'service',
            data: {
              kind: 'video-cloud',
              provider: 'vendor',
              ...(region ? { region: 'eu' } : {}),
              ...(held === undefined ? {} : { grace: held }),
              ...(needs ? { needs: 'login' } : {}),
              ...(starts ? { starts: 'login' } : {}),
            },
          },
          centre: { kind: 'service', data: { kind: 'monitoring-centre', provider: 'vendor' } },
          login: { kind: 'service', data: { kind: 'identity', provider: 'vendor', region: 'us' } },
          ...(two && join === 'cable'
            ? {
                metro: {
                  kind: 'cable',
                  data: { from: `${sites[0]}-sw1:20`, to: `${sites[1]}-sw1:20`, paths: 'duct' },
                },
              }
            : {}),
          ...(two && (join === 'vpn' || join === 'both')
            ? { tunnel: { kind: 'vpn', data: { from: here, to: there } } }
            : {}),
          ...(two && (join === 'private' || join === 'both')
            ? {
                leased: {
                  kind: 'circuit',
                  data: { on: here, peer: there, to: 'private', provider: 'isp2', paths: ['duct'] },
                },
              }
            : {}),
        }) satisfies Entities,
    );
}

/** Estates of one or two small sites, with everything that the outage engine's rules speak of, as lines of NDJSON. */
export const estateLines: fc.Arbitrary<readonly Line[]> = fc
  .constantFrom(['s1'], ['s1'], ['s1', 's2'])
  .chain((sites) =>
    fc
      .tuple(
        ...sites.map((site) => plan(site, sites.length === 1).chain(siteOf)),
        sharedOf(sites),
        randomProfiles,
      )
      .map((parts) => [...fixedProfiles, ...parts.flatMap(linesOf)]),
  );

/** Two camera profiles with capabilities of random expressions. */
const randomProfiles: fc.Arbitrary<Entities> = fc
  .tuple(
    ...['cameras/a', 'cameras/b'].map((id) =>
      fc
        .record({
          records: expressionOf(3),
          live: expressionOf(2),
          playback: expressionOf(2),
          keeps: fc.oneof(
            expressionOf(2),
            fc.constant({ reach: 'recorder', its: 'stores' }),
            fc.constant({ all: ['running', { fact: 'backfill' }] }),
          ),
          facts: randomFacts,
        })
        .map(({ facts, ...provides }): Entities => ({
          [id]: {
            kind: 'profile',
            data: {
              class: 'camera',
              name: id,
              roles: {
                recorder: { needed: true },
                cloud: { needed: false },
                extra: { needed: true },
                hub: { needed: false },
              },
              facts,
              provides: { ...provides, simple: 'running' },
            },
          },
        })),
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as Entities);

/** A fault on a component that the estate has, in minutes. */
export interface RandomFault {
  readonly component: number;
  readonly from: number;
  readonly long: number;
}

/** Faults by the number of their component, whatever an estate calls it. */
export const randomFaults: fc.Arbitrary<readonly RandomFault[]> = fc.array(
  fc.record({
    component: fc.nat(),
    from: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 15 })),
    long: fc.integer({ min: 1, max: 25 }),
  }),
  { maxLength: 4 },
);
