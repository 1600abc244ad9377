import { compareProblems, fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigFile, Firewall } from '../model/firewall.ts';
import { firewallOf } from '../netfilter/lowering/firewall-of.ts';
import { chainOf, priorities, setOf, tableOf, type Ruleset, type TableText } from '../netfilter/ruleset.ts';
import { fault, reading } from '../netfilter/syntax-fault.ts';
import { commandsOf, type Command } from './export-text.ts';
import { addresses } from './rule-matches.ts';
import { interfacesOf, routesOf } from './network.ts';
import { RouterLists } from './router-lists.ts';
import { statementsOf, type Translated } from './rule-statements.ts';
import { besides, droppers } from './what-else.ts';

/** The chains of each table that packets come into by themselves, with their hook. */
const builtIn: Readonly<Record<string, readonly (readonly [chain: string, hook: string])[]>> = {
  raw: [
    ['prerouting', 'prerouting'],
    ['output', 'output'],
  ],
  mangle: ['prerouting', 'input', 'forward', 'output', 'postrouting'].map((each) => [each, each] as const),
  nat: [
    ['dstnat', 'prerouting'],
    ['srcnat', 'postrouting'],
    ['input', 'input'],
    ['output', 'output'],
  ],
  filter: ['input', 'forward', 'output'].map((each) => [each, each] as const),
};

const families = { '/ip firewall': 'ip', '/ipv6 firewall': 'ip6' } as const;

/**
 * Reads what `/export` of a MikroTik router prints, whole or of its firewall alone.
 *
 * RouterOS filters as Linux does: raw, tracking, mangle, dstnat, filter, srcnat; what no rule of a built-in chain matches
 * is accepted. Rules that are disabled are left out. Whether a connection was translated (`connection-nat-state`) is known
 * for packets to addresses that no dst-nat rule gives, and unknown for others. A fasttracked packet passes all later
 * rules or meets them, so that its fate is known where these accept it. Rule ids are `table/chain/line`.
 * Codes: `format-mismatch`, `value-invalid`, `reference-unknown`.
 * @see https://help.mikrotik.com/docs/spaces/ROS/pages/328227/Packet+Flow+in+RouterOS
 */
export function readRouterOs(file: ConfigFile): Result<Firewall, readonly Problem[]> {
  const read = reading(() => {
    const commands = commandsOf(file.name, file.text);
    const at = { file: file.name, line: 1, column: 1 };
    if (!commands.some(({ menu }) => /^\/(?:ip|ipv6|interface|system|routing)\b/.test(menu)))
      fault(at, 'this is no export of RouterOS', 'take what /export prints');
    const interfaces = interfacesOf(commands);
    return {
      commands,
      interfaces,
      routes: routesOf(commands, interfaces),
      ruleset: rulesetOf(commands, file.name),
    };
  });
  if (read.kind === 'error') return fail(read.error);
  const { commands, interfaces, routes, ruleset } = read.value;
  const names = interfaces.map(({ name }) => name);
  const firewall = firewallOf('routeros', file, ruleset, names);
  if (firewall.kind === 'error') return firewall;
  const hostname = commands.find(({ menu }) => menu === '/system identity')?.parameters.get('name');
  const notes = besides(commands).map(({ at, message }) => problem('import-partial', message, { at }));
  return ok({
    ...firewall.value,
    ...(hostname === undefined ? {} : { hostname }),
    interfaces,
    routes,
    problems: [...firewall.value.problems, ...notes].toSorted(compareProblems),
  });
}

