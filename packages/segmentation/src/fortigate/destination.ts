import type { Clause, Rule, Translation } from '../model/firewall.ts';
import type { Interval } from '../model/interval.ts';
import { doubted, surely } from '../zoned/doubtful.ts';
import { oneByOne } from '../zoned/one-by-one.ts';
import type { Chains } from '../zoned/chains.ts';
import type { Domain } from './domain.ts';
import { isOn } from './vdom.ts';
import { outerClause, type Vip } from './vips.ts';

/** The rules that translate destinations: of all virtual addresses where they stand for themselves, else of those that policies name. */
export function destinationRules(domain: Domain, chains: Chains): readonly Rule[] {
  const { objects, policies, isCentral } = domain;
  const all = [...objects.vips.ipv4.all, ...objects.vips.ipv6.all];
  const named = new Set(policies.flatMap(({ vips }) => vips));
  return all.filter((vip) => isCentral || named.has(vip)).flatMap((vip) => rulesOf(vip, domain, chains));
}

function rulesOf(vip: Vip, domain: Domain, chains: Chains): readonly Rule[] {
  const { prefix, isCentral, objects } = domain;
  const id = `${prefix}dnat/${vip.name}`;
  const origin = chains.origin(id, vip.block.line);
  const [why] = vip.why;
  if (why !== undefined)
    return isCentral
      ? chains.rules(origin, doubted(surely(outerClause(vip)), vip.why), { kind: 'unmodelled', why })
      : [];
  // Sources are translated before, so that a virtual address for some sources only may not be found again.
  const isHidden =
    !isCentral &&
    vip.sources !== undefined &&
    domain.policies.some((policy) => policy.vips.includes(vip) && isOn(policy.block, 'nat'));
  const doubts = isHidden
    ? [
        objects.reading.note(
          objects.reading.at(vip.block.line),
          `which packets ${vip.name} is for once their sources are translated is not modelled`,
        ),
      ]
    : [];
  const clause = outerClause(vip);
  const free = isHidden ? withoutSource(clause) : clause;
  return pieces(vip).flatMap(({ outside, to }, index) =>
    chains.rules(
      index === 0 ? origin : { ...origin, id: `${id}/${index + 1}` },
      doubted(surely({ ...free, ...outside }), doubts),
      chains.translate(to),
    ),
  );
}

const withoutSource = ({ dst, iif, protocol, dport }: Clause): Clause => ({
  ...(dst && { dst }),
  ...(iif && { iif }),
  ...(protocol && { protocol }),
  ...(dport && { dport }),
});

interface Piece {
  readonly outside: Clause;
  readonly to: Translation;
}

/** A mapping address by address and port by port where there are few, else as a whole. */
function pieces({ outside, inside, ports }: Vip): readonly Piece[] {
  if (inside === undefined) return [];
  const addresses = oneByOne(outside, inside);
  const isPlain = ports === undefined || ports.protocol === 1n || same(ports.outside, ports.inside);
  const forwarded = isPlain ? [undefined] : oneByOne(ports.outside, ports.inside);
  return addresses.flatMap((address) =>
    forwarded.map((port) => ({
      outside: { dst: [address.from], ...(port && { dport: [port.from] }) },
      to: {
        kind: 'destination',
        address: address.to,
        ...(address.from.low === address.from.high ? {} : { netmap: true }),
        ...(port && { port: port.to }),
      } satisfies Translation,
    })),
  );
}

const same = (a: Interval, b: Interval): boolean => a.low === b.low && a.high === b.high;
