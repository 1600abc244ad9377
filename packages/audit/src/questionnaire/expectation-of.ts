import type { Estate } from '@holdfast/estate';
import type { Expectation } from './expectation.ts';
import { factUse } from './fact-use.ts';
import type { Asked } from './question-id.ts';
import { schemaUse } from './schema-use.ts';

/** What is expected of a fact: as its profile uses it, else as the language has it. */
export function expectationOf(estate: Estate, { kind, id, path }: Asked): Expectation {
  if (path[0] !== 'facts') return schemaUse(kind, path);
  const profile = kind === 'profile' ? id : plain(estate.get('device', id)?.profile);
  return factUse(estate.get('profile', profile), String(path[1]));
}

const plain = (fact: unknown): string | undefined => {
  const value = typeof fact === 'object' && fact !== null && 'value' in fact ? fact.value : fact;
  return typeof value === 'string' ? value : undefined;
};
