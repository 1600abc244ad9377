import { Dice } from '@holdfast/testing';

/** A zone of a campus: a VLAN in each building, at `10.<building>.<zone>.0/24`. */
const zones = [
  'office',
  'guest',
  'cameras',
  'access',
  'bms',
  'voice',
  'printers',
  'servers',
  'payroll',
  'management',
];
const services = [
  [6, 443],
  [6, 80],
  [6, 22],
  [6, 554],
  [17, 123],
  [17, 53],
  [6, 3389],
  [6, 1433],
  [17, 161],
  [17, 47_808],
  [6, 8080],
  [6, 4070],
] as const;

const any = '0-65535';

/**
 * The list of a building campus as it grows over years, in the neutral form: services between the VLANs of buildings,
 * exceptions for single hosts, deny lines for what an audit found, whole prefixes from a migration that shadow what
 * follows, and lines that repeat earlier ones. The same count gives the same list.
 */
export function ruleList(count: number): string {
  const dice = new Dice(count);
  const lines: string[] = [];
  const buildings = Math.max(24, Math.ceil(Math.sqrt(count) / 4));
  while (lines.length < count - 1) lines.push(line(dice, lines, buildings));
  lines.push(`deny any 0.0.0.0/0 ${any} 0.0.0.0/0 ${any}`);
  return lines.join('\n');
}

function line(dice: Dice, lines: readonly string[], buildings: number): string {
  const vlan = (): string => `10.${dice.between(0, buildings - 1)}.${dice.between(0, zones.length - 1)}`;
  const host = (): string => `${vlan()}.${dice.between(1, 254)}/32`;
  const [protocol, port] = dice.pick(services);
  const to = `${port}-${port}`;
  const kind = dice.between(0, 99);
  if (kind < 40) return `permit ${protocol} ${vlan()}.0/24 ${any} ${vlan()}.0/24 ${to}`;
  if (kind < 60) return `permit ${protocol} ${host()} ${any} ${host()} ${to}`;
  if (kind < 70) return `permit ${protocol} ${vlan()}.0/24 ${any} ${host()} ${to}`;
  if (kind < 80) return `deny ${protocol} ${host()} ${any} ${vlan()}.0/24 ${any}`;
  if (kind < 86) return `deny any ${vlan()}.0/24 ${any} ${vlan()}.0/24 ${any}`;
  if (kind < 90) return `permit 6 10.${dice.between(0, buildings - 1)}.0.0/16 ${any} ${host()} ${to}`;
  if (kind < 93) return `permit 6 ${vlan()}.0/24 1024-65535 ${vlan()}.0/24 8000-8999`;
  if (kind < 94) return `permit 17 10.0.0.0/8 ${any} ${host()} ${to}`;
  const [, earlier = ''] =
    /^\w+ (.*)$/.exec(lines[dice.between(0, Math.max(0, lines.length - 1))] ?? '') ?? [];
  if (earlier === '') return `permit ${protocol} ${host()} ${any} ${host()} ${to}`;
  return `${dice.chance(0.6) ? 'permit' : 'deny'} ${earlier}`;
}
