import { loadEstate } from '@holdfast/estate';
import { describe, expect, it } from 'vitest';
import { checkEstate } from '../check/check-estate.ts';
import { advisoryOf, csaf, vulnerability } from '../match/advisories.fixture.ts';
import { Matcher } from '../match/match-devices.ts';
import { planPatches, type PatchPlan } from './plan-patches.ts';

const head = `holdfast: 1
sites: { hq: { name: HQ, timeZone: Europe/Berlin } }
areas:
  out: { name: Street, in: hq, class: public }
  hall: { name: Hall, in: hq, class: staff }
  vault: { name: Vault, in: hq, class: critical }
parties: { it: { name: IT, kind: team } }
patching: { all: { classes: [controller, recorder, camera], owner: it, test: one } }
profiles:
  own/panel: { class: controller, name: Panel, vendor: Acme, model: Panel 100, facts: { boot: { between: [30s, 90s] } }, decisions: [{ id: own, when: running, rules: cached }] }
  own/recorder: { class: recorder, name: Recorder, vendor: Acme, model: Store 200 }
  own/camera: { class: camera, name: Camera, vendor: Acme, model: Eye 300, roles: { recorder: {} } }
`;
const door = (from: string, to: string, by: string): string =>
  `{ name: D, from: ${from}, to: ${to}, lock: { kind: strike }, decidedBy: ${by}, exit: { kind: lever } }`;

const document = csaf(
  [
    ['A', 'Panel 100', '<= 2.5'],
    ['B', 'Store 200', '<= 2.5'],
    ['C', 'Eye 300', '<= 2.5'],
  ],
  [vulnerability(['A', 'B', 'C'], 'Update to version 2.6.')],
);

function plan(rest: string): PatchPlan {
  const loaded = loadEstate([{ name: 'a.yaml', text: head + rest }], []);
  if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error));
  const facts = { published: new Map<string, string>(), scores: new Map<string, number>() };
  const exposure = checkEstate(loaded.value, {
    matcher: new Matcher([advisoryOf(document)]),
    facts,
    logins: [],
    aliases: [],
    today: '2026-11-24',
  });
  return planPatches(loaded.value, exposure, {});
}

const shape = ({ waves }: PatchPlan): readonly string[] =>
  waves.map(({ ring, jobs }) => `${ring}: ${jobs.map(({ device }) => device).join(' ')}`);

const panels = (count: number, firmware = '2.4'): string =>
  Array.from(
    { length: count },
    (_, index) => `  p${index}: { profile: own/panel, at: hall, firmware: "${firmware}" }`,
  ).join('\n');

describe('rings', () => {
  it('tries one device of a product, then a tenth, then the rest', () => {
    expect(shape(plan(`devices:\n${panels(12)}\n`))).toEqual([
      'test: p0',
      'canary: p1 p10',
      'fleet: p11 p2 p3 p4 p5 p6 p7 p8 p9',
    ]);
  });

  it('tries the device first that the fewest doors hang on', () => {
    const found = plan(
      `devices:\n${panels(2)}\ndoors: { front: ${door('out', 'hall', 'p0')}, back: ${door('out', 'hall', 'p1')}, side: ${door('out', 'hall', 'p0')} }\n`,
    );
    expect(shape(found)).toEqual(['test: p1', 'canary: p0']);
  });
});

describe('what never goes together', () => {
  it('all ways into an area', () => {
    const doors = [0, 1, 2].map((each) => `d${each}: ${door('out', 'hall', `p${each}`)}`).join(', ');
    const found = plan(`devices:\n${panels(3)}\ndoors: { ${doors}, d3: ${door('out', 'hall', 'p0')} }\n`);
    expect(shape(found)).toEqual(['test: p1', 'canary: p2', 'fleet: p0']);
    const many = [...Array(22).keys()]
      .map((each) => `d${each}: ${door('out', 'hall', `p${each}`)}`)
      .join(', ');
    const fleet = plan(`devices:\n${panels(22)}\ndoors: { ${many} }\n`);
    expect(fleet.waves.every(({ lost }) => lost.length === 0)).toBe(true);
    const two = plan(
      `devices:\n${panels(22)}\ndoors: { a: ${door('out', 'vault', 'p20')}, b: ${door('hall', 'vault', 'p21')} }\n`,
    );
    expect(two.waves.every(({ lost }) => lost.every((each) => !each.includes('Vault')))).toBe(true);
    expect(two.waves.some(({ jobs }) => jobs.some(({ device }) => device === 'p20'))).toBe(true);
  });

  it('both recorders of a view', () => {
    const found = plan(
      `devices:
  r0: { profile: own/recorder, at: hall, firmware: "2.4" }
  r1: { profile: own/recorder, at: hall, firmware: "2.4" }
  r2: { profile: own/recorder, at: hall, firmware: "2.4" }
  c0: { profile: own/camera, at: hall, firmware: "2.6", uses: { recorder: [r1, r2] } }
views: { v: { name: V, of: hall, cameras: c0 } }
`,
    );
    expect(shape(found)).toEqual(['test: r0', 'canary: r1', 'fleet: r2']);
  });

  it('says what one device alone takes along, for how long, and who can stand there', () => {
    const [wave] = plan(
      `posts: { desk: { name: Desk, at: hall, reaches: { front: 2m, back: 10m } }, gate: { name: Gate, at: out, reaches: { back: 1m } } }\ndevices:\n${panels(1)}\ndoors: { front: ${door('out', 'hall', 'p0')}, back: ${door('out', 'hall', 'p0')} }\n`,
    ).waves;
    expect(wave).toMatchObject({
      lost: ['all ways into and out of Hall', 'all ways into and out of Street'],
      guards: [
        { door: 'back', post: 'gate', within: '1m' },
        { door: 'front', post: 'desk', within: '2m' },
      ],
      jobs: [{ minutes: 2, owner: 'it', from: '2.4', to: '2.6', doors: ['back', 'front'] }],
    });
  });
});

describe('what no wave mends', () => {
  it('is told', () => {
    expect(plan(`devices:\n${panels(1, 'unknown')}\n`)).toMatchObject({
      waves: [],
      unplanned: [{ device: 'p0' }],
    });
    expect(plan(`devices:\n${panels(1, '2.6')}\n`)).toEqual({ waves: [], unplanned: [] });
  });
});
