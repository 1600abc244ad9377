import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem, Result } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Chance } from './bench/chance.ts';
import { frameOf, probeOf, type Numbered, type Probe } from './bench/frames.ts';
import {
  generateIptables,
  generateNft,
  hostsOf,
  longHostsOf,
  names,
  portEnds,
} from './bench/generate-nft.ts';
import { Lab } from './bench/lab.ts';
import { programOf, type Program } from '../engine/program.ts';
import type { Firewall } from '../model/firewall.ts';
import { connectionStates, ipv6Offset, type ConnectionState, type Packet } from '../model/packet.ts';
import { trace, type Traced } from '../question/trace.ts';
import { interfaceNumber } from './interface-names.ts';
import { readIptablesSave } from './save/read-iptables-save.ts';
import { readNftJson } from './json/read-nft-json.ts';
import { readNftText } from './text/read-nft-text.ts';

/** Probes of one rule set, and rule sets of each kind: more than 100,000 packets in all. */
const perSet = Number(process.env['HOLDFAST_KERNEL_PROBES'] ?? 4600);
const sets = { nft: 16, iptables: 6 } as const;

function isReady(): boolean {
  try {
    for (const tool of ['nft', 'iptables-restore', 'ip', 'conntrack', 'python3'])
      execFileSync('which', [tool], { stdio: 'ignore' });
    const name = `hf${process.pid}-try`;
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env['HOLDFAST_REQUIRE_SERVICES'] === '1') throw error;
    console.log(
      'skipped: needs nft, iptables-restore, ip, conntrack, python3 and leave to make network namespaces',
    );
    return false;
  }
}

