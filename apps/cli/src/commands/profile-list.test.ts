import { expect, it } from 'vitest';
import { listAsTable, type ListedProfile } from './profile-list.ts';

const rows: readonly ListedProfile[] = [
  {
    id: 'controllers/software-house-istar-ultra-g2',
    name: 'Software House iSTAR Ultra G2',
    class: 'controller',
    vendor: 'Johnson Controls (Software House)',
    managed: 'site',
    without: 'records for 2d23h, or more',
    facts: 9,
    known: 2,
    sourced: 2,
  },
];

it.each([80, 100, 120, 160])('stays within %i columns and always names the profile', (width) => {
  const lines = listAsTable(rows, width).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  expect(lines[1]).toContain('controllers/software-house-istar-ultra-g2');
  expect(lines[1]).toContain('records for 2d23h, or more');
});

it('shows every column where there is no end to a line', () => {
  expect(listAsTable(rows, Infinity)).toMatch(
    /^product +class +vendor +managed +without .* known +profile\n/,
  );
});
