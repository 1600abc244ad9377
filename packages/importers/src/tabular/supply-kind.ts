const words: readonly (readonly [kind: string, word: RegExp])[] = [
  ['ups', /\b(?:ups|usv)\b/iu],
  ['generator', /\b(?:generator|genset|notstromaggregat)\b/iu],
  ['board', /\b(?:board|panel|verteiler|verteilung)\b/iu],
  ['feed', /\b(?:feed|mains|netz|einspeisung)\b/iu],
  ['psu', /\b(?:supply|psu|netzteil)\b/iu],
];

/** What the name of a supply says that it is: `UPS 1` is a UPS, whatever column it stands in. */
export function supplyKind(name: string): string | undefined {
  const spaced = name.replaceAll(/[_\d]+/g, ' ');
  return words.find(([, word]) => word.test(spaced))?.[0];
}
