import { compareProblems, fail, ok, problem, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { Chain, ConfigFile, Firewall, Rule } from '../model/firewall.ts';
import { Aliases } from './aliases.ts';
import { tellBeside } from './beside.ts';
import { builtInRules } from './built-in.ts';
import { chainRules, Ids } from './draft.ts';
import { writtenRules } from './filter.ts';
import { interfacesOf, Ports } from './interfaces.ts';
import { oneToOneRules } from './one-to-one.ts';
import { outboundRules } from './outbound.ts';
import { portForwards } from './port-forwards.ts';
import { Reading, type Product } from './reading.ts';
import { routesOf } from './routes.ts';
import type { Names } from './sides.ts';
import { childOf, readTree, textOf, type Element } from './xml-tree.ts';

/**
 * Reads the `config.xml` of OPNsense or pfSense; its first element says which. A located error means no firewall.
 *
 * Both products write rules for pf, which meets a packet twice: `in` on the interface that it comes in by, behind the
 * translation of its destination (`rdr`), and `out` on the one that it leaves by, behind that of its source (`nat`). Hook
 * `forward` has what lies between the two translations of a destination: `in`, `nat`, `out`.
 * A packet of a connection that passed is passed by pf's state table before any rule; of state `new` are UDP, ICMP and
 * others of no connection, and TCP packets that open one (SYN without ACK); TCP packets of no connection are `invalid`.
 *
 * Interfaces are named by their devices (`igb1`), with their descriptions as zones. Text that may be a secret is not read.
 * Codes: `xml-syntax`, `file-too-large`, `format-mismatch`, `value-invalid`, `reference-unknown`; what is not modelled is
 * told as `import-partial` among the firewall's problems.
 * @see https://man.freebsd.org/cgi/man.cgi?query=pf.conf&sektion=5
 * @see https://docs.opnsense.org/manual/firewall.html
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/index.html
 */
export function readSense(file: ConfigFile): Result<Firewall, readonly Problem[]> {
  const tree = readTree(file);
  if (tree.kind === 'error') return fail([tree.error]);
  const root = tree.value;
  const product = productOf(root);
  if (!product)
    return fail([
      problem('format-mismatch', `the first element is '${root.name}'`, {
        hint: "a configuration of OPNsense begins with 'opnsense', one of pfSense with 'pfsense'",
        at: root.at,
      }),
    ]);
  const reading = new Reading(product);
  const ports = new Ports(root, reading);
  const names: Names = { ports, aliases: new Aliases(root, ports, reading), reading };
  const firewall = firewallOf(file, root, names);
  return reading.errors.length > 0 ? fail(reading.errors.toSorted(compareProblems)) : ok(firewall);
}

const productOf = ({ name }: Element): Product | undefined =>
  name === 'opnsense' || name === 'pfsense' ? name : undefined;

function firewallOf(file: ConfigFile, root: Element, names: Names): Firewall {
  const { ports, reading } = names;
  if (!childOf(root, 'interfaces'))
    reading.invalid('the configuration has no interfaces', root.at, 'export it whole');
  const off = childOf(childOf(root, 'system'), 'disablefilter');
  const rules = off ? { rdr: [], in: [], nat: [], out: [] } : rulesOf(root, names);
  const at = off?.at ?? root.at;
  const text = off
    ? 'the packet filter is off: all passes'
    : 'what no rule matches passes; a built-in rule matches all';
  const chain = (id: string): [string, Chain] => [
    id,
    { id, rules: rules[id as keyof typeof rules], policy: 'accept', source: { id, at, text } },
  ];
  tellBeside(root, reading);
  const hostname = [textOf(childOf(root, 'system'), 'hostname'), textOf(childOf(root, 'system'), 'domain')]
    .filter((each) => each !== '')
    .join('.');
  return {
    format: reading.product,
    file: file.name,
    sha256: sha256(file.text),
    ...(hostname === '' ? {} : { hostname }),
    interfaceNames: ports.names,
    interfaces: interfacesOf(ports, root),
    carriers: ports.carriers,
    chains: new Map(['rdr', 'in', 'nat', 'out'].map(chain)),
    steps: {
      prerouting: [{ kind: 'nat', chain: 'rdr' }],
      input: [{ kind: 'filter', chain: 'in' }],
      forward: [
        { kind: 'filter', chain: 'in' },
        { kind: 'nat', chain: 'nat' },
        { kind: 'filter', chain: 'out' },
      ],
      output: [
        { kind: 'nat', chain: 'nat' },
        { kind: 'filter', chain: 'out' },
      ],
      postrouting: [],
    },
    routes: routesOf(root, names),
    problems: reading.notes.toSorted(compareProblems),
  };
}

function rulesOf(
  root: Element,
  names: Names,
): Readonly<Record<'rdr' | 'in' | 'nat' | 'out', readonly Rule[]>> {
  const ids = new Ids();
  const forwards = portForwards(root, names, ids);
  const both = oneToOneRules(root, names, ids);
  const drafts = [...builtInRules(root, names), ...writtenRules(root, names), ...forwards.filters];
  return {
    rdr: [...forwards.rules, ...both.rdr],
    in: [stateTable('in', root), ...chainRules(drafts, 'in', ids)],
    nat: [...both.nat, ...outboundRules(root, names, ids)],
    out: [stateTable('out', root), ...chainRules(drafts, 'out', ids)],
  };
}

/** A packet of a connection that passed meets no rule. */
const stateTable = (chain: string, { at }: Element): Rule => ({
  source: {
    id: `${chain}/built-in/state-table`,
    at,
    text: 'built in: pass packets of connections that passed',
  },
  clauses: [{ state: [{ low: 1n, high: 2n }] }],
  unmodelled: [],
  action: { kind: 'accept' },
});
