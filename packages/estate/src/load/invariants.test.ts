import { describe, expect, test } from 'vitest';
import { loadEstate } from './load-estate.ts';

const profiles = `
profiles:
  t/switch: { class: switch, name: S }
  t/camera: { class: camera, name: C, roles: { recorder: {} }, facts: { boot: 90s } }
  t/module: { class: module, name: M, decisions: [{ id: full, when: running, rules: full }] }
  t/mute: { class: controller, name: N }
`;
const base =
  'holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\nareas: { in: { name: I, in: h, class: staff }, out: { name: O, in: h, class: public } }\n';

function told(body: string): readonly string[] {
  const result = loadEstate([{ name: 'a.yaml', text: `${base}${body}${profiles}` }]);
  return result.kind === 'ok'
    ? []
    : result.error.map(
        ({ code, message, hint, at }) =>
          `${at?.line}:${at?.column} ${code} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
      );
}

describe('circles', () => {
  test.each([
    [
      'power: { a: { kind: ups, from: a } }',
      '4:32 cycle-power power supplies feed each other in a circle: a <- a',
    ],
    [
      'power: { x: { kind: ups, from: a }, a: { kind: ups, from: [b] }, b: { kind: ups, from: { value: [c], basis: observed } }, c: { kind: ups, from: a } }',
      '4:59 cycle-power power supplies feed each other in a circle: a <- b <- c <- a',
    ],
    [
      'services: { a: { kind: dns, needs: b }, b: { kind: ntp, needs: [a] } }',
      '4:36 cycle-service services need each other in a circle: a needs b needs a',
    ],
    [
      'parties: { a: { name: A, kind: team, in: b }, b: { name: B, kind: team, in: a } }',
      '4:42 cycle-place parties belong to each other in a circle: a in b in a',
    ],
  ])('%s', (body, expected) => {
    expect(told(body)[0]).toContain(expected);
    expect(told(body)).toHaveLength(1);
  });

  test.each([
    'power: { a: { kind: feed }, b: { kind: ups, from: a }, c: { kind: psu, from: [a, b] } }',
    'services: { a: { kind: dns, starts: b }, b: { kind: ntp, needs: a } }',
    'power: { a: { kind: ups, from: unknown } }',
  ])('none in %s', (body) => {
    expect(told(body)).toEqual([]);
  });

  test('of areas, but not of areas in the same site', () => {
    expect(told('')).toEqual([]);
    const result = loadEstate([
      {
        name: 'a.yaml',
        text: 'holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\nareas: { a: { name: A, in: b, class: staff }, b: { name: B, in: a, class: staff } }',
      },
    ]);
    expect(result).toMatchObject({
      kind: 'error',
      error: [{ code: 'cycle-place', message: 'areas lie inside each other in a circle: a in b in a' }],
    });
  });

  test('a long one is told by its beginning', () => {
    const many = Array.from(
      { length: 500 },
      (_each, index) => `s${index}: { kind: ups, from: s${(index + 1) % 500} }`,
    ).join(', ');
    expect(told(`power: { ${many} }`)[0]).toContain('s9 <- ... (490 more) <- s0');
  });
});

describe('devices', () => {
  test.each([
    [
      'd: { profile: t/camera, at: in, facts: { boot: 1s }, uses: { recorder: s, dns: s }, wires: { recorder: loop } }',
      undefined,
    ],
    [
      'd: { profile: t/camera, at: in, facts: { bot: 1s } }',
      "device d: its profile claims no 'bot' | did you mean 'boot'?",
    ],
    [
      'd: { profile: t/camera, at: in, facts: { constructor: 1s } }',
      "device d: its profile claims no 'constructor' | it claims: boot",
    ],
    [
      'd: { profile: t/switch, at: in, facts: { boot: 1s } }',
      "device d: its profile claims no 'boot' | it claims: nothing",
    ],
    [
      'd: { profile: t/camera, at: in, uses: { recoder: s } }',
      "device d: its profile has no role 'recoder' | did you mean 'recorder'?",
    ],
    [
      'd: { profile: t/camera, at: in, wires: { constructor: loop } }',
      "device d: its profile has no role 'constructor' | roles: recorder, dns",
    ],
    [
      'd: { profile: t/camera, at: in, uplink: s, interfaces: { a: { uplink: s } } }',
      "device d: it has both 'interfaces' and a network or uplink of its own",
    ],
    ['d: { profile: t/camera, at: in, uplink: d }', 'device d: it is cabled to itself'],
    [
      'd: { profile: t/camera, at: in, uplink: [s, c] }',
      'device d: it is cabled to c, a camera, which passes nothing on',
    ],
    [
      'd: { profile: t/camera, at: in, interfaces: { a: { uplink: "c:1" } } }',
      'device d: it is cabled to c, a camera, which passes nothing on',
    ],
    ['d: { profile: unknown, at: in, facts: { anything: 1s }, uses: { whatever: s } }', undefined],
  ])('%s', (body, expected) => {
    const found = told(
      `devices: { s: { profile: t/switch, at: in }, c: { profile: t/camera, at: in }, ${body} }`,
    );
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(expected) as string]);
  });
});

describe('doors', () => {
  const door = (more: string): readonly string[] =>
    told(
      `devices: { m: { profile: t/module, at: in }, c: { profile: t/camera, at: in }, n: { profile: t/mute, at: in } }\ndoors: { d: { name: D, lock: { kind: strike }, exit: { kind: lever }, ${more} } }`,
    );

  test.each([
    ['from: out, to: in, decidedBy: m', undefined],
    ['from: out, to: in, decidedBy: unknown', undefined],
    ['from: in, to: in', 'value-invalid door d: both sides are in'],
    ['from: out, to: in, decidedBy: c', 'value-invalid door d: c is a camera and decides at no door'],
    [
      'from: out, to: in, decidedBy: { value: n, basis: export }',
      'value-invalid door d: the profile of n says nothing about decisions',
    ],
  ])('%s', (more, expected) => {
    if (expected === undefined) expect(door(more)).toEqual([]);
    else expect(door(more)).toEqual([expect.stringContaining(expected) as string]);
  });
});

test('circles and other problems are told together', () => {
  expect(
    told('power: { a: { kind: ups, from: a }, b: { kind: upz } }').map((each) => each.split(' ')[1]),
  ).toEqual(['cycle-power', 'value-invalid']);
});
