import type { Json, Position } from '@holdfast/kernel';
import { plainAddress, plainMac } from '../observe/address.ts';
import { Host } from '../observe/host.ts';
import type { XmlElement } from './walk-xml.ts';

interface Port {
  readonly key: string;
  readonly at: Position;
  isOpen: boolean;
  answered: boolean;
  service: Record<string, Json>;
  cpe: string[];
}

interface Seen {
  readonly host: Host;
  readonly at: Position;
  state: string;
  reason: string;
  readonly ports: Port[];
  user?: string;
  ptr?: string;
  systems: { readonly name: string; readonly accuracy: string }[];
}

/** Gathers the hosts of a scan while its XML goes by. */
export class HostReader {
  readonly #all: Host[] = [];
  readonly complaints: { readonly message: string; readonly at: Position }[] = [];
  silent = 0;
  silentAt: Position | undefined;
  #seen: Seen | undefined;

  get all(): readonly Host[] {
    return this.#all;
  }

  open(element: XmlElement): void {
    const { name, around, at } = element;
    if (name === 'host' && around.length === 1)
      this.#seen = { host: new Host(at), at, state: 'unknown', reason: '', ports: [], systems: [] };
    else if (this.#seen && around[1] === 'host') this.#within(this.#seen, element);
  }

  text(text: string, around: readonly string[]): void {
    if (around.at(-1) === 'cpe' && around.at(-2) === 'service')
      this.#seen?.ports.at(-1)?.cpe.push(text.trim());
  }

  close(name: string, around: readonly string[]): void {
    if (name !== 'host' || around.length !== 1 || !this.#seen) return;
    this.#keep(this.#seen);
    this.#seen = undefined;
  }

  #within(seen: Seen, { name, around, attributes, at }: XmlElement): void {
    const parent = around.at(-1);
    const port = seen.ports.at(-1);
    if (name === 'status' && parent === 'host') {
      seen.state = attributes['state'] ?? 'unknown';
      seen.reason = attributes['reason'] ?? '';
    } else if (name === 'address' && parent === 'host') this.#address(seen, attributes, at);
    else if (name === 'hostname' && attributes['name']) {
      if (attributes['type'] === 'PTR') seen.ptr ??= attributes['name'];
      else seen.user ??= attributes['name'];
    } else if (name === 'port' && parent === 'ports') this.#port(seen, attributes, at);
    else if (name === 'osmatch')
      seen.systems.push({ name: attributes['name'] ?? '', accuracy: attributes['accuracy'] ?? '' });
    else if (port && parent === 'port') withinPort(port, name, attributes);
  }

  #address({ host }: Seen, attributes: Readonly<Record<string, string>>, at: Position): void {
    const { addr = '', addrtype = 'ipv4', vendor } = attributes;
    const read = addrtype === 'mac' ? plainMac(addr) : plainAddress(addr);
    if (read === undefined)
      this.complaints.push({
        message: `'${addr.slice(0, 60)}' is not an address (${addrtype.slice(0, 20)})`,
        at,
      });
    if (addrtype === 'mac') host.mac(read, at);
    else host.address(read, at);
    if (vendor) host.note(`network interface by ${vendor}`);
  }

  #port(seen: Seen, { protocol = '', portid = '' }: Readonly<Record<string, string>>, at: Position): void {
    seen.ports.push({
      key: `${protocol}/${portid}`,
      at,
      isOpen: false,
      answered: false,
      service: {},
      cpe: [],
    });
    if (/^(?:tcp|udp|sctp)$/.test(protocol) && /^\d{1,5}$/.test(portid) && Number(portid) < 65_536) return;
    // What is no port of a transport, such as an IP protocol, is not something that listens.
    seen.ports.pop();
    if (protocol !== 'ip')
      this.complaints.push({
        message: `'${protocol.slice(0, 20)}/${portid.slice(0, 20)}' is not a port`,
        at,
      });
  }

  #keep(seen: Seen): void {
    const { host, ports } = seen;
    const answered = ports.some((port) => port.answered);
    const isUp = seen.state === 'up' && (seen.reason !== 'user-set' || answered);
    if (!isUp || !host.isKnowable) {
      // A host that is told as down answered for itself; one that was never asked is worth a word.
      if (seen.state !== 'down') {
        this.silent += 1;
        this.silentAt ??= seen.at;
      }
      return;
    }
    host.hostname(seen.ptr ?? seen.user);
    for (const port of ports) if (port.isOpen) host.say(['listens', port.key], serviceOf(port), port.at);
    const [system, second] = seen.systems;
    if (system && system.accuracy === '100' && second?.accuracy !== '100')
      host.say(['system'], system.name, seen.at);
    else if (system) host.note(`system guessed as ${system.name} (${system.accuracy} %)`);
    this.#all.push(host);
  }
}

function withinPort(port: Port, name: string, attributes: Readonly<Record<string, string>>): void {
  if (name === 'state') {
    port.isOpen = attributes['state'] === 'open';
    port.answered = port.isOpen || attributes['state'] === 'closed' || attributes['state'] === 'unfiltered';
  }
  if (name === 'service') port.service = probed(attributes);
  if (name === 'script' && attributes['id'] === 'banner' && attributes['output'])
    port.service['banner'] = attributes['output'].slice(0, 1000);
}

/** What a probe has learned; a name that only stands in a table of usual ports is no observation. */
function probed(attributes: Readonly<Record<string, string>>): Record<string, Json> {
  const { method, name, product, version, extrainfo, tunnel } = attributes;
  if (method !== 'probed') return {};
  return {
    ...(name && name !== 'unknown' && name !== 'tcpwrapped' && { service: name }),
    ...(product && { product }),
    ...(version && { version }),
    ...(extrainfo && { about: extrainfo }),
    ...(tunnel === 'ssl' && { tls: true }),
  };
}

const serviceOf = ({ service, cpe }: Port): Json =>
  cpe.length === 0 ? service : { ...service, cpe: [...cpe] };
