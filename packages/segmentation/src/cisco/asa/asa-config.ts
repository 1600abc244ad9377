import type { Route } from '../../model/firewall.ts';
import { addressOf, spellPrefixes } from '../../model/address.ts';
import { readExtendedEntry, readStandardEntry } from '../access/access-entry.ts';
import type { AccessList } from '../access/access-list.ts';
import type { Known } from '../access/matching.ts';
import { Objects } from '../access/objects.ts';
import type { Block, ConfigLine } from '../text/config-lines.ts';
import type { Reading } from '../text/reading.ts';
import { ipv4Of, maskedSet } from '../text/wildcard.ts';
import { inertAsa } from './inert-asa-commands.ts';
import { readAsaInterface, type AsaInterface } from './interfaces.ts';

/** An access list applied: to what comes in by an interface, goes out by it, or to all that comes in. */
export interface AccessGroup {
  readonly side: 'in' | 'out' | 'global';
  readonly interfaceName: string;
  readonly list: AccessList;
  readonly line: ConfigLine;
}

/** What the configuration of an ASA says, command by command. */
export class AsaConfig {
  readonly reading: Reading;
  readonly objects: Objects;
  readonly start: ConfigLine;
  readonly interfaces: AsaInterface[] = [];
  readonly lists = new Map<string, AccessList>();
  readonly groups: AccessGroup[] = [];
  readonly routes: Route[] = [];
  /** Translation rules of their own, in their order. */
  readonly twice: ConfigLine[] = [];
  /** Translations of a network object, with its name. */
  readonly ofObjects: { readonly name: string; readonly line: ConfigLine }[] = [];
  /** Interfaces that let nothing in that would not leave by them. */
  readonly reversePath: { readonly name: string; readonly line: ConfigLine }[] = [];
  sameLevel = false;
  hairpin = false;
  hostname: string | undefined;

  constructor(reading: Reading, blocks: readonly Block[]) {
    this.reading = reading;
    this.start = blocks[0] ?? { number: 1, indent: 0, text: '', words: [] };
    const names = blocks
      .filter(({ words }) => words[0]?.text === 'name')
      .map(({ words }) => [words[2]?.text ?? '', words[1]?.text ?? ''] as const);
    this.objects = new Objects(reading, 'asa', new Map(names));
    // What others refer to goes first, wherever it stands.
    for (const verbs of [['interface'], ['object', 'object-group'], ['access-list']])
      for (const block of blocks) if (verbs.includes(block.words[0]?.text ?? '')) this.#definition(block);
    for (const block of blocks) this.#command(block);
    this.objects.readAll();
  }

