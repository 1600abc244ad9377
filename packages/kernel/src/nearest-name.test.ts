import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

test.each<[string, readonly string[], string | undefined]>([
  ['hoem', ['home', 'house'], 'home'],
  ['camra', ['camera', 'cable'], 'camera'],
  ['camera', ['camera-2', 'camera-1'], 'camera-1'],
  ['door', ['floor', 'window'], undefined],
  ['x', ['y'], 'y'],
  ['xy', ['ab'], undefined],
  ['', ['a'], 'a'],
  ['timezone', ['timeZone'], 'timeZone'],
  ['abcd', ['badc'], undefined],
])('%s among %j is %s', (misspelt, names, expected) => {
  expect(nearestName(misspelt, names)).toBe(expected);
});

test('two that are as close go by the alphabet, in whatever order they come', () => {
  expect(nearestName('nom', ['nam', 'mom', 'nim'])).toBe('mom');
  expect(nearestName('nom', ['nim', 'nam', 'mom'].toReversed())).toBe('mom');
});

test('long texts cost nothing', () => {
  const started = performance.now();
  expect(nearestName('a'.repeat(5_000_000), ['b'.repeat(5_000_000), 'a'])).toBeUndefined();
  expect(nearestName('a', ['b'.repeat(5_000_000)])).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(200);
});
