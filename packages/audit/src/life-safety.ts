import { known, type EntityData } from '@holdfast/estate';
import type { Model } from '@holdfast/outage';
import type { Finding } from './finding.ts';
import { standing } from './standing-finding.ts';

type Answer = 'yes' | 'no' | 'unknown';

/**
 * Doors that are locked against people inside and lack a lawful release, whatever works or not.
 * A mechanical exit (lever, panic bar) needs none. Any other exit needs one release that cuts the lock power by hardwire
 * (the exit device itself or a call point), a fail-safe lock, and the fire interface that the jurisdictions of the language require.
 * @see NFPA 101 section 7.2.1.6, IBC section 1010.2, EN 13637
 */
export function lifeSafetyFindings(model: Model, siteOf: (place: string) => string): readonly Finding[] {
  return [...model.estate.all('door')].flatMap(([id, door]) => {
    const missing = missingReleases(door);
    const bad = missing.filter(([, answer]) => answer === 'no').map(([what]) => what);
    const open = missing.filter(([, answer]) => answer === 'unknown').map(([what]) => what);
    if (bad.length === 0 && open.length === 0) return [];
    const fails = bad.length > 0;
    const site = siteOf(id);
    return [
      standing(model, site, {
        id: 'OUT-LIFE-SAFETY',
        verdict: fails ? 'fails' : 'unknown',
        severity: fails ? 'critical' : 'high',
        function: 'fire-release',
        kind: 'door',
        subject: id,
        message: fails
          ? `${door.name} can be locked against people inside and lacks ${list(bad)}. Until it is mended, post a guard at it or pin it open whenever people are inside.`
          : `Nobody can say whether ${door.name} lets people out: ${list(open)} ${open.length === 1 ? 'is' : 'are'} unknown.`,
        why: missing.map(([what, answer]) => `${what}: ${answer}`),
        ...(fails
          ? {}
          : { remedy: 'Look at the door, or ask the installer, and write the answer into the estate.' }),
      }),
    ];
  });
}

function missingReleases(door: EntityData<'door'>): readonly (readonly [string, Answer])[] {
  const kind = known(door.lock.kind);
  if (kind === 'mechanical') return [];
  const exit = known(door.exit);
  const exitKind = known(exit?.kind);
  const mechanical = exitKind === 'lever' || exitKind === 'panic-bar';
  if (mechanical && (known(exit?.wiring) ?? 'mechanical') === 'mechanical') return [];
  if (exit === undefined || exitKind === undefined) return [['how people get out', 'unknown']];
  const release = known(door.release);
  const onLoss = known(door.lock.onPowerLoss) ?? (kind === 'maglock' ? 'fail-safe' : undefined);
  const answers: readonly (readonly [string, Answer])[] = [
    [
      'a release at the door that cuts the lock power by itself (exit button or call point)',
      either(
        wired(known(exit.wiring)),
        release === undefined
          ? declaredNo(door.release)
          : bool(known(release.callPoint), release.callPoint === undefined),
      ),
    ],
    [
      'a lock that lets go without power',
      onLoss === undefined ? 'unknown' : onLoss === 'fail-safe' ? 'yes' : 'no',
    ],
    ['a hardwired fire interface', interfaceOf(door)],
  ];
  return answers.filter(([, answer]) => answer !== 'yes');
}

const wired = (wiring: string | undefined): Answer =>
  wiring === undefined ? 'unknown' : wiring === 'cuts-lock-power' ? 'yes' : 'no';
const bool = (value: boolean | undefined, absent: boolean): Answer =>
  value === undefined ? (absent ? 'no' : 'unknown') : value ? 'yes' : 'no';
const declaredNo = (release: unknown): Answer => (release === undefined ? 'no' : 'unknown');

function either(a: Answer, b: Answer): Answer {
  if (a === 'yes' || b === 'yes') return 'yes';
  return a === 'unknown' || b === 'unknown' ? 'unknown' : 'no';
}

function interfaceOf(door: EntityData<'door'>): Answer {
  if (door.release === undefined) return 'no';
  const fire = known(known(door.release)?.fire);
  if (fire === undefined) return 'unknown';
  return fire === 'hardwired' ? 'yes' : 'no';
}

const list = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
