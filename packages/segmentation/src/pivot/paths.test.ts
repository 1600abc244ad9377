import { describe, expect, test } from 'vitest';
import { landscapeWith } from '../network/landscape.fixture.ts';
import type { Landscape } from '../network/landscape.ts';
import { PivotGraph } from './graph.ts';
import { chosen, pivots, type Arrow, type Pivots } from './paths.ts';

const base = `
networks:
  cams: { site: h, cidr: 10.0.1.0/24, zone: cameras, gateways: fw }
  srv: { site: h, cidr: 10.0.2.0/24, zone: servers, gateways: fw }
  office: { site: h, cidr: 10.0.3.0/24, zone: office, gateways: fw }
  pay: { site: h, cidr: 10.0.4.0/24, zone: payroll, gateways: fw }
parties: { integrator: { name: Integrator, kind: vendor }, maker: { name: Maker, kind: vendor } }
circuits: { wan: { on: fw, to: internet } }
`;
const devices = (more = ''): string => `${base}devices:
  fw: { profile: t/firewall, at: in, interfaces: { e1: { network: cams, address: 10.0.1.1 }, e2: { network: srv, address: 10.0.2.1 }, e3: { network: office, address: 10.0.3.1 }, e4: { network: pay, address: 10.0.4.1 } } }
  cam: { profile: t/camera, at: in, network: cams, address: 10.0.1.9, uses: { recorder: nvr } }
  cam2: { profile: t/camera, at: in, network: cams, address: 10.0.1.10 }
  nvr: { profile: t/recorder, at: in, network: srv, address: 10.0.2.10, listens: { tcp/554: { service: rtsp } } }
  pc: { profile: t/workstation, at: in, network: office, address: 10.0.3.20, listens: { tcp/3389: { service: rdp } } }
  payroll: { profile: t/server, at: in, network: pay, address: 10.0.4.5, holds: payroll, listens: { tcp/1433: { service: mssql } } }
${more}`;

const rules = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  fw: `table inet f {
  chain fwd {
    type filter hook forward priority 0; policy drop;
    ct state established accept
${lines.map((each) => `    ${each}`).join('\n')}
  }
  chain inp { type filter hook input priority 0; policy drop; }
}`,
});

function asked(landscape: Landscape, from: string, to: string, down?: string): Pivots {
  const graph = new PivotGraph(landscape, (id) => id !== down);
  const [sources, targets] = [chosen(graph, from), chosen(graph, to)];
  if (sources.kind === 'error' || targets.kind === 'error') throw new TypeError('selectors of a test match');
  return pivots(graph, sources.value, targets.value);
}

const sayArrow = (arrow: Arrow): string =>
  arrow.kind === 'reverse'
    ? `${arrow.from.id} <~ ${arrow.to.id}`
    : `${arrow.from.id} -> ${arrow.to.id}${arrow.option.service ? ` ${arrow.option.service.name}` : ''} ${arrow.option.passages.map(({ decision }) => decision?.source.id ?? '?').join(',')}`.trim();

const said = ({ paths: found }: Pivots): readonly string[] =>
  found.map(
    ({ verdict, isReverse, arrows }) =>
      `${verdict}${isReverse ? ' reverse' : ''}: ${arrows.map(sayArrow).join('; ')}`,
  );

