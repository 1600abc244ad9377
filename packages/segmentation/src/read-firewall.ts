import { fail, problem, type Problem, type Result } from '@holdfast/kernel';
import { readAws } from './aws/read-aws.ts';
import { readCiscoAsa } from './cisco/asa/read-cisco-asa.ts';
import { readCiscoIos } from './cisco/ios/read-cisco-ios.ts';
import { readFortigate } from './fortigate/read-fortigate.ts';
import { readJunosSrx } from './junos/read-junos-srx.ts';
import type { ConfigFile, Firewall } from './model/firewall.ts';
import { readIptablesSave } from './netfilter/save/read-iptables-save.ts';
import { readNftJson } from './netfilter/json/read-nft-json.ts';
import { readNftText } from './netfilter/text/read-nft-text.ts';
import { readNeutral } from './neutral/read-neutral.ts';
import { readRouterOs } from './routeros/read-routeros.ts';
import { readSense } from './sense/read-sense.ts';

type Reader = (file: ConfigFile) => Result<Firewall, readonly Problem[]>;

const readers = {
  'nft-json': readNftJson,
  'nft-text': readNftText,
  'iptables-save': (file) => readIptablesSave('iptables-save', file),
  'ip6tables-save': (file) => readIptablesSave('ip6tables-save', file),
  'cisco-ios': readCiscoIos,
  'cisco-asa': readCiscoAsa,
  opnsense: readSense,
  pfsense: readSense,
  routeros: readRouterOs,
  'aws-json': readAws,
  fortigate: readFortigate,
  'junos-srx': readJunosSrx,
  neutral: readNeutral,
} as const satisfies Readonly<Record<string, Reader>>;

/** The formats of configurations that are read. */
export type ReadableFormat = keyof typeof readers;
export const readableFormats = Object.keys(readers) as readonly ReadableFormat[];

/** The format of a configuration by what it says, in the order in which they are told apart; `undefined` where it looks like none. */
export function detectConfig({ text }: ConfigFile): ReadableFormat | undefined {
  const head = text.slice(0, 200_000);
  if (/^\s*\{\s*"nftables"\s*:/.test(head)) return 'nft-json';
  if (/^\s*[[{]/.test(head) && /"(?:SecurityGroups|NetworkAcls)"\s*:/.test(text)) return 'aws-json';
  if (/^\s*(?:<\?xml[^>]*\?>\s*)?<opnsense\b/.test(head)) return 'opnsense';
  if (/^\s*(?:<\?xml[^>]*\?>\s*)?<pfsense\b/.test(head)) return 'pfsense';
  if (/^#[^\n]*ip6tables-save/m.test(head)) return 'ip6tables-save';
  if (isRouterOs(head)) return 'routeros';
  if (/^#config-version=|^config (?:firewall|system|vdom|global)\b/m.test(head)) return 'fortigate';
  if (isJunos(head)) return 'junos-srx';
  if (/^\*(?:filter|nat|mangle|raw|security)\s*$/m.test(head)) return 'iptables-save';
  if (/^\s*(?:flush ruleset|table (?:ip|ip6|inet|bridge|arp|netdev) |define )/m.test(head)) return 'nft-text';
  if (/^(?:ASA|PIX) Version |^: Saved|^\s*nameif /m.test(head)) return 'cisco-asa';
  if (/^(?:interface |ip access-list |access-list \d|hostname )/m.test(head)) return 'cisco-ios';
  return /^\s*(?:permit|deny)\s+(?:\d+|any)\s+\S+\/\d+\s+\d+-\d+\s/m.test(head) ? 'neutral' : undefined;
}

/** An export begins with the version; a part of one has menus with commands. */
const isRouterOs = (head: string): boolean =>
  /^# [^\n]*by RouterOS \d/m.test(head) ||
  (/^\/(?:ip|ipv6|interface|system|routing)\b/m.test(head) && /^(?:\/[^\n]* )?(?:add|set) /m.test(head));
/** The curly form begins its sections by themselves, the other with `set`. */
const isJunos = (head: string): boolean =>
  /^(?:set|deactivate) (?:version|system|security|interfaces|groups|routing-options|applications) /m.test(
    head,
  ) ||
  (/^(?:security|system|interfaces|groups) \{\s*$/m.test(head) && /[;{]\s*$/m.test(head));

/**
 * Reads a configuration in the format given, else in the one that it looks like. A located error means no firewall.
 * Codes: `format-mismatch`, and those of each reader.
 */
export function readFirewall(
  file: ConfigFile,
  format: ReadableFormat | undefined = detectConfig(file),
): Result<Firewall, readonly Problem[]> {
  if (format !== undefined) return readers[format](file);
  return fail([
    problem('format-mismatch', `${file.name} looks like no configuration that is read`, {
      at: { file: file.name, line: 1, column: 1 },
      hint: `say what it is with --as: ${readableFormats.join(', ')}`,
    }),
  ]);
}
