import type { EntityKind } from '@holdfast/estate';

/** What a proposed column says, with the headers under which people write it, in English and German. */
export interface Synonym {
  readonly path?: string;
  readonly mark?: 'hostname' | 'key';
  readonly class?: true;
  readonly ref?: readonly EntityKind[];
  readonly create?: { readonly kind: EntityKind; readonly class?: string };
  readonly headers: readonly string[];
}

const devices: readonly Synonym[] = [
  {
    path: 'name',
    headers: [
      'name',
      'device',
      'device name',
      'description',
      'label',
      'camera',
      'camera name',
      'bezeichnung',
      'gerät',
      'gerätename',
      'kamera',
    ],
  },
  { mark: 'hostname', headers: ['hostname', 'host name', 'host', 'dns name', 'fqdn', 'rechnername'] },
  {
    mark: 'key',
    headers: [
      'id',
      'guid',
      'asset',
      'asset tag',
      'inventory number',
      'inventarnummer',
      'device id',
      'logical id',
    ],
  },
  { class: true, headers: ['class', 'type', 'device type', 'category', 'art', 'typ', 'gerätetyp', 'klasse'] },
  { path: 'vendor', headers: ['vendor', 'manufacturer', 'make', 'maker', 'brand', 'hersteller'] },
  { path: 'model', headers: ['model', 'product', 'product type', 'part number', 'modell', 'produkt'] },
  { path: 'serial', headers: ['serial', 'serial number', 'serial no', 's/n', 'sn', 'seriennummer'] },
  {
    path: 'firmware',
    headers: ['firmware', 'firmware version', 'software version', 'version', 'softwarestand'],
  },
  { path: 'hardware', headers: ['hardware', 'hardware version', 'revision', 'hw revision'] },
  {
    path: 'mac',
    headers: [
      'mac',
      'mac address',
      'physical address',
      'hardware address',
      'ethernet address',
      'mac-adresse',
    ],
  },
  {
    path: 'address',
    headers: ['ip', 'ip address', 'address', 'ipv4', 'ipv4 address', 'ip-adresse', 'adresse'],
  },
  {
    path: 'at',
    ref: ['area', 'site', 'building', 'floor', 'door'],
    create: { kind: 'area' },
    headers: ['place', 'location', 'area', 'room', 'site', 'ort', 'standort', 'raum', 'bereich'],
  },
  {
    path: 'network',
    ref: ['network'],
    create: { kind: 'network' },
    headers: ['network', 'vlan', 'subnet', 'netz', 'netzwerk', 'subnetz'],
  },
  {
    path: 'uplink',
    ref: ['device'],
    create: { kind: 'device', class: 'switch' },
    headers: ['switch', 'switch port', 'uplink', 'switchport', 'connected to'],
  },
  {
    path: 'installed',
    headers: [
      'installed',
      'install date',
      'installation date',
      'commissioned',
      'eingebaut',
      'einbaudatum',
      'inbetriebnahme',
    ],
  },
  {
    path: 'uses.recorder',
    ref: ['device'],
    create: { kind: 'device', class: 'recorder' },
    headers: ['recorder', 'recording server', 'archiver', 'nvr', 'rekorder', 'aufzeichnungsserver'],
  },
  {
    path: 'uses.controller',
    ref: ['device'],
    create: { kind: 'device', class: 'controller' },
    headers: ['controller', 'panel', 'access panel', 'unit', 'steuerung', 'zentrale'],
  },
];

