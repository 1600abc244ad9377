import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Failure, invariant, InvariantError, present } from './failure.ts';
import { sha256, sha256Of } from './hash.ts';
import { comparePositions, formatPosition } from './position.ts';
import { compareProblems, problem, type Problem } from './problem.ts';

describe('sha256', () => {
  test('is the known one of the empty text and of abc', () => {
    expect(sha256()).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('of texts and bytes is that of all in their order', () => {
    const parts = ['ä', new Uint8Array([0, 255]), 'x'.repeat(100_000), '', new Uint8Array([1]), 'end'];
    const whole = Buffer.concat(parts.map((each) => (typeof each === 'string' ? Buffer.from(each) : each)));
    expect(sha256(...parts)).toBe(`sha256:${createHash('sha256').update(whole).digest('hex')}`);
  });

  test('takes more texts than a call has room for', () => {
    expect(sha256Of(Array.from({ length: 300_000 }, () => 'a'))).toBe(sha256('a'.repeat(300_000)));
  });
});

describe('problems', () => {
  const at = (file: string, line: number, column: number) => ({ file, line, column });

  test('go by file, line, column, message; without a place first', () => {
    const problems: readonly Problem[] = [
      problem('usage', 'c', { at: at('b', 1, 1) }),
      problem('usage', 'b', { at: at('a', 2, 1) }),
      problem('usage', 'b', { at: at('a', 1, 2) }),
      problem('usage', 'z', { at: at('a', 1, 1) }),
      problem('usage', 'a', { at: at('a', 1, 1) }),
      problem('usage', 'y'),
      problem('usage', 'x'),
    ];
    const words = problems
      .toSorted(compareProblems)
      .map((each) => `${each.message}${each.at ? formatPosition(each.at) : ''}`);
    expect(words).toEqual(['x', 'y', 'aa:1:1', 'za:1:1', 'ba:1:2', 'ba:2:1', 'cb:1:1']);
    expect(problems.toReversed().toSorted(compareProblems)).toEqual(problems.toSorted(compareProblems));
  });

  test('leave out what is not known', () => {
    expect(problem('usage', 'm', { hint: undefined, at: undefined })).toEqual({
      code: 'usage',
      message: 'm',
    });
    expect(comparePositions(at('a', 1, 1), at('a', 1, 1))).toBe(0);
  });
});

test('a failure carries its problems, a broken invariant says which', () => {
  expect(new Failure([problem('usage', 'one'), problem('usage', 'two')]).message).toBe('one\ntwo');
  expect(() => invariant(false, 'broken')).toThrow(new InvariantError('broken'));
  expect(() => present(undefined, 'it')).toThrow(InvariantError);
  expect(present(0, 'it')).toBe(0);
});
