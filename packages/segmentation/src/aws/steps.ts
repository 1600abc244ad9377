import { prefixOf } from '../model/address.ts';
import type { Chain, Clause, Rule, Step } from '../model/firewall.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import type { AwsDocument, Value } from './document.ts';
import { aclChain, letsAllPass } from './network-acl.ts';
import type { Placement } from './placement.ts';
import { groupChain } from './security-group.ts';
import { platform, type Way } from './traffic.ts';

/** Replies pass a security group that let the opening packet pass. */
const replies: Clause = { state: [{ low: 1n, high: 2n }] };

/** The chains of the four checks on the way from one end to the other. */
export class Checks {
  readonly chains = new Map<string, Chain>();
  readonly #document: AwsDocument;
  readonly #placement: Placement;
  readonly #platform: IntervalSet;

  constructor(document: AwsDocument, placement: Placement) {
    this.#document = document;
    this.#placement = placement;
    const fixed = platform.flatMap((each) => prefixOf(each) ?? []);
    this.#platform = intervalSet([...fixed, ...resolvers(document)]);
  }

  /** Security groups: all of an interface together allow; what none allows is dropped. */
  groups(way: Way): readonly Step[] {
    if (!this.#document.has('SecurityGroups')) return [];
    const id = `security-groups/${way}`;
    const calls: Rule[] = [];
    for (const group of this.#document.list('SecurityGroups')) {
      const name = this.#document.need(group, 'GroupId');
      const end = this.#placement.endIn(name, way);
      const chain = groupChain(this.#document, this.#placement, group, way);
      this.chains.set(chain.id, chain);
      if (end !== undefined)
        calls.push(rule(`${id}/${name}`, group, [end], { kind: 'jump', chain: chain.id }));
    }
    const { root } = this.#document;
    const rules = [
      ...this.#outside(id),
      rule(`${id}/replies`, root, [replies], { kind: 'accept' }),
      ...this.#exempt(id, way),
      ...calls,
      ...this.#unlisted(id, way),
      rule(`${id}/implicit-deny`, root, [this.#placement.anyEnd(way)], { kind: 'drop' }),
      ...this.#unattached(id, way),
    ];
    return this.#step(id, rules);
  }

  /** Network ACLs: of the subnet that a packet leaves or enters; within one subnet none is met. */
  acls(way: Way): readonly Step[] {
    const acls = this.#document.list('NetworkAcls');
    if (acls.length === 0) return [];
    const id = `network-acls/${way}`;
    for (const each of acls) {
      const chain = aclChain(this.#document, each, way);
      this.chains.set(chain.id, chain);
    }
    const rules = this.#placement.hasSubnets ? this.#bySubnet(id, acls, way) : this.#byName(id, acls, way);
    return this.#step(id, [...this.#outside(id), ...this.#exempt(id, way), ...rules]);
  }

  #bySubnet(id: string, acls: readonly Value[], way: Way): readonly Rule[] {
    const side = way === 'ingress' ? 'dst' : 'src';
    const within = this.#placement.subnets.map(([, set]) => ({ src: set, dst: set }));
    const known = new Set<string>();
    const calls = acls.map((acl) => {
      const subnets = this.#document
        .entries(acl, 'Associations')
        .map((each) => this.#document.need(each, 'SubnetId'));
      for (const each of subnets) known.add(each);
      const name = this.#document.need(acl, 'NetworkAclId');
      const clause = { [side]: this.#placement.networks(subnets) };
      return rule(`${id}/${name}`, acl, [clause], { kind: 'jump', chain: `${name}/${way}` });
    });
    const others = this.#placement.subnets.filter(([subnet]) => !known.has(subnet)).map(([subnet]) => subnet);
    const doubt =
      others.length === 0
        ? []
        : [
            this.#doubtful(
              `${id}/without-acl`,
              [{ [side]: this.#placement.networks(others) }],
              `no network ACL of the file is that of ${others.join(', ')}`,
            ),
          ];
    return [rule(`${id}/same-subnet`, this.#document.root, within, { kind: 'accept' }), ...calls, ...doubt];
  }

  #byName(id: string, acls: readonly Value[], way: Way): readonly Rule[] {
    if (this.#document.has('SecurityGroups')) {
      if (acls.every((each) => letsAllPass(this.#document, each))) return [];
      return [
        this.#doubtful(
          `${id}/without-subnets`,
          [{}],
          'which network ACL a packet meets is not known: the file has no subnets',
        ),
      ];
    }
    const through = way === 'ingress' ? 'oif' : 'iif';
    return acls.map((acl) => {
      const name = this.#document.need(acl, 'NetworkAclId');
      const number = BigInt(this.#placement.interfaceNames.indexOf(name));
      const clause = { [through]: [{ low: number, high: number }] };
      return rule(`${id}/${name}`, acl, [clause], { kind: 'jump', chain: `${name}/${way}` });
    });
  }

  #exempt(id: string, way: Way): readonly Rule[] {
    const side = way === 'ingress' ? 'src' : 'dst';
    return [rule(`${id}/platform`, this.#document.root, [{ [side]: this.#platform }], { kind: 'accept' })];
  }

  /** Traffic between two ends that are both elsewhere is not this network's. */
  #outside(id: string): readonly Rule[] {
    const why = this.#document.note(
      this.#document.root,
      'what passes between two addresses that are in no subnet and on no interface of the file is not told by it',
      'name the ends with --iif and --oif, or add subnets and interfaces',
    );
    return [
      rule(`${id}/outside`, this.#document.root, [this.#placement.outside], { kind: 'unmodelled', why }),
    ];
  }

  /** Interfaces have groups that the file may lack: these may allow anything. */
  #unlisted(id: string, way: Way): readonly Rule[] {
    const listed = new Set(
      this.#document.list('SecurityGroups').map((each) => this.#document.need(each, 'GroupId')),
    );
    const names = new Map<string, Value>();
    for (const each of this.#document.list('NetworkInterfaces'))
      for (const group of this.#document.entries(each, 'Groups')) {
        const name = this.#document.need(group, 'GroupId');
        if (!listed.has(name)) names.set(name, group);
      }
    return [...names].flatMap(([name, at]) => {
      const end = this.#placement.endIn(name, way);
      const why = this.#document.note(at, `the group ${name} is not in the file: it may allow anything`);
      return end === undefined
        ? []
        : [{ ...rule(`${id}/${name}`, at, [end], { kind: 'accept' }), unmodelled: [why] }];
    });
  }

  #unattached(id: string, way: Way): readonly Rule[] {
    const set = this.#placement.unattached;
    if (set.length === 0) return [];
    const side = way === 'ingress' ? 'dst' : 'src';
    return [
      this.#doubtful(
        `${id}/unattached`,
        [{ [side]: set }],
        'no interface of the file has these addresses of its subnets',
      ),
    ];
  }

  #doubtful(id: string, clauses: readonly Clause[], message: string): Rule {
    const why = this.#document.note(this.#document.root, message);
    return { ...rule(id, this.#document.root, clauses, { kind: 'drop' }), unmodelled: [why] };
  }

  #step(id: string, rules: readonly Rule[]): readonly Step[] {
    const source = { id, at: this.#document.root.at, text: id };
    this.chains.set(id, { id, rules, policy: 'accept', source });
    return [{ kind: 'filter', chain: id }];
  }
}

function rule(id: string, of: Value, clauses: readonly Clause[], action: Rule['action']): Rule {
  return { source: { id, at: of.at, text: of.path === '' ? id : of.path }, clauses, unmodelled: [], action };
}

/** The resolver of each network: the third address of its range. The local routes tell the range, too. */
function resolvers(document: AwsDocument): IntervalSet {
  const networks = [
    ...document.list('Vpcs').map((each) => document.network(each, 'CidrBlock')),
    ...document
      .list('RouteTables')
      .flatMap((each) => document.entries(each, 'Routes'))
      .filter((each) => document.text(each, 'GatewayId') === 'local')
      .map((each) => document.network(each, 'DestinationCidrBlock')),
  ];
  if (networks.length === 0)
    document.note(
      document.root,
      'the resolver of the VPC is not exempt: the file does not tell the network of the VPC',
      'add what describe-vpcs or describe-route-tables prints',
    );
  return intervalSet(
    networks.flatMap((each) => (each === undefined ? [] : { low: each.low + 2n, high: each.low + 2n })),
  );
}
