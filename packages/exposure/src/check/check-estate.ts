import { known, type DeviceClass, type EntityData, type Estate } from '@holdfast/estate';
import { sha256 } from '@holdfast/kernel';
import type { DefaultLogin } from '../feeds/read-credentials.ts';
import { relabels } from '../identity/relabels.ts';
import type { Alias } from '../identity/alias.ts';
import type { Match, Matcher } from '../match/match-devices.ts';
import { exposuresOf, identityIn } from './check-device.ts';
import { usualDeadlines, vulnerabilitiesOf, type Deadlines, type Known } from './check-vulnerabilities.ts';
import { classOf, policyFor, policyOf } from './policy.ts';
import { byWeight, ofDevice, type ExposureFinding } from './finding.ts';

/** What an estate is held against. */
export interface Against {
  readonly matcher: Matcher;
  readonly facts: Known;
  readonly logins: readonly DefaultLogin[];
  readonly aliases: readonly Alias[];
  readonly today: string;
}

/** A device of an estate and the verdicts of the advisories that name it. */
export interface MatchedDevice {
  readonly id: string;
  readonly vendor: string;
  readonly model: string;
  readonly firmware: string;
  readonly matches: readonly Match[];
}

/** What an estate exposes. */
export interface Exposure {
  /** The worst first. */
  readonly findings: readonly ExposureFinding[];
  /** The devices that an advisory names. */
  readonly devices: readonly MatchedDevice[];
  /** Devices of which nobody says vendor or model: no advisory can be found for them. */
  readonly nameless: readonly string[];
}

/** Holds every device of an estate against advisories and lists, and asks who patches each class of them. */
export function checkEstate(estate: Estate, against: Against): Exposure {
  const findings: ExposureFinding[] = [...ownerless(estate)];
  const devices: MatchedDevice[] = [];
  const nameless: string[] = [];
  const aliases = [...against.aliases, ...relabels];
  for (const [id, data] of estate.all('device')) {
    const device = identityIn(estate, data);
    const name = estate.nameOf(id);
    if (device.vendor === '' || device.model === '') nameless.push(id);
    const matches = device.vendor === '' ? [] : against.matcher.match(device);
    if (matches.length > 0) devices.push({ id, ...device, matches });
    const exposed = [
      ...exposuresOf(data, device, name, against.today, against.logins, aliases),
      ...vulnerabilitiesOf(matches, name, deadlinesOf(estate, data), against.today, against.facts),
    ];
    findings.push(...exposed.map((each) => ofDevice(estate, id, each)));
  }
  return { findings: findings.toSorted(byWeight), devices, nameless };
}

function deadlinesOf(estate: Estate, data: EntityData<'device'>): Deadlines {
  return { ...usualDeadlines, ...policyOf(estate, data)?.deadlines };
}

/** Classes without anything that takes firmware over a network or a line. */
const withoutFirmware: ReadonlySet<DeviceClass> = new Set(['lock', 'detector', 'sensor']);

/** The classes of devices that nobody patches, and those that somebody patches untried. */
function* ownerless(estate: Estate): Generator<ExposureFinding> {
  const counts = new Map<DeviceClass, number>();
  for (const data of estate.all('device').values()) {
    const own = classOf(estate, data);
    if (own !== undefined && !withoutFirmware.has(own)) counts.set(own, (counts.get(own) ?? 0) + 1);
  }
  for (const [own, count] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const policy = policyFor(estate, own);
    const owner = known(policy?.owner);
    if (owner === undefined)
      yield duty(own, `Nobody owns the patching of the class ${own} (${count} of them here).`);
    else if (known(policy?.test) === undefined)
      yield duty(
        own,
        `Nobody says how an update of the class ${own} (${count} of them here) is tried before ${estate.nameOf(owner)} installs it.`,
      );
  }
}

const duty = (own: DeviceClass, message: string): ExposureFinding => ({
  id: 'PAT-NO-OWNER',
  fingerprint: sha256(['PAT-NO-OWNER', own, message.includes('how an update') ? 'test' : 'owner'].join('\n')),
  verdict: 'fails',
  severity: 'medium',
  subject: own,
  message,
  why: [],
  remedy: `Write a policy under \`patching\` for the class ${own}: owner, cadence, test, window, deadlines.`,
});
