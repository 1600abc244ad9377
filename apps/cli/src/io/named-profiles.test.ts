import { describe, expect, test } from 'vitest';
import { namedProfiles } from './named-profiles.ts';

const library = [
  {
    name: 'a.yaml',
    text: 'holdfast: 1\nprofiles:\n  c/one:\n    class: camera\n\n  c/two:\n    class: camera\n',
  },
  { name: 'b.yaml', text: 'holdfast: 1\nprofiles:\n  d/one:\n    class: switch\n' },
];

describe('the named profiles of a library', () => {
  test('are those that a file names, each on its own lines', () => {
    const [only, ...rest] = namedProfiles(library, [{ name: 'e.yaml', text: 'profile: c/two' }]);
    expect(rest).toEqual([]);
    expect(only).toEqual({
      name: 'a.yaml',
      text: 'holdfast: 1\nprofiles:\n\n\n\n  c/two:\n    class: camera\n',
    });
  });

  test('are none where none is named', () => {
    expect(namedProfiles(library, [{ name: 'e.yaml', text: 'holdfast: 1' }])).toEqual([]);
  });
});
