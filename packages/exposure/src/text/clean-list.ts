/** The members of a list as people write it: `PM42, PM43 and PM45`. Only what bears numbers is parted at an `and`. */
export function membersOf(text: string): readonly string[] {
  const members = text.split(/,\s*(?:and\s+)?|;\s*/i).flatMap((each) => {
    const parts = each.split(/\s+and\s+/i);
    return parts.every((part) => /\d/.test(part)) ? parts : [each];
  });
  return members
    .map((each) => each.replace(/^and\s+|[\s,;]+$|\s+and$/gi, '').trim())
    .filter((each) => each !== '' && each.toLowerCase() !== 'and');
}
