import { known, type Expression, type Profile } from '@holdfast/estate';
import { askedOf } from './expressions-in.ts';

/** Who fills a role in the standard estate. */
export interface Filler {
  readonly role: string;
  readonly id: string;
  readonly by: 'cloud' | 'device';
  readonly over: 'ip' | 'line';
  /** Whether it decides or passes on for the device, and so has a host of its own behind it. */
  readonly hasHost: boolean;
}

const deciding = new Set(['controller', 'module', 'lock', 'hub', 'reader', 'gateway']);

/** The fillers of all roles of a profile, in its order. */
export function fillersOf(profile: Profile): readonly Filler[] {
  const asked = new Set((profile.decisions ?? []).map(({ ask }) => ask));
  return Object.entries(profile.roles ?? {}).map(([role, { over }]) => {
    const isLine = over === 'line' || (profile.class === 'reader' && !role.includes('cloud'));
    const hasHost = asked.has(role) || (isLine && deciding.has(profile.class));
    const isCloud = !isLine && !hasHost && role.includes('cloud');
    return {
      role,
      id: `the-${role}`,
      by: isCloud ? 'cloud' : 'device',
      over: over === 'line' ? 'line' : 'ip',
      hasHost,
    };
  });
}

const hosted: Expression = { all: ['running', { reach: 'host' }] };
const fromHost = new Set(['opens-remotely', 'reports', 'syncs']);
const always = ['opens-remotely', 'reports', 'syncs', 'keeps-schedule', 'exit'];
const ofPanels = ['detects', 'sets', 'sounds', 'signals'];

/** The profile of a device that fills a role: whatever is asked of it, it does while it runs. */
export function companion(profile: Profile, { role, hasHost }: Filler): Profile {
  const more = hasHost ? always : ofPanels;
  const names = new Set([...askedOf(profile, role), ...more]);
  const provides = [...names].map((name): readonly [string, Expression] => [
    name,
    hasHost && fromHost.has(name) ? hosted : 'running',
  ]);
  return {
    class: hasHost ? 'controller' : 'server',
    name: `The ${role}`,
    ...(hasHost ? { roles: { host: { over: 'ip' } } } : {}),
    facts: { boot: '0s' },
    provides: Object.fromEntries(provides),
    ...(hasHost
      ? {
          decisions: [
            {
              id: 'own rules',
              when: 'running',
              rules: 'full',
              learns: hosted,
              within: '0s',
              mobile: 'running',
            } as const,
          ],
        }
      : {}),
  };
}

/** What feeds the device: its own supply, its switch, what fills a role over a line, or cells. */
export type Feeding =
  | { readonly by: 'supply' | 'switch' | 'cells' }
  | { readonly by: 'line'; readonly filler: Filler };

export function feedingOf({ facts }: Profile, fillers: readonly Filler[]): Feeding {
  const says = (name: string): boolean => known(facts?.[name]) === true;
  if (says('poe')) return { by: 'switch' };
  const line = fillers.find(({ over }) => over === 'line');
  if (says('line-powered') && line) return { by: 'line', filler: line };
  return { by: says('self-powered') ? 'cells' : 'supply' };
}
