import { loaded } from '@holdfast/testing';
import { expect, test } from 'vitest';
import { meanwhile } from './meanwhile.ts';

const door = (id: string, data: object): Parameters<typeof loaded>[0][number] => ({
  kind: 'door',
  id,
  data: { name: id, from: 'a', to: 'b', lock: { kind: 'strike' }, exit: { kind: 'lever' }, ...data },
});
const estate = loaded([
  { kind: 'site', id: 's', data: { name: 'S', timeZone: 'UTC' } },
  { kind: 'building', id: 'h', data: { name: 'H', in: 's' } },
  { kind: 'floor', id: 'f1', data: { name: 'Floor 1', in: 'h' } },
  { kind: 'floor', id: 'f2', data: { name: 'Floor 2', in: 'h' } },
  { kind: 'area', id: 'a', data: { name: 'A', in: 's', class: 'public' } },
  { kind: 'area', id: 'b', data: { name: 'B', in: 's', class: 'staff' } },
  { kind: 'party', id: 'p', data: { name: 'Patrol', kind: 'team' } },
  { kind: 'party', id: 'q', data: { name: 'Porter', kind: 'person' } },
  door('one', { key: { holders: ['p', 'q'] } }),
  door('two', { key: { holders: ['p', 'q'] } }),
  door('odd', { key: 'unknown' }),
  door('bare', {}),
  door('lift', { kind: 'lift', floors: ['f2', 'f1'] }),
]);
const told = (
  name: Parameters<typeof meanwhile>[1],
  verdict: Parameters<typeof meanwhile>[2],
  doors: readonly string[],
): string => meanwhile(estate, name, verdict, doors);

test('says whose key opens a door that no badge opens', () => {
  expect(told('admits-known', 'fails', ['one', 'two'])).toBe(' (key: Patrol and Porter)');
  expect(told('admits-known', 'unknown', ['odd'])).toBe(' (who has a key is unknown)');
  expect(told('admits-known', 'fails', ['bare'])).toBe(' (no key is declared)');
  expect(told('admits-known', 'fails', ['one', 'bare'])).toBe(
    ' (one: key: Patrol and Porter; bare: no key is declared)',
  );
});

test('says which floors a lift is about, whatever it loses, and nothing on its return', () => {
  expect(told('secured', 'fails', ['lift'])).toBe(' (the way to Floor 1 and Floor 2)');
  expect(told('admits-known', 'fails', ['lift'])).toBe(
    ' (the way to Floor 1 and Floor 2; no key is declared)',
  );
  expect(told('admits-known', 'holds', ['lift', 'one'])).toBe('');
  expect(told('secured', 'fails', ['one'])).toBe('');
});
