import { family } from '../model/address.ts';
import type { IntervalSet } from '../model/interval.ts';
import type { Landscape } from '../network/landscape.ts';
import { placeKey, type Place } from '../network/place.ts';
import { variantsBetween, type Variant } from '../network/variants.ts';
import { addressesOf, waysBetween } from '../network/ways.ts';
import { examine, type Examination } from './examine.ts';
import type { PolicyFlow } from './flow.ts';
import { isEmpty, parcel, without, type Parcel } from './parcel.ts';
import type { Permitted, Policy } from './permissions.ts';
import type { Senders } from './senders.ts';

/** What is asked of two places of two zones. */
export interface Pair {
  readonly landscape: Landscape;
  readonly policy: Policy;
  readonly senders: Senders;
  readonly from: Place;
  readonly to: Place;
  readonly isDenied: boolean;
  readonly failover: boolean;
}

/** What passes between two places, as things stand and with each single thing down. */
export function checkPair(pair: Pair): Examination {
  const landing = landingsOf(pair);
  if (landing.length > 0) return joined(landing.map((each) => landed(pair, each)));
  return routed(pair, pair.from);
}

const joined = (parts: readonly Examination[]): Examination => ({
  flows: parts.flatMap(({ flows }) => flows),
  notes: [...new Set(parts.flatMap(({ notes }) => notes))],
});

/** The networks that remote access comes out in, where that is said. */
const landingsOf = ({ landscape, from }: Pair): readonly string[] =>
  from.kind === 'vpn' ? (landscape.estate.get('vpn', from.id)?.lands ?? []) : [];

/** Who comes out in a network is there what its hosts are: no rule stands before them, and the network's router behind. */
function landed(pair: Pair, network: string): Examination {
  const { landscape, from, to, policy, isDenied } = pair;
  const place: Place = { kind: 'network', id: network };
  if (placeKey(to) !== placeKey(place)) {
    const { flows, notes } = routed(pair, place);
    return { flows: flows.map((each) => ({ ...each, from })), notes };
  }
  const permitted = policy.permitted(from, to);
  const all = parcel(addressesOf(landscape, from) ?? anywhere, addressesOf(landscape, to) ?? anywhere);
  const rest = isDenied ? without([all], permitted.certain) : [];
  const flow = (kind: PolicyFlow['kind'], parcels: readonly Parcel[]): PolicyFlow => ({
    kind,
    from,
    to,
    under: undefined,
    parcels,
    isWhole: true,
    decisions: [],
    witness: undefined,
    why: [
      `${landscape.estate.nameOf(from.kind === 'internet' ? 'internet' : from.id)} comes out in ${landscape.estate.nameOf(network)} itself, so that no rule stands between`,
    ],
    blind: [],
  });
  return { flows: [rest.length > 0 ? flow('violating', rest) : flow('allowed', [all])], notes: [] };
}

const anywhere: IntervalSet = [family.ipv4, family.ipv6];

function routed(pair: Pair, sender: Place): Examination {
  const { landscape, policy, senders, from, to, isDenied } = pair;
  const source = addressesOf(landscape, sender);
  const hints = { source: source ?? anywhere, senders: senders.of(sender), receivers: senders.of(to) };
  const permitted = policy.permitted(from, to);
  const parts: Examination[] = [];
  let known: readonly Parcel[] = [];
  for (const { down, ways } of variantsOf(pair, sender)) {
    const found = joined(
      ways.map((way) =>
        examine({ landscape, from, to, way, under: down, permitted, isDenied, known, hints }),
      ),
    );
    if (down === undefined) {
      parts.push(found);
      known = found.flows.flatMap(({ kind, parcels }) =>
        kind === 'violating' || kind === 'allowed' ? parcels : [],
      );
    } else parts.push(newUnder(found, parts[0]));
  }
  const all = joined(parts);
  return source === undefined ? doubted(landscape, sender, permitted, all) : all;
}

/** The ways as things stand, and with each single thing down where that is asked. */
const variantsOf = (
  { landscape, to, failover }: Pair,
  sender: Place,
): readonly Pick<Variant, 'down' | 'ways'>[] =>
  failover
    ? variantsBetween(landscape, sender, to)
    : [{ down: undefined, ways: waysBetween(landscape, sender, to) }];

/** Of what is so while something is down, only what matters beside what is so anyway. */
function newUnder({ flows, notes }: Examination, usual: Examination | undefined): Examination {
  const isOpen = usual?.flows.some(({ kind }) => kind === 'unknown') === true;
  return {
    flows: flows.filter(({ kind }) => kind === 'violating' || (kind === 'unknown' && !isOpen)),
    notes,
  };
}

/** Whether packets of a place pass is not known where its addresses are not. */
function doubted(
  landscape: Landscape,
  place: Place,
  { certain }: Permitted,
  { flows, notes }: Examination,
): Examination {
  const name = place.kind === 'internet' ? 'the internet' : landscape.estate.nameOf(place.id);
  const why = `nobody has said which addresses ${name} has`;
  return {
    flows: flows
      .filter(({ kind }) => kind !== 'allowed' || !certain.some((each) => !isEmpty(each)))
      .map((each) =>
        each.kind === 'allowed' ? each : { ...each, kind: 'unknown', why: [...each.why, why] },
      ),
    notes,
  };
}