function value(result: Result<Firewall, readonly Problem[]>): Firewall {
  if (result.kind === 'error') throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** A packet that is sent from a leg, in a state that the test has brought about. */
interface Sent {
  readonly leg: number;
  readonly probe: Probe;
  readonly state: ConnectionState;
  readonly quoted?: Buffer;
}

interface Arrived extends Numbered {
  readonly leg: number;
}

/** The leg behind which an address lies. */
function legOf(dst: bigint): number | undefined {
  const leg =
    dst < ipv6Offset
      ? dst >> 24n === 10n
        ? Number((dst >> 16n) & 255n) - 1
        : -1
      : Number(((dst - ipv6Offset) >> 96n) & 0xffffn) - 1;
  return leg >= 0 && leg < names.length ? leg : undefined;
}

/** What the model says of a packet, or `undefined` where the firewall has no route for it. */
function fateOf(program: Program, { leg, probe, state }: Sent): Traced | undefined {
  const number = (at: number): bigint =>
    BigInt(interfaceNumber(program.firewall.interfaceNames, names[at] ?? ''));
  const isIcmp = probe.protocol === 1 || probe.protocol === 58;
  const packet: Packet = {
    src: probe.src,
    dst: probe.dst,
    protocol: BigInt(probe.protocol),
    sport: isIcmp ? 0n : BigInt(probe.first),
    dport: isIcmp ? 0n : BigInt(probe.second),
    icmpType: isIcmp ? BigInt(probe.first) : 0n,
    icmpCode: isIcmp ? BigInt(probe.second) : 0n,
    flags: BigInt(probe.flags),
    iif: number(leg),
    oif: 0n,
    state: BigInt(connectionStates.indexOf(state)),
  };
  const early = trace(program, 'prerouting', packet);
  const out = legOf(early.packet.dst);
  return out === undefined ? undefined : trace(program, 'path', { ...packet, oif: number(out) });
}

let marks = 0;

/** A reject quotes the packet, mark and all, on its way back. */
const isError = ({ protocol, first }: Probe): boolean =>
  (protocol === 1 && first === 3) || (protocol === 58 && first === 1);

class Trial {
  readonly #lab: Lab;
  readonly program: Program;
  sent = 0;
  unknown = 0;
  readonly mismatches: string[] = [];

  constructor(lab: Lab, firewall: Firewall) {
    this.#lab = lab;
    this.program = programOf(firewall);
  }

  /** Sends packets, and compares those that arrive with what the model says. Returns what arrived, by the place of what was sent. */
  async run(packets: readonly Sent[], withNat = true): Promise<ReadonlyMap<number, Arrived>> {
    const first = marks;
    marks += packets.length;
    const frames = packets.map(({ leg, probe, quoted }, index) => ({
      leg,
      frame: frameOf(
        probe,
        first + index,
        this.#lab.hardware(leg, true),
        this.#lab.hardware(leg, false),
        quoted,
      ),
    }));
    const arrived = new Map<number, Arrived>();
    for (const { leg, frame } of await this.#lab.send(frames)) {
      const probe = probeOf(frame);
      const index = probe === undefined ? -1 : probe.number - first;
      const sent = packets[index];
      if (probe && sent && probe.protocol === sent.probe.protocol && !isError(probe))
        arrived.set(index, { ...probe, leg });
    }
    packets.forEach((each, index) => this.#compare(each, arrived.get(index), withNat));
    return arrived;
  }

  #compare(sent: Sent, arrived: Arrived | undefined, withNat: boolean): void {
    this.sent += 1;
    const fate = fateOf(this.program, sent);
    if (fate?.verdict === 'unknown') {
      this.unknown += 1;
      return;
    }
    const passes = fate?.verdict === 'accept';
    const note = (why: string): void => {
      this.mismatches.push(
        `${why}: ${spell(sent)} -> ${fate?.verdict} by ${fate?.decision.source.id}; kernel: ${arrived ? spell(arrived) : 'nothing'}`,
      );
    };
    if (passes !== (arrived !== undefined)) return note('arrival');
    if (!arrived || !fate || !withNat) return undefined;
    const { packet } = fate;
    const isIcmp = arrived.protocol === 1 || arrived.protocol === 58;
    if (packet.dst !== arrived.dst) note('destination');
    if (!isIcmp && packet.dport !== BigInt(arrived.second)) note('destination port');
    // A masquerade takes the address of an interface, which a rule set does not say.
    if (!fate.open.includes('src') && packet.src !== arrived.src) note('source');
    return undefined;
  }
}

const spell = (each: object): string =>
  JSON.stringify(each, (key, part) =>
    key === 'quoted' ? undefined : typeof part === 'bigint' ? part.toString(16) : part,
  );

/** The state in which the kernel sees the first packet of a connection. */
const openings: readonly (readonly [number, ConnectionState])[] = [
  [0x02, 'new'],
  [0x02, 'new'],
  [0x02, 'new'],
  [0xc2, 'new'],
  [0x10, 'new'],
  [0x18, 'new'],
  [0x12, 'invalid'],
  [0x11, 'invalid'],
  [0x04, 'invalid'],
  [0x03, 'invalid'],
  [0x00, 'invalid'],
];

function probes(chance: Chance, count: number, hasNat: boolean): readonly Sent[] {
  return Array.from({ length: count }, (_, index): Sent => {
    const leg = chance.is(85) ? chance.below(2) : chance.below(4);
    const to = chance.one([0, 1, 2, 3].filter((each) => each !== leg));
    const isLong = chance.is(15);
    const pool = (of: number): readonly bigint[] => (isLong ? longHostsOf(of) : hostsOf(of));
    const near = (each: bigint): bigint => (chance.is(30) ? each + BigInt(chance.below(3) - 1) : each);
    const port = (): number => chance.one(portEnds) + (chance.is(30) ? chance.below(3) - 1 : 0);
    const [src, dst] = [near(chance.one(pool(leg))), near(chance.one(pool(to)))];
    const kind = chance.below(hasNat ? 9 : 10);
    // Each has a source port of its own, but where one at a boundary is wanted.
    // Translated connections that meet each other are told apart by the kernel with a new port, or not at all.
    const own = hasNat || chance.is(70) ? 2000 + (index % 60_000) : port();
    if (kind < 5) {
      const [flags, state] = chance.one(openings);
      return { leg, state, probe: { src, dst, protocol: 6, first: own, second: port(), flags } };
    }
    if (kind < 8)
      return { leg, state: 'new', probe: { src, dst, protocol: 17, first: own, second: port(), flags: 0 } };
    if (kind === 8)
      return {
        leg,
        state: 'new',
        probe: {
          src,
          dst,
          protocol: isLong ? 58 : 1,
          first: isLong ? 128 : chance.one([8, 8, 13]),
          second: 0,
          flags: 0,
        },
      };
    return { leg, state: 'new', probe: { src, dst, protocol: 47, first: 0, second: 0, flags: 0 } };
  });
}

/** Packets that answer those that arrived, and errors about them. */
function answers(packets: readonly Sent[], arrived: ReadonlyMap<number, Arrived>): readonly Sent[] {
  return [...arrived].flatMap(([index, got]): readonly Sent[] => {
    const sent = packets[index];
    if (sent?.state !== 'new' || got.src === got.dst) return [];
    const back = { src: got.dst, dst: got.src, protocol: got.protocol, flags: got.protocol === 6 ? 0x12 : 0 };
    if (got.protocol === 1 && got.first === 8)
      return [
        { leg: got.leg, state: 'established', probe: { ...back, first: 0, second: 0, echo: got.number } },
      ];
    if (got.protocol === 6 && got.flags !== 0x02) return [];
    if (got.protocol !== 6 && got.protocol !== 17) return [];
    return [{ leg: got.leg, state: 'established', probe: { ...back, first: got.second, second: got.first } }];
  });
}

/** Packets of connections that have been answered. */
const again = (packets: readonly Sent[], arrived: ReadonlyMap<number, Arrived>): readonly Sent[] =>
  packets.flatMap((each, index): readonly Sent[] => {
    const isAnswered = arrived.has(index) && each.state === 'new';
    const isTcp = each.probe.protocol === 6 && each.probe.flags === 0x02;
    return isAnswered && (isTcp || each.probe.protocol === 17)
      ? [{ ...each, state: 'established', probe: { ...each.probe, flags: isTcp ? 0x10 : 0 } }]
      : [];
  });

describe.skipIf(!isReady())('the kernel and the model', () => {
  const lab = new Lab();
  let sent = 0;
  let compared = 0;
  beforeAll(() => lab.open());
  afterAll(() => {
    lab.close();
    console.log(`${sent} packets sent, ${compared} compared`);
  });

  function end(trial: Trial, ruleset: string): void {
    sent += trial.sent;
    compared += trial.sent - trial.unknown;
    expect(
      trial.mismatches.slice(0, 5),
      `${trial.mismatches.length} mismatches under\n${ruleset}`,
    ).toStrictEqual([]);
  }

  async function conversation(trial: Trial, chance: Chance, count: number): Promise<void> {
    for (let done = 0; done < count; done += 2000) {
      lab.run('conntrack', ['-F']);
      const { prerouting, postrouting } = trial.program.firewall.steps;
      const hasNat = [...prerouting, ...postrouting].some(
        ({ kind, chain }) =>
          kind === 'nat' && (trial.program.firewall.chains.get(chain)?.rules.length ?? 0) > 0,
      );
      const packets = distinct(probes(chance, Math.min(2000, count - done), hasNat));
      const arrived = await trial.run(packets);
      // What notrack touches has no connection to answer in.
      if (hasNat || prerouting.length > 0) continue;
      await trial.run(answers(packets, arrived));
      await trial.run(again(packets, arrived));
    }
  }

  test.each(Array.from({ length: sets.nft }, (_, seed) => seed))(
    'agree on generated nft rule set %i',
    async (seed) => {
      const chance = new Chance(seed * 7919 + 17);
      const text = generateNft(chance, seed % 2 === 1);
      lab.load('nft', text);
      const firewall = value(
        readNftJson({ name: 'lab.json', text: lab.run('nft', ['-j', 'list', 'ruleset']) }),
      );
      value(readNftText({ name: 'lab.nft', text }));
      const trial = new Trial(lab, firewall);
      await conversation(trial, chance, perSet);
      end(trial, text);
    },
  );

  test.each(Array.from({ length: sets.iptables }, (_, seed) => seed))(
    'agree on generated iptables rule set %i',
    async (seed) => {
      const chance = new Chance(seed * 104_729 + 5);
      const text = generateIptables(chance);
      lab.load('iptables-restore', text);
      const firewall = value(
        readIptablesSave('iptables-save', { name: 'lab.rules', text: lab.run('iptables-save', []) }),
      );
      const trial = new Trial(lab, firewall);
      await conversation(trial, chance, perSet);
      end(trial, text);
    },
  );

  test('agree on networks that are translated to networks, host by host', async () => {
    const text = [
      '*nat',
      '-A PREROUTING -d 10.2.0.0/24 -j NETMAP --to 10.3.0.0/24',
      '-A PREROUTING -d 10.4.0.0/16 -j NETMAP --to 10.2.0.0/24',
      '-A POSTROUTING -s 10.1.0.0/16 -j NETMAP --to 10.1.7.0/24',
      'COMMIT',
      '*filter',
      ':FORWARD DROP [0:0]',
      '-A FORWARD -d 10.3.0.0/30 -p udp -j DROP',
      '-A FORWARD -d 10.3.0.0/28 -j ACCEPT',
      '-A FORWARD -d 10.2.0.1/32 -j ACCEPT',
      '-A FORWARD -d 10.2.0.128/25 -j ACCEPT',
      'COMMIT',
      '',
    ].join('\n');
    lab.load('iptables-restore', text);
    const firewall = value(
      readIptablesSave('iptables-save', { name: 'lab.rules', text: lab.run('iptables-save', []) }),
    );
    const trial = new Trial(lab, firewall);
    await conversation(trial, new Chance(11), 4000);
    expect(trial.unknown).toBe(0);
    end(trial, text);
  });

  test.each([0, 2, 4, 8])('agree on the rule that decides, under nft rule set %i', async (seed) => {
    const chance = new Chance(seed * 7919 + 17);
    const text = generateNft(chance, false);
    const spy =
      'table inet spy {\n chain every {\n type filter hook prerouting priority -400\n meta nftrace set 1\n }\n}\n';
    lab.load('nft', text);
    const firewall = value(
      readNftJson({ name: 'lab.json', text: lab.run('nft', ['-j', 'list', 'ruleset']) }),
    );
    lab.run('nft', ['-f', '-'], spy);
    const monitor = lab.start('stdbuf', ['-oL', 'nft', '-a', 'monitor', 'trace']);
    let told = '';
    monitor.stdout.on('data', (part: Buffer) => {
      told += part.toString();
    });
    await sleep(300);
    const packets = distinct(probes(chance, 200, false)).filter(({ probe }) => probe.src < ipv6Offset);
    const trial = new Trial(lab, firewall);
    const first = marks;
    // The monitor loses what comes faster than it reads.
    for (let at = 0; at < packets.length; at += 20) await trial.run(packets.slice(at, at + 20));
    await sleep(500);
    monitor.kill();
    const decided = decisionsOf(told);
    let agreed = 0;
    packets.forEach((each, index) => {
      const kernel = decided.get((first + index) & 0xffff);
      const model = fateOf(trial.program, each);
      if (kernel === undefined || model === undefined) return;
      expect(`${spell(each)}: ${model.decision.source.id}`).toBe(`${spell(each)}: ${kernel}`);
      agreed += 1;
    });
    expect(agreed).toBeGreaterThan(100);
    end(trial, text);
  });
});

/** What decided each packet that `nft -a monitor trace` tells of, by the number in its header. */
function decisionsOf(told: string): ReadonlyMap<number, string> {
  const packets = new Map<string, { number?: number; rule?: string; policy?: string; stop?: string }>();
  for (const line of told.split('\n')) {
    const [, id, table, chain, rest] = /^trace id (\w+) \w+ (\w+) (\w+) (.*)$/.exec(line) ?? [];
    if (id === undefined || table === undefined || rest === undefined) continue;
    const packet = packets.get(id) ?? {};
    packets.set(id, packet);
    const number = /^packet: .* ip id (\d+) /.exec(rest)?.[1];
    if (number !== undefined) packet.number = Number(number);
    if (table === 'spy') continue;
    const [, handle, verdict] = /# handle (\d+) \(verdict (accept|drop)/.exec(rest) ?? [];
    const policy = /^policy (accept|drop)/.exec(rest)?.[1];
    if (verdict === 'accept') packet.rule = `${table}/${chain}/${handle}`;
    if (verdict === 'drop') packet.stop = `${table}/${chain}/${handle}`;
    if (policy === 'accept') packet.policy = `${table}/${chain}/policy`;
    if (policy === 'drop') packet.stop = `${table}/${chain}/policy`;
  }
  const decisions = new Map<number, string>();
  for (const { number, rule, policy, stop } of packets.values()) {
    const decision = stop ?? rule ?? policy;
    if (number !== undefined && decision !== undefined) decisions.set(number, decision);
  }
  return decisions;
}

/** Packets whose connections do not meet each other, nor the replies to each other. */
function distinct(packets: readonly Sent[]): readonly Sent[] {
  const seen = new Set<string>();
  return packets.filter(({ probe }) => {
    const ends = [`${probe.src} ${probe.first}`, `${probe.dst} ${probe.second}`].toSorted().join(' ');
    const key = `${probe.protocol} ${ends}`;
    if (seen.has(key)) return probe.protocol === 1 || probe.protocol === 58;
    seen.add(key);
    return true;
  });
}
