import { known, type EntityData, type Estate } from '@holdfast/estate';
import { compareProblems, fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { EstateEnds, type End } from './estate-ends.ts';
import type { Intent, Permission } from './intent.ts';
import { servicesOf } from './services.ts';

/**
 * The conduits of an estate as an intent: a zone is the addresses of its networks, a party the pools of its VPNs, `internet`
 * and services in a cloud all that is routed on the internet and in no declared network.
 * With `at`, only what passes that device: what begins or ends in a network, a VPN or a line to the internet that it is on;
 * addresses of a network on one of its named interfaces come in by that interface alone.
 * Codes: `key-missing` for what has no address, `reference-unknown`, `selector-unmatched`.
 */
export function intentOf(
  estate: Estate,
  { at }: { readonly at?: string } = {},
): Result<Intent, readonly Problem[]> {
  const device = at === undefined ? undefined : estate.get('device', at);
  if (at !== undefined && device === undefined)
    return fail([problem('reference-unknown', `there is no device '${at}'`)]);
  const ends = new EstateEnds(estate);
  const permissions = [...estate.all('conduit')].flatMap(([id, conduit]) => {
    const from = conduit.from.flatMap((word) => ends.of(word, estate.at('conduit', id, ['from'])));
    const to = conduit.to.flatMap((word) => ends.of(word, estate.at('conduit', id, ['to'])));
    const base = baseOf(estate, id, conduit);
    return at === undefined
      ? [{ ...base, src: joined(from), dst: joined(to) }]
      : passing(new Standing(estate, at), base, from, to);
  });
  if (ends.problems.length > 0) return fail(ends.problems.toSorted(compareProblems));
  if (estate.all('conduit').size === 0)
    return fail([
      problem('key-missing', 'the estate declares no conduits', {
        hint: 'say under conduits what may pass; what is not said is denied',
      }),
    ]);
  if (permissions.length === 0)
    return fail([
      problem('selector-unmatched', `no conduit begins or ends at what ${at} is on`, {
        at: at === undefined ? undefined : estate.at('device', at),
        hint: 'name its networks under interfaces, or name it as their gateway',
      }),
    ]);
  return ok({ name: at ?? 'estate', permissions });
}

type Base = Omit<Permission, 'src' | 'dst'>;

function baseOf(estate: Estate, id: string, { name, reason, services }: EntityData<'conduit'>): Base {
  const position = estate.at('conduit', id);
  const why = reason ?? name;
  return {
    id,
    ...(why === undefined ? {} : { reason: why }),
    // The loader lets only services through that there are.
    services: services.flatMap((each) => servicesOf(each) ?? []),
    ...(position === undefined ? {} : { at: position }),
  };
}

const joined = (ends: readonly End[]): IntervalSet => intervalSet(ends.flatMap(({ set }) => set));

/** What a device stands on. */
class Standing {
  readonly #estate: Estate;
  readonly #id: string;

  constructor(estate: Estate, id: string) {
    this.#estate = estate;
    this.#id = id;
  }

  /** Whether packets to or from an end cross the device for its own part. */
  isOn({ network, vpn, isOutside }: End): boolean {
    const { circuit, vpn: vpns } = { circuit: this.#estate.all('circuit'), vpn: this.#estate.all('vpn') };
    if (isOutside === true)
      return [...circuit.values()].some(
        ({ on, to }) => on.includes(this.#id) && (to === undefined ? undefined : known(to)) !== 'private',
      );
    if (vpn !== undefined) return vpns.get(vpn)?.to === this.#id;
    if (network === undefined) return false;
    const device = this.#estate.get('device', this.#id);
    const gateways = this.#estate.get('network', network)?.gateways;
    return (
      device?.network === network ||
      this.interfacesOf(network).length > 0 ||
      (gateways !== undefined && (known(gateways) ?? []).includes(this.#id))
    );
  }

  /** The interfaces of the device that are in a network, by the names that it gives them. */
  interfacesOf(network: string | undefined): readonly string[] {
    if (network === undefined) return [];
    const interfaces = this.#estate.get('device', this.#id)?.interfaces ?? {};
    return Object.entries(interfaces)
      .filter(([, each]) => each.network === network)
      .map(([name]) => name);
  }
}

/** What of a conduit passes a device, by the interfaces that it comes in by. */
function passing(
  standing: Standing,
  base: Base,
  from: readonly End[],
  to: readonly End[],
): readonly Permission[] {
  const single = from.flatMap((source) => {
    const there = to.filter(
      (each) =>
        (standing.isOn(source) || standing.isOn(each)) &&
        (source.network === undefined || source.network !== each.network),
    );
    if (there.length === 0) return [];
    const iif = standing.interfacesOf(source.network);
    return [{ ...base, src: source.set, dst: joined(there), ...(iif.length === 0 ? {} : { iif }) }];
  });
  const alike = Map.groupBy(single, ({ iif, dst }) =>
    JSON.stringify([iif ?? [], dst.map(({ low, high }) => `${low}-${high}`)]),
  );
  return [...alike.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, src: intervalSet([first, ...more].flatMap(({ src }) => src)) }],
  );
}
