import type { Route } from '../../model/firewall.ts';
import type { Interval } from '../../model/interval.ts';
import { addressOf } from '../../model/address.ts';
import { Objects } from '../access/objects.ts';
import type { Block, ConfigLine } from '../text/config-lines.ts';
import type { Reading } from '../text/reading.ts';
import { regardOf } from './inert-commands.ts';
import { readInterface, type IosInterface } from './interfaces.ts';
import { IosLists } from './lists.ts';
import { RouteMaps } from './route-maps.ts';
import { readStaticRoute } from './static-routes.ts';
import { readTranslation, type TranslationStatement } from './translation-statement.ts';

/** What a router's configuration says, command by command. */
export class RouterConfig {
  readonly reading: Reading;
  readonly objects: Objects;
  readonly lists: IosLists;
  readonly interfaces: IosInterface[] = [];
  readonly routes: Route[] = [];
  readonly routeMaps = new RouteMaps();
  readonly statements: TranslationStatement[] = [];
  readonly pools = new Map<string, Interval[]>();
  /** Lists that say who may log in, with the lines that apply them. */
  readonly logins: ConfigLine[] = [];
  /** Filters of whole VLANs. */
  readonly vlanFilters: ConfigLine[] = [];
  /** Policies that have a class whose packets are dropped. */
  readonly dropping = new Set<string>();
  readonly policies = new Set<string>();
  hostname: string | undefined;

  constructor(reading: Reading) {
    this.reading = reading;
    this.objects = new Objects(reading, 'ios');
    this.lists = new IosLists(reading, this.objects);
  }

  /** Takes in a file's commands. Groups go first, for lists refer to them from wherever they stand. */
  take(blocks: readonly Block[]): void {
    const isGroup = ({ words }: Block): boolean => words[0]?.text === 'object-group';
    for (const block of blocks.filter(isGroup)) this.objects.define(block);
    for (const block of blocks) if (!isGroup(block)) this.#block(block);
    this.objects.readAll();
  }

  #block(block: Block): void {
    const [first = '', second = ''] = block.words.map(({ text }) => text.toLowerCase());
    switch (first) {
      case 'hostname':
        this.hostname = block.words[1]?.text;
        return;
      case 'interface': {
        const made = readInterface(block, this.reading);
        if (made !== undefined) this.interfaces.push(made);
        return;
      }
      case 'access-list':
        this.lists.numbered(block);
        return;
      case 'route-map':
        this.routeMaps.define(block);
        return;
      case 'policy-map':
        this.#policy(block);
        return;
      case 'line':
        this.logins.push(...block.body.filter(({ words }) => words[0]?.text === 'access-class'));
        return;
      case 'zone-pair':
        this.reading.note(this.reading.at(block), 'what a zone pair lets pass is not modelled');
        return;
      case 'control-plane':
        if (block.body.some(({ words }) => words[0]?.text === 'service-policy'))
          this.reading.note(
            this.reading.at(block),
            'what is let fall on its way to the router itself is not modelled',
          );
        return;
      case 'ip':
      case 'ipv6':
        this.#ip(block, first, second);
        return;
      default:
        this.#other(block, first, second);
    }
  }

  #ip(block: Block, first: string, second: string): void {
    if (second === 'access-list') this.lists.named(block);
    else if (second === 'route') {
      const route = readStaticRoute(block, this.reading);
      if (route !== undefined) this.routes.push(route);
    } else if (first === 'ip' && second === 'nat') this.#nat(block);
    else if (second === 'inspect')
      this.reading.note(this.reading.at(block), `'${block.text}' is not modelled: it lets replies back in`);
    else this.#other(block, first, second);
  }

  #nat(block: Block): void {
    const third = block.words[2]?.text ?? '';
    if (third === 'pool') this.#pool(block);
    else if (
      ['translation', 'log', 'service', 'settings', 'switchover', 'piggyback-support', 'create'].includes(
        third,
      )
    )
      return;
    else {
      const statement = readTranslation(block, this.reading, this.objects);
      if (statement !== undefined) this.statements.push(statement);
    }
  }

  #pool(block: Block): void {
    const [, , , name = '', low = '', high = ''] = block.words.map(({ text }) => text);
    const ranges = block.body
      .filter(({ words }) => words[0]?.text === 'address')
      .map(({ words }) => [words[1]?.text, words[2]?.text]);
    const pairs = addressOf(low) === undefined ? ranges : [[low, high]];
    const pool: Interval[] = [];
    for (const [from = '', to = ''] of pairs) {
      const [least, most] = [addressOf(from), addressOf(to)];
      if (least === undefined || most === undefined || least > most)
        this.reading.error(this.reading.at(block, 4), `pool ${name} has a range that is none`);
      else pool.push({ low: least, high: most });
    }
    if (pairs.length === 0) this.reading.error(this.reading.at(block), `pool ${name} has no addresses`);
    this.pools.set(name, pool);
  }

  #policy(block: Block): void {
    const name = block.words.at(-1)?.text ?? '';
    this.policies.add(name);
    // A policy inside a policy may drop as well.
    if (block.body.some(({ words }) => words[0]?.text === 'drop' || words[0]?.text === 'service-policy'))
      this.dropping.add(name);
  }

  #other(block: Block, first: string, second: string): void {
    const at = this.reading.at(block);
    if (first === 'vlan' && second === 'filter') this.vlanFilters.push(block);
    else if (first === 'no') this.#negated(block, second);
    else if (strays.has(first) || /^\d+$/.test(first))
      this.reading.error(
        at,
        `'${block.text}' stands outside of what it belongs to`,
        'indent it by a space below its interface or list',
      );
    else {
      const regard = regardOf(first, second);
      if (regard === 'learns')
        this.reading.note(
          at,
          `the routes that '${block.text}' learns are not in the configuration`,
          'give the routing table as captured',
        );
      else if (regard === 'unknown') this.reading.note(at, `'${first}' is not known and was left out`);
    }
  }

  #negated(block: Block, second: string): void {
    if (
      ['access-list', 'route-map', 'interface', 'object-group'].includes(second) ||
      /^no ip(v6)? (nat|route|access-list|access-group)\b/.test(block.text)
    )
      this.reading.note(
        this.reading.at(block),
        `'${block.text}' takes something back, which is not modelled`,
        'give the configuration as the device shows it',
      );
  }
}

/** Words that begin lines of blocks alone. */
const strays: ReadonlySet<string> = new Set([
  'permit',
  'deny',
  'remark',
  'evaluate',
  'shutdown',
  'switchport',
  'encapsulation',
  'zone-member',
]);
