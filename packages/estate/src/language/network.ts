import { fact } from '../shape/fact.ts';
import { object, oneOrMany, required } from '../shape/composites.ts';
import { port, ref } from '../shape/ids.ts';
import { cidr, flag, number, oneOf, text } from '../shape/scalars.ts';
import { uses } from './places.ts';
import { riskClasses } from './policy.ts';

export const network = object(
  'a network',
  {
    name: text,
    site: required(ref('site')),
    vlan: number('a VLAN id from 1 to 4094', { min: 1, max: 4094, whole: true }),
    cidr,
    zone: text,
    riskClass: oneOf(...riskClasses),
    gateways: fact(oneOrMany(ref('device'))),
    redundancy: fact(oneOf('vrrp', 'hsrp', 'cluster', 'none')),
    transit: flag,
    isolated: fact(flag),
    uses,
  },
  {
    zone: 'the zone that it is part of; where no zones are declared, any word',
    gateways: 'who routes for its hosts; several are one redundant gateway',
    redundancy: 'how several gateways act as one; `none` means that hosts know only the first',
    transit: 'routers speak to each other over it',
    isolated: 'whether the switches keep its hosts from each other',
  },
);

const crossing = oneOrMany(ref('path'));

export const cable = object(
  'a cable',
  {
    from: required(port),
    to: required(port),
    carries: fact(oneOrMany(ref('network'))),
    medium: oneOf('copper', 'fibre', 'radio', 'stack', 'lag'),
    paths: crossing,
  },
  {
    carries: 'the networks on it; all where nothing is said',
    paths: 'ducts and risers that it runs through',
  },
);

export const circuit = object(
  'a circuit',
  {
    name: text,
    on: required(oneOrMany(ref('device'))),
    provider: fact(ref('party')),
    paths: fact(crossing),
    to: fact(oneOf('internet', 'private')),
    peer: ref('device'),
    medium: oneOf('fibre', 'copper', 'lte', 'radio', 'satellite'),
    role: oneOf('primary', 'backup'),
    carries: fact(oneOrMany(ref('network'))),
  },
  {
    on: 'the router that it ends on',
    paths: 'ducts, masts and exchanges on its way; what two circuits share fails both',
    peer: 'the far router of a private circuit',
    carries: 'the networks that may use it; all where nothing is said',
  },
);

export const sharedPath = object('a physical path', {
  name: text,
  kind: required(oneOf('duct', 'mast', 'exchange', 'riser', 'entry', 'room')),
  owner: ref('party'),
});

export const vpn = object(
  'a VPN',
  {
    name: text,
    from: required(ref('device', 'party')),
    to: required(ref('device')),
    pool: cidr,
    lands: oneOrMany(ref('network')),
  },
  {
    from: 'the router at the other end, or the party that has remote access',
    to: 'the router or firewall that it ends on',
    pool: 'the addresses that who comes in has',
    lands: 'the networks that it comes out in; where not said, what the rules of `to` permit',
  },
);
