import { compareProblems, fail, ok, sha256, type Problem, type Result } from '@holdfast/kernel';
import type { ConfigFile, Firewall } from '../../model/firewall.ts';
import { checkPlaces, listChain } from '../access/access-list.ts';
import { Draft } from '../draft.ts';
import { configText } from '../text/config-lines.ts';
import { Reading } from '../text/reading.ts';
import { finderOf } from './interface-names.ts';
import { modelled, type IosInterface } from './interfaces.ts';
import { RouterConfig } from './router-config.ts';
import { filterSteps } from './filter-steps.ts';
import { translationsOf } from './translations.ts';

/**
 * Reads the configuration of a router or layer 3 switch with Cisco IOS or IOS XE, as `show running-config` prints it.
 *
 * A forwarded packet meets the inbound access list of its interface, translation, and the outbound one; one to the router
 * itself the inbound one. What no list covers passes. What is not modelled and may drop packets (zone-based firewall,
 * policy routing, IPsec, reverse-path checks) makes what it may touch unknown, and stands in `problems`.
 * Rule ids are `list/sequence`, or `list/line` where a list has no sequence numbers; `list/implicit-deny` is its end.
 * Codes: `value-invalid`, `reference-unknown`, `reference-kind`, `id-duplicate`, `format-mismatch`.
 * @see http://www.remoteaccess.org.ua/1587200732_ch12lev1sec3.html NAT Order of Operation
 */
export function readCiscoIos({ name, text }: ConfigFile): Result<Firewall, readonly Problem[]> {
  const reading = new Reading(name);
  const { blocks, openBanner } = configText(text, 'delimited');
  if (openBanner !== undefined)
    reading.error(reading.at(openBanner), 'the banner does not end', 'the file may be cut off');
  // What the device prints as a whole begins with such a line and closes with `end`; what people cut out of it has neither.
  const last = blocks.at(-1);
  if (last !== undefined && last.text !== 'end' && /^(?:Building|Current) configuration/im.test(text))
    reading.error(
      reading.at(last),
      'the configuration does not end',
      'the file was cut off: capture it again',
    );
  const foreign = blocks.find(({ text: line }) => /^(ASA|PIX) Version |^[{<#*]/.test(line));
  if (foreign !== undefined || blocks.length === 0)
    reading.error(
      foreign === undefined ? { file: name, line: 1, column: 1 } : reading.at(foreign),
      'this is no configuration of Cisco IOS',
      'give what show running-config prints',
      'format-mismatch',
    );
  if (reading.errors.length > 0) return fail(reading.errors);
  const config = new RouterConfig(reading);
  config.take(blocks);
  const draft = new Draft(reading, config.interfaces);
  for (const list of config.lists.all.values()) checkPlaces(list, reading);
  const translations = translationsOf(draft, {
    statements: config.statements,
    pools: config.pools,
    lists: config.lists.all,
    routeMaps: config.routeMaps,
    interfaces: config.interfaces,
    interfaceNamed: finderOf(config.interfaces),
  });
  const steps = filterSteps(draft, config, translations.elsewhere);
  for (const id of steps.lists) {
    const list = config.lists.all.get(id);
    if (list !== undefined) draft.add(listChain(list, reading));
  }
  if (reading.errors.length > 0) return fail(reading.errors.toSorted(compareProblems));
  const interfaces = config.interfaces.map((each) => modelled(each, reading));
  return ok({
    format: 'cisco-ios',
    file: name,
    sha256: sha256(text),
    ...(config.hostname === undefined ? {} : { hostname: config.hostname }),
    interfaceNames: draft.interfaceNames,
    interfaces,
    ...draft.carriers(interfaces.filter((_, index) => isRouted(config.interfaces[index]))),
    chains: draft.chains,
    steps: {
      prerouting: [],
      input: steps.input,
      forward: [...steps.before, ...translations.destination, ...translations.source, ...steps.after],
      output: [],
      postrouting: [],
    },
    routes: config.routes,
    problems: reading.notes.toSorted(compareProblems),
  });
}

/** Whether an interface routes: a switch port has no address, and its packets come in by the interface of their VLAN. */
const isRouted = (each: IosInterface | undefined): boolean =>
  each !== undefined && (each.addresses.length > 0 || each.hasUnknownAddress || each.applied.length > 0);
