import type { Clause, Rule, Step } from '../../model/firewall.ts';
import { family } from '../../model/address.ts';
import { only, subtract, type IntervalSet } from '../../model/interval.ts';
import { greatest } from '../../model/packet.ts';
import type { Draft } from '../draft.ts';
import type { RouterConfig } from './router-config.ts';
import { spoiledBy, type Applied, type IosInterface, type Spoiler } from './interfaces.ts';

/** The steps of a router that filter, around those that translate. */
export interface FilterSteps {
  readonly input: readonly Step[];
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  /** The access lists that the steps jump to. */
  readonly lists: ReadonlySet<string>;
}

/** Makes the steps. `elsewhere` are the rules of what is translated, and so never for the router itself. */
export function filterSteps(draft: Draft, config: RouterConfig, elsewhere: readonly Rule[]): FilterSteps {
  const applied = config.interfaces.flatMap((made) => made.applied.map((each) => ({ made, each })));
  const lists = new Set<string>();
  const rules = (side: 'in' | 'out'): readonly Rule[] =>
    applied
      .filter(({ each }) => each.side === side)
      .flatMap(({ made, each }) => appliedRule(draft, config, made, each, lists));
  const spoiled = spoilingRules(draft, config);
  const inward = draft.step('forward/in', rules('in'));
  return {
    input: [
      ...draft.step('input/shutdown', shutRules(draft, config, ['iif'])),
      ...inward,
      ...draft.step('input/translated', elsewhere),
      ...draft.step('input/unmodelled', [
        ...spoiled.filter(({ side }) => side !== 'out').map(({ input }) => input),
        ...loginRules(draft, config),
      ]),
    ],
    before: [
      ...draft.step('forward/shutdown', shutRules(draft, config, ['iif', 'oif'])),
      ...inward,
      ...draft.step('forward/unmodelled', [
        ...spoiled.map(({ forward }) => forward),
        ...tableRules(draft, config),
      ]),
    ],
    after: draft.step('forward/out', rules('out')),
    lists,
  };
}

/** What comes in by an interface, or leaves by it, and is of the family that the list filters, meets the list. */
function appliedRule(
  draft: Draft,
  config: RouterConfig,
  made: IosInterface,
  applied: Applied,
  lists: Set<string>,
): readonly Rule[] {
  const { reading } = draft;
  const list = config.lists.all.get(applied.list);
  if (list === undefined || list.entries.length === 0) {
    reading.note(
      applied.at,
      `access list ${applied.list} ${list === undefined ? 'does not exist' : 'has no entries'}: it lets everything pass`,
    );
    return [];
  }
  if (list.family !== applied.family) {
    reading.error(
      applied.at,
      `access list ${applied.list} is not for ${applied.family === 'ipv4' ? 'IPv4' : 'IPv6'}`,
      undefined,
      'reference-kind',
    );
    return [];
  }
  lists.add(list.name);
  const addresses = [family[applied.family]];
  const id = `${made.name}/${applied.family}-${applied.side}`;
  if (made.isSwitchport) return [onPort(draft, config, made, applied)];
  const clause: Clause = {
    [applied.side === 'in' ? 'iif' : 'oif']: draft.numbers(made.name),
    src: addresses,
    dst: addresses,
  };
  return [draft.rule(id, applied.line, [clause], { kind: 'jump', chain: list.name })];
}

/** A list on a port of a switch filters what the VLAN interfaces forward, but not all of it. */
function onPort(draft: Draft, config: RouterConfig, made: IosInterface, applied: Applied): Rule {
  const why = draft.reading.note(
    applied.at,
    'an access list on a port of a switch is not modelled: it may drop packets of its VLANs',
  );
  const vlans = draft.numbers(
    ...config.interfaces.filter(({ name }) => /^vlan/i.test(name)).map(({ name }) => name),
  );
  const clause: Clause = { [applied.side === 'in' ? 'iif' : 'oif']: vlans };
  return draft.rule(
    `${made.name}/${applied.family}-${applied.side}`,
    applied.line,
    vlans.length === 0 ? [] : [clause],
    { kind: 'drop' },
    [why],
  );
}

