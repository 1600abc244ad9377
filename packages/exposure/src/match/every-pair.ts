import type { Advisory } from '../advisory/advisory.ts';
import { surest } from './advisory-index.ts';
import { firmwareOf, identityOf, type Device } from './device.ts';
import { judgeAll } from './judge.ts';
import type { Match } from './match-devices.ts';
import { nameEntry } from './name-entry.ts';

/**
 * The verdicts of one device by comparing it with every entry of every advisory: what an index must find as well.
 * Other names of the device are not asked for.
 */
export function everyPair(device: Device, advisories: readonly Advisory[]): readonly Match[] {
  const identity = identityOf(device.vendor, device.model);
  const version = firmwareOf(device.firmware);
  return advisories.flatMap((advisory) => {
    const named = advisory.entries.flatMap((entry, index) => {
      const match = nameEntry(identity, entry);
      return match === undefined ? [] : [{ entry: index, match }];
    });
    if (named.length === 0) return [];
    const best = surest(advisory, named);
    return judgeAll(advisory, best, version).map(
      ({ cve, judgement: { verdict, matched, fixedIn, why } }) => ({
        advisory: advisory.id,
        cve,
        verdict,
        matched,
        fixedIn,
        why,
      }),
    );
  });
}
