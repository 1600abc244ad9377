import { fact } from '../shape/fact.ts';
import { mapOf, object, oneOrMany, required, type Keys } from '../shape/composites.ts';
import { namesOf, port, profileRef, ref } from '../shape/ids.ts';
import {
  address,
  count,
  dataRate,
  dataSize,
  date,
  duration,
  flag,
  number,
  oneOf,
  text,
} from '../shape/scalars.ts';
import { facts } from './profile.ts';
import { uses } from './places.ts';
import type { Shape } from '../shape/shape.ts';

const place = ref('site', 'building', 'floor', 'area', 'door');

const endpointPattern = String.raw`^(?:tcp|udp|sctp)/(?:\d|[1-9]\d{1,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$`;
const endpointForm = new RegExp(endpointPattern);
/** A day, or `never`. */
const dateOrNever: Shape<string> = {
  expected: `${date.expected}, or never`,
  read: (value, trail, sink) => (value === 'never' ? value : date.read(value, trail, sink)),
  schema: () => ({ anyOf: [date.schema(), { const: 'never' }] }),
};

const backup = object(
  'a backup',
  {
    taken: required(fact(dateOrNever)),
    kept: fact(oneOrMany(ref('device', 'service', 'site', 'building', 'floor', 'area', 'party'))),
    restored: fact(date),
    every: duration,
  },
  {
    taken: 'when the configuration was last backed up; `never` where it was not',
    kept: 'where or with whom the copy lies',
    restored: 'when a copy was last tried by restoring it',
    every: 'how often it is to be taken; a year where not said',
  },
);

const configuration = object(
  'a configuration',
  {
    file: required(text),
    captured: required(fact(date)),
    holds: oneOf('rules', 'routes', 'switching'),
    sha256: text,
  },
  {
    file: 'where it lies, from the folder of the estate: networks/fw-1/ruleset.json',
    captured: 'the day on which it was taken from the device',
    holds: 'what is read from it: its rules where not said; routes as captured; switch ports and VLANs',
    sha256: 'of its bytes, where they must not change unnoticed',
  },
);

const leg = object('an interface', { network: ref('network'), address, mac: text, uplink: port });

const interfacePattern = '^[A-Za-z0-9][A-Za-z0-9 ./:_-]{0,63}$';
const interfaceForm = new RegExp(interfacePattern);

/** Whether a text can name an interface: eth0.30, GigabitEthernet1/0/1. */
export const isInterfaceName = (text: string): boolean => interfaceForm.test(text);

/** The name of an interface as the device itself writes it. */
const interfaceName: Keys = {
  accepts: isInterfaceName,
  hint: 'the name of an interface, as the device writes it',
  schema: { pattern: interfacePattern },
};

/** `tcp/80`: a transport protocol and a port. */
const endpoint: Keys = {
  accepts: (key) => endpointForm.test(key),
  hint: 'a protocol and a port such as tcp/80',
  schema: { pattern: endpointPattern },
};

const listener = object(
  'what listens on a port',
  {
    service: text,
    product: text,
    version: text,
    about: text,
    tls: flag,
    banner: text,
    cpe: oneOrMany(text),
  },
  {
    service: 'the protocol spoken, by its name in the IANA registry where it has one: http, rtsp, telnet',
    tls: 'whether it is spoken inside TLS',
    banner: 'what it says of itself to everybody',
    cpe: 'names in the CPE dictionary: cpe:/a:apache:http_server:2.4.54',
  },
);

export const device = object(
  'a device',
  {
    name: text,
    profile: required(fact(profileRef)),
    at: required(place),
    vendor: fact(text),
    model: fact(text),
    hardware: fact(text),
    firmware: fact(text),
    serial: fact(text),
    installed: fact(date),
    owner: fact(ref('party')),
    maintainer: fact(ref('party')),
    network: ref('network'),
    address: oneOrMany(address),
    mac: text,
    addressing: fact(oneOf('static', 'dhcp')),
    uplink: fact(oneOrMany(port)),
    interfaces: mapOf('interfaces', leg, interfaceName),
    configurations: oneOrMany(configuration),
    portAccess: fact(oneOf('802.1x', 'mac', 'none')),
    holds: oneOrMany(text),
    listens: mapOf('what listens on which ports', fact(listener), endpoint),
    system: fact(text),
    power: fact(oneOrMany(ref('supply', 'device'))),
    poe: fact(flag),
    battery: fact(duration, { range: true }),
    uses,
    wires: mapOf(
      'lines',
      oneOf('rs485', 'osdp-secure', 'osdp', 'wiegand', 'wireless', 'loop', 'serial'),
      namesOf('the name of a role'),
    ),
    facts,
    detects: oneOrMany(ref('area', 'door')),
    bitrate: fact(dataRate),
    storage: fact(dataSize, { range: true }),
    raid: fact(oneOf('none', 'healthy', 'degraded', 'failed')),
    raidLevel: fact(oneOf('raid0', 'raid1', 'raid5', 'raid6', 'raid10')),
    disks: fact(count),
    backfillChannels: fact(count),
    backup: fact(backup),
    batteryTested: fact(date),
    credentials: fact(count),
    eventsPerHour: fact(number('a number from 0', { min: 0 }), { range: true }),
    lastSync: fact(date),
    certificateExpires: fact(date),
    certificate: fact(oneOf('issued', 'self-signed', 'shared')),
    login: fact(oneOf('own', 'shared', 'default', 'none')),
    loginChanged: fact(date),
    supportEnds: fact(date),
    state: fact(oneOf('working', 'failed')),
  },
  {
    network: 'the network of its only interface; `interfaces` where it has several',
    uplink: 'the switch port it is cabled to',
    configurations: 'the configuration files that it runs, kept beside the estate',
    portAccess: 'how its switch port knows who is plugged in',
    holds: 'what is worth protecting on it, in a word: payroll, patient-records',
    listens:
      'what answers on its addresses, by protocol and port; ports that are not named are not known to be closed',
    system: 'the operating system, where it is known apart from the firmware',
    power: 'what feeds it; several mean that any one is enough',
    poe: 'fed through its uplink; follows from the profile where not said',
    uses: 'who fills the roles of its profile: recorder, host, cloud, controller...',
    wires: 'roles that are reached over a line of their own instead of the network',
    facts: 'what differs from the profile, or is configured here',
    detects: 'the areas or doors that this detector guards',
    certificate: 'who vouches for its certificate; `shared` where several devices have the same key',
    login:
      'how one logs in to it: with a password of its own, one that other devices share, the one it came with, or none',
    loginChanged: 'when that password was last changed',
    supportEnds: 'the last day on which its maker mends it',
    lastSync: 'the last successful synchronisation with its host or cloud',
    raid: 'the state of its disks as one: `none` means that each stands alone',
    raidLevel: 'how its disks make one',
    disks: 'how many disks it records to',
    backfillChannels:
      'how many cameras it may fetch from, after they recorded for themselves; a licence often says',
    backup: 'the copy of its configuration',
  },
);
