import { prefixOf } from '../model/address.ts';
import { intervalSet, type IntervalSet } from '../model/interval.ts';
import { ipv6Offset } from '../model/packet.ts';
import type { JsonPlace, JsonSink } from './json-place.ts';
import type { Abstraction, MudEnd, MudEntry } from './mud-file.ts';

/** What the matches of an entry say. Source and destination are those of the packet. */
export interface MudMatches {
  readonly source: MudEnd;
  readonly destination: MudEnd;
  readonly abstractions: readonly Abstraction[];
  readonly rest: Pick<MudEntry, 'protocol' | 'sport' | 'dport' | 'icmpType' | 'icmpCode' | 'initiated'>;
}

const topPort = 65_535;

/**
 * Reads what an entry matches. What a firewall does not look at, or this reader does not know, is a problem: an entry is
 * never read as wider than it is.
 * @see RFC 8519 section 4 (ietf-packet-fields), RFC 8520 section 6 (ietf-mud, ietf-acldns)
 */
export class MatchReader {
  readonly #sink: JsonSink;
  readonly #family: 'ipv4' | 'ipv6';
  #source: MudEnd = { abstractions: [] };
  #destination: MudEnd = { abstractions: [] };
  #abstractions: readonly Abstraction[] = [];
  #rest: MudMatches['rest'] = {};

  constructor(sink: JsonSink, family: 'ipv4' | 'ipv6') {
    this.#sink = sink;
    this.#family = family;
  }

  read(matches: JsonPlace): MudMatches {
    for (const [name, place] of matches.entries()) this.#match(name, place);
    return {
      source: this.#source,
      destination: this.#destination,
      abstractions: this.#abstractions,
      rest: this.#rest,
    };
  }

  #match(name: string, place: JsonPlace): void {
    switch (name) {
      case 'ipv4':
      case 'ipv6':
        if (name !== this.#family)
          this.#sink.wrong(place, `this list is about ${this.#family}`, 'type-mismatch');
        return this.#network(place);
      case 'tcp':
        this.#protocol(place, 6);
        return this.#ports(place, true);
      case 'udp':
        this.#protocol(place, 17);
        return this.#ports(place, false);
      case 'icmp':
        this.#protocol(place, this.#family === 'ipv4' ? 1 : 58);
        return this.#icmp(place);
      case 'mud':
        return this.#mud(place);
      default:
        return this.#unknown(name, place);
    }
  }

  #unknown(name: string, place: JsonPlace): void {
    this.#sink.wrong(place, `a match on '${name}' is not modelled`, 'key-unknown');
  }

  #protocol(place: JsonPlace, number: number): void {
    const known = this.#rest.protocol;
    if (known !== undefined && known !== number)
      this.#sink.wrong(place, `the entry is of protocol ${known} and of ${number} at once`);
    this.#rest = { ...this.#rest, protocol: number };
  }

  #network(place: JsonPlace): void {
    for (const [name, value] of place.entries()) {
      switch (name) {
        case 'protocol': {
          const number = value.number(255);
          if (number !== undefined) this.#protocol(value, number);
          break;
        }
        case `source-${this.#family}-network`:
          this.#source = { ...this.#source, ...this.#prefix(value) };
          break;
        case `destination-${this.#family}-network`:
          this.#destination = { ...this.#destination, ...this.#prefix(value) };
          break;
        case 'src-dnsname':
          this.#source = { ...this.#source, ...dnsName(value) };
          break;
        case 'dst-dnsname':
          this.#destination = { ...this.#destination, ...dnsName(value) };
          break;
        default:
          this.#unknown(name, value);
      }
    }
  }

  #prefix(place: JsonPlace): Pick<MudEnd, 'network'> {
    const text = place.text();
    const network = text === undefined ? undefined : prefixOf(text);
    if (network !== undefined && network.low >= ipv6Offset === (this.#family === 'ipv6')) return { network };
    if (text !== undefined) this.#sink.wrong(place, `'${text.slice(0, 60)}' is no ${this.#family} prefix`);
    return {};
  }

  #ports(place: JsonPlace, isTcp: boolean): void {
    for (const [name, value] of place.entries()) {
      if (name === 'source-port' || name === 'destination-port') {
        const ports = this.#portRange(value);
        if (ports !== undefined)
          this.#rest = { ...this.#rest, [name === 'source-port' ? 'sport' : 'dport']: ports };
      } else if (name === 'direction-initiated' && isTcp) this.#direction(value);
      else this.#unknown(name, value);
    }
  }

  #direction(place: JsonPlace): void {
    const text = place.text();
    if (text === 'from-device' || text === 'to-device') this.#rest = { ...this.#rest, initiated: text };
    else if (text !== undefined) this.#sink.wrong(place, 'expected from-device or to-device');
  }

  #portRange(place: JsonPlace): IntervalSet | undefined {
    const [lower, upper] = [place.find('lower-port'), place.find('upper-port')];
    if (lower !== undefined || upper !== undefined) {
      const low = (lower ?? place.need('lower-port'))?.number(topPort);
      const high = upper === undefined ? low : upper.number(topPort);
      return low === undefined || high === undefined ? undefined : this.#between(place, low, high);
    }
    const operator = place.find('operator')?.text() ?? 'eq';
    const port = place.need('port')?.number(topPort);
    if (port === undefined) return undefined;
    switch (operator.slice(operator.lastIndexOf(':') + 1)) {
      case 'eq':
        return this.#between(place, port, port);
      case 'lte':
        return this.#between(place, 0, port);
      case 'gte':
        return this.#between(place, port, topPort);
      case 'neq':
        return intervalSet([
          { low: 0n, high: BigInt(port) - 1n },
          { low: BigInt(port) + 1n, high: BigInt(topPort) },
        ]);
      default:
        this.#sink.wrong(
          place,
          `'${operator.slice(0, 30)}' is no operator on ports`,
          'value-invalid',
          'eq, neq, lte, gte',
        );
        return undefined;
    }
  }

  #between(place: JsonPlace, low: number, high: number): IntervalSet | undefined {
    if (low <= high) return [{ low: BigInt(low), high: BigInt(high) }];
    this.#sink.wrong(place, `the range ends at ${high}, before it begins at ${low}`);
    return undefined;
  }

  #icmp(place: JsonPlace): void {
    for (const [name, value] of place.entries()) {
      const number = name === 'type' || name === 'code' ? value.number(255) : undefined;
      if (name !== 'type' && name !== 'code') this.#unknown(name, value);
      else if (number !== undefined)
        this.#rest = { ...this.#rest, [name === 'type' ? 'icmpType' : 'icmpCode']: number };
    }
  }

  #mud(place: JsonPlace): void {
    for (const [name, value] of place.entries()) {
      const found = this.#abstraction(name, value);
      if (found !== undefined) this.#abstractions = [...this.#abstractions, found];
    }
  }

  #abstraction(name: string, place: JsonPlace): Abstraction | undefined {
    switch (name) {
      case 'local-networks':
      case 'my-controller':
      case 'same-manufacturer':
        return { kind: name };
      case 'controller':
      case 'manufacturer':
      case 'model': {
        const uri = place.text();
        return uri === undefined ? undefined : { kind: name, uri };
      }
      default:
        this.#unknown(name, place);
        return undefined;
    }
  }
}

const dnsName = (place: JsonPlace): Pick<MudEnd, 'name'> => {
  const name = place.text()?.toLowerCase().replace(/\.$/, '');
  return name === undefined ? {} : { name };
};
