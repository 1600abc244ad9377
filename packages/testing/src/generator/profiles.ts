import type { Line } from './plan.ts';

const profile = (id: string, data: Readonly<Record<string, unknown>>): Line => ({
  kind: 'profile',
  id,
  data: { name: id, ...data },
});
const boot = { boot: '1m' };

/** Profiles that random estates share; those of cameras are random. */
export const fixedProfiles: readonly Line[] = [
  profile('switches/plain', { class: 'switch', facts: { boot: '2m' } }),
  profile('access-points/plain', { class: 'access-point', facts: { boot: '1m' } }),
  profile('alarm-panels/plain', {
    class: 'alarm-panel',
    facts: { boot: '1m', 'self-powered': false },
    provides: {
      detects: 'running',
      sets: { after: '1m', of: 'running' },
      sounds: 'power',
      signals: 'running',
    },
  }),
  profile('detectors/plain', {
    class: 'detector',
    facts: { boot: '0', 'line-powered': true },
    roles: { panel: { needed: true, over: 'line' } },
    provides: { detects: { all: ['running', { line: 'panel' }] } },
  }),
  profile('communicators/plain', { class: 'communicator', facts: { boot: '2m' } }),
  profile('routers/plain', { class: 'router', facts: { boot: '1m' } }),
  profile('firewalls/plain', { class: 'firewall', facts: { boot: '2m' } }),
  profile('servers/plain', { class: 'server', facts: { boot: '1m' }, provides: { simple: 'running' } }),
  profile('recorders/plain', {
    class: 'recorder',
    facts: boot,
    roles: { directory: { needed: false } },
    provides: { simple: 'running', stores: 'running' },
  }),
  profile('recorders/slow', {
    class: 'recorder',
    facts: { boot: { between: ['1m', '3m'] } },
    roles: { directory: { needed: true } },
    starts: { any: ['unknown', { reach: 'directory' }] },
    provides: { simple: { after: '2m', of: 'running' } },
  }),
  profile('bms-controllers/plain', {
    class: 'bms-controller',
    facts: { boot: '1m' },
    roles: { host: { needed: true } },
    provides: { controls: 'running', cools: { for: '3m', of: 'running' }, commanded: { reach: 'host' } },
  }),
  profile('workstations/plain', {
    class: 'workstation',
    facts: { boot: '1m', 'self-powered': false },
    roles: { video: { needed: true }, host: { needed: false } },
    provides: {
      'sees-alarms': 'running',
      'sees-video': { all: ['running', { reach: 'video' }] },
      'commands-doors': { all: ['running', { reach: 'host' }] },
    },
  }),
  profile('intercoms/plain', {
    class: 'intercom',
    facts: { boot: '0' },
    roles: { host: { needed: true } },
    provides: { calls: { all: ['running', { reach: 'host' }] }, opens: 'running' },
  }),
  profile('fire-panels/plain', { class: 'fire-panel', facts: { boot: '1m' } }),
  profile('readers/plain', { class: 'reader', facts: { boot: '0', 'self-powered': false } }),
  profile('controllers/full', {
    class: 'controller',
    facts: { boot: '1m', cache: '6m' },
    roles: { host: { needed: true }, identity: { needed: false } },
    provides: {
      'opens-remotely': { all: ['running', { reach: 'host' }] },
      reports: { all: ['running', { any: ['unknown', { reach: 'host' }] }] },
    },
    decisions: [
      {
        id: 'online',
        rules: 'full',
        when: { all: ['running', { reach: 'host' }] },
        learns: 'always',
        within: '0m',
        visitor: 'always',
        mobile: { reach: 'host' },
      },
      {
        id: 'offline',
        rules: 'cached',
        when: { all: ['running', { for: 'cache', of: { reach: 'host' } }] },
        learns: { reach: 'host' },
        within: '4m',
        visitor: 'unknown',
        mobile: 'never',
      },
    ],
  }),
  profile('modules/plain', {
    class: 'module',
    facts: { boot: '0', facility: 'unknown', 'line-powered': true },
    roles: { controller: { needed: true, over: 'line' } },
    decisions: [
      { id: 'ask', rules: 'asked', ask: 'controller', when: { all: ['running', { line: 'controller' }] } },
      { id: 'facility', rules: 'facility-code', when: { all: ['running', { fact: 'facility' }] } },
    ],
  }),
];
