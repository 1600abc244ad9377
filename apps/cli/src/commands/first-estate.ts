/** What `holdfast init` asks. */
export interface FirstAnswers {
  readonly name: string;
  readonly timeZone: string;
  readonly doors: string;
  readonly cameras: string;
  /** `cloud` or `site`. */
  readonly access: string;
  readonly lines: string;
}

const count = (text: string): readonly number[] =>
  Array.from({ length: Number(text) }, (_, index) => index + 1);

const quoted = (text: string): string => JSON.stringify(text);

/** A first estate: small, whole, and honest about what nobody has said yet. */
export function firstEstate(answers: FirstAnswers): string {
  const cloud = answers.access === 'cloud';
  return [places(answers), doors(answers), devices(answers, cloud), network(answers, cloud)].join('\n');
}

const places = ({ name, timeZone }: FirstAnswers): string => `holdfast: 1
# The first estate of ${name.replaceAll('\n', ' ')}. Each 'unknown' is a question; the audit says which matter most.
# Editors complete this language with the schema that \`holdfast estate schema\` prints.

sites:
  site:
    name: ${quoted(name)}
    timeZone: ${timeZone}
    outage: 4h          # how long the site must ride out a fault
    jurisdiction: unknown

areas:
  outside: {name: Outside, in: site, class: public}
  inside: {name: Inside, in: site, class: staff}
`;

const doors = ({ doors: number, cameras }: FirstAnswers): string => `doors:
${count(number)
  .map(
    (each) => `  door-${each}:
    name: Door ${each}
    from: outside
    to: inside
    lock: {kind: unknown, onPowerLoss: unknown, power: unknown}
    decidedBy: controller
    exit: {kind: unknown}`,
  )
  .join('\n')}

views:
${count(cameras)
  .map(
    (each) =>
      `  view-${each}: {name: View ${each}, of: inside, cameras: [camera-${each}], retention: {required: 30d}}`,
  )
  .join('\n')}
`;

const devices = ({ cameras }: FirstAnswers, cloud: boolean): string => `devices:
  controller:
    name: Door controller
    profile: controllers/generic-ip
    at: inside
    network: lan
    uplink: switch
    power: [ups]
    uses: {host: access}
${count(cameras)
  .map(
    (each) => `  camera-${each}:
    name: Camera ${each}
    profile: cameras/generic-ip
    at: inside
    network: lan
    uplink: switch
    uses: {recorder: recorder}
    bitrate: unknown`,
  )
  .join('\n')}
  recorder:
    name: Recorder
    profile: recorders/generic-nvr
    at: inside
    network: lan
    uplink: switch
    power: [ups]
    storage: unknown
  switch: {name: Switch, profile: switches/generic-poe, at: inside, uplink: router, power: [mains]}
  router: {name: Router, profile: routers/generic, at: inside, power: [ups]}
${cloud ? '' : '  server: {name: Access server, profile: servers/generic, at: inside, network: lan, uplink: switch, power: [ups]}\n'}`;

const network = ({ lines }: FirstAnswers, cloud: boolean): string => `networks:
  lan: {site: site, gateways: [router]}

circuits:
${count(lines)
  .map(
    (each) => `  line-${each}: {name: Line ${each}, on: router, provider: provider-${each}, paths: unknown}`,
  )
  .join('\n')}

power:
  mains: {name: Mains, kind: feed, at: site}
  ups: {name: UPS, kind: ups, at: site, from: [mains], autonomy: unknown, tested: unknown}

services:
  access: {name: Access control, kind: ${cloud ? 'access-cloud, provider: access-vendor' : 'access-host, on: server'}}

parties:
${count(lines)
  .map((each) => `  provider-${each}: {name: Provider ${each}, kind: provider}`)
  .join('\n')}
${cloud ? '  access-vendor: {name: Access control vendor, kind: provider}\n' : ''}`;
