/** Letters that decompose into none of ours. */
const spelt: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'oe',
  å: 'aa',
  ł: 'l',
  đ: 'd',
};

/** The id that a name makes: `Haupteingang Süd` becomes `haupteingang-sued`; `undefined` where it has no letter or digit of ours. */
export function slugOf(name: string): string | undefined {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüßæøåłđ]/g, (letter) => spelt[letter] ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9._]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return plain === '' ? undefined : plain === 'unknown' ? 'unknown-1' : plain;
}
