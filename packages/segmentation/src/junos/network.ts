import type { Reading } from '../cisco/text/reading.ts';
import type { ConfigLine } from '../cisco/text/config-lines.ts';
import { prefixOf } from '../model/address.ts';
import type { Interface } from '../model/firewall.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import type { Statement } from './statement.ts';

/** A logical interface. */
export interface Unit {
  readonly name: string;
  readonly line: ConfigLine;
  /** Its statement among the interfaces; none where only a zone names it. */
  readonly statement: Statement | undefined;
  readonly isDisabled: boolean;
}

/** A security zone. */
export interface Zone {
  readonly name: string;
  readonly statement: Statement;
  readonly interfaces: readonly string[];
}

/** Logical interfaces, zones and routing instances, and the numbers of interfaces on the axes. */
export class Network {
  readonly units: readonly Unit[];
  readonly zones: readonly Zone[];
  readonly instances: readonly Statement[];
  readonly #numbers: ReadonlyMap<string, bigint>;
  readonly #reading: Reading;

  constructor(root: Statement, reading: Reading) {
    this.#reading = reading;
    const units = new Map(unitsOf(root).map((unit) => [unit.name, unit]));
    this.zones = root.below('security', 'zones', 'security-zone').map((statement) => ({
      name: statement.word,
      statement,
      interfaces: membersOf(statement, units, reading),
    }));
    this.units = [...units.values()];
    this.instances = root.below('routing-instances');
    this.#numbers = new Map(this.units.map(({ name }, index) => [name, BigInt(index + 1)]));
  }

  get names(): readonly string[] {
    return ['', ...this.units.map(({ name }) => name)];
  }

  numbers(names: readonly string[]): IntervalSet {
    return intervalSet(
      names.flatMap((name) => {
        const number = this.#numbers.get(full(name));
        return number === undefined ? [] : [{ low: number, high: number }];
      }),
    );
  }

  zone(name: string): Zone | undefined {
    return this.zones.find((zone) => zone.name === name);
  }

  /** The interfaces of a zone. One that is not there is told. */
  ofZone(name: string, line: ConfigLine): IntervalSet {
    const zone = this.zone(name);
    if (zone !== undefined) return this.numbers(zone.interfaces);
    this.#reading.error(this.#reading.at(line), `there is no zone ${name}`, undefined, 'reference-unknown');
    return [];
  }

  /** All interfaces that are in a zone. */
  get zoned(): IntervalSet {
    return this.numbers(this.zones.flatMap(({ interfaces }) => interfaces));
  }

  /** The interfaces of a routing instance. */
  ofInstance(name: string, line: ConfigLine): IntervalSet {
    const instance = this.instances.find(({ word }) => word === name);
    if (instance !== undefined) return this.numbers(instance.at('interface')?.words ?? []);
    if (name === 'default') {
      const others = new Set(this.instances.flatMap((each) => (each.at('interface')?.words ?? []).map(full)));
      return this.numbers(this.units.map((unit) => unit.name).filter((unit) => !others.has(unit)));
    }
    this.#reading.error(
      this.#reading.at(line),
      `there is no routing instance ${name}`,
      undefined,
      'reference-unknown',
    );
    return [];
  }

  /** An interface as others are told of it. */
  interfaceOf(unit: Unit): Interface {
    const zone = this.zones.find(({ interfaces }) => interfaces.includes(unit.name));
    const instance = this.instances.find((each) => each.at('interface')?.words.map(full).includes(unit.name));
    const vlan = unit.statement?.value('vlan-id') ?? '';
    return {
      name: unit.name,
      addresses: addressesOf(unit, this.#reading),
      ...(zone === undefined ? {} : { zone: zone.name }),
      ...(/^[1-9]\d{0,3}$/.test(vlan) ? { vlan: Number(vlan) } : {}),
      ...(instance === undefined ? {} : { vrf: instance.word }),
      ...(unit.isDisabled ? { shutdown: true } : {}),
      at: this.#reading.at(unit.line),
    };
  }
}

/** An interface without a unit stands for unit 0. */
const full = (name: string): string => (/\.\d+$/.test(name) ? name : `${name}.0`);

function unitsOf(root: Statement): readonly Unit[] {
  return root
    .below('interfaces')
    .filter(({ word }) => word !== 'interface-range' && word !== 'apply-groups' && word !== 'traceoptions')
    .flatMap((device) =>
      device.below('unit').map((statement) => ({
        name: `${device.word}.${statement.word}`,
        line: statement.line,
        statement,
        isDisabled: device.has('disable') || statement.has('disable'),
      })),
    );
}

function membersOf(zone: Statement, units: Map<string, Unit>, reading: Reading): readonly string[] {
  return zone.below('interfaces').flatMap(({ word, line }) => {
    if (word === 'all') {
      reading.note(
        reading.at(line),
        "'interfaces all' is read as the interfaces that the configuration names",
      );
      return [...units.keys()];
    }
    const name = full(word);
    if (!units.has(name)) units.set(name, { name, line, statement: undefined, isDisabled: false });
    return [name];
  });
}

function addressesOf({ statement }: Unit, reading: Reading): readonly string[] {
  return ['inet', 'inet6'].flatMap((family) =>
    (statement?.below('family', family, 'address') ?? []).flatMap(({ word, line }) => {
      if (prefixOf(word) !== undefined)
        return [word.includes('/') ? word : `${word}/${word.includes(':') ? 128 : 32}`];
      reading.error(
        reading.at(line),
        `'${word.slice(0, 60)}' is no address with a prefix`,
        'for example 10.0.0.1/24',
      );
      return [];
    }),
  );
}
