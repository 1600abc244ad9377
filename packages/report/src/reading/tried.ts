import { count } from './names.ts';

/** That the order of the questions of a large estate is an estimate, and how far. */
export const sayTried = (tried: number): string =>
  `The estate is large: ${tried === 0 ? 'no answer was' : tried === 1 ? 'one answer was' : `${count(tried, 'answer')} were`} tried out, the others are ranked by how many verdicts wait for them.`;
