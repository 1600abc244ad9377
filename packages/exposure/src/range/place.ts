import { compareVersions, type Order } from '../version/compare-versions.ts';
import { prefixOf, releaseOf, type Version } from '../version/version.ts';
import { alignTo } from './align.ts';
import type { Bound, Span } from './range.ts';

/** Where a version lies against a span: in it, below it, above it, on another line, or nobody can say. */
export interface Place {
  readonly side: 'in' | 'below' | 'above' | 'apart' | 'unknown';
  /** The comparison that decides, in words. */
  readonly comparison: string;
}

/** Where a version lies against a span. */
export function placeIn(span: Span, device: Version): Place {
  return span.kind === 'exact' ? placeAt(span.version, device) : placeBetween(span, device);
}

const spell = (version: Version): string => version.written.trim();

function placeAt(version: Version, device: Version): Place {
  const order = compared(device, version);
  const aligned = alignTo(version, device);
  if (aligned !== undefined && isLine(version) && beginsLike(version, aligned))
    return { side: 'in', comparison: `${spell(device)} is of the line ${spell(version)}` };
  if (order === undefined) return unordered(device, version);
  if (order === 'equal') return { side: 'in', comparison: `${spell(device)} is ${spell(version)}` };
  if (order === 'greater' && aligned !== undefined && extendsVersion(aligned, version))
    return {
      side: 'unknown',
      comparison: `${spell(device)} is a build of ${spell(version)}, and the advisory does not say of which it speaks`,
    };
  return {
    side: order === 'less' ? 'below' : 'above',
    comparison: `${spell(device)} is not ${spell(version)}`,
  };
}

function placeBetween(
  { lower, upper, line }: Extract<Span, { readonly kind: 'interval' }>,
  device: Version,
): Place {
  if (line !== undefined) {
    const aligned = alignTo(line, device);
    if (aligned === undefined) return unordered(device, line);
    if (!beginsLike(line, aligned))
      return { side: 'apart', comparison: `${spell(device)} is not of the line ${spell(line)}` };
  }
  if (lower !== undefined && upper !== undefined && prefixOf(lower.version) !== prefixOf(upper.version))
    return placeAcrossLetters(lower, upper, device);
  if (lower !== undefined) {
    const below = beyond(device, lower, 'less');
    if (below !== undefined) return below;
  }
  if (upper !== undefined) {
    const above = beyond(device, upper, 'greater');
    if (above !== undefined) return above;
  }
  const said = [
    ...(lower === undefined ? [] : [`${lower.isIncluded ? 'at least' : 'after'} ${spell(lower.version)}`]),
    ...(upper === undefined ? [] : [`${upper.isIncluded ? 'at most' : 'before'} ${spell(upper.version)}`]),
  ];
  return { side: 'in', comparison: `${spell(device)} is ${said.join(' and ')}` };
}

/** Whether a version lies beyond a bound, or nobody can say; undefined where it lies on the inner side. */
function beyond(device: Version, bound: Bound, outside: 'less' | 'greater'): Place | undefined {
  const order = compared(device, bound.version);
  if (order === undefined) return unordered(device, bound.version);
  const isBeyond = order === outside || (order === 'equal' && !bound.isIncluded);
  if (!isBeyond) return undefined;
  const aligned = alignTo(bound.version, device);
  if (
    outside === 'greater' &&
    bound.isIncluded &&
    aligned !== undefined &&
    extendsVersion(aligned, bound.version)
  )
    return {
      side: 'unknown',
      comparison: `${spell(device)} is a build of ${spell(bound.version)}, the last that the advisory names`,
    };
  const isBelow = outside === 'less';
  const words = isBelow
    ? bound.isIncluded
      ? 'before'
      : 'not after'
    : bound.isIncluded
      ? 'after'
      : 'not before';
  return {
    side: isBelow ? 'below' : 'above',
    comparison: `${spell(device)} is ${words} ${spell(bound.version)}`,
  };
}

