import { describe, expect, test } from 'vitest';
import { loadEstate } from '../load/load-estate.ts';

const head =
  'holdfast: 1\nsites: { h: { name: H, timeZone: UTC } }\nprofiles:\n  t/x:\n    class: controller\n    name: X\n';

/** The problems of a profile, as they are told. */
function told(body: string): readonly string[] {
  const result = loadEstate([{ name: 'a.yaml', text: `${head}${body.replaceAll(/^/gm, '    ')}\n` }]);
  return result.kind === 'ok'
    ? []
    : result.error.map(
        ({ code, message, hint }) =>
          `${code} ${message.replace('profile t/x: ', '')}${hint === undefined ? '' : ` | ${hint}`}`,
      );
}

const facts =
  'facts: { yes: true, word: strict, time: 4h, size: 8GB, rate: 4Mbit/s, events: 500, some: unknown, range: { between: [1h, 2h] }, zero: { value: 0 } }\nroles: { host: {}, cloud: {} }\n';

describe('what is well', () => {
  test.each([
    'provides: { a: { fact: yes }, b: { fact: some } }',
    'provides: { a: { option: word, is: strict }, b: { option: some, is: x } }',
    'provides: { a: { for: time, of: power, recharge: range }, b: { for: 30m, of: power }, c: { for: some, of: power } }',
    'provides: { a: { after: range, of: power }, b: { after: 30s, of: power } }',
    'provides: { a: { store: size, rate: rate, of: power }, b: { store: storage, rate: bitrate, of: power }, c: { store: events, rate: events-per-hour, of: power } }',
    'provides: { a: { fits: credentials, in: events }, b: { fits: zero, in: events } }',
    'provides: { a: { reach: host, its: knows }, b: { line: cloud } }',
    'provides: { a: { provides: b }, b: { all: [{ provides: c }, { provides: d }] }, c: { provides: d }, d: power }',
    'provides: { a: { atLeast: 2, of: [power, running] } }\nstarts: { after: time, of: power }',
    'decisions: [{ id: a, when: running, ask: host, rules: asked }, { id: b, when: power, rules: cached, within: time, learns: { reach: host } }]',
  ])('%s', (body) => {
    expect(told(facts + body)).toEqual([]);
  });
});

describe('what is not', () => {
  test.each([
    ['provides: { a: { fact: yse } }', "profile-invalid it claims no fact 'yse' | did you mean 'yes'?"],
    ['provides: { a: { fact: time } }', "profile-invalid 'time' is used as true or false, but is '4h'"],
    ['provides: { a: { option: yes, is: x } }', "profile-invalid 'yes' is used as a word, but is true"],
    [
      'provides: { a: { for: yes, of: power } }',
      "profile-invalid 'yes' is used as a duration such as 4h, but is true",
    ],
    [
      'provides: { a: { for: 4 hors, of: power } }',
      "profile-invalid '4 hors' is not a duration | did you mean `4h`?",
    ],
    [
      'provides: { a: { for: 4h, of: power, recharge: nothing } }',
      "profile-invalid it claims no fact 'nothing' | add it under 'facts', 'unknown' where nobody says",
    ],
    [
      'provides: { a: { store: time, rate: rate, of: power } }',
      "profile-invalid 'time' is used as a size such as 256GB, or a number of events, but is '4h'",
    ],
    [
      'provides: { a: { store: size, rate: size, of: power } }',
      "profile-invalid 'size' is used as a rate such as 4Mbit/s, or a number of events an hour, but is '8GB'",
    ],
    [
      'provides: { a: { fits: word, in: events } }',
      "profile-invalid 'word' is used as a number, but is 'strict'",
    ],
    ['provides: { a: { reach: hots } }', "profile-invalid it has no role 'hots' | did you mean 'host'?"],
    [
      'provides: { a: { line: constructor } }',
      "profile-invalid it has no role 'constructor' | add it under 'roles'",
    ],
    ['provides: { a: { fact: constructor } }', "profile-invalid it claims no fact 'constructor'"],
    ['provides: { a: { provides: b }, bb: power }', "profile-invalid it provides no 'b' | did you mean 'a'?"],
    ['provides: { a: { provides: a } }', "profile-invalid 'a' is defined by itself"],
    [
      'provides: { x: power, a: { any: [power, { for: 1h, of: { provides: b } }] }, b: { runs: power, starts: { provides: a } } }',
      "profile-invalid 'a' is defined by itself",
    ],
    [
      'provides: { a: { atLeast: 3, of: [power, running] } }',
      'profile-invalid at least 3 of 2 can never hold',
    ],
    ['starts: { reach: nobody }', "profile-invalid it has no role 'nobody'"],
    [
      'decisions: [{ id: a, when: running, ask: host, rules: full }]',
      "profile-invalid a decision that asks another device has 'ask: ROLE' and 'rules: asked'",
    ],
    [
      'decisions: [{ id: a, when: running, rules: asked }]',
      "profile-invalid a decision that asks another device has 'ask: ROLE' and 'rules: asked'",
    ],
    [
      'decisions: [{ id: a, when: { fact: nope }, rules: full, within: soon, mobile: { reach: nope } }]',
      "profile-invalid it claims no fact 'nope'",
    ],
  ])('%s', (body, expected) => {
    expect(told(facts + body)[0]).toContain(expected);
  });

  test('a profile without facts claims none, not even what objects inherit', () => {
    expect(told('provides: { a: { fact: constructor } }')).toEqual([
      expect.stringContaining("it claims no fact 'constructor'") as string,
    ]);
  });

  test('every one of them is told', () => {
    expect(
      told(
        `${facts}provides: { a: { all: [{ fact: m1 }, { any: [{ reach: m2 }, { atLeast: 1, of: [{ line: m3 }] }] }, { runs: { provides: m4 }, starts: { option: m5, is: x } }, { store: m6, rate: m7, of: { fits: m8, in: m9 } }] } }`,
      ),
    ).toHaveLength(9);
  });
});
