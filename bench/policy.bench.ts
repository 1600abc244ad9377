import { loadEstate, type Estate } from '@holdfast/estate';
import {
  checkPolicy,
  landscapeOf,
  readFirewall,
  type DeviceConfig,
  type Firewall,
  type PolicyCheck,
} from '@holdfast/segmentation';
import { boundaryPackets, judge } from '@holdfast/testing';
import type { Benchmark, Row } from './benchmark.ts';

const firewalls = Number(process.env['HOLDFAST_BENCH_FIREWALLS'] ?? 50);
const zonesEach = 4;
const rulesEach = 300;
const functions = ['video', 'access', 'building-control', 'corporate'] as const;

function timed<T>(work: () => T): { readonly value: T; readonly ms: number } {
  const before = performance.now();
  const value = work();
  return { value, ms: performance.now() - before };
}

const each = <T>(count: number, of: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => of(index));

/** One site with a backbone; at each firewall four zones, half of them with two firewalls. */
function estate(): Estate {
  const zones = each(firewalls * zonesEach, (index) => {
    const name = functions[index % zonesEach] ?? 'corporate';
    return `  z${index}: { function: ${name}, riskClass: high }`;
  });
  const networks = each(firewalls * zonesEach, (index) => {
    const at = Math.floor(index / zonesEach);
    const second = at % 2 === 0 ? '' : `, fw${at - 1}`;
    return `  n${index}: { site: h, zone: z${index}, cidr: 10.${at}.${index % zonesEach}.0/24, gateways: [fw${at}${second}] }`;
  });
  const devices = each(firewalls, (at) => {
    const own = each(zonesEach, (zone) => `l${zone}: { network: n${at * zonesEach + zone} }`);
    const next = (at + 1) * zonesEach;
    const others =
      at % 2 === 0 && at + 1 < firewalls
        ? each(zonesEach, (zone) => `m${zone}: { network: n${next + zone} }`)
        : [];
    return `  fw${at}: { profile: t/firewall, at: in, interfaces: { up: { network: backbone, address: 172.16.0.${at + 1} }, ${[...own, ...others].join(', ')} } }`;
  });
  const text = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff } }
profiles: { t/firewall: { class: firewall, name: F } }
zones:
${zones.join('\n')}
  core: { function: transit, riskClass: low }
networks:
${networks.join('\n')}
  backbone: { site: h, zone: core, cidr: 172.16.0.0/24, transit: true, gateways: [${each(firewalls, (at) => `fw${at}`).join(', ')}] }
devices:
${devices.join('\n')}
conduits:
${each(firewalls, (at) => `  c${at}: { from: z${at * zonesEach}, to: z${((at * 7 + 3) % firewalls) * zonesEach + 1}, services: [https, rtsp], mayFail: true }`).join('\n')}
`;
  const loaded = loadEstate([{ name: 'estate.yaml', text }]);
  if (loaded.kind === 'error') throw new TypeError(JSON.stringify(loaded.error.slice(0, 3)));
  return loaded.value;
}

/** Rules as they grow over years: hosts and ports one by one, a few ranges, and a drop at the end. */
function rules(at: number): Firewall {
  const lines = each(rulesEach, (index) => {
    // One rule in ten stands on every firewall, so that some packets pass two of them.
    const own = index % 10 === 0 ? 0 : at;
    const [from, to] = [(own * 31 + index * 17) % firewalls, (own + index * 13) % firewalls];
    return `    ip saddr 10.${from}.${index % 4}.${index % 200} ip daddr 10.${to}.${(index * 3) % 4}.${(index * 7) % 200} tcp dport { ${1000 + index}, 443 } accept`;
  });
  const text = `table inet f {\n  chain fwd {\n    type filter hook forward priority 0; policy drop;\n    ct state established,related accept\n${lines.join('\n')}\n  }\n}\n`;
  const read = readFirewall({ name: `fw${at}.nft`, text });
  if (read.kind === 'error') throw new TypeError(JSON.stringify(read.error.slice(0, 3)));
  return read.value;
}

function row(): Row {
  const whole = estate();
  const configs = new Map<string, DeviceConfig>(
    each(firewalls, (at) => [`fw${at}`, { firewall: rules(at), sources: [] }]),
  );
  const landscape = timed(() => landscapeOf(whole, configs));
  const check = timed((): PolicyCheck => checkPolicy(landscape.value));
  const [firewall] = [...configs.values()].flatMap((one) => one.firewall ?? []);
  if (firewall === undefined) throw new TypeError('there is a firewall');
  const packets = boundaryPackets(firewall, 20, 1);
  const linear = timed(() => packets.map((packet) => judge(firewall, 'forward', packet))).ms / packets.length;
  const count = (verdict: string): number =>
    check.value.cells.filter((cell) => cell.verdict === verdict).length;
  const judged = check.value.cells.length - count('unjudged') - count('same');
  return {
    zones: check.value.zones.length,
    firewalls,
    rules: firewalls * rulesEach,
    'landscape ms': landscape.ms,
    'matrix ms': check.ms,
    judged,
    closed: count('closed'),
    violating: count('violating'),
    unknown: count('unknown'),
    'ms a pair': check.ms / judged,
    'naive packet ms': linear,
    'ratio to one naive packet over two firewalls': check.ms / judged / (2 * linear),
  };
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'the full matrix of zones over firewalls (the baseline reads rule after rule)',
    run: () => [row()],
  },
];
