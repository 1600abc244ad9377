import { parseVersion } from '../version/parse-version.ts';
import type { Version } from '../version/version.ts';
import type { Bound, Span } from './range.ts';

export type Operator = '<' | '<=' | '>' | '>=' | '=';

/** One comparison of a range: an operator and what it compares with. */
export interface Comparison {
  readonly operator: Operator;
  readonly version: Version;
}

const bound = (version: Version, isIncluded: boolean): Bound => ({ version, isIncluded });

/**
 * Comparisons as spans, in the order in which they stand: a lower bound and the upper one after it are an interval,
 * every other upper bound ends a line of its own, and bare versions are a list.
 */
export function spansOf(comparisons: readonly Comparison[]): readonly Span[] {
  const spans: Span[] = [];
  let lower: Bound | undefined;
  const flush = (): void => {
    if (lower !== undefined) spans.push({ kind: 'interval', lower });
    lower = undefined;
  };
  for (const { operator, version } of comparisons) {
    if (operator === '=') {
      flush();
      spans.push({ kind: 'exact', version });
    } else if (operator.startsWith('>')) {
      flush();
      lower = bound(version, operator === '>=');
    } else {
      const upper = bound(version, operator === '<=');
      spans.push({ kind: 'interval', ...(lower === undefined ? {} : { lower }), upper });
      lower = undefined;
    }
  }
  flush();
  return spans;
}

/** A comparison with the version that a text names, where it names one. */
export function comparison(operator: Operator, text: string): Comparison | undefined {
  const version = parseVersion(text);
  return version === undefined ? undefined : { operator, version };
}
