import { fail, ok, problem, sha256, type Problem, type Result } from '@holdfast/kernel';
import { Reading } from '../cisco/text/reading.ts';
import type { ConfigFile, Firewall, Rule } from '../model/firewall.ts';
import { Chains } from '../zoned/chains.ts';
import { told } from '../zoned/told.ts';
import { tellBeside } from './beside.ts';
import { readCurlyForm } from './curly-form.ts';
import { destinationRules, staticsOf } from './destination-nat.ts';
import { interfaceFilters, ownFilters } from './filters.ts';
import { expandGroups } from './groups.ts';
import { hostRules } from './host-inbound.ts';
import { Objects } from './objects.ts';
import { routesOf } from './routes.ts';
import { readSetForm } from './set-form.ts';
import { sourceRules } from './source-nat.ts';
import { Statement } from './statement.ts';
import { transitRules } from './transit.ts';

/**
 * Reads the configuration of a Juniper SRX, as `show configuration` prints it, in braces or with `display set`.
 *
 * Hook `forward` has the whole way of a packet: the filter of the interface, static and destination translation, policies,
 * source translation, the filter on the way out. Policies see destinations behind their translation and sources before
 * theirs. Interfaces go by their units, with their zones.
 * Rule ids are `ZONE-to-ZONE/POLICY`, `global/POLICY`, `default-policy`, `filter/inet/FILTER/TERM`.
 * Codes: `value-invalid`, `reference-unknown`, `format-mismatch`; what is not modelled is `import-partial` among the problems.
 * @see https://majornetwork.net/2015/02/juniper-srx-traffic-processing
 * @see https://www.juniper.net/documentation/software/junos-security/junos-security10.3/junos-security-swconfig-security/topic-42821.html
 */
export function readJunosSrx({ name, text }: ConfigFile): Result<Firewall, readonly Problem[]> {
  const reading = new Reading(name);
  const root = new Statement('', { number: 1, indent: 0, text: '', words: [] });
  if (isSetForm(text)) readSetForm(text, root, reading);
  else readCurlyForm(text, root, reading);
  root.prune();
  if (!root.has('security') && !root.has('groups')) return foreign(name);
  if (reading.errors.length > 0) return fail(told(reading.errors));
  expandGroups(root, reading);
  // Without zones or policies nothing would pass, which is true of no device that a part of a configuration is from.
  if (root.at('security', 'zones') === undefined || root.at('security', 'policies') === undefined)
    return foreign(name);
  const firewall = firewallOf({ name, text }, root, reading);
  return reading.errors.length > 0 ? fail(told(reading.errors)) : ok(firewall);
}

const foreign = (file: string): Result<never, readonly Problem[]> =>
  fail([
    problem('format-mismatch', 'this is no configuration of a Juniper SRX: it has no zones or no policies', {
      hint: 'give what show configuration prints, or show configuration | display set',
      at: { file, line: 1, column: 1 },
    }),
  ]);

/** Whether more lines begin with `set` than end with a brace. */
function isSetForm(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/^[ \t]*(?:set|deactivate)[ \t]/gm) > count(/\{[ \t\r]*$/gm);
}

function firewallOf({ name, text }: ConfigFile, root: Statement, reading: Reading): Firewall {
  const objects = new Objects(root, reading);
  const chains = new Chains(reading);
  const start = (root.at('security') ?? root).line;
  const hostname = root.value('system', 'host-name');
  const opaque: Rule[] = [];
  const statics = staticsOf(objects, opaque, chains);
  const before = interfaceFilters(objects, 'input', chains);
  const forward = [
    ...chains.step('filter/input', before, 'filter', 'accept'),
    ...chains.step('nat/destination', destinationRules(objects, statics, opaque, chains), 'nat', 'accept'),
    ...chains.step(
      'policies',
      [...tellBeside(objects, start, chains), ...transitRules(objects, start, chains)],
      'filter',
      'drop',
    ),
    ...chains.step('nat/source', sourceRules(objects, statics, chains), 'nat', 'accept'),
    ...chains.step('filter/output', interfaceFilters(objects, 'output', chains), 'filter', 'accept'),
  ];
  const input = [
    ...(before.length === 0 ? [] : [{ kind: 'filter', chain: 'filter/input' } as const]),
    ...chains.step('filter/own', ownFilters(objects, chains), 'filter', 'accept'),
    ...chains.step('input', hostRules(objects, start, chains), 'filter', 'drop'),
  ];
  return {
    format: 'junos-srx',
    file: name,
    sha256: sha256(text),
    ...(hostname === undefined ? {} : { hostname }),
    interfaceNames: objects.network.names,
    interfaces: objects.network.units.map((unit) => objects.network.interfaceOf(unit)),
    chains: chains.all,
    steps: { prerouting: [], input, forward, output: [], postrouting: [] },
    routes: routesOf(objects),
    problems: told(reading.notes),
  };
}
