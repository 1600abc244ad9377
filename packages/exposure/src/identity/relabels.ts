import type { Alias } from './alias.ts';

/** A brand that sells, or sold, the devices of a maker under its own name; as known on a day, from a page that says so. */
interface Relabel extends Alias {
  readonly asOf: string;
  readonly source: string;
}

/** Brands of other makers. A verdict on them is never more than up for review: which device is whose, no list says. */
export const relabels: readonly Relabel[] = [
  {
    vendor: 'Lorex',
    asVendor: 'Dahua',
    isSure: false,
    asOf: '2025-09-23',
    source:
      'https://www.einpresswire.com/article/851747640/attorney-general-hilgers-sues-lorex-for-selling-cameras-that-put-nebraskans-security-at-risk',
  },
];
