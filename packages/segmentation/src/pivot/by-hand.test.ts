import { seeded } from '@holdfast/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { landscapeWith } from '../network/landscape.fixture.ts';
import { PivotGraph } from './graph.ts';
import { chosen, pivots } from './paths.ts';

/** Four networks, all joined by one firewall; hosts in them; rules between hosts or networks by port. */
interface World {
  readonly isolated: readonly boolean[];
  readonly hosts: readonly { readonly network: number; readonly port: number | undefined }[];
  readonly rules: readonly {
    readonly from: { readonly host: boolean; readonly which: number };
    readonly to: { readonly host: boolean; readonly which: number };
    readonly port: number | undefined;
  }[];
}

const networks = [0, 1, 2, 3];
const end = fc.record({ host: fc.boolean(), which: fc.nat({ max: 6 }) });
const worlds: fc.Arbitrary<World> = fc.record({
  isolated: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  hosts: fc.array(fc.record({ network: fc.nat({ max: 3 }), port: fc.constantFrom(22, 80, 443, undefined) }), {
    minLength: 7,
    maxLength: 7,
  }),
  rules: fc.array(fc.record({ from: end, to: end, port: fc.constantFrom(22, 80, 443, undefined) }), {
    minLength: 2,
    maxLength: 9,
  }),
});

const address = (world: World, host: number): string =>
  `10.0.${world.hosts[host]?.network ?? 0}.${10 + host}`;
const sayEnd = (world: World, { host, which }: World['rules'][number]['from']): string =>
  host ? address(world, which) : `10.0.${which % 4}.0/24`;

function landscapeOf(world: World) {
  const yaml = `networks:
${networks.map((each) => `  n${each}: { site: h, cidr: 10.0.${each}.0/24, isolated: ${world.isolated[each]}, gateways: fw }`).join('\n')}
devices:
  fw: { profile: t/firewall, at: in, interfaces: { ${networks.map((each) => `e${each}: { network: n${each}, address: 10.0.${each}.1 }`).join(', ')} } }
${world.hosts.map(({ network, port }, index) => `  h${index}: { profile: t/server, at: in, network: n${network}, address: ${address(world, index)}${port === undefined ? '' : `, listens: { tcp/${port}: {} }`} }`).join('\n')}
`;
  const lines = world.rules.map(
    ({ from, to, port }) =>
      `ip saddr ${sayEnd(world, from)} ip daddr ${sayEnd(world, to)} ${port === undefined ? '' : `tcp dport ${port} `}accept`,
  );
  return landscapeWith(yaml, {
    fw: `table inet f { chain i { type filter hook input priority 0; policy drop; }
chain w { type filter hook forward priority 0; policy drop;
${lines.join('\n')}
} }`,
  });
}

type Kind = 'touch' | 'sure' | 'half';

/** What one host gets to at another, read off the rules as a person would. */
function reaches(world: World, a: number, b: number, closed: ReadonlySet<string>): ReadonlySet<Kind> {
  const [one, other] = [world.hosts[a], world.hosts[b]];
  if (a === b || one === undefined || other === undefined) return new Set();
  const half: readonly Kind[] = ['touch', 'half'];
  if (one.network === other.network)
    return new Set(
      world.isolated[one.network] ? [] : [...half, ...(other.port === undefined ? [] : ['sure' as const])],
    );
  if (closed.has(`${one.network}>${other.network}`)) return new Set();
  const is = ({ host, which }: World['rules'][number]['from'], index: number): boolean =>
    host ? which === index : which % 4 === world.hosts[index]?.network;
  const fitting = world.rules.filter(({ from, to }) => is(from, a) && is(to, b));
  if (fitting.length === 0) return new Set();
  const isSure = fitting.some(({ port }) => other.port !== undefined && (port ?? other.port) === other.port);
  return new Set([...half, ...(isSure ? ['sure' as const] : [])]);
}

/** How many steps it takes from host 0 to host 6; undefined where nothing leads there. */
function steps(
  world: World,
  take: 'sure' | 'half',
  closed: ReadonlySet<string> = new Set(),
): number | undefined {
  const depth = new Map([[0, 0]]);
  for (const [at, far] of depth) {
    if (reaches(world, at, 6, closed).has('touch')) return far + 1;
    for (let next = 0; next < 6; next += 1)
      if (!depth.has(next) && reaches(world, at, next, closed).has(take)) depth.set(next, far + 1);
  }
  return undefined;
}

/** The fewest pairs of networks whose closing ends every certain path; undefined where none does. */
function fewest(world: World): number | undefined {
  const labels = networks.flatMap((a) => networks.flatMap((b) => (a === b ? [] : [`${a}>${b}`])));
  let best: number | undefined;
  for (let bits = 0; bits < 2 ** labels.length; bits += 1) {
    const closed = new Set(labels.filter((_, index) => (bits >> index) % 2 === 1));
    if (best !== undefined && closed.size >= best) continue;
    if (steps(world, 'sure', closed) === undefined) best = closed.size;
  }
  return best;
}

test('paths and the fewest rules are those that reading the rules host by host gives', () => {
  let [sure, open, cut] = [0, 0, 0];
  fc.assert(
    fc.property(worlds, (world) => {
      const graph = new PivotGraph(landscapeOf(world));
      const [from, to] = [chosen(graph, 'h0'), chosen(graph, 'h6')];
      if (from.kind === 'error' || to.kind === 'error') throw new TypeError('both hosts are there');
      const answer = pivots(graph, from.value, to.value);
      const [certain, possible] = [steps(world, 'sure'), steps(world, 'half')];
      expect(answer.verdict).toBe(certain !== undefined ? 'yes' : possible !== undefined ? 'unknown' : 'no');
      const [path] = answer.paths;
      expect(path?.arrows.length).toBe(certain ?? possible);
      if (certain === undefined) expect(answer.closing).toBeUndefined();
      else {
        sure += 1;
        const least = fewest(world);
        if (least === undefined) expect(answer.closing?.kind).toBe('none-can');
        else {
          cut += Number(least > 1);
          expect(answer.closing).toMatchObject({ kind: 'rules', isLeast: true });
          if (answer.closing?.kind === 'rules') expect(answer.closing.rules).toHaveLength(least);
        }
      }
      open += Number(certain === undefined && possible !== undefined);
    }),
    seeded(120),
  );
  expect(sure).toBeGreaterThan(10);
  expect(open).toBeGreaterThan(3);
  expect(cut).toBeGreaterThan(0);
}, 60_000);
