import { fact } from '../shape/fact.ts';
import { object, oneOrMany, required } from '../shape/composites.ts';
import { date, flag, oneOf, text } from '../shape/scalars.ts';
import { functionNames } from './intent.ts';
import { ref } from '../shape/ids.ts';
import { transport } from './transport.ts';

/** What a zone is for: a security function, or what stands around them. */
export const zoneFunctions = [
  ...functionNames,
  'servers',
  'management',
  'corporate',
  'guest',
  'remote-access',
  'transit',
  'internet',
] as const;
export type ZoneFunction = (typeof zoneFunctions)[number];

export const riskClasses = ['low', 'medium', 'high', 'critical'] as const;

/** @see IEC 62443-3-2 (zones and conduits) */
export const zone = object(
  'a zone',
  {
    name: text,
    function: required(oneOf(...zoneFunctions)),
    riskClass: required(oneOf(...riskClasses)),
    owner: ref('party'),
  },
  { function: 'what it is for; networks name the zone that they are part of' },
);

export const conduit = object(
  'a conduit',
  {
    name: text,
    from: required(oneOrMany(text)),
    to: required(oneOrMany(text)),
    services: required(oneOrMany(transport)),
    mayFail: flag,
    reason: text,
    approved: fact(date),
    owner: ref('party'),
  },
  {
    from: 'who opens connections: zones, networks, devices, parties by remote access, or internet',
    to: 'to whom: zones, networks, devices, cloud services, or internet',
    services: 'by which services: https, rtsp, ntp, tcp/8000-8010, ip/50, any',
    mayFail: 'true where it is permitted, but nobody needs it to pass',
    approved: 'when it was last agreed on',
  },
);
