import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEstate, type Estate, type SourceFile } from '@holdfast/estate';
import { sha256 } from '@holdfast/kernel';
import { describe, expect, it } from 'vitest';
import { prefixOf } from '../model/address.ts';
import { landscapeOf, type Landscape } from './landscape.ts';
import { internet, type Place } from './place.ts';
import { namedConfigs, readDeviceConfigs, type HashedFile } from './read-config.ts';
import { reached } from './reach.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const yaml = (folder: string): readonly SourceFile[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));

function sample(name: string): Landscape {
  const folder = join('samples', name);
  const loaded = loadEstate(yaml(folder), yaml('packages/estate/profiles'));
  if (loaded.kind === 'error') throw new Error(JSON.stringify(loaded.error, undefined, 1));
  const configs = readDeviceConfigs(loaded.value, filesOf(folder, loaded.value));
  if (configs.kind === 'error') throw new Error(JSON.stringify(configs.error, undefined, 1));
  return landscapeOf(loaded.value, configs.value);
}

const filesOf = (folder: string, estate: Estate): ReadonlyMap<string, HashedFile> =>
  new Map(
    namedConfigs(estate).map(({ file }) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      return [file, { name: file, text, sha256: sha256(text) }] as const;
    }),
  );

const on = (id: string): Place => ({ kind: 'network', id });
const numbers = { tcp: 6n, udp: 17n } as const;

/** `tcp/443`, from an address on a network to another: the verdict, and the rule of the last router. */
function asked(
  landscape: Landscape,
  [from, source]: readonly [Place, string],
  [to, destination]: readonly [Place, string],
  service: string,
  down?: string,
): string {
  const [protocol = '', port = ''] = service.split('/');
  const range = (text: string) => prefixOf(text) ?? { low: 0n, high: -1n };
  const number = numbers[protocol as keyof typeof numbers];
  const { verdict, shown } = reached(
    landscape,
    {
      from,
      to,
      source: [range(source)],
      destination: [range(destination)],
      packets: {
        protocol: [{ low: number, high: number }],
        dport: [{ low: BigInt(port), high: BigInt(port) }],
      },
    },
    (id) => id !== down,
  );
  const last = shown?.part?.passages.at(-1);
  return `${verdict} ${last?.router ?? ''} ${last?.decision?.source?.id ?? ''}`.trim();
}

describe('the sample campus', () => {
  const campus = sample('campus');
  const camera = [on('video-net'), '10.40.32.41'] as const;
  const cloudCamera = [on('video-net'), '10.40.33.11'] as const;
  const payroll = [on('servers'), '10.40.90.21'] as const;
  const halyard = [{ kind: 'vpn', id: 'halyard-access' }, '10.40.200.5'] as const;
  const anywhere = [internet, '203.0.113.77'] as const;

  it.each([
    ['a camera does not reach payroll', camera, payroll, 'tcp/443', 'no core-1 CAMERAS-IN/100'],
    ['nor the internet', camera, anywhere, 'tcp/443', 'no core-1 CAMERAS-IN/130'],
    [
      'one of Verkada reaches its cloud',
      cloudCamera,
      anywhere,
      'tcp/443',
      'yes fw-1 fairbrook/to_internet/39',
    ],
    ['and not payroll', cloudCamera, payroll, 'tcp/443', 'no core-1 CAMERAS-IN/100'],
    [
      'a recorder reaches the video management',
      [on('video-net'), '10.40.32.11'],
      [on('servers'), '10.40.90.12'],
      'tcp/443',
      'yes core-1 CAMERAS-IN/60',
    ],
    [
      'a desk of Elmford reaches payroll',
      [on('e-office-net'), '10.41.60.50'],
      payroll,
      'tcp/443',
      'yes core-1 TRANSIT-IN/110',
    ],
    [
      'Halyard reaches the video management',
      halyard,
      [on('servers'), '10.40.90.12'],
      'tcp/443',
      'yes core-1 TRANSIT-IN/160',
    ],
  ] as const)('%s, as agreed', (_, from, to, service, answer) => {
    expect(asked(campus, from, to, service)).toBe(answer);
  });

  it.each([
    [
      'the second leg of a recorder to payroll',
      [on('office-south'), '10.40.70.212'],
      payroll,
      'tcp/443',
      undefined,
      'yes core-1 OFFICE-SOUTH-IN/50',
    ],
    [
      'Halyard to every port of a camera',
      halyard,
      [on('video-net'), '10.40.32.101'],
      'tcp/23',
      undefined,
      'yes fw-1 fairbrook/from_halyard/58',
    ],
    [
      'a plant controller to remote desktop of its server',
      [on('building'), '10.40.50.11'],
      [on('servers'), '10.40.90.14'],
      'tcp/3389',
      undefined,
      'yes core-1 AUTOMATION-IN/50',
    ],
    [
      'a camera to payroll while core-1 is down',
      camera,
      payroll,
      'tcp/443',
      'core-1',
      'yes core-2 forward/in/policy',
    ],
    [
      'a camera of Elmford to the internet',
      [on('e-security'), '10.41.20.71'],
      anywhere,
      'tcp/8000',
      undefined,
      'yes rt-e1 out/built-in/from-the-firewall',
    ],
  ] as const)('lets %s, which nobody agreed on', (_, from, to, service, down, answer) => {
    expect(asked(campus, from, to, service, down)).toBe(answer);
  });

  it('applies the list of the cameras on core-1 alone', () => {
    const door = [on('access'), '10.40.20.41'] as const;
    expect(asked(campus, camera, door, 'tcp/3001')).toBe('no core-1 CAMERAS-IN/100');
    expect(asked(campus, door, payroll, 'tcp/443', 'core-1')).toMatch(/^no core-2 DOORS-IN/);
  });
});

describe('the sample branch', () => {
  const branch = sample('branch');
  const desk = [on('office'), '10.20.10.50'] as const;
  const recorder = [on('security'), '10.20.20.21'] as const;

  it.each([
    ['video to a desk', desk, recorder, 'tcp/443', 'yes'],
    ['a desk any port of the recorder, which nobody agreed on', desk, recorder, 'tcp/22', 'yes'],
    ['a desk no camera', desk, [on('security'), '10.20.20.31'], 'tcp/80', 'no'],
    ['a desk the alarm panel', desk, [on('security'), '10.20.20.41'], 'tcp/443', 'yes'],
    ['a camera nothing', [on('security'), '10.20.20.31'], [internet, '203.0.113.77'], 'tcp/443', 'no'],
    ['the panel its centre', [on('security'), '10.20.20.41'], [internet, '203.0.113.77'], 'tcp/12000', 'yes'],
  ] as const)('gives %s', (_, from, to, service, verdict) => {
    expect(asked(branch, from, to, service).split(' ')[0]).toBe(verdict);
  });
});
