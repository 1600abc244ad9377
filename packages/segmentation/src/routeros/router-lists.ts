import type { Command } from './export-text.ts';

/** Names that stand for all interfaces of a kind. */
const generic: ReadonlySet<string> = new Set(['all-ethernet', 'all-wireless', 'all-vlan', 'all-ppp']);

interface ListText {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What the rules of a router name: interface lists, its own addresses, whether it tracks connections. */
export class RouterLists {
  readonly #lists = new Map<string, ListText>();
  readonly #members = new Map<string, string[]>();
  readonly #own: { readonly ip: string[]; readonly ip6: string[] } = { ip: ['127.0.0.0/8'], ip6: ['::1'] };
  #hasOther = false;
  #isTracking = true;

  constructor(commands: readonly Command[]) {
    for (const each of commands) this.#take(each);
  }

  get isTracking(): boolean {
    return this.#isTracking;
  }

  /** Whether a name stands for interfaces that the export does not list. */
  isGeneric(name: string): boolean {
    return generic.has(name) || name.startsWith('*');
  }

  /** The interfaces of a list; `undefined` where they come while it runs, or the list is none. */
  membersOf(name: string, within: readonly string[] = []): readonly string[] | undefined {
    if (name === 'none') return [];
    const list = this.#lists.get(name);
    if (within.includes(name) || (list === undefined && !this.#members.has(name))) return undefined;
    const parts = [list?.include ?? [], list?.exclude ?? []].map((names) =>
      names.map((each) => this.membersOf(each, [...within, name])),
    );
    if (parts.some((each) => each.includes(undefined))) return undefined;
    const [included = [], excluded = []] = parts.map((each) => each.flatMap((names) => names ?? []));
    const all = [...(this.#members.get(name) ?? []), ...included.filter((each) => !excluded.includes(each))];
    return all.some((each) => this.isGeneric(each)) ? undefined : all;
  }

  /** The addresses of the router itself; `undefined` where some are given while it runs. */
  ownAddresses(family: 'ip' | 'ip6'): readonly string[] | undefined {
    return this.#hasOther || family === 'ip6' ? undefined : this.#own[family];
  }

  #take({ menu, verb, parameters }: Command): void {
    const isOn = parameters.get('disabled') !== 'yes';
    const words = (key: string): readonly string[] =>
      (parameters.get(key) ?? '').split(',').filter((each) => each !== '');
    if (menu === '/ip firewall connection tracking' && parameters.get('enabled') === 'no')
      this.#isTracking = false;
    if (verb !== 'add' || !isOn) return;
    const [name, list, address] = ['name', 'list', 'address'].map((each) => parameters.get(each));
    if (menu === '/interface list' && name !== undefined)
      this.#lists.set(name, { include: words('include'), exclude: words('exclude') });
    if (menu === '/interface list member' && list !== undefined)
      this.#members.set(list, [...(this.#members.get(list) ?? []), parameters.get('interface') ?? '']);
    if (menu === '/ip address' && address !== undefined)
      this.#own.ip.push(address.split('/', 1)[0] ?? address);
    if (menu === '/ip dhcp-client' || dynamic.test(menu)) this.#hasOther = true;
  }
}

/** Interfaces whose addresses their peers give. */
const dynamic = /^\/interface (?:pppoe|l2tp|pptp|sstp|ovpn|ppp|lte)(?:-client)?$/;
