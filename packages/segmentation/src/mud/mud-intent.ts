import { fail, ok, problem, type Problem, type Result } from '@holdfast/kernel';
import type { Intent, Permission, Service } from '../intent/intent.ts';
import { family } from '../model/address.ts';
import { intersect, intervalSet, type IntervalSet } from '../model/interval.ts';
import type { Bindings } from './bindings.ts';
import type { Abstraction, MudEnd, MudEntry, MudFile } from './mud-file.ts';
import { opens } from './mud-openings.ts';

/** An intent of a MUD file for one device, and what has no effect there. */
export interface MudIntent {
  readonly intent: Intent;
  readonly notes: readonly Problem[];
}

/**
 * What a device may do by its MUD file: a permission for each entry by which a connection opens. Entries that are the replies
 * to others are left to the state of the firewall. A word that the bindings do not have is a problem at its entry.
 * Code: `reference-unknown`.
 */
export function mudIntent(mud: MudFile, bindings: Bindings): Result<MudIntent, readonly Problem[]> {
  const problems: Problem[] = [];
  const notes: Problem[] = [...mud.notes];
  const reader = new EndReader(bindings, mud.url, problems);
  const permissions = mud.entries
    .filter((entry) => opens(entry, mud.entries))
    .flatMap((entry): readonly Permission[] => {
      const own = intersect(reader.of(entry.own, entry), bindings.device);
      const peer = reader.of(entry.peer, entry);
      const [src, dst] = entry.policy === 'from-device' ? [own, peer] : [peer, own];
      if (problems.length === 0 && (src.length === 0 || dst.length === 0)) notes.push(idle(entry));
      return [
        {
          id: entry.name,
          reason: reasonOf(mud, entry, bindings),
          src,
          dst,
          services: [serviceOf(entry)],
          at: entry.at,
        },
      ];
    });
  return problems.length > 0 ? fail(problems) : ok({ intent: { name: mud.url, permissions }, notes });
}

const idle = (entry: MudEntry): Problem =>
  problem('import-partial', `${entry.name} permits nothing here: no address meets it (at ${entry.pointer})`, {
    at: entry.at,
    hint: 'it is about another family of addresses than the device has, or about no address that is bound',
  });

function reasonOf({ url }: MudFile, { peer }: MudEntry, { namesAsOf }: Bindings): string {
  return peer.name === undefined ? url : `${peer.name} as of ${namesAsOf ?? 'no day'}, ${url}`;
}

function serviceOf({ protocol, sport, dport, icmpType, icmpCode, family: of }: MudEntry): Service {
  const isIcmp = protocol === (of === 'ipv4' ? 1 : 58);
  return {
    ...(protocol === undefined ? {} : { protocol: isIcmp ? ('icmp' as const) : protocol }),
    ...(sport === undefined ? {} : { sport }),
    ...(dport === undefined ? {} : { dport }),
    ...(icmpType === undefined ? {} : { icmpType }),
    ...(icmpCode === undefined ? {} : { icmpCode }),
  };
}

class EndReader {
  readonly #bindings: Bindings;
  readonly #url: string;
  readonly #problems: Problem[];

  constructor(bindings: Bindings, url: string, problems: Problem[]) {
    this.#bindings = bindings;
    this.#url = url;
    this.#problems = problems;
  }

  /** The addresses of one end, of the family of its entry. */
  of({ network, name, abstractions }: MudEnd, entry: MudEntry): IntervalSet {
    const sets = [
      ...(network === undefined ? [] : [[network]]),
      ...(name === undefined ? [] : [this.#name(name, entry)]),
      ...abstractions.map((each) => this.#abstraction(each, entry)),
    ];
    return sets.reduce<IntervalSet>((all, each) => intersect(all, each), [family[entry.family]]);
  }

  #name(name: string, entry: MudEntry): IntervalSet {
    return (
      this.#bindings.names.get(name) ?? this.#missing(entry, `the name ${name} has no addresses`, 'names')
    );
  }

  #abstraction(each: Abstraction, entry: MudEntry): IntervalSet {
    const { localNetworks, myController, controllers, models } = this.#bindings;
    switch (each.kind) {
      case 'local-networks':
        return localNetworks ?? this.#missing(entry, 'the local networks are not known', 'localNetworks');
      case 'my-controller':
        return (
          myController ?? this.#missing(entry, 'the controller of the device is not known', 'myController')
        );
      case 'same-manufacturer':
        return this.#sameManufacturer(entry);
      case 'controller':
        return (
          controllers.get(each.uri) ??
          this.#missing(entry, `the controller ${each.uri} is not known`, 'controllers')
        );
      case 'manufacturer':
        return this.#manufacturer(each.uri, entry);
      case 'model':
        return (
          models.get(each.uri) ??
          this.#missing(entry, `devices of the model ${each.uri} are not known`, 'models')
        );
      default:
        return each satisfies never;
    }
  }

  /** Devices whose MUD URL has the same authority. */
  #sameManufacturer(entry: MudEntry): IntervalSet {
    const own = this.#bindings.sameManufacturer;
    const authority = /^[a-z]+:\/\/([^/]+)/i.exec(this.#url)?.[1]?.toLowerCase();
    return (
      own ??
      (authority === undefined
        ? this.#missing(entry, 'the manufacturer is not known', 'sameManufacturer')
        : this.#manufacturer(authority, entry))
    );
  }

  #manufacturer(authority: string, entry: MudEntry): IntervalSet {
    return (
      this.#bindings.manufacturers.get(authority) ??
      this.#missing(entry, `devices of the manufacturer ${authority} are not known`, 'manufacturers')
    );
  }

  #missing(entry: MudEntry, message: string, key: string): IntervalSet {
    this.#problems.push(
      problem('reference-unknown', `${entry.name}: ${message} (at ${entry.pointer})`, {
        at: entry.at,
        hint: `add it to the bindings under ${key}`,
      }),
    );
    return intervalSet([]);
  }
}
