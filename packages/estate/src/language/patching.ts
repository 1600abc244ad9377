import { fact } from '../shape/fact.ts';
import { object, oneOrMany, required } from '../shape/composites.ts';
import { ref } from '../shape/ids.ts';
import { duration, oneOf, text } from '../shape/scalars.ts';
import { hours } from './places.ts';
import { deviceClasses } from './profile.ts';

const deadlines = object(
  'deadlines',
  { exploited: duration, critical: duration, high: duration, medium: duration, low: duration },
  {
    exploited:
      'of what the KEV catalogue lists, from the day it was added; the due day of the catalogue where not said',
    critical: 'of what scores 9.0 or more, from the day the advisory was published',
  },
);

export const patching = object(
  'a patch policy',
  {
    name: text,
    classes: required(oneOrMany(oneOf(...deviceClasses))),
    owner: required(fact(ref('party'))),
    every: fact(duration),
    test: fact(text),
    window: fact(hours),
    deadlines,
  },
  {
    classes: 'the classes of devices that it is for',
    owner: 'who sees to it that firmware is brought up to date',
    every: 'how often one looks for updates',
    test: 'how an update is tried before it reaches the fleet',
    window: 'when devices may be restarted, on the clock of the site',
  },
);
