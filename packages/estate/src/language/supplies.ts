import { fact } from '../shape/fact.ts';
import { object, oneOrMany, required } from '../shape/composites.ts';
import { ref } from '../shape/ids.ts';
import { count, date, duration, oneOf, text } from '../shape/scalars.ts';

const place = ref('site', 'building', 'floor', 'area', 'door');
const crossing = oneOrMany(ref('path'));

export const supply = object(
  'a power supply',
  {
    name: text,
    kind: required(oneOf('feed', 'ups', 'generator', 'board', 'psu')),
    at: place,
    from: fact(oneOrMany(ref('supply'))),
    provider: ref('party'),
    autonomy: fact(duration, { range: true }),
    recharge: fact(duration, { range: true }),
    startDelay: fact(duration, { range: true }),
    fuel: fact(duration, { range: true }),
    tested: fact(date),
    testEvery: duration,
  },
  {
    from: 'what feeds it; several mean that any one is enough; a generator backs up what it names here',
    autonomy: 'how long it carries its load on battery',
    fuel: 'how long a generator runs unattended',
    startDelay: 'from loss of the mains until the generator carries the load',
    tested: 'when its battery was last tested under load, or the generator last run',
    testEvery: 'how often it is to be tested; a year where not said',
  },
);

export const service = object(
  'a service',
  {
    name: text,
    kind: required(
      oneOf(
        'access-host',
        'access-cloud',
        'video-management',
        'video-cloud',
        'alarm-cloud',
        'directory',
        'identity',
        'dns',
        'dhcp',
        'ntp',
        'certificate',
        'licence',
        'telephony',
        'monitoring-centre',
        'mobile-push',
        'visitor',
        'building-management',
        'other',
      ),
    ),
    on: fact(oneOrMany(ref('device'))),
    provider: fact(ref('party')),
    region: fact(text),
    needs: fact(oneOrMany(ref('service'))),
    starts: fact(oneOrMany(ref('service'))),
    lease: fact(duration),
    grace: fact(duration, { range: true }),
    owner: fact(ref('party')),
  },
  {
    on: 'the hosts that run it; any one is enough',
    provider: 'who runs it in the cloud',
    needs: 'services that it cannot do without',
    starts: 'services that it needs only to come up',
    lease: 'for DHCP: how long an address lasts',
    grace: 'how long what it gives out stays good without it: tickets, tokens, licences, time',
  },
);

export const transmission = object(
  'an alarm transmission path',
  {
    name: text,
    panel: required(ref('device')),
    centre: required(ref('service')),
    over: required(fact(oneOf('ip', 'cellular', 'pstn', 'radio'))),
    communicator: ref('device'),
    operator: fact(ref('party')),
    paths: fact(crossing),
    reportingTime: fact(duration),
    category: fact(text),
  },
  {
    reportingTime: 'how soon the centre notices that the path is dead',
    category: 'EN 50131 ATS category, such as SP3 or DP4',
  },
);

export const group = object(
  'a group',
  {
    name: text,
    kind: required(oneOf('failover')),
    members: required(oneOrMany(ref('device'))),
    standby: required(oneOrMany(ref('device'))),
    covers: required(fact(count)),
    tested: fact(date),
    testEvery: duration,
  },
  {
    tested: 'when the standby last took over in a test',
    testEvery: 'how often that is to be tried; a year where not said',
    members: 'recorders that the standby ones stand in for',
    covers: 'how many failed members each standby takes over',
  },
);
