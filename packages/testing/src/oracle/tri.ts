/** Certainly, and possibly: what the two readings make of a truth together. */
export interface Tri {
  readonly sure: boolean;
  readonly may: boolean;
}

export const certain = (value: boolean): Tri => ({ sure: value, may: value });
export const maybe: Tri = { sure: false, may: true };

export const not = ({ sure, may }: Tri): Tri => ({ sure: !may, may: !sure });
export const every = (...parts: readonly Tri[]): Tri => ({
  sure: parts.every(({ sure }) => sure),
  may: parts.every(({ may }) => may),
});
export const some = (...parts: readonly Tri[]): Tri => ({
  sure: parts.some(({ sure }) => sure),
  may: parts.some(({ may }) => may),
});

/** What each reading says of a truth; only a generator may be up in the worst reading and not in the best. */
export const readings = (worst: boolean, best: boolean): Tri => ({ sure: worst && best, may: worst || best });

/** One of several, nobody knows which. */
export const either = (...parts: readonly Tri[]): Tri => ({
  sure: parts.every(({ sure }) => sure),
  may: parts.some(({ may }) => may),
});

export type Verdict = 'holds' | 'fails' | 'unknown';

export const verdictOf = ({ sure, may }: Tri): Verdict => (sure ? 'holds' : may ? 'unknown' : 'fails');