function shutRules(draft: Draft, config: RouterConfig, axes: readonly ('iif' | 'oif')[]): readonly Rule[] {
  return config.interfaces.flatMap(({ name, shutdown }) =>
    shutdown === undefined
      ? []
      : [
          draft.rule(
            `${name}/shutdown`,
            shutdown,
            axes.map((axis) => ({ [axis]: draft.numbers(name) })),
            { kind: 'drop' },
          ),
        ],
  );
}

interface Spoiling {
  readonly side: Spoiler['side'];
  readonly forward: Rule;
  readonly input: Rule;
}

/** Rules of what may drop packets, nobody knows which. */
function spoilingRules(draft: Draft, config: RouterConfig): readonly Spoiling[] {
  const { reading } = draft;
  const make = (names: readonly string[], owner: string, { side, line, why }: Spoiler): Spoiling => {
    const numbers = draft.numbers(...names);
    const sides = side === 'both' ? (['iif', 'oif'] as const) : ([side === 'in' ? 'iif' : 'oif'] as const);
    const clauses = numbers.length === 0 ? [] : sides.map((axis) => ({ [axis]: numbers }));
    const id = `${owner}/${line.number}`;
    return {
      side,
      forward: draft.rule(id, line, clauses, { kind: 'drop' }, [why]),
      input: draft.rule(id, line, numbers.length === 0 ? [] : [{ iif: numbers }], { kind: 'drop' }, [why]),
    };
  };
  const vlans = config.interfaces.map(({ name }) => name).filter((name) => /^vlan/i.test(name));
  return [
    ...config.interfaces.flatMap((made) => {
      const policies = made.policies.filter(
        ({ name }) => config.dropping.has(name) || !config.policies.has(name),
      );
      const spoilers = policies.map(({ side, line }) => ({
        side,
        line,
        why: spoiledBy(line, reading, reading.at(line)),
      }));
      const zone = made.zone === undefined ? [] : [zoneSpoiler(draft, made.zone)];
      return [...made.spoilers, ...spoilers, ...zone].map((each) => make([made.name], made.name, each));
    }),
    ...config.vlanFilters.map((line) =>
      make(vlans, 'vlan', { side: 'both', line, why: spoiledBy(line, reading, reading.at(line)) }),
    ),
  ];
}

function zoneSpoiler({ reading }: Draft, { name, line }: NonNullable<IosInterface['zone']>): Spoiler {
  return {
    side: 'both',
    line,
    why: reading.note(
      reading.at(line),
      `the zone-based firewall is not modelled: what passes zone ${name} is not known`,
    ),
  };
}

/** What comes in on one routing table leaves on another only where routes leak. */
function tableRules(draft: Draft, { interfaces }: RouterConfig): readonly Rule[] {
  const tables = Map.groupBy(interfaces, ({ vrf }) => vrf);
  if (tables.size < 2) return [];
  const named: IntervalSet = draft.numbers(...interfaces.map(({ name }) => name));
  return [...tables].flatMap(([vrf, members]) => {
    const [first] = members;
    if (first === undefined) return [];
    const own = draft.numbers(...members.map(({ name }) => name));
    const others = subtract(named, own);
    const table = vrf === undefined ? 'the global table' : `table ${vrf}`;
    const why = draft.reading.note(
      draft.reading.at(first.block),
      `whether routes leak out of ${table} is not modelled`,
    );
    return [
      draft.rule(`vrf/${vrf ?? 'global'}`, first.block, [{ iif: own, oif: others }], { kind: 'drop' }, [why]),
    ];
  });
}

/** Logins to the router itself by Telnet and SSH. */
function loginRules(draft: Draft, { logins }: RouterConfig): readonly Rule[] {
  return logins.map((line) => {
    const why = draft.reading.note(draft.reading.at(line), 'who may log in is not modelled');
    const clause: Clause = {
      protocol: only(6n),
      dport: [{ low: 22n, high: 23n }],
      oif: [{ low: 0n, high: greatest.oif }],
    };
    return draft.rule(`line/${line.number}`, line, [clause], { kind: 'drop' }, [why]);
  });
}
