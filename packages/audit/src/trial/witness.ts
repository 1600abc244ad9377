import type { EntityKind } from '@holdfast/estate';
import type { Row } from './row.ts';

interface Witness {
  readonly lines: readonly (readonly [EntityKind, string, object])[];
  readonly row: Row;
}

const titles: Readonly<Record<string, string>> = {
  running: 'Runs',
  reports: 'Reports',
  signals: 'Gives its signal',
  syncs: 'Passes changes on',
  'opens-remotely': 'Passes remote opening on',
  'keeps-schedule': 'Keeps its unlock schedule',
  stores: 'Stores',
  serves: 'Serves',
};

/** Something beside the device that sees one capability of it, over a line that never fails, and so gives it a timeline. */
export function witnessed(capability: string): Witness {
  const place = `seen-${capability}`;
  const sees = capability === 'running' ? { line: 'seen' } : { line: 'seen', its: capability };
  const profile = {
    class: 'bms-controller',
    name: 'Witness',
    roles: { seen: { over: 'line' } },
    facts: { 'self-powered': true, boot: '0s' },
    provides: { controls: sees },
  };
  return {
    lines: [
      ['profile', `trial/${place}`, profile],
      ['device', `${place}-by`, { profile: `trial/${place}`, at: 'inside', uses: { seen: ['the-device'] } }],
      ['area', place, { name: place, in: 'site', class: 'staff', cooling: [`${place}-by`] }],
    ],
    row: { id: `${place}/controls-locally`, key: capability, title: titleOf(capability) },
  };
}

const titleOf = (name: string): string =>
  titles[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
