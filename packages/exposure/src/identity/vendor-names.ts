import { foldText } from '../text/fold.ts';

const legal = new Set(
  'inc llc ltd limited co corp corporation company gmbh ag ab se sa spa bv nv pte plc kg srl as oy pvt lp'.split(
    ' ',
  ),
);
/** Words that vendors put behind their name or leave away. */
const trailing = new Set(
  'technology technologies tech systems system solutions electronics electronic security communications international group holdings digital software vision techwin industries global networks association'.split(
    ' ',
  ),
);
const places = new Set(['hangzhou', 'zhejiang', 'shenzhen', 'beijing', 'guangzhou', 'holdings', 'singapore']);

/**
 * The companies that a vendor's name holds, as keys that compare: `Kantech, Johnson Controls Inc.` is two, `D-Link` and
 * `dlink` are one. Legal forms, cities and words such as `Technologies` are left away; nothing but such words stays whole.
 */
export function vendorKeys(written: string): readonly string[] {
  const text = foldText(written.replaceAll(/\\(?=&)/g, '').replaceAll('_', ' '))
    .replaceAll(/,?\s*\ban? (?:subsidiary|affiliate|division|company|unit) of\b/g, ',')
    .replaceAll(/\ban? (.+?) (?:brand|company)\b/g, '$1');
  const names = text.replaceAll(/\(([^()]*)\)/g, ',$1,').split(/[,;]| - |- *$/);
  const keys = names.map(vendorKey).filter((each) => each !== '' && each !== 'na');
  return [...new Set(keys)];
}

function vendorKey(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((each) => each !== '' && !legal.has(each));
  const core = words.filter((each) => !places.has(each));
  while (core.length > 1 && trailing.has(core.at(-1) ?? '')) core.pop();
  return (core.length === 0 ? words : core).join('').replaceAll('ue', 'u').replaceAll('oe', 'o');
}

/** Whether one key is another with a single slip: a letter left out, put in, changed, or two changed about. Short keys are never. */
export function isMisspelt(a: string, b: string): boolean {
  if (a === b || Math.min(a.length, b.length) < 6 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [left, right] = [a.slice(start), b.slice(start)];
  if (left.slice(1) === right.slice(1) || left === right.slice(1) || left.slice(1) === right) return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}
