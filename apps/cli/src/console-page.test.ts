import { describe, expect, it } from 'vitest';
import { isShown, pageParts, pageWith } from './console-page.ts';

const page = [
  'Text',
  '```console',
  '$ one',
  'a',
  '...',
  'c',
  '',
  '$ two',
  '```',
  '```sh',
  '$ not this',
  '```',
].join('\n');

describe('a page with commands', () => {
  it('is cut at its console blocks alone', () => {
    expect(pageParts(page).flatMap((part) => ('step' in part ? [part.step.command] : []))).toEqual([
      'one',
      'two',
    ]);
  });

  it('stays as it is while it shows what is printed', async () => {
    expect(await pageWith(page, (command) => Promise.resolve(command === 'one' ? 'a\nb\nc\n' : ''))).toBe(
      page,
    );
  });

  it('is given what is printed where it shows something else', async () => {
    const told = await pageWith(page, (command) => Promise.resolve(command === 'one' ? 'a\nb\n' : 'said\n'));
    expect(told).toContain('$ one\na\nb\n$ two\nsaid\n```\n```sh');
  });

  it.each([
    [['a'], ['a'], true],
    [['a'], ['a', 'b'], false],
    [['a', 'b'], ['a'], false],
    [[], [], true],
    [[], ['a'], false],
    [['...'], ['a', 'b'], true],
    [['...', 'b'], ['a', 'b'], true],
    [['...', 'b'], ['b', 'a'], false],
    [['a', '...'], ['b', 'a'], false],
    [['a', '...', 'a'], ['a'], false],
    [['a', '...', 'c', '  ...', 'd'], ['a', 'b', 'c', 'd'], true],
    [['a', '...', 'c', '...', 'd'], ['a', 'c', 'b', 'e'], false],
    [['judged as of 2026-01-01'], ['judged as of 2027-02-03'], true],
  ])('%j shows %j: %j', (shown, printed, expected) => {
    expect(isShown(shown, printed)).toBe(expected);
  });
});
