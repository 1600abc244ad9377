import { fieldOf } from './lowering/fields.ts';

/** Statements that change nothing about a packet and its verdict. */
export const inertStatements: ReadonlySet<string> = new Set([
  'counter',
  'log',
  'comment',
  'ct helper',
  'ct timeout',
  'ct expectation',
  'last',
]);

/** Statements that a packet may fail at, by something that is not in the packet. */
export const unmodelledConditions: ReadonlySet<string> = new Set(['limit', 'quota', 'ct count', 'meter']);

/** What setting a field does: nothing to the verdict, or something that is not modelled. */
export function changeOf(field: string): { readonly kind: 'note' | 'other'; readonly what: string } {
  const steers =
    fieldOf(field) !== undefined ||
    /^(?:ip6? |tcp [sd]port|udp [sd]port|th |raw|ct zone|meta (?:protocol|l4proto))/.test(field);
  return steers && !/ (?:dscp|ecn|ttl|hoplimit|flowlabel)$/.test(field)
    ? { kind: 'other', what: `set ${field}` }
    : { kind: 'note', what: `set ${field}` };
}
