import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programOf } from '../engine/program.ts';
import { fateOf, read } from './reading.fixture.ts';

/** A rule of pfSense on two interfaces, four hosts and two ports; and what pf makes of it, worked out without the reader. */
interface Toy {
  readonly type: 'pass' | 'block' | 'reject' | 'match';
  readonly floating: boolean;
  readonly quick: boolean;
  readonly direction: 'in' | 'out' | 'any';
  readonly port: 'lan' | 'opt1';
  readonly host: number;
  readonly not: boolean;
  readonly dport: number;
}

const toy: fc.Arbitrary<Toy> = fc
  .record({
    type: fc.constantFrom('pass', 'pass', 'block', 'reject', 'match'),
    floating: fc.boolean(),
    quick: fc.boolean(),
    direction: fc.constantFrom('in', 'out', 'any'),
    port: fc.constantFrom('lan', 'opt1'),
    host: fc.nat(3),
    not: fc.boolean(),
    dport: fc.nat(2),
  } as const)
  // What a match rule that is quick does is not modelled; and one is floating.
  .map((each) => (each.type === 'match' ? { ...each, quick: false, floating: true } : each));

const devices = { lan: 'em1', opt1: 'em2' } as const;

const xmlOf = ({ type, floating, quick, direction, port, host, not, dport }: Toy): string =>
  `<rule><type>${type}</type><interface>${port}</interface><ipprotocol>inet</ipprotocol><protocol>udp</protocol>${
    floating
      ? `<floating>yes</floating><direction>${direction}</direction>${quick ? '<quick>yes</quick>' : ''}`
      : ''
  }<source><any/></source><destination><address>10.0.2.${host}</address>${not ? '<not/>' : ''}${
    dport === 0 ? '' : `<port>${dport}</port>`
  }</destination></rule>`;

const fileOf = (rules: readonly Toy[]): string =>
  `<pfsense><system><ipv6allow/><webgui><noantilockout/></webgui></system><interfaces>${Object.entries(
    devices,
  )
    .map(([key, device]) => `<${key}><enable/><if>${device}</if></${key}>`)
    .join(
      '',
    )}</interfaces><nat><outbound><mode>disabled</mode></outbound></nat><filter>${rules.map(xmlOf).join('\n')}</filter></pfsense>`;

interface Probe {
  readonly host: number;
  readonly dport: number;
  readonly from: 'lan' | 'opt1';
  readonly to: 'lan' | 'opt1';
}

/** One pass of pf: the last rule that matches decides, a quick one at once. In, all is blocked before; out, all is passed. */
function pass(rules: readonly Toy[], way: 'in' | 'out', { host, dport, from, to }: Probe): string {
  let verdict = way === 'in' ? 'drop' : 'accept';
  const order = [...rules.filter(({ floating }) => floating), ...rules.filter(({ floating }) => !floating)];
  for (const rule of order) {
    const isWay = rule.floating ? rule.direction === 'any' || rule.direction === way : way === 'in';
    const isPort = rule.port === (way === 'in' ? from : to);
    const isHost = (rule.host === host) !== rule.not;
    const isDport = rule.dport === 0 || rule.dport === dport;
    if (!isWay || !isPort || !isHost || !isDport || rule.type === 'match') continue;
    verdict = { pass: 'accept', block: 'drop', reject: 'reject' }[rule.type];
    if (!rule.floating || rule.quick) return verdict;
  }
  return verdict;
}

test('a list of rules decides as pf does that reads it, on the way in and on the way out', () => {
  const side = fc.constantFrom('lan', 'opt1');
  const probes = fc.array(
    fc.record({ host: fc.nat(4), dport: fc.integer({ min: 1, max: 3 }), from: side, to: side } as const),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.array(toy, { maxLength: 8 }), probes, (rules, asked) => {
      const program = programOf(read(fileOf(rules)));
      for (const probe of asked) {
        const way = pass(rules, 'in', probe);
        const expected = way === 'accept' ? pass(rules, 'out', probe) : way;
        const found = fateOf(program, {
          iif: devices[probe.from],
          oif: devices[probe.to],
          src: '10.0.1.9',
          dst: `10.0.2.${probe.host}`,
          protocol: 17,
          dport: probe.dport,
        });
        expect(found.split(' ')[0]).toBe(expected);
      }
    }),
    { numRuns: 500 },
  );
});
