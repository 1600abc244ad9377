/** Where packets come from or go to. */
export type Place =
  | { readonly kind: 'network'; readonly id: string }
  | { readonly kind: 'internet' }
  /** Who comes in by remote access. */
  | { readonly kind: 'vpn'; readonly id: string };

export const internet = { kind: 'internet' } as const satisfies Place;

/** What makes two places the same. */
export const placeKey = (place: Place): string =>
  place.kind === 'internet' ? 'internet' : `${place.kind}:${place.id}`;
