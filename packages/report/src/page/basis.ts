import type { Basis } from '@holdfast/estate';

/** What a fact rests on, in words that follow `it is`. */
export const basisWords: Readonly<Record<Basis, string>> = {
  drilled: 'tried in a drill',
  observed: 'seen on site',
  export: 'read from an exported configuration',
  datasheet: 'taken from a data sheet',
  vendor: 'the vendor’s word',
  declared: 'declared in the estate',
  assumed: 'assumed',
};
