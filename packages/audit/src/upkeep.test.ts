import { loadEstate } from '@holdfast/estate';
import { describe, expect, it } from 'vitest';
import { audit } from './audit.ts';
import type { Finding } from './finding.ts';

/** One door with its controller, a recorder, a generator; everything in one room but the door. */
function estateWith({ fn = '', controller = '', door = '', recorder = '', more = '' }): readonly Finding[] {
  const text = `holdfast: 1
sites: { s: { name: Site, timeZone: UTC, outage: 1h } }
areas:
  street: { name: Street, in: s, class: public }
  room: { name: Room, in: s, class: critical }
profiles:
  t/ctl:
    class: controller
    name: C
    facts: { boot: 10m }
    provides: { opens-remotely: running, reports: running }
    decisions: [{ id: full, when: running, rules: full, learns: running }]
  t/rec: { class: recorder, name: R, facts: { boot: 0 }, provides: { stores: running } }
doors:
  d:
    name: Door
    from: street
    to: room
    lock: { kind: strike, onPowerLoss: fail-secure, power: feed }
    decidedBy: ctl
    exit: { kind: lever }
    ${door}
devices:
  ctl: { profile: t/ctl, at: room, power: feed${controller} }
  rec: { profile: t/rec, at: room, power: feed${recorder} }
power: { feed: { kind: feed, at: s } }
functions:
  f: { name: The door, function: access, capabilities: [admits-known, secured], for: { any: 1h }${fn} }
${more}`;
  const loaded = loadEstate([{ name: 'a.yaml', text }]);
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error));
  const done = audit(loaded.value, { start: Date.UTC(2026, 10, 23, 8), today: '2026-11-23' });
  if (done.kind === 'error') throw new Error(JSON.stringify(done.error));
  return done.value.findings;
}

const of = (findings: readonly Finding[], id: Finding['id']): readonly string[] =>
  findings.filter((each) => each.id === id).map((each) => `${each.verdict} ${each.subject}: ${each.message}`);

describe('recovery (OUT-RTO)', () => {
  it('is late where a capability is not back in time, and says when it was due', () => {
    const told = of(estateWith({ fn: ', back: 5m' }), 'OUT-RTO');
    expect(told).toContain(
      'fails f: Server: ctl down. The door must be back 5 minutes after it ends, at 09:05; then still: Door opens for no badge.',
    );
  });
  it('is not late where it is back in the very instant, nor where nobody asks', () => {
    expect(of(estateWith({ fn: ', back: 10m' }), 'OUT-RTO')).toEqual([]);
    expect(of(estateWith({}), 'OUT-RTO')).toEqual([]);
  });
  it('is watched for as long as it may take', () => {
    const slow = { fn: ', back: 5h', controller: ', facts: { boot: 6h }' };
    expect(of(estateWith(slow), 'OUT-RTO').join()).toContain('at 14:00; then still: Door opens for no badge');
    expect(of(estateWith({ ...slow, fn: ', back: 6h' }), 'OUT-RTO')).toEqual([]);
  });
});

describe('tests of what must hold (OUT-TEST-OVERDUE)', () => {
  it('are overdue by their own cadence, a year where nobody says one', () => {
    expect(of(estateWith({ fn: ', drilled: 2025-11-23' }), 'OUT-TEST-OVERDUE')).toEqual([]);
    expect(of(estateWith({ fn: ', drilled: 2025-11-22' }), 'OUT-TEST-OVERDUE')).toHaveLength(1);
    expect(of(estateWith({ fn: ', drilled: 2026-11-15, drillEvery: 1w' }), 'OUT-TEST-OVERDUE')).toEqual([
      "fails f: 'The door' was last tried out on 2026-11-15, and that is to be done every 7 days.",
    ]);
  });
  it('are unknown without a record, for functions, generators and groups; for scenarios only where a cadence is set', () => {
    const more =
      'groups: { g: { kind: failover, members: rec, standby: rec, covers: 1 } }\nscenarios: { a: { name: A, faults: [{ at: rec }] }, b: { name: B, drillEvery: 30d, faults: [{ at: rec }] } }\n';
    expect(of(estateWith({ more }), 'OUT-TEST-OVERDUE').map((each) => each.split(':')[0])).toEqual([
      'unknown b',
      'unknown f',
      'unknown g',
    ]);
  });
});

describe('backups (OUT-BACKUP)', () => {
  const good = ', backup: { taken: 2026-06-01, kept: s, restored: 2026-06-02 }';
  it('are unknown where nobody says anything, once for the site', () => {
    const told = of(estateWith({ recorder: good }), 'OUT-BACKUP');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('unknown s: Nobody has written down');
    expect(told[0]).toContain('of: ctl.');
  });
  it('fail where never taken, too old, or kept on the device itself', () => {
    const told = (backup: string): readonly string[] =>
      of(estateWith({ recorder: good, controller: `, backup: ${backup}` }), 'OUT-BACKUP');
    expect(told('{ taken: 2026-06-01, kept: s, restored: 2026-06-02 }')).toEqual([]);
    expect(told('{ taken: never }')).toEqual(['fails ctl: The configuration of ctl was never saved.']);
    expect(told('{ taken: 2026-06-01, kept: ctl }').join()).toContain('fails ctl: The copy');
    expect(told('{ taken: 2026-06-01, every: 90d, kept: s }').join()).toContain('fails ctl');
    expect(told('{ taken: 2026-06-01, kept: s }').join()).toContain('unknown s');
    expect(told('unknown').join()).toContain('unknown s');
  });
});

describe('synchronisation and relays', () => {
  it('an old synchronisation leaves dismissals unknown at the doors', () => {
    const told = (lastSync: string): readonly string[] =>
      of(estateWith({ controller: `, lastSync: ${lastSync}` }), 'OUT-REVOKE-LAG');
    expect(told('2026-11-22')).toEqual([]);
    expect(told('{ value: 2026-01-01, asOf: 2026-01-02 }')).toEqual([]);
    expect(told('{ value: 2026-01-01, asOf: 2026-02-02 }')).toEqual([
      'fails ctl: ctl last synchronised on 2026-01-01: a badge revoked since then still opens Door.',
    ]);
    expect(told('2026-11-01')).toHaveLength(1);
  });
  it('a relay on the wrong side fails, an unknown one asks, an unsaid one is silent', () => {
    const told = (relay: string): readonly string[] => of(estateWith({ door: relay }), 'OUT-RELAY-SIDE');
    expect(told('relay: { side: unsecure }')[0]).toContain(
      'fails d: The relay of Door is on the side of Street',
    );
    expect(told('relay: { side: unknown }')[0]).toContain('unknown d');
    expect(told('relay: unknown')[0]).toContain('unknown d');
    expect(told('relay: { side: secure }')).toEqual([]);
    expect(told('relay: { contact: no }')).toEqual([]);
    expect(told('')).toEqual([]);
  });
});

describe('the loss of a room (OUT-SPOF-ROOM)', () => {
  it('takes all that stands there', () => {
    const rooms = estateWith({}).filter(({ id }) => id === 'OUT-SPOF-ROOM');
    expect(rooms.map(({ scenario, subject }) => `${scenario} ${subject}`)).toContain('fault:room room');
    expect(rooms.map(({ message }) => message).join()).toContain('Door opens for no badge');
  });
});
