import type { Clause, Rule, Step } from '../../model/firewall.ts';
import { only } from '../../model/interval.ts';
import { entryRules, type AccessList } from '../access/access-list.ts';
import type { Draft } from '../draft.ts';
import type { AsaConfig } from './asa-config.ts';

/**
 * The filters of an ASA. Packets of a connection that stands pass; a packet that opens one meets the access list of the
 * interface it comes in by, then the global one, then a denial; where there is neither, it passes from a higher security
 * level to a lower one; in the end it meets the list of the interface that it leaves by.
 * @see https://manualsdump.com/en/manuals/cisco_systems-asa_5500-asa5515k9/121452/672 Configuring Access Rules
 */
export function asaFilterSteps(draft: Draft, config: AsaConfig): readonly Step[] {
  const denials = new Set<string>();
  return [
    ...draft.step('forward/interfaces', interfaceRules(draft, config)),
    ...draft.step('forward/in', inwardRules(draft, config, denials), 'filter', 'drop'),
    ...draft.step('forward/out', outwardRules(draft, config, denials)),
  ];
}

/** Packets of a connection that stands, or belongs to one, are not asked again. */
const standing = [{ low: 1n, high: 2n }];

function outwardRules(draft: Draft, { groups }: AsaConfig, denials: Set<string>): readonly Rule[] {
  return groups
    .filter(({ side }) => side === 'out')
    .flatMap(({ interfaceName, list, line }) => {
      jumpTo(draft, list);
      const clauses = [{ oif: draft.numbers(interfaceName), state: only(0n) }];
      const id = denialOf(list, `out-${interfaceName}`, denials);
      return [
        draft.rule(`${interfaceName}/access-group-out`, line, clauses, { kind: 'jump', chain: list.name }),
        draft.rule(id, list.line, clauses, { kind: 'drop' }),
      ];
    });
}

/** The id of the end of a list; where the list is applied again, with the place. */
function denialOf({ name }: AccessList, place: string, denials: Set<string>): string {
  const id = denials.has(name) ? `${name}/implicit-deny-${place}` : `${name}/implicit-deny`;
  denials.add(name);
  return id;
}

/** What no access list can let pass. */
function interfaceRules(draft: Draft, config: AsaConfig): readonly Rule[] {
  const { interfaces, sameLevel, hairpin, reversePath, start } = config;
  const rules = [
    draft.rule('connection/invalid', start, [{ state: [{ low: 3n, high: 4n }] }], { kind: 'drop' }),
  ];
  for (const { name, line } of reversePath) {
    const why = draft.reading.note(
      draft.reading.at(line),
      `'${line.text}' is not modelled: it may drop packets`,
    );
    rules.push(
      draft.rule(`${name}/reverse-path`, line, [{ iif: draft.numbers(name) }], { kind: 'drop' }, [why]),
    );
  }
  const both = (name: string): readonly Clause[] => [
    { iif: draft.numbers(name) },
    { oif: draft.numbers(name) },
  ];
  for (const { name, shutdown, managementOnly, levelLine, level } of interfaces) {
    if (shutdown !== undefined)
      rules.push(draft.rule(`${name}/shutdown`, shutdown, both(name), { kind: 'drop' }));
    if (managementOnly !== undefined)
      rules.push(draft.rule(`${name}/management-only`, managementOnly, both(name), { kind: 'drop' }));
    const own = draft.numbers(name);
    if (!hairpin)
      rules.push(
        draft.rule(`${name}/intra-interface`, levelLine, [{ iif: own, oif: own }], { kind: 'drop' }),
      );
    const peers = interfaces
      .filter((other) => other.name !== name && other.level === level)
      .map((other) => other.name);
    if (!sameLevel && peers.length > 0)
      rules.push(
        draft.rule(`${name}/inter-interface`, levelLine, [{ iif: own, oif: draft.numbers(...peers) }], {
          kind: 'drop',
        }),
      );
  }
  return rules;
}

function inwardRules(draft: Draft, config: AsaConfig, denials: Set<string>): readonly Rule[] {
  const global = config.groups.find(({ side }) => side === 'global');
  const rules: Rule[] = [
    draft.rule('connection/standing', config.start, [{ state: standing }], { kind: 'accept' }),
  ];
  for (const made of config.interfaces) {
    const own = draft.numbers(made.name);
    const group = config.groups.find(
      ({ side, interfaceName }) => side === 'in' && interfaceName === made.name,
    );
    for (const each of [group, global]) {
      if (each === undefined) continue;
      jumpTo(draft, each.list);
      rules.push(
        draft.rule(`${made.name}/access-group-${each.side}`, each.line, [{ iif: own }], {
          kind: 'jump',
          chain: each.list.name,
        }),
      );
    }
    const last = global ?? group;
    if (last !== undefined) {
      rules.push(
        draft.rule(denialOf(last.list, made.name, denials), last.list.line, [{ iif: own }], { kind: 'drop' }),
      );
      continue;
    }
    const lower = config.interfaces.filter(
      ({ level }) => level < made.level || (config.sameLevel && level === made.level),
    );
    rules.push(
      draft.rule(
        `${made.name}/security-level`,
        made.levelLine,
        [{ iif: own, oif: draft.numbers(...lower.map(({ name }) => name)) }],
        { kind: 'accept' },
      ),
      draft.rule(`${made.name}/implicit-deny`, made.levelLine, [{ iif: own }], { kind: 'drop' }),
    );
  }
  return rules;
}

/** A list as a chain that falls through where no entry matches; who jumps to it says what comes then. */
function jumpTo(draft: Draft, list: AccessList): void {
  const chain = list.name;
  if (draft.chains.has(chain)) return;
  draft.add({
    id: chain,
    rules: entryRules(list, draft.reading, chain),
    source: { id: chain, at: draft.reading.at(list.line), text: list.line.text },
  });
}