  #definition(block: Block): void {
    const [verb, kind, name = ''] = block.words.map(({ text }) => text);
    if (verb === 'interface') {
      const made = readAsaInterface(block, this.reading);
      if (made !== undefined) this.interfaces.push(made);
    } else if (verb === 'access-list') this.#entry(block);
    else {
      this.objects.define(block);
      if (verb === 'object' && kind === 'network')
        this.ofObjects.push(
          ...block.body.filter(({ words }) => words[0]?.text === 'nat').map((line) => ({ name, line })),
        );
    }
  }

  /** The addresses of an interface by its name. */
  readonly addressesOf = (name: string): Known | undefined => {
    const found = this.interfaces.find((each) => each.name === name);
    if (found === undefined) return undefined;
    const values = found.addresses.flatMap((each) => addressOf(each.split('/', 1)[0] ?? '') ?? []);
    const unknown =
      values.length > 0
        ? []
        : [
            this.reading.note(
              this.reading.at(found.block),
              `the address of ${name} is not in the configuration`,
            ),
          ];
    return { set: values.map((value) => ({ low: value, high: value })), unknown };
  };

  #entry(line: ConfigLine): void {
    const { reading, objects } = this;
    const cursor = reading.cursor(line, 1);
    const name = cursor.next() ?? '';
    if (['alert-interval', 'deny-flow-max', 'cached'].includes(name)) return;
    if (cursor.take('line') !== undefined) cursor.next();
    const kind =
      cursor.take('extended', 'standard', 'remark', 'ethertype', 'webtype', 'advanced') ?? 'extended';
    const list = this.lists.get(name) ?? { name, family: 'both', line, entries: [] };
    this.lists.set(name, list);
    if (kind === 'remark') return;
    if (kind !== 'extended' && kind !== 'standard') {
      reading.note(reading.at(line, 2), `${kind} access lists are not modelled`);
      return;
    }
    const verb = cursor.take('permit', 'deny');
    if (verb === undefined) {
      reading.error(cursor.at(), `'${cursor.peek() ?? ''}' begins no entry`, 'permit or deny');
      return;
    }
    const context = {
      reading,
      objects,
      dialect: 'asa',
      family: 'both',
      interfaceAddresses: this.addressesOf,
    } as const;
    const read = kind === 'standard' ? readStandardEntry : readExtendedEntry;
    const entry = read(cursor, context, verb === 'permit');
    if (entry !== undefined) list.entries.push(entry);
  }

  #command(block: Block): void {
    const { reading } = this;
    const [verb = '', second = ''] = block.words.map(({ text }) => text.toLowerCase());
    if (['interface', 'object', 'object-group', 'access-list', 'name'].includes(verb)) return;
    if (verb === 'hostname') this.hostname = block.words[1]?.text;
    else if (verb === 'access-group') this.#group(block);
    else if (verb === 'nat' && second.startsWith('(') && second.includes(',')) this.twice.push(block);
    else if (verb === 'route') this.#route(block);
    else if (block.text.startsWith('ip verify reverse-path interface '))
      this.reversePath.push({ name: block.words.at(-1)?.text ?? '', line: block });
    else if (block.text === 'same-security-traffic permit inter-interface') this.sameLevel = true;
    else if (block.text === 'same-security-traffic permit intra-interface') this.hairpin = true;
    else if (['static', 'global', 'nat', 'nat-control'].includes(verb))
      reading.error(
        reading.at(block),
        `'${verb}' is of releases before 8.3, whose access lists see other addresses`,
        'give the configuration of a release from 8.3 on',
        'format-mismatch',
      );
    else if (
      [
        'permit',
        'deny',
        'nameif',
        'security-level',
        'network-object',
        'service-object',
        'port-object',
        'group-object',
        'host',
        'subnet',
      ].includes(verb)
    )
      reading.error(
        reading.at(block),
        `'${block.text}' stands outside of what it belongs to`,
        'indent it by a space',
      );
    else if (!inertAsa.has(verb)) reading.note(reading.at(block), `'${verb}' is not known and was left out`);
    else if (
      ['crypto', 'router', 'service-policy', 'firewall'].includes(verb) &&
      (verb !== 'crypto' || second === 'map')
    )
      reading.note(reading.at(block), `what '${block.text}' does to packets is not modelled`);
  }

  #group(block: Block): void {
    const { reading } = this;
    const cursor = reading.cursor(block, 1);
    const at = cursor.at();
    const list = this.lists.get(cursor.next() ?? '');
    if (list === undefined) {
      reading.error(at, 'there is no such access list', undefined, 'reference-unknown');
      return;
    }
    const side = cursor.take('in', 'out', 'global');
    if (side === 'global') this.groups.push({ side, interfaceName: '', list, line: block });
    else if ((side === 'in' || side === 'out') && cursor.take('interface') !== undefined) {
      const where = cursor.at();
      const interfaceName = cursor.next() ?? '';
      if (cursor.take('control-plane') !== undefined) return;
      if (cursor.take('per-user-override') !== undefined)
        reading.note(where, 'access lists of single users are not modelled');
      if (this.interfaces.some(({ name }) => name === interfaceName))
        this.groups.push({ side, interfaceName, list, line: block });
      else reading.error(where, `there is no interface ${interfaceName}`, undefined, 'reference-unknown');
    } else
      reading.error(
        cursor.at(),
        'the access list is applied nowhere',
        'in interface NAME, out interface NAME, or global',
      );
  }

  #route(block: Block): void {
    const [, name = '', address = '', mask = '', via = '', metric] = block.words.map(({ text }) => text);
    const bits = (text: string): bigint | undefined => (text === '0' ? 0n : ipv4Of(this.objects.alias(text)));
    const [base, ones, gateway] = [bits(address), bits(mask), ipv4Of(this.objects.alias(via))];
    const [prefix] = base === undefined || ones === undefined ? [] : (maskedSet(base, ones) ?? []);
    if (prefix === undefined || gateway === undefined) {
      this.reading.error(
        this.reading.at(block),
        'the route has no prefix or no gateway',
        'for example: route outside 0.0.0.0 0.0.0.0 192.0.2.1',
      );
      return;
    }
    const [spelt = ''] = spellPrefixes(prefix);
    this.routes.push({
      prefix: spelt.includes('/') ? spelt : `${spelt}/32`,
      via: this.objects.alias(via),
      interface: name,
      metric: /^\d+$/.test(metric ?? '') ? Number(metric) : 1,
      at: this.reading.at(block),
    });
  }
}