const doors: readonly Synonym[] = [
  {
    path: 'name',
    headers: ['name', 'door', 'door name', 'description', 'opening', 'tür', 'türname', 'bezeichnung'],
  },
  {
    mark: 'key',
    headers: [
      'id',
      'guid',
      'door id',
      'door number',
      'number',
      'door no',
      'türnummer',
      'nummer',
      'logical id',
    ],
  },
  {
    path: 'from',
    ref: ['area'],
    create: { kind: 'area' },
    headers: ['from', 'from area', 'area from', 'outside', 'entry side', 'von', 'von bereich', 'außen'],
  },
  {
    path: 'to',
    ref: ['area'],
    create: { kind: 'area' },
    headers: [
      'to',
      'to area',
      'area to',
      'area',
      'protected area',
      'room',
      'inside',
      'nach',
      'nach bereich',
      'bereich',
      'raum',
      'innen',
    ],
  },
  { path: 'kind', headers: ['kind', 'type', 'door type', 'art', 'typ', 'türart'] },
  {
    path: 'lock.kind',
    headers: ['lock', 'lock type', 'locking', 'locking device', 'schloss', 'schlosstyp', 'verriegelung'],
  },
  {
    path: 'lock.onPowerLoss',
    headers: [
      'without power',
      'power loss',
      'fail mode',
      'fail safe',
      'fail secure',
      'fail-safe or fail-secure',
      'ohne strom',
      'ruhestrom',
      'stromlos',
    ],
  },
  {
    path: 'lock.power',
    ref: ['supply', 'device'],
    create: { kind: 'supply' },
    headers: ['lock power', 'power supply', 'psu', 'schlossversorgung', 'netzteil'],
  },
  { path: 'lock.battery', headers: ['battery', 'lock battery', 'battery backup', 'batterie', 'akku'] },
  {
    path: 'decidedBy',
    ref: ['device'],
    create: { kind: 'device' },
    headers: [
      'controller',
      'panel',
      'access panel',
      'interface module',
      'decided by',
      'acm',
      'steuerung',
      'türmodul',
    ],
  },
  {
    path: 'reader.device',
    ref: ['device'],
    create: { kind: 'device', class: 'reader' },
    headers: ['reader', 'reader name', 'card reader', 'leser', 'kartenleser'],
  },
  {
    path: 'reader.link',
    headers: ['reader link', 'reader protocol', 'reader interface', 'protocol', 'leseranbindung'],
  },
  {
    path: 'reader.card',
    headers: ['card', 'card technology', 'credential', 'credential technology', 'kartentechnik'],
  },
  {
    path: 'exit.kind',
    headers: [
      'exit',
      'way out',
      'rex',
      'rex type',
      'request to exit',
      'exit device',
      'egress',
      'ausgang',
      'türdrücker',
    ],
  },
  { path: 'exit.wiring', headers: ['exit wiring', 'way out acts on', 'rex wiring'] },
  {
    path: 'release.fire',
    headers: ['fire release', 'fire', 'fire alarm release', 'brandfreigabe', 'brandfallsteuerung'],
  },
  {
    path: 'emergencyExit',
    headers: ['emergency exit', 'fire exit', 'escape route', 'notausgang', 'fluchtweg'],
  },
  { path: 'contact', headers: ['contact', 'door contact', 'dps', 'door position switch', 'türkontakt'] },
];

/** The kinds that a mapping is proposed for. */
export const synonyms: Readonly<Record<'device' | 'door', readonly Synonym[]>> = {
  device: devices,
  door: doors,
};

/** Words that people write in cells, and those of the language, by path. */
export const wordSynonyms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'lock.kind': {
    magnet: 'maglock',
    'magnetic lock': 'maglock',
    'mag lock': 'maglock',
    maglock: 'maglock',
    haftmagnet: 'maglock',
    'electric strike': 'strike',
    strike: 'strike',
    türöffner: 'strike',
    motor: 'motor',
    'motor lock': 'motor',
    motorschloss: 'motor',
    mechanical: 'mechanical',
    mechanisch: 'mechanical',
  },
  'lock.onPowerLoss': {
    'fail safe': 'fail-safe',
    failsafe: 'fail-safe',
    unlocked: 'fail-safe',
    open: 'fail-safe',
    offen: 'fail-safe',
    'fail secure': 'fail-secure',
    failsecure: 'fail-secure',
    locked: 'fail-secure',
    verriegelt: 'fail-secure',
  },
  'exit.kind': {
    'push button': 'button',
    button: 'button',
    taster: 'button',
    pir: 'motion',
    motion: 'motion',
    lever: 'lever',
    handle: 'lever',
    klinke: 'lever',
    'crash bar': 'panic-bar',
    'panic bar': 'panic-bar',
    panikstange: 'panic-bar',
    reader: 'reader',
    leser: 'reader',
    none: 'none',
  },
};
