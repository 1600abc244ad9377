/** A name of an interface as Cisco's commands take it: a beginning of its kind, in any case, and its numbers. */
function parts(name: string): readonly [kind: string, numbers: string] {
  const [, kind = '', numbers = ''] = /^([a-z-]*?)[\s]*(\d.*)?$/i.exec(name) ?? [];
  return [kind.toLowerCase(), numbers];
}

/** Finds interfaces by their name or its beginning, `Gi0/1` for `GigabitEthernet0/1`. Undefined where none or several fit. */
export function finderOf<T extends { readonly name: string }>(
  interfaces: readonly T[],
): (name: string) => T | undefined {
  const exact = new Map(interfaces.map((each) => [each.name.toLowerCase(), each]));
  const byNumbers = Map.groupBy(interfaces, ({ name }) => parts(name)[1]);
  return (name) => {
    const found = exact.get(name.toLowerCase());
    if (found !== undefined) return found;
    const [kind, numbers] = parts(name);
    const fitting =
      kind === ''
        ? []
        : (byNumbers.get(numbers) ?? []).filter((each) => parts(each.name)[0].startsWith(kind));
    return fitting.length === 1 ? fitting[0] : undefined;
  };
}
