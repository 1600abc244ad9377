import { describe, expect, test } from 'vitest';
import { transportsOf } from '../language/transport.ts';
import { loadEstate } from './load-estate.ts';

const base = `holdfast: 1
sites: { h: { name: H, timeZone: UTC } }
areas: { in: { name: I, in: h, class: staff } }
doors: {}
`;

const told = (body: string): readonly string[] => {
  const result = loadEstate([{ name: 'a.yaml', text: base + body }]);
  return result.kind === 'ok'
    ? []
    : result.error.map(({ code, message, hint, at }) => `${at?.line} ${code} ${message} | ${hint}`);
};

describe('zones', () => {
  test('any word is one while none is declared', () => {
    expect(told('networks: { v: { site: h, zone: video } }')).toEqual([]);
  });

  test('once some are declared, networks name one of them', () => {
    expect(
      told(
        'networks: { v: { site: h, zone: camera } }\nzones: { cameras: { function: video, riskClass: high } }',
      ),
    ).toEqual(["5 reference-unknown network v: there is no zone 'camera' | did you mean 'cameras'?"]);
  });
});

describe('conduits', () => {
  const conduit = (more: string): readonly string[] =>
    told(
      `networks: { v: { site: h, zone: video }, s: { site: h, zone: servers } }\nconduits: { c: { ${more} } }`,
    );

  test.each([
    ['from: video, to: servers, services: [rtsp, tcp/8000-8010, ip/50]', undefined],
    ['from: v, to: internet, services: any', undefined],
    [
      'from: vidoe, to: servers, services: rtsp',
      "conduit c: there is no zone 'vidoe' | did you mean 'video'?",
    ],
    [
      'from: video, to: in, services: rtsp',
      "conduit c: 'in' is of kind area, and opens or takes no connection",
    ],
    ['from: video, to: servers, services: rtps', "found 'rtps' | did you mean 'rtsp'?"],
    ['from: video, to: servers, services: tcp/90-80', "found 'tcp/90-80'"],
    ['from: video, to: servers, services: tcp/70000', "found 'tcp/70000'"],
  ])('%s', (more, expected) => {
    const found = conduit(more);
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(expected) as string]);
  });
});

test('a service is its protocols and ports', () => {
  expect(transportsOf('rtsp')).toEqual([
    { protocol: 'tcp', low: 554, high: 554 },
    { protocol: 'udp', low: 554, high: 554 },
  ]);
  expect(transportsOf('ip/50')).toEqual([{ protocol: 50, low: 0, high: 65_535 }]);
  expect(transportsOf('toString')).toBeUndefined();
});
