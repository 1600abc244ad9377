import { boundaryPackets, randomFirewall, seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import { hooks, type Firewall } from '../model/firewall.ts';
import { trace } from '../question/trace.ts';
import { readIptablesSave } from '../netfilter/save/read-iptables-save.ts';
import { shadowed } from './shadowed.ts';

test('a rule that is said to be shadowed decides no packet (A4)', { timeout: 60_000 }, () => {
  let count = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const firewall = randomFirewall(seed, { nat: true, untrack: true, rules: 10 });
      const program = programOf(firewall);
      const ids = new Set(shadowed(program).map(({ rule }) => rule.source.id));
      count += ids.size;
      for (const packet of boundaryPackets(firewall, 30, seed)) {
        for (const hook of hooks) expect(ids).not.toContain(trace(program, hook, packet).decision.source.id);
      }
    }),
    seeded(100),
  );
  expect(count).toBeGreaterThan(20);
});

/** The shadowed rules of a filter table, by the words behind their chain, with those that take their packets. */
function told(...rules: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return toldOf(rules, (firewall) => firewall);
}

function toldOf(
  rules: readonly string[],
  changed: (firewall: Firewall) => Firewall,
): Readonly<Record<string, readonly string[]>> {
  const chains = new Set(rules.flatMap((each) => /-A (\S+)/.exec(each)?.[1] ?? []));
  const declared = [...chains].map((each) => `:${each} ${each === 'FORWARD' ? 'DROP' : '-'} [0:0]`);
  const text = ['*filter', ...declared, ...rules, 'COMMIT', ''].join('\n');
  const read = readIptablesSave('iptables-save', { name: 'r.rules', text });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error));
  const place = (line: number): string => rules[line - 2 - declared.length]?.replace('-A ', '') ?? '';
  return Object.fromEntries(
    shadowed(programOf(changed(read.value))).map(({ rule, blockers }) => [
      place(rule.source.at.line),
      blockers.map(({ source }) => place(source.at.line)),
    ]),
  );
}

describe('a rule is shadowed (A4)', () => {
  test('by a rule above the call that leads to it', () => {
    expect(
      told(
        '-A FORWARD -s 10.0.0.0/8 -p tcp -j DROP',
        '-A FORWARD -i cam -j CAM',
        '-A CAM -s 10.1.0.0/16 -p tcp -j ACCEPT',
        '-A CAM -p udp -j ACCEPT',
      ),
    ).toStrictEqual({
      'CAM -s 10.1.0.0/16 -p tcp -j ACCEPT': ['FORWARD -s 10.0.0.0/8 -p tcp -j DROP'],
    });
  });

  test('by a rule of a chain that is called above it, for what that decides', () => {
    expect(
      told(
        '-A FORWARD -j CALLED',
        '-A FORWARD -s 10.1.0.0/16 -j ACCEPT',
        '-A FORWARD -s 10.2.0.0/16 -j ACCEPT',
        '-A CALLED -s 10.2.0.0/16 -j RETURN',
        '-A CALLED -s 10.0.0.0/8 -j DROP',
      ),
    ).toStrictEqual({ 'FORWARD -s 10.1.0.0/16 -j ACCEPT': ['CALLED -s 10.0.0.0/8 -j DROP'] });
  });

  test('where no caller sends it a packet', () => {
    expect(told('-A FORWARD -i cam -j CAM', '-A CAM -i vms -j ACCEPT', '-A CAM -j DROP')).toStrictEqual({
      'CAM -i vms -j ACCEPT': [],
    });
  });

  test('only where every call is shadowed', () => {
    const rules = [
      '-A FORWARD -s 10.0.0.0/8 -j DROP',
      '-A FORWARD -i cam -j CAM',
      '-A CAM -s 10.1.0.0/16 -j ACCEPT',
    ];
    expect(told(...rules, '-A OTHER -j DROP')).toHaveProperty(['CAM -s 10.1.0.0/16 -j ACCEPT']);
    expect(told('-A FORWARD -i vms -j CAM', ...rules)).toStrictEqual({});
  });

  test('by a return of its own chain, and not by one that may match', () => {
    const chain = (match: string): readonly string[] => [
      '-A FORWARD -j CAM',
      `-A CAM -s 10.0.0.0/8 ${match}-j RETURN`,
      '-A CAM -s 10.1.0.0/16 -j ACCEPT',
    ];
    expect(told(...chain(''))).toStrictEqual({
      'CAM -s 10.1.0.0/16 -j ACCEPT': ['CAM -s 10.0.0.0/8 -j RETURN'],
    });
    expect(told(...chain('-m time --timestart 08:00 '))).toStrictEqual({});
  });

  test('behind a goto, by the goto', () => {
    expect(
      told('-A FORWARD -s 10.0.0.0/8 -g CAM', '-A FORWARD -s 10.1.0.0/16 -j ACCEPT', '-A CAM -p tcp -j DROP'),
    ).toStrictEqual({ 'FORWARD -s 10.1.0.0/16 -j ACCEPT': ['FORWARD -s 10.0.0.0/8 -g CAM'] });
  });

  test('on the way of untracked connections, by the state that is left', () => {
    expect(
      toldOf(
        [
          '-A FORWARD -s 10.0.0.0/8 -j CAM',
          '-A CAM -j LOG',
          '-A FORWARD -s 10.1.0.0/16 -m conntrack --ctstate NEW -j DROP',
          '-A FORWARD -s 10.1.0.0/16 -m conntrack --ctstate UNTRACKED -j ACCEPT',
          '-A FORWARD -s 10.1.2.0/24 -j DROP',
        ],
        untracking,
      ),
    ).toStrictEqual({
      'FORWARD -s 10.1.0.0/16 -m conntrack --ctstate NEW -j DROP': [],
      'FORWARD -s 10.1.2.0/24 -j DROP': ['FORWARD -s 10.1.0.0/16 -m conntrack --ctstate UNTRACKED -j ACCEPT'],
    });
  });
});

/** A firewall that untracks connections where it logged them. */
const untracking = (firewall: Firewall): Firewall => ({
  ...firewall,
  chains: new Map(
    [...firewall.chains].map(([id, chain]) => [
      id,
      {
        ...chain,
        rules: chain.rules.map((rule) =>
          rule.action.kind === 'continue' ? { ...rule, action: { kind: 'untrack' } } : rule,
        ),
      },
    ]),
  ),
});
