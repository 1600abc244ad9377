/** What may stand as the answer to a question. */
export interface Expectation {
  readonly kind: 'truth' | 'word' | 'duration' | 'size' | 'rate' | 'number' | 'date' | 'id' | 'port' | 'text';
  /** The words that make a difference, and the one that stands for all others, where there are others. */
  readonly words?: readonly string[];
  readonly otherwise?: string;
  /** `the id of a supply or device` */
  readonly about?: string;
  readonly many?: boolean;
  /** The value alone stands here, without what it rests on. */
  readonly isPlain?: boolean;
  /** The answer is one member of an object that is unknown as a whole. */
  readonly member?: string;
}

/** What is allowed, for the people who answer. */
export function sayAllowed({ kind, words = [], otherwise, about, many }: Expectation): string {
  switch (kind) {
    case 'truth':
      return 'yes or no';
    case 'word':
      return otherwise === undefined
        ? words.join(', ')
        : `${words.join(', ')}; ${otherwise} where it is none of these`;
    case 'duration':
      return 'a time such as 30m, 4h, 3d, forever; or 2h to 4h';
    case 'size':
      return 'a size such as 256GB, or a number of events';
    case 'rate':
      return 'a rate such as 4Mbit/s, or a number of events an hour';
    case 'number':
      return 'a number; or 100 to 200';
    case 'date':
      return 'a day such as 2026-11-22';
    case 'id':
      return `${about ?? 'an id'}, or its name${many ? '; several with commas' : ''}`;
    case 'port':
      return `the id of a device, or device:port${many ? '; several with commas' : ''}`;
    case 'text':
      return 'a word, a number or a time';
    default:
      return kind satisfies never;
  }
}
