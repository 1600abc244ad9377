import type { Estate } from '@holdfast/estate';
import type { DeviceConfig } from '@holdfast/segmentation';
import { known } from '@holdfast/estate';
import { siteOf } from '@holdfast/topology';
import type { Finding } from '../finding.ts';
import { standing } from '../standing-finding.ts';

const mostNamed = 10;

/** Switch ports that nothing is cabled to and that are not shut down; one finding for each switch. */
export function switchFindings(
  estate: Estate,
  configs: ReadonlyMap<string, DeviceConfig>,
): readonly Finding[] {
  const used = portsInUse(estate);
  return [...configs].flatMap(([device, { switching }]) => {
    // A trunk leads to another switch; what is said of cables is about what is plugged in.
    const open = (switching?.ports ?? []).filter(({ shutdown, mode }) => !shutdown && mode !== 'trunk');
    const named = used.get(device) ?? [];
    const unused = open.filter(({ name }) => !named.some((each) => isSamePort(each, name)));
    const [first] = unused;
    if (first === undefined) return [];
    const isKnown = named.length > 0;
    const names = unused.slice(0, mostNamed).map(({ name }) => name);
    const which =
      unused.length > mostNamed
        ? `${names.join(', ')} and ${unused.length - mostNamed} more`
        : names.join(', ');
    const name = estate.nameOf(device);
    return [
      {
        ...standing({ estate }, siteOf(estate, estate.get('device', device)?.at ?? device) ?? '', {
          id: 'SEG-PORTS',
          verdict: isKnown ? 'fails' : 'unknown',
          severity: isKnown ? 'medium' : 'low',
          function: 'segmentation',
          kind: 'device',
          subject: device,
          aspect: 'ports',
          message: isKnown
            ? `Ports of ${name} that nothing is cabled to are not shut down: ${which}.`
            : `The estate names no port of ${name}, so that nobody knows which of these that are not shut down are in use: ${which}.`,
        }),
        at: first.at,
      },
    ];
  });
}

/** The ports that cables and uplinks name, by device. */
function portsInUse(estate: Estate): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  const add = (end: string): void => {
    const cut = end.indexOf(':');
    if (cut < 0) return;
    const device = end.slice(0, cut);
    all.set(device, [...(all.get(device) ?? []), end.slice(cut + 1)]);
  };
  for (const { from, to } of estate.all('cable').values()) for (const end of [from, to]) add(end);
  for (const { uplink, interfaces = {} } of estate.all('device').values()) {
    for (const end of known(uplink) ?? []) add(end);
    for (const leg of Object.values(interfaces)) if (leg.uplink !== undefined) add(leg.uplink);
  }
  return all;
}

/** `Gi1/0/1` is GigabitEthernet1/0/1; a bare number is the last one of a name. */
function isSamePort(word: string, name: string): boolean {
  const [a, b] = [partsOf(word), partsOf(name)];
  if (a === undefined || b === undefined) return word.toLowerCase() === name.toLowerCase();
  if (a.kind === '' && !a.number.includes('/')) return a.number === b.number.split('/').at(-1);
  return a.number === b.number && (a.kind === '' || b.kind.startsWith(a.kind) || a.kind.startsWith(b.kind));
}

function partsOf(text: string): { readonly kind: string; readonly number: string } | undefined {
  const [, kind, number] = /^([a-z-]*)\s*(\d+(?:\/\d+)*)$/.exec(text.toLowerCase()) ?? [];
  return kind === undefined || number === undefined ? undefined : { kind, number };
}