/** `A1.5.3` to `B1.2.4`: the letter before the number counts first. */
function placeAcrossLetters(lower: Bound, upper: Bound, device: Version): Place {
  const key = (version: Version): Version => {
    const [first, ...rest] = version.parts;
    const letter = (first?.word.codePointAt(0) ?? 0) - 96;
    return { ...version, parts: [{ word: '', numbers: [letter, ...releaseOf(version)] }, ...rest] };
  };
  if (![lower.version, upper.version, device].every((each) => /^[a-z]$/.test(prefixOf(each))))
    return unordered(device, upper.version);
  const bound = ({ version, isIncluded }: Bound): Bound => ({ version: key(version), isIncluded });
  return placeBetween({ kind: 'interval', lower: bound(lower), upper: bound(upper) }, key(device));
}

/** How a device's version stands to a bound; undefined where it cannot be told, also of decimals read in two ways. */
export function compared(device: Version, bound: Version): Order | undefined {
  const aligned = alignTo(bound, device);
  if (aligned === undefined) return undefined;
  const order = compareVersions(aligned, bound);
  return order !== undefined && order !== decimalOrder(aligned, bound, order) ? undefined : order;
}

/** 2.9 is before 2.80 where a version counts, and after it where it is a decimal number; then nobody can say. */
function decimalOrder(device: Version, bound: Version, order: Order): Order {
  const [a, b] = [decimalOf(device), decimalOf(bound)];
  if (a === undefined || b === undefined || a.major !== b.major) return order;
  if (a.digits.length === b.digits.length || a.digits.startsWith('0') || b.digits.startsWith('0'))
    return order;
  if (![a.digits, b.digits].some((each) => /^[1-9]0$/.test(each))) return order;
  const [left, right] = [Number(`0.${a.digits}`), Number(`0.${b.digits}`)];
  return left === right ? 'equal' : left < right ? 'less' : 'greater';
}

/** Whether a version that counts before another lies behind it as a decimal number. */
export function readsBehind(version: Version, bound: Version): boolean {
  const [a, b] = [releaseOf(version), releaseOf(bound)];
  if (a[0] !== b[0] || a[1] === undefined || b[1] === undefined || a[1] >= b[1]) return false;
  return String(a[1]).length < String(b[1]).length && Number(`0.${a[1]}`) > Number(`0.${b[1]}`);
}

function decimalOf(version: Version): { readonly major: string; readonly digits: string } | undefined {
  const found = /^\D*?(\d+)\.(\d{1,2})$/.exec(version.written.trim());
  return found === null ? undefined : { major: found[1] ?? '', digits: found[2] ?? '' };
}

/** A version that stands for its whole line: `4.x`, or a bare release number such as 10. */
export const isLine = (version: Version): boolean =>
  version.isOpen ||
  (version.depth === 1 && version.parts.length === 1 && (releaseOf(version)[0] ?? 0) < 1000);

/** Whether a version begins with the numbers of a line. */
export function beginsLike(line: Version, version: Version): boolean {
  const numbers = releaseOf(version);
  return (
    prefixOf(line) === prefixOf(version) &&
    lineNumbers(line).every((each, index) => each === (numbers[index] ?? 0))
  );
}

const lineNumbers = (line: Version): readonly number[] =>
  Array.from(
    { length: Math.max(line.depth, releaseOf(line).length) },
    (_, index) => releaseOf(line)[index] ?? 0,
  );

/** Whether a version is another with more numbers behind it: 21.03.2 of 21.03. */
function extendsVersion(version: Version, of: Version): boolean {
  return of.parts.length === 1 && version.depth > of.depth && of.depth > 0 && beginsLike(of, version);
}

/** Two prefixes are two firmware lines: whether the device is of one that the advisory names, the other spans tell. */
const unordered = (device: Version, bound: Version): Place => ({
  side:
    prefixOf(device) !== '' && prefixOf(bound) !== '' && prefixOf(device) !== prefixOf(bound)
      ? 'apart'
      : 'unknown',
  comparison: `${spell(device)} and ${spell(bound)} cannot be ordered`,
});
