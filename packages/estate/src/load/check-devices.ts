import { nearestName, problem, type Problem } from '@holdfast/kernel';
import type { Estate } from '../estate.ts';
import type { EntityData } from '../language/language.ts';
import type { Profile } from '../language/profile.ts';
import { known } from '../shape/fact.ts';
import type { Path } from '../shape/shape.ts';

/** Roles that any device may have beside those of its profile. */
const commonRoles = ['dns', 'dhcp', 'ntp', 'directory', 'identity', 'certificate', 'licence'] as const;

type Device = EntityData<'device'>;
type Told = (path: Path, message: string, hint?: string) => Problem;

/** Whether the facts and roles that devices name exist in their profiles. */
export function* checkDevices(estate: Estate): Generator<Problem> {
  for (const [id, device] of estate.all('device')) {
    const told: Told = (path, message, hint) =>
      problem('value-invalid', `device ${id}: ${message}`, { at: estate.at('device', id, path), hint });
    if (device.interfaces && (device.network !== undefined || device.uplink !== undefined)) {
      yield told(
        ['interfaces'],
        "it has both 'interfaces' and a network or uplink of its own",
        'move them into one of the interfaces',
      );
    }
    const profile = estate.get('profile', known(device.profile));
    if (!profile) continue;
    yield* disks(device, profile, told);
    if (device.facts) yield* facts(device.facts, profile, told);
    if (device.uses || device.wires) yield* roles(device, profile, told);
  }
}

const fewest = { raid0: 2, raid1: 2, raid5: 3, raid6: 4, raid10: 4 } as const;

/** Disks that make a level, and a licence to fetch that only a recorder has. */
function* disks(device: Device, profile: Profile, told: Told): Generator<Problem> {
  const level = known(device.raidLevel);
  const count = known(device.disks);
  if (level !== undefined && known(device.raid) === 'none')
    yield told(['raidLevel'], `it has ${level}, but 'raid: none'`, "write its state: 'raid: healthy'");
  if (level !== undefined && count !== undefined && count < fewest[level])
    yield told(
      ['disks'],
      `${level} takes at least ${fewest[level]} disks`,
      'count the disks that it records to',
    );
  if (device.backfillChannels !== undefined && profile.class !== 'recorder')
    yield told(
      ['backfillChannels'],
      `a ${profile.class} fetches from no camera`,
      'it is a fact of the recorder that fetches',
    );
}

function* facts(named: NonNullable<Device['facts']>, profile: Profile, told: Told): Generator<Problem> {
  const claimed = profile.facts ?? {};
  for (const name of Object.keys(named)) {
    if (Object.hasOwn(claimed, name)) continue;
    const near = nearestName(name, Object.keys(claimed));
    yield told(
      ['facts', name],
      `its profile claims no '${name}'`,
      near ? `did you mean '${near}'?` : `it claims: ${Object.keys(claimed).join(', ') || 'nothing'}`,
    );
  }
}

function* roles(device: Device, profile: Profile, told: Told): Generator<Problem> {
  const known = new Set([...Object.keys(profile.roles ?? {}), ...commonRoles]);
  for (const [key, names] of [
    ['uses', device.uses],
    ['wires', device.wires],
  ] as const) {
    for (const name of Object.keys(names ?? {})) {
      if (known.has(name)) continue;
      const near = nearestName(name, known);
      yield told(
        [key, name],
        `its profile has no role '${name}'`,
        near ? `did you mean '${near}'?` : `roles: ${[...known].join(', ')}`,
      );
    }
  }
}
