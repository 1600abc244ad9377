import { asMillis, formatDuration } from '@holdfast/kernel';

/** Two units are enough to read: `2d23h`. */
export const roughly = (at: number): string =>
  formatDuration(asMillis(at))
    .match(/\d+[a-z]*/g)
    ?.slice(0, 2)
    .join('') ?? 'forever';
