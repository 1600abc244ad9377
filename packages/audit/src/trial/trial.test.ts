import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '@holdfast/estate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { trialLines } from './trial-lines.ts';
import { trialTable } from './trial-text.ts';
import { trial } from './trial.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');

const cloudController: Profile = {
  class: 'controller',
  name: 'Cloud controller',
  roles: { cloud: { over: 'ip' } },
  facts: { boot: '1m', token: { between: ['1d', '30d'] }, persists: 'unknown' },
  provides: { 'opens-remotely': { all: ['running', { reach: 'cloud' }] } },
  decisions: [
    {
      id: 'token',
      when: 'running',
      rules: 'full',
      learns: { reach: 'cloud' },
      within: '1m',
      known: {
        all: [
          { for: 'token', of: { reach: 'cloud' } },
          { any: [{ fact: 'persists' }, { runs: 'running', starts: { reach: 'cloud' } }] },
        ],
      },
    },
  ],
};

const cell = (profile: Profile, capability: string, scenario: string) =>
  trial('own/profile', profile)
    .rows.find((row) => row.capability === capability)
    ?.cells.find((each) => each.scenario === scenario);

const day = 86_400_000;

describe('a trial', () => {
  it('says until when a capability holds, and what would settle it', () => {
    const found = cell(cloudController, 'admits-known', 'role:cloud');
    expect(found?.steps).toEqual([
      [0, 'holds'],
      [day, 'unknown'],
      [30 * day, 'fails'],
    ]);
    expect(found?.within).toEqual({ '4h': 'holds', '24h': 'holds', '7d': 'unknown', '30d': 'unknown' });
    expect(found?.asks).toEqual(['token']);
  });

  it('restarts the device alone: back after its boot only if it remembers', () => {
    const found = cell(cloudController, 'admits-known', 'restart');
    expect(found?.steps.slice(0, 2)).toEqual([
      [0, 'fails'],
      [360_000, 'unknown'],
    ]);
    expect(found?.asks).toEqual(['persists', 'token']);
    const sure = { ...cloudController, facts: { ...cloudController.facts, persists: true } };
    expect(cell(sure, 'admits-known', 'restart')?.steps[1]).toEqual([360_000, 'holds']);
  });

  it('asks for all that is needed together, and not for what stands first alone', () => {
    const camera: Profile = {
      class: 'camera',
      name: 'Camera',
      roles: { recorder: { over: 'ip' } },
      facts: { boot: '1m', card: 'unknown', failover: 'unknown' },
      provides: {
        records: {
          all: [
            'running',
            {
              any: [{ reach: 'recorder', its: 'stores' }, { all: [{ fact: 'card' }, { fact: 'failover' }] }],
            },
          ],
        },
      },
    };
    expect(cell(camera, 'records', 'role:recorder')?.asks).toEqual(['card', 'failover']);
  });

  it('does not ask for what something known bears just as well', () => {
    const [decision] = cloudController.decisions ?? [];
    const slow: Profile = {
      ...cloudController,
      facts: { boot: '1m', persists: 'unknown', sync: 'unknown' },
      decisions: decision
        ? [
            {
              ...decision,
              within: 'sync',
              known: { any: [{ fact: 'persists' }, { runs: 'running', starts: { reach: 'cloud' } }] },
            },
          ]
        : [],
    };
    expect(cell(slow, 'refuses-revoked-during', 'none')?.asks).toEqual(['sync']);
  });

  it('takes for granted that badges fit, where nobody says how many', () => {
    const [decision] = cloudController.decisions ?? [];
    const limited: Profile = {
      ...cloudController,
      facts: { ...cloudController.facts, cardholders: 'unknown' },
      decisions: decision ? [{ ...decision, known: { fits: 'credentials', in: 'cardholders' } }] : [],
    };
    expect(cell(limited, 'admits-known', 'none')?.steps).toEqual([[0, 'holds']]);
  });

  it('gives a capability that no place shows a row of its own', () => {
    const { rows } = trial('own/sensor', {
      class: 'sensor',
      name: 'Sensor',
      provides: { 'sniffs-gas': 'running' },
      facts: { boot: '0s' },
    });
    expect(rows.map(({ title }) => title)).toEqual(['Sniffs gas']);
  });

  it('says by which way alarms reach the centre', () => {
    const { assumed } = trial('own/panel', {
      class: 'alarm-panel',
      name: 'Panel',
      provides: { detects: 'running' },
    });
    expect(assumed).toContain(
      'It sends to the monitoring centre over IP itself, past any cloud of its maker.',
    );
  });

  it('shows an intercom that decides at a door and answers calls', () => {
    const { rows } = trial('own/station', {
      ...cloudController,
      class: 'intercom',
      provides: { calls: { all: ['running', { reach: 'cloud' }] }, opens: 'running' },
    });
    expect(rows.map(({ capability }) => capability)).toEqual(
      expect.arrayContaining(['admits-known', 'call-answered', 'opens-from-call']),
    );
  });

  it('is what schemas/trial.schema.json says', () => {
    const schema = JSON.parse(readFileSync(join(root, 'schemas', 'trial.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ formats: { date: true } }).compile(schema);
    const document: unknown = JSON.parse(JSON.stringify(trial('own/profile', cloudController)));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...(document as object), rows: [{}] })).toBe(false);
  });
});

describe('its table', () => {
  it('joins scenarios that do the same, and marks what is unknown', () => {
    const { head, rows, notes } = trialTable(trial('own/profile', cloudController));
    expect(head).toContain('cloud, internet, switch');
    const admits = rows.find(([title]) => title === 'Admits known badges');
    expect(admits).toContain('for 1d..30d [a]');
    expect(notes[0]).toEqual({ letter: 'a', fact: 'token', text: '1d to 30d' });
  });

  it('goes on below where the terminal ends', () => {
    const lines = trialLines(trial('own/profile', cloudController), 70);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70);
    expect(lines.filter((line) => line.startsWith('Admits known badges')).length).toBeGreaterThan(1);
  });
});
