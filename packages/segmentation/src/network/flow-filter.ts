import type { Program } from '../engine/program.ts';
import type { Clause } from '../model/firewall.ts';
import { prefixOf } from '../model/address.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { dimensions } from '../model/packet.ts';
import { BudgetSpent, crossing, type Crossed } from './crossing.ts';
import { networkSegment, type Landscape } from './landscape.ts';
import type { Router } from './router.ts';
import type { Hop } from './ways.ts';

/** What one router does to packets between two devices, in whichever direction a connection is opened. */
export interface FlowVerdict {
  readonly verdict: 'yes' | 'no' | 'unknown';
  /** The same for all devices that its rules treat alike. */
  readonly key: string;
  readonly flow: string;
  readonly by: string;
  readonly source?: string;
  readonly asOf?: string;
}

interface End {
  readonly name: string;
  readonly addresses: IntervalSet;
  /** The networks that it is on; none for the internet. */
  readonly networks: readonly string[];
}

const srcAxis = dimensions.indexOf('src');
const dstAxis = dimensions.indexOf('dst');

/** Asks single routers about single devices; devices that the rules treat alike are asked about once. */
export class FlowFilter {
  readonly #landscape: Landscape;
  readonly #found = new Map<string, FlowVerdict>();
  readonly #ends = new Map<string, End>();

  constructor(landscape: Landscape) {
    this.#landscape = landscape;
  }

  /** The routers whose rules are known. */
  get routers(): readonly string[] {
    return [...this.#landscape.routers.values()].flatMap(({ id, program }) =>
      program === undefined ? [] : [id],
    );
  }

  /** `to` is `undefined` for the internet. Devices whose addresses nobody has said are taken as any of their network. */
  between(routerId: string, from: string, to: string | undefined): FlowVerdict {
    const router = this.#landscape.routers.get(routerId);
    const [a, b] = [this.#end(from), to === undefined ? this.#outside : this.#end(to)];
    const flow = `${a.name} and ${b.name}`;
    if (router?.program === undefined)
      return { verdict: 'yes', key: '', flow, by: 'its rules are not known' };
    const key = [classOf(router.program, a), classOf(router.program, b), a.networks, b.networks].join('|');
    const memo = `${routerId} ${key}`;
    const found = this.#found.get(memo) ?? this.#asked(router, a, b, key, flow);
    this.#found.set(memo, found);
    return found;
  }

  #asked(router: Router, a: End, b: End, key: string, flow: string): FlowVerdict {
    const first = this.#passes(router, a, b);
    const verdict = first.verdict === 'yes' ? first : better(first, this.#passes(router, b, a));
    const [source] = this.#landscape.configs.get(router.id)?.sources ?? [];
    return {
      ...verdict,
      key,
      flow,
      ...(source === undefined ? {} : { source: source.file }),
      ...(source?.captured === undefined ? {} : { asOf: source.captured }),
    };
  }

  /** The interfaces are those by which the router is on the networks of the two; where nobody has named one, any will do. */
  #passes(router: Router, from: End, to: End): Pick<FlowVerdict, 'verdict' | 'by'> {
    const hop: Hop = {
      router: router.id,
      iif: interfaceOn(router, from),
      oif: interfaceOn(router, to),
    };
    const asked: Clause = { src: from.addresses, dst: to.addresses };
    let yes: Crossed | undefined;
    let open: Crossed | undefined;
    let no: Crossed | undefined;
    try {
      crossing(
        this.#landscape,
        { hops: [hop] },
        asked,
        (part) => {
          if (part.verdict === 'accept') yes = part;
          else if (part.verdict === 'unknown') open ??= part;
          else no ??= part;
          return part.verdict === 'accept' ? 'stop' : undefined;
        },
        { isAnyInterface: true },
      );
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      return { verdict: 'unknown', by: 'its rules are too many for the step budget' };
    }
    if (yes) return { verdict: 'yes', by: ruleOf(yes) };
    return open
      ? { verdict: 'unknown', by: open.why.join('; ') }
      : { verdict: 'no', by: no ? ruleOf(no) : 'no packets' };
  }

  #end(device: string): End {
    const found = this.#ends.get(device) ?? endOf(this.#landscape, device);
    this.#ends.set(device, found);
    return found;
  }

  get #outside(): End {
    return { name: 'the internet', addresses: this.#landscape.outside, networks: [] };
  }
}

function endOf({ estate, subnets }: Landscape, device: string): End {
  const data = estate.get('device', device);
  const legs = data?.interfaces
    ? Object.values(data.interfaces)
    : [{ network: data?.network, address: undefined }];
  const networks = legs.flatMap(({ network }) => network ?? []);
  const own = [...(data?.address ?? []), ...legs.flatMap(({ address }) => address ?? [])];
  const addresses = intervalSet(
    own.length > 0
      ? own.flatMap((each) => prefixOf(each) ?? [])
      : networks.flatMap((each) => subnets.get(each)?.addresses ?? []),
  );
  const [first] = networks;
  return {
    name: first === undefined ? estate.nameOf(device) : estate.nameOf(first),
    addresses,
    networks,
  };
}

const interfaceOn = ({ ports }: Router, { networks }: End): string | undefined =>
  networks
    .map((each) => ports.find(({ segment }) => segment === networkSegment(each))?.interface)
    .find((each) => each !== undefined);

/** The ranks of the addresses on both axes: devices of the same ranks are treated alike. */
function classOf({ axes }: Program, { addresses }: End): string {
  return addresses
    .map(({ low, high }) =>
      [srcAxis, dstAxis].map((axis) => `${axes.rank(axis, low)}-${axes.rank(axis, high)}`).join(' '),
    )
    .join(',');
}

function ruleOf({ passages }: Crossed): string {
  const source = passages.at(-1)?.decision?.source;
  if (source === undefined) return 'its rules';
  return `${source.id} (${source.at.file}:${source.at.line})`;
}

const rank = { yes: 2, unknown: 1, no: 0 } as const;
const better = <T extends { readonly verdict: keyof typeof rank }>(a: T, b: T): T =>
  rank[b.verdict] > rank[a.verdict] ? b : a;
