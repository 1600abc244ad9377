/** The members of a list as people write it: `A, B and C`, with what hangs over at its end left out. */
export function membersOf(text: string): readonly string[] {
  return text
    .split(/,\s*(?:and\s+)?|;\s*|\s+and\s+/i)
    .map((each) => each.replace(/[\s,;]+$|\s+and$/i, '').trim())
    .filter((each) => each !== '' && each.toLowerCase() !== 'and');
}