describe('paths', () => {
  test('lead from one device to the next by what listens there, each by its rule', () => {
    const landscape = landscapeWith(
      devices(),
      rules(
        'ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 tcp dport 554 accept',
        'ip saddr 10.0.2.10 ip daddr 10.0.4.5 tcp dport 1433 accept',
      ),
    );
    const answer = asked(landscape, 'class:camera', 'holds:payroll');
    expect(said(answer)).toEqual([
      'yes: cam -> nvr tcp/554 rtsp f/fwd/5; nvr -> payroll tcp/1433 mssql f/fwd/6',
    ]);
    expect(answer.verdict).toBe('yes');
  });

  test('end where nothing that listens is reached, and are unknown where nobody has said', () => {
    const passing = rules(
      'ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 tcp dport 8000 accept',
      'ip saddr 10.0.2.10 ip daddr 10.0.4.5 accept',
    );
    const answer = asked(landscapeWith(devices(), passing), 'cam', 'payroll');
    expect(said(answer)).toEqual(['unknown: cam -> nvr f/fwd/5; nvr -> payroll tcp/1433 mssql f/fwd/6']);
    expect(answer.paths[0]?.arrows[0]).toMatchObject({
      option: { why: ['none of what is known to listen on nvr is reached'] },
    });
  });

  test('are none where every packet is stopped', () => {
    const answer = asked(
      landscapeWith(devices(), rules('ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 tcp dport 554 accept')),
      'class:camera',
      'holds:payroll',
    );
    expect(answer).toMatchObject({ verdict: 'no', paths: [], closing: undefined });
    expect(answer.unreached.map(({ id }) => id)).toEqual(['payroll']);
  });

  test('go through a device with two legs', () => {
    const legged = devices()
      .replace(
        'network: srv, address: 10.0.2.10,',
        'interfaces: { lan: { network: srv, address: 10.0.2.10 }, mgmt: { network: office, address: 10.0.3.10 } },',
      )
      .replace('networks:', 'networks:')
      .replace('office: { site: h,', 'office: { site: h, isolated: false,');
    const landscape = landscapeWith(
      legged,
      rules(
        'ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 tcp dport 554 accept',
        'ip saddr 10.0.3.20 ip daddr 10.0.4.5 tcp dport 1433 accept',
      ),
    );
    expect(said(asked(landscape, 'cam', 'payroll'))).toEqual([
      'yes: cam -> nvr tcp/554 rtsp f/fwd/5; nvr -> pc tcp/3389 rdp; pc -> payroll tcp/1433 mssql f/fwd/6',
    ]);
  });

  test('within one network are unknown until the switches are known', () => {
    const shut = rules();
    const two = (isolated: string): string =>
      devices().replace('cams: { site: h,', `cams: { site: h, ${isolated}`);
    const from = (isolated: string): string =>
      asked(landscapeWith(two(isolated), shut), 'cam', 'cam2').verdict;
    expect(from('')).toBe('unknown');
    expect(from('isolated: false,')).toBe('yes');
    expect(from('isolated: true,')).toBe('no');
  });

  test('over sessions that somebody else opened are told apart', () => {
    const landscape = landscapeWith(
      devices().replace('cams: { site: h,', 'cams: { site: h, isolated: true,'),
      rules('ip saddr 10.0.1.9 ip daddr 10.0.2.10 tcp dport 554 accept'),
    );
    expect(said(asked(landscape, 'nvr', 'cam'))).toEqual(['unknown reverse: nvr <~ cam']);
    expect(asked(landscape, 'nvr', 'cam2').verdict).toBe('no');
  });

  test('lead back from a cloud to the devices that hold a session to it', () => {
    const yaml = devices().replace('uses: { recorder: nvr }', 'uses: { recorder: nvr, cloud: ks }');
    const landscape = landscapeWith(
      `${yaml}services: { ks: { kind: access-cloud, provider: maker } }\n`,
      rules('ip saddr 10.0.1.9 tcp dport 443 accept'),
    );
    expect(said(asked(landscape, 'party:maker', 'cam'))).toEqual(['unknown reverse: ks <~ cam']);
  });

  test('come in by remote access, as a host of the network that it lands in', () => {
    const vpn = (more: string): string =>
      `${devices()}vpns: { support: { from: integrator, to: fw, pool: 10.9.0.0/29${more} } }\n`;
    expect(asked(landscapeWith(vpn(''), rules()), 'party:integrator', 'cam').verdict).toBe('no');
    const landed = landscapeWith(
      vpn(', lands: cams').replace('cams: { site: h,', 'cams: { site: h, isolated: false,'),
      rules(),
    );
    expect(said(asked(landed, 'party:integrator', 'cam'))).toEqual(['yes: support -> cam']);
  });

  test('to a router end at its own rules', () => {
    const open = rules();
    const landscape = landscapeWith(devices(), {
      fw: (open['fw'] ?? '').replace(
        'policy drop; }',
        'policy drop; ip saddr 10.0.3.0/24 tcp dport 22 accept; }',
      ),
    });
    expect(asked(landscape, 'pc', 'fw').verdict).toBe('yes');
    expect(asked(landscape, 'cam', 'fw').verdict).toBe('no');
  });

  test('follow the backup while the first router is down', () => {
    const yaml = devices(
      '  fw2: { profile: t/firewall, at: in, interfaces: { b1: { network: cams, address: 10.0.1.2 }, b4: { network: pay, address: 10.0.4.2 } } }\n',
    ).replaceAll('gateways: fw }', 'gateways: [fw, fw2] }');
    const landscape = landscapeWith(yaml, {
      ...rules(),
      fw2: 'table ip f { chain fwd { type filter hook forward priority 0; policy accept; } chain inp { type filter hook input priority 0; policy drop; } }',
    });
    expect(asked(landscape, 'cam', 'payroll').verdict).toBe('no');
    expect(asked(landscape, 'cam', 'payroll', 'fw').verdict).toBe('yes');
  });

  test('do not go round by a router of which nobody knows what listens', () => {
    const yaml = devices(
      '  fw2: { profile: t/firewall, at: in, interfaces: { b1: { network: cams, address: 10.0.1.2 }, b4: { network: pay, address: 10.0.4.2 } } }\n',
    ).replaceAll('gateways: fw }', 'gateways: [fw, fw2] }');
    const open =
      'table ip f { chain fwd { type filter hook forward priority 0; policy drop; } chain inp { type filter hook input priority 0; policy drop; tcp dport 80 accept; } }';
    const verdictWith = (more: string): string =>
      asked(
        landscapeWith(yaml.replace('  fw2: {', `  fw2: {${more}`), { ...rules(), fw2: open }),
        'cam',
        'payroll',
      ).verdict;
    expect(verdictWith('')).toBe('no');
    expect(verdictWith(' listens: { tcp/22: { service: ssh } },')).toBe('no');
    expect(verdictWith(' listens: { tcp/80: { service: http } },')).toBe('unknown');
  });

  test('a selector that matches nothing is told with the nearest one', () => {
    const graph = new PivotGraph(landscapeWith(devices(), rules()));
    expect(chosen(graph, 'zone:camera')).toMatchObject({ error: { hint: "did you mean 'zone:cameras'?" } });
    expect(chosen(graph, 'holds:payrol')).toMatchObject({ error: { hint: "did you mean 'holds:payroll'?" } });
  });
});

