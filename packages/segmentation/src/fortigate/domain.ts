import type { ConfigLine } from '../cisco/text/config-lines.ts';
import type { Objects, Policy } from './policy.ts';

/** What is made of a virtual domain. */
export interface Domain {
  readonly objects: Objects;
  readonly policies: readonly Policy[];
  /** What ids begin with: the name of the domain where there are several. */
  readonly prefix: string;
  /** Whether translations stand in tables of their own, and policies see inner addresses. */
  readonly isCentral: boolean;
  readonly start: ConfigLine;
}
