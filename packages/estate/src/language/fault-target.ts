import { nearestName } from '@holdfast/kernel';
import { mismatch, quote, spelt, type Shape } from '../shape/shape.ts';
import { entityKinds, type EntityKind } from './kinds.ts';

/** What may stand before the colon, and the kind of the id behind it, if it is one. */
const prefixes = new Map<string, EntityKind | undefined>([
  ['region', 'party'],
  ['mains', 'site'],
  ['fire', 'device'],
  ['network', 'network'],
  ['disk', 'device'],
  ['kind', undefined],
]);

const anything = entityKinds.filter((kind) => kind !== 'profile');

/** What a fault strikes: the id of anything, `internet`, `region:PARTY/NAME`, `mains:SITE`, `fire:PANEL`, `network:ID`, `disk:RECORDER` or `kind:dns`. */
export const faultTarget: Shape<string> = {
  expected:
    'an id, internet, region:PARTY/NAME, mains:SITE, fire:PANEL, network:ID, disk:RECORDER or kind:dns',
  read(value, trail, sink) {
    const target = spelt(value, trail, sink);
    if (target === undefined) return mismatch(this.expected, value, trail, sink);
    const colon = target.indexOf(':');
    if (colon < 0) {
      if (target !== 'internet') sink.reference(trail, target, anything);
      return target;
    }
    const prefix = target.slice(0, colon);
    if (!prefixes.has(prefix)) {
      const near = nearestName(prefix, prefixes.keys());
      sink.report(
        trail,
        'value-invalid',
        `expected ${this.expected}, found ${quote(target)}`,
        near && `did you mean '${near}:'?`,
      );
      return undefined;
    }
    const kind = prefixes.get(prefix);
    if (kind) sink.reference(trail, idIn(prefix, target.slice(colon + 1)), [kind], colon + 1);
    return target;
  },
  schema: () => ({
    type: ['string', 'integer'],
    pattern: `^(?:[^:]*|(?:${[...prefixes.keys()].join('|')}):.*)$`,
    description: faultTarget.expected,
  }),
};

const idIn = (prefix: string, rest: string): string =>
  prefix === 'region' ? (rest.split('/', 1)[0] ?? rest) : rest;
