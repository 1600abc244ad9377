import { describe, expect, test } from 'vitest';
import { landscapeWith } from '../network/landscape.fixture.ts';
import { checkPolicy, type PolicyCheck } from './check-policy.ts';
import { building, checked, rulesWith } from './check.fixture.ts';
import type { Parcel } from './parcel.ts';
import { common, without } from './parcel.ts';

const estates = [
  building,
  building
    .replaceAll('gateways: fw }', 'gateways: [fw, fw2] }')
    .replace(
      'devices:',
      'devices:\n  fw2: { profile: t/firewall, at: in, interfaces: { c: { network: cams }, o: { network: office } } }',
    ),
];
const rules = [
  'iifname "cam0" accept',
  'ip daddr 10.0.1.0/24 tcp dport { 22, 80-90 } accept',
  'ip saddr 10.0.2.0/25 udp dport 0-1000 accept',
  'iifname "door0" oifname "cam0" accept',
  'ip daddr 10.0.9.0/24 meta skuid 0 accept',
];
const loose = rulesWith('ip saddr 10.0.0.0/16 accept');

const violating = (check: PolicyCheck): readonly (readonly [string, Parcel])[] =>
  check.cells.flatMap(({ from, to, flows }) =>
    flows
      .filter(({ kind }) => kind === 'violating')
      .flatMap(({ parcels, under }) =>
        parcels.map((each) => [`${from} ${to} ${under ?? ''}`, each] as const),
      ),
  );

/** Whether all violating packets of one check are so in the other too. */
function isWithin(inner: PolicyCheck, outer: PolicyCheck): boolean {
  const known = Map.groupBy(violating(outer), ([key]) => key);
  return violating(inner).every(
    ([key, each]) =>
      without(
        [each],
        (known.get(key) ?? []).map(([, packets]) => packets),
      ).length === 0,
  );
}

describe('laws of the policy check', () => {
  test.each(estates)('a rule that drops at the top adds no violation (estate %#)', (estate) => {
    const before = checked(estate, { fw: rulesWith(...rules) });
    expect(violating(before).length).toBeGreaterThan(5);
    for (const drop of ['tcp dport 22 drop', 'ip saddr 10.0.1.0/24 drop', 'iifname "off0" reject', 'drop']) {
      const after = checked(estate, { fw: rulesWith(drop, ...rules) });
      expect(isWithin(after, before), drop).toBe(true);
    }
    expect(violating(checked(estate, { fw: rulesWith('drop', ...rules) }))).toEqual([]);
  });

  test('a conduit more adds no violation', () => {
    const first = '\nconduits:\n  c0: { from: cams, to: srv, services: rtsp }\n';
    const before = checked(building + first, { fw: rulesWith(...rules) });
    expect(violating(before).length).toBeGreaterThan(5);
    for (const more of [
      '{ from: cams, to: office, services: any }',
      '{ from: office, to: cam-1, services: [ssh, http] }',
      '{ from: doors, to: internet, services: https, mayFail: true }',
    ]) {
      const after = checked(`${building}${first}  c1: ${more}\n`, { fw: rulesWith(...rules) });
      expect(isWithin(after, before), more).toBe(true);
      expect(isWithin(before, after), more).toBe(more.includes('internet') ? isWithin(before, after) : false);
    }
  });

  test('what is violating passes, and no conduit permits it', () => {
    const check = checked(
      `${building}\nconduits:\n  c0: { from: cams, to: nvr, services: [rtsp, https] }\n`,
      { fw: rulesWith(...rules) },
    );
    for (const { flows } of check.cells)
      for (const { kind, witness, parcels } of flows) {
        if (kind !== 'violating' || witness === undefined) continue;
        const last = witness.passages.at(-1);
        expect(last?.decision?.source.id).toMatch(/^f\/fwd\/\d+$/);
        const packet = witness.passages[0]?.packet;
        const point = Object.fromEntries(
          (['src', 'dst', 'protocol', 'dport'] as const).map((axis) => [
            axis,
            [{ low: packet?.[axis] ?? 0n, high: packet?.[axis] ?? 0n }],
          ]),
        ) as unknown as Parcel;
        expect(parcels.some((each) => common(each, point) !== undefined)).toBe(true);
      }
  });

  test('the same estate in another order is judged the same', () => {
    const [head, tail] = building.split('circuits:');
    const turned = `circuits:${tail ?? ''}${head ?? ''}`;
    const all = { fw: rulesWith(...rules), fw2: loose };
    const say = (check: PolicyCheck): unknown =>
      check.cells.map(({ from, to, verdict, flows }) => [
        from,
        to,
        verdict,
        flows.map(({ kind, parcels }) => [kind, parcels]),
      ]);
    expect(say(checkPolicy(landscapeWith(turned, all)))).toEqual(
      say(checkPolicy(landscapeWith(building, all))),
    );
  });

  test('a limit that is met is said', () => {
    const landscape = landscapeWith(building, { fw: rulesWith(...rules) });
    const few = checkPolicy(landscape, { pairs: 3, needs: 1 });
    expect(few.notes).toEqual(['of 1 pairs of devices that work together nothing was asked']);
    expect(few.cells.filter(({ verdict }) => verdict === 'unknown').length).toBeGreaterThan(5);
    const one = checkPolicy(landscape, { flows: 0 });
    expect(
      one.cells.some(({ notes }) => notes.some((each) => each.endsWith('more flows are not told'))),
    ).toBe(true);
  });
});
