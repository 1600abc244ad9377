import { canonicalJson } from '@holdfast/kernel';

/** Whether two pieces of plain data are the same, whatever the order of their keys. */
export const sameJson = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b));