function rulesetOf(commands: readonly Command[], file: string): Ruleset {
  const ruleset: Ruleset = new Map();
  const lists = new RouterLists(commands);
  for (const [menu, family] of Object.entries(families)) {
    const own = commands.filter((each) => each.menu.startsWith(menu) && each.verb === 'add');
    if (own.length === 0 && family === 'ip6') continue;
    const rules = own.filter(({ parameters }) => parameters.get('disabled') !== 'yes');
    for (const [name, chains] of Object.entries(builtIn)) {
      const table = tableOf(ruleset, family, name, { file, line: 1, column: 1 });
      for (const [chain, hook] of chains) {
        const of = chainOf(table, chain, table.at, `what no rule of ${name} ${chain} matches is accepted`);
        of.base = { type: name === 'nat' ? 'nat' : 'filter', hook, priority: priorityOf(name, hook) };
        of.policy = 'accept';
      }
      addLists(table, rules, menu);
      const translated = translatedBy(rules, menu);
      for (const each of rules) {
        if (each.menu === `${menu} ${name}`) addRule(table, each, family, lists, translated);
      }
    }
    for (const { table: name, chain, at, text, statements } of droppers(commands, family)) {
      const of = tableOf(ruleset, family, name, at).chains.get(chain);
      of?.rules.unshift({ at, text, statements });
    }
  }
  return ruleset;
}

function priorityOf(table: string, hook: string): number {
  if (table !== 'nat') return priorities.get(table) ?? 0;
  return priorities.get(hook === 'prerouting' || hook === 'output' ? 'dstnat' : 'srcnat') ?? 0;
}

function addRule(
  table: TableText,
  command: Command,
  family: 'ip' | 'ip6',
  lists: RouterLists,
  translated: Translated,
): void {
  const { parameters, at, text } = command;
  const name = parameters.get('chain');
  if (name === undefined) return fault(at, 'a rule without a chain', 'add chain=forward', 'value-invalid');
  const chain = chainOf(table, name, at, text);
  const target = parameters.get('jump-target');
  // A chain that nobody wrote a rule for is one that comes back.
  if (parameters.get('action') === 'jump' && target !== undefined) chainOf(table, target, at, text);
  statementsOf(command, table.name, family, lists, translated).forEach((statements, index) => {
    chain.rules.push({ at: { ...at, column: at.column + index }, text, statements });
  });
  return undefined;
}

/** Address lists as sets; one that is only ever filled while the router runs is not known. */
function addLists(table: TableText, rules: readonly Command[], menu: string): void {
  for (const { parameters } of rules) {
    for (const key of ['src-address-list', 'dst-address-list', 'address-list'] as const) {
      const name = parameters.get(key)?.replace(/^!/, '');
      if (name !== undefined && !table.sets.has(name)) setOf(table, name).isVarying = true;
    }
  }
  for (const each of rules) {
    const { parameters, at } = each;
    if (each.menu !== `${menu} address-list`) continue;
    const [name, address] = [parameters.get('list'), parameters.get('address')];
    if (name === undefined || address === undefined)
      return fault(at, 'an entry of an address list without list or address', undefined, 'value-invalid');
    const set = setOf(table, name);
    if (set.elements.length === 0) set.isVarying = false;
    // A name is looked up while the router runs, and an entry with a timeout goes.
    const isVarying = !/^[\da-f:.]+(?:[/-][\da-f:.]+)?$/i.test(address) || parameters.has('timeout');
    set.elements.push({ key: addresses(address), ...(isVarying ? { isVarying } : {}) });
  }
  return undefined;
}

function translatedBy(rules: readonly Command[], menu: string): Translated {
  const gives: ReadonlySet<string> = new Set(['dst-nat', 'redirect', 'netmap', 'same']);
  const translations = rules.filter(
    (each) =>
      each.menu === `${menu} nat` &&
      each.parameters.get('chain') !== 'srcnat' &&
      gives.has(each.parameters.get('action') ?? ''),
  );
  const known = (of: readonly Command[]): readonly string[] | undefined => {
    const to = of.map(({ parameters }) => parameters.get('to-addresses'));
    return to.includes(undefined) ? undefined : to.flatMap((each) => each ?? []);
  };
  const moved = translations.filter(({ parameters }) => parameters.get('action') !== 'redirect');
  return { destinations: known(translations), forwarded: known(moved) };
}
