import type { Position } from '@holdfast/kernel';
import type { Element } from './elements.ts';

/** What defines an event, and where it stands: the names of the fault trees and components around it. */
export interface Definition {
  readonly kind: 'gate' | 'basic-event' | 'house-event' | 'parameter';
  /** Its name where it is public, else its path. */
  readonly name: string;
  readonly container: readonly string[];
  readonly element: Element;
  readonly at: Position;
}

/** What a gate is: a reference to what is defined, a constant, or an operator over more formulas. */
export type Formula =
  | { readonly kind: 'reference'; readonly to: Definition; readonly at: Position }
  | { readonly kind: 'constant'; readonly value: boolean }
  | {
      readonly kind: 'and' | 'or' | 'atleast';
      readonly min: number;
      readonly inputs: readonly Formula[];
    }
  /** An operator that more faults can turn off: `not`, `xor` and their like. */
  | {
      readonly kind: 'not-monotone';
      readonly operator: string;
      readonly inputs: readonly Formula[];
      readonly at: Position;
    };
