import fc from 'fast-check';

/** Texts that differ from a good one by words taken out, put in, moved and cut, as files do that went wrong. */
export function mutations(text: string): fc.Arbitrary<string> {
  const words = [...new Set(text.split(/\s+/))];
  const place = fc.nat(text.length);
  const change = fc.oneof(
    fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.nat(40) }),
    fc.record({
      kind: fc.constant('put' as const),
      at: place,
      word: fc.constantFrom(...words, '\n', ' ', '4294967296', '::/999', '"'),
    }),
    fc.record({ kind: fc.constant('end' as const), at: place }),
  );
  return fc.array(change, { minLength: 1, maxLength: 6 }).map((changes) =>
    changes.reduce((now, each) => {
      if (each.kind === 'end') return now.slice(0, Math.max(each.at, now.length / 2));
      if (each.kind === 'put') return `${now.slice(0, each.at)} ${each.word} ${now.slice(each.at)}`;
      return now.slice(0, each.at) + now.slice(each.at + each.length);
    }, text),
  );
}
