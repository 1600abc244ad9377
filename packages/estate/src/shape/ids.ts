import type { EntityKind } from '../language/kinds.ts';
import type { Keys } from './composites.ts';
import { mismatch, quote, spelt, type Shape } from './shape.ts';

const idBody = '[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?';
const idForm = new RegExp(`^${idBody}$`);

/** What ids are made of, as patterns of JSON Schema. */
export const idPattern = `^${idBody}$`;
export const profileIdPattern = `^${idBody}/${idBody}$`;

/** Whether a text may be the id of an entity. */
export const isId = (value: string): boolean => value.length <= 64 && idForm.test(value);

/** Whether a text may be the id of a profile: `cameras/axis-p3265-lv`. */
export const isProfileId = (value: string): boolean => {
  const slash = value.indexOf('/');
  return slash > 0 && isId(value.slice(0, slash)) && isId(value.slice(slash + 1));
};

/** Keys that are names of this kind. */
export const namesOf = (hint: string): Keys => ({ accepts: isId, hint, schema: { pattern: idPattern } });

/** Keys that are ids of entities of these kinds. */
export const idsOf = (...kinds: readonly EntityKind[]): Keys => ({
  ...namesOf(`the id of a ${kinds.join(' or ')}`),
  kinds,
});

/** Keys out of a closed list. */
export const wordsOf = (...words: readonly string[]): Keys => ({
  accepts: (key) => words.includes(key),
  hint: `one of ${words.join(', ')}`,
  schema: { enum: [...words] },
});

/** The id of an entity of one of the kinds, which must exist. */
export function ref(...kinds: readonly EntityKind[]): Shape<string> {
  const expected = kinds.length > 8 ? 'the id of anything' : `the id of a ${kinds.join(' or ')}`;
  const pattern = kinds.includes('profile') ? `^${idBody}(?:/${idBody})?$` : idPattern;
  return {
    expected,
    read(value, trail, sink) {
      const id = spelt(value, trail, sink);
      if (id === undefined)
        return mismatch(
          expected,
          value,
          trail,
          sink,
          typeof value === 'object' ? undefined : 'put it in quotes',
        );
      sink.reference(trail, id, kinds);
      return id;
    },
    schema: () => ({ type: ['string', 'integer'], pattern, description: expected }),
  };
}

/** The id of a profile, of the product's or of the user's own. */
export const profileRef: Shape<string> = {
  expected: 'the id of a profile such as cameras/generic-onvif',
  read(value, trail, sink) {
    if (typeof value === 'string' && isProfileId(value)) {
      sink.reference(trail, value, ['profile']);
      return value;
    }
    sink.report(
      trail,
      'value-invalid',
      `expected ${this.expected}, found ${quote(value)}`,
      '`holdfast profiles list` shows them',
    );
    return undefined;
  },
  schema: () => ({
    type: 'string',
    pattern: profileIdPattern,
    description: 'a profile: `holdfast profiles list`',
  }),
};

/** `device:port`, one end of a cable. */
export const port: Shape<string> = {
  expected: 'a port such as sw-1:24',
  read(value, trail, sink) {
    const end = spelt(value, trail, sink);
    if (end === undefined) return mismatch('a port such as sw-1:24', value, trail, sink);
    const cut = end.indexOf(':');
    sink.reference(trail, cut < 0 ? end : end.slice(0, cut), ['device']);
    return end;
  },
  schema: () => ({
    type: ['string', 'integer'],
    pattern: `^${idBody}(?::.*)?$`,
    description: 'device, or device:port',
    examples: ['sw-1:24'],
  }),
};
