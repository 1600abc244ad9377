import { sha256 } from '@holdfast/kernel';
import type { FactRef } from '@holdfast/outage';

/** A fact as far as a question is about it. */
export type Asked = Pick<FactRef, 'kind' | 'id' | 'path'>;

/** The id of the question for a fact: `Q-` and eight digits of a hash, the same wherever the fact is asked for. */
export const questionId = ({ kind, id, path }: Asked): string =>
  `Q-${sha256([kind, id, ...path].join('\n'))
    .replace('sha256:', '')
    .slice(0, 8)}`;