describe('the fewest rules that close them', () => {
  const many = rules(
    'ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 tcp dport 554 accept',
    'ip saddr 10.0.1.0/24 ip daddr 10.0.3.0/24 tcp dport 3389 accept',
    'ip saddr 10.0.2.10 ip daddr 10.0.4.5 tcp dport 1433 accept',
    'ip saddr 10.0.3.0/24 ip daddr 10.0.4.5 tcp dport 1433 accept',
    'ip saddr 10.0.2.10 ip daddr 10.0.3.0/24 tcp dport 3389 accept',
  );

  test('are told with what else they would break', () => {
    const { closing } = asked(landscapeWith(devices(), many), 'class:camera', 'holds:payroll');
    expect(closing?.kind).toBe('rules');
    if (closing?.kind !== 'rules') return;
    expect(closing.isLeast).toBe(true);
    expect(
      closing.rules
        .map(({ at, source, destination }) => `${at}: ${source[0]} ${destination[0]}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['fw: 10.0.2.10 10.0.4.0/24', 'fw: 10.0.3.20 10.0.4.0/24']);
    expect(closing.rules.flatMap(({ breaks }) => breaks)).toEqual([]);
  });

  test('say what needs the packets that they stop, where no others are as few', () => {
    const only = rules('ip saddr 10.0.1.0/24 ip daddr 10.0.2.10 tcp dport 554 accept');
    const { closing } = asked(landscapeWith(devices(), only), 'cam', 'nvr');
    expect(closing).toMatchObject({
      rules: [{ breaks: [{ kind: 'need', device: 'cam', target: 'nvr', role: 'recorder' }] }],
    });
  });

  test('are none where hosts of one network reach each other', () => {
    const yaml = devices().replace('cams: { site: h,', 'cams: { site: h, isolated: false,');
    const { closing } = asked(landscapeWith(yaml, rules()), 'cam', 'cam2');
    expect(closing).toMatchObject({
      kind: 'none-can',
      arrows: [{ from: { id: 'cam' }, to: { id: 'cam2' } }],
    });
  });
});
