import { nearestName } from '@holdfast/kernel';
import { mismatch, quote, spelt, type Shape } from '../shape/shape.ts';

/** A transport protocol with its ports, from `low` to `high`. */
export interface Transport {
  readonly protocol: 'tcp' | 'udp' | 'sctp' | 'icmp' | number;
  readonly low: number;
  readonly high: number;
}

const tcp = (port: number): Transport => ({ protocol: 'tcp', low: port, high: port });
const udp = (port: number): Transport => ({ protocol: 'udp', low: port, high: port });

/**
 * Services that conduits name, by the word that people use.
 * @see IANA service name and transport protocol port number registry; BACnet/IP is ASHRAE 135 annex J
 */
const transports = {
  ssh: [tcp(22)],
  telnet: [tcp(23)],
  smtp: [tcp(25)],
  dns: [udp(53), tcp(53)],
  dhcp: [udp(67), udp(68)],
  http: [tcp(80)],
  ntp: [udp(123)],
  snmp: [udp(161)],
  'snmp-trap': [udp(162)],
  ldap: [tcp(389)],
  https: [tcp(443)],
  smb: [tcp(445)],
  syslog: [udp(514)],
  'syslog-tls': [tcp(6514)],
  rtsp: [tcp(554), udp(554)],
  rtsps: [tcp(322)],
  ldaps: [tcp(636)],
  mssql: [tcp(1433)],
  mqtt: [tcp(1883)],
  mqtts: [tcp(8883)],
  rdp: [tcp(3389), udp(3389)],
  sip: [udp(5060), tcp(5060)],
  sips: [tcp(5061)],
  postgresql: [tcp(5432)],
  modbus: [tcp(502)],
  kerberos: [tcp(88), udp(88)],
  radius: [udp(1812), udp(1813)],
  bacnet: [udp(47_808)],
  icmp: [{ protocol: 'icmp', low: 0, high: 65_535 }],
} as const satisfies Readonly<Record<string, readonly Transport[]>>;

const form = /^(?:(tcp|udp|sctp)\/(\d{1,5})(?:-(\d{1,5}))?|ip\/(\d{1,3}))$/;

/** What a service of a conduit is made of; `any` is every protocol. `undefined` where it is none. */
export function transportsOf(service: string): readonly Transport[] | 'any' | undefined {
  if (service === 'any') return 'any';
  if (Object.hasOwn(transports, service)) return transports[service as keyof typeof transports];
  const [, protocol, from, to = from, number] = form.exec(service) ?? [];
  if (number !== undefined)
    return Number(number) <= 255 ? [{ protocol: Number(number), low: 0, high: 65_535 }] : undefined;
  if (from === undefined || to === undefined) return undefined;
  const [low, high] = [Number(from), Number(to)];
  // The form has only these words.
  return low <= high && high <= 65_535
    ? [{ protocol: protocol as 'tcp' | 'udp' | 'sctp', low, high }]
    : undefined;
}

/** `https`, `tcp/8000-8010`, `ip/50` or `any`. */
export const transport: Shape<string> = {
  expected: 'a service such as https or tcp/554',
  read(value, trail, sink) {
    const service = spelt(value, trail, sink);
    if (service === undefined) return mismatch(this.expected, value, trail, sink);
    if (transportsOf(service) !== undefined) return service;
    sink.report(trail, 'value-invalid', `expected ${this.expected}, found ${quote(service)}`, () => {
      const near = nearestName(service, Object.keys(transports));
      return near
        ? `did you mean '${near}'?`
        : `a protocol and its port (tcp/8000, udp/5000-5010), ip/50, any, or one of ${Object.keys(transports).join(', ')}`;
    });
    return undefined;
  },
  schema: () => ({
    anyOf: [
      { enum: ['any', ...Object.keys(transports)] },
      {
        type: 'string',
        pattern: String.raw`^(?:(?:tcp|udp|sctp)/\d{1,5}(?:-\d{1,5})?|ip/\d{1,3})$`,
        examples: ['tcp/554'],
      },
    ],
  }),
};
