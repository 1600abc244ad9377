/** What may be expected to go wrong is returned, not thrown. */
export type Result<T, E> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'error'; readonly error: E };

/** A success. */
export const ok = <T>(value: T): Result<T, never> => ({ kind: 'ok', value });

/** A failure that the caller is expected to handle. */
export const fail = <E>(error: E): Result<never, E> => ({ kind: 'error', error });
